"""The example documents as files: ``python -m tests.relevance.export FOLDER``.

Out: ``documents.jsonl``, one document a line under its key, with ``queries.jsonl`` and ``qrels.tsv``
beside it, as ``index.tune_ranking`` and ``kennisbank evaluate`` read them. A page that two addresses
lead to is written once.
"""

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from library.document import Document
from library.exchange import write_file
from tests.flow.crawled import crawled_examples
from tests.relevance.examples import FOLDER, LANGUAGES, Collection


def export(folder: Path) -> int:
    """Crawl the examples and write them; give how many documents there are."""
    with (
        tempfile.TemporaryDirectory() as home,
        crawled_examples(Path(home), languages=LANGUAGES) as examples,
    ):
        key_of = Collection(examples).key_of
        found: dict[str, Document] = {}
        for one in examples.installation.store.documents.live():
            key = key_of[one.document.id]
            found.setdefault(key, replace(one.document, id=key, duplicate_of=None))
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("queries.jsonl", "qrels.tsv"):
        shutil.copy(FOLDER / name, folder)
    return write_file(folder / "documents.jsonl", found.values())


if __name__ == "__main__":
    sys.stdout.write(f"{export(Path(sys.argv[1]))} documents\n")
