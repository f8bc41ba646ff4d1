"""Import: the documents of a file of JSON lines go into the store.

In: a file that ``library.exchange`` reads. Out: how many lines were new, changed, unchanged or bad.
What has been counted is kept, whatever happens next; the same file again changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from library.exchange import BadLine, read_file
from library.progress import Progress
from library.store import Store

BATCH = 500
"""Lines per transaction: large enough that the sync of each costs little, small enough that
progress moves and a kill loses nothing that was counted."""

T = TypeVar("T")


def import_file(
    store: Store, path: Path, progress: Progress, *, tell: Callable[[BadLine], None]
) -> Counter[str]:
    """Put every document of a file in the store; ``tell`` hears of each line that was not read."""
    counts: Counter[str] = Counter()
    progress.phase("import")
    for batch in _in_batches(read_file(path), BATCH):
        bad = [line for line in batch if isinstance(line, BadLine)]
        for line in bad:
            tell(line)
        counts.update(
            store.documents.put_many(line for line in batch if not isinstance(line, BadLine))
        )
        counts.update({"bad": len(bad)} if bad else {})
        progress.advance(counts.total(), counts)
    return counts


def _in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
