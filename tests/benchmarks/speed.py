"""``make bench``: our index beside stock Whoosh, in one run on the same documents and queries.

In: the folder with the evaluation data. Out: a table of medians and ratios. Absolute times mean
little on a shared machine; the ratios are what to look at. Ours answers with four facets, an exact
count and snippets, stock Whoosh with ten hits alone, so the comparison does not flatter us.
"""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import MultifieldParser, OrGroup

from index import Index, Query
from index.evaluate import read_queries
from index.tasks import rebuild_index
from library.document import Document
from library.progress import Silent
from tests.benchmarks.corpora import documents_of, folder_from_arguments, temporary_store

DOCUMENTS = 8000
QUERIES = 150


def main() -> None:
    """Build both, ask both, print the table."""
    folder = folder_from_arguments()
    documents = list(islice(documents_of(folder / "eval" / "corpus.jsonl.gz"), DOCUMENTS))
    texts = [question.text for question in read_queries(folder / "eval" / "queries.jsonl")]
    asked = [text for text in texts if len(text) <= 256][:QUERIES]
    with temporary_store() as (settings, store), tempfile.TemporaryDirectory() as stock_folder:
        stored = seconds(lambda: store.documents.put_many(documents))
        built = seconds(lambda: rebuild_index(store, settings, Silent()))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        index = Index(settings.index_folder)
        stock_built = seconds(lambda: build_stock(Path(stock_folder), documents))
        stock_search = open_stock(Path(stock_folder))
        ours, stock = side_by_side(
            asked, lambda text: index.search(Query(text, limit=10)), stock_search
        )
        index.close()
    print(f"{len(documents)} documents, {len(asked)} queries; times in ms unless said otherwise\n")
    print(f"{'':34}{'ours':>10}{'stock':>10}{'ours/stock':>12}")
    row("store, documents a second", len(documents) / stored, None)
    row("index, documents a second", len(documents) / built, len(documents) / stock_built)
    row("search, median", median(ours), median(stock))
    row("search, 95 %", high(ours), high(stock))
    print(f"{'peak memory after our build, MB':34}{memory:>10.0f}")


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def side_by_side(
    texts: Sequence[str], ours: Callable[[str], object], stock: Callable[[str], object]
) -> tuple[list[float], list[float]]:
    """Ask both in turn, so that the machine's moods fall on both; the first ten warm up."""
    times: tuple[list[float], list[float]] = ([], [])
    for text in [*texts[:10], *texts]:
        times[0].append(1000 * seconds(lambda: ours(text)))  # noqa: B023 - called at once
        times[1].append(1000 * seconds(lambda: stock(text)))  # noqa: B023 - called at once
    return times[0][10:], times[1][10:]


def build_stock(folder: Path, documents: Sequence[Document]) -> None:
    """Index with Whoosh as its manual shows it."""
    analyzer = LanguageAnalyzer("nl")
    schema = Schema(
        id=ID(stored=True), title=TEXT(analyzer=analyzer), body=TEXT(analyzer=analyzer, stored=True)
    )
    writer = create_in(folder, schema).writer(limitmb=256)
    for document in documents:
        writer.add_document(id=document.id, title=document.title, body=document.text)
    writer.commit()


def open_stock(folder: Path) -> Callable[[str], object]:
    """Give a search for the ten best with any word."""
    searcher = open_dir(folder).searcher()
    parser = MultifieldParser(["title", "body"], searcher.schema, group=OrGroup)
    return lambda text: searcher.search(parser.parse(text), limit=10)


def median(values: Sequence[float]) -> float:
    """Give the middle value."""
    return statistics.median(values)


def high(values: Sequence[float]) -> float:
    """Give the value that 95 % do not exceed."""
    return statistics.quantiles(values, n=20)[-1]


def row(name: str, ours: float, stock: float | None) -> None:
    """Print one line of the table."""
    if stock is None:
        print(f"{name:34}{ours:>10.1f}")
    else:
        print(f"{name:34}{ours:>10.1f}{stock:>10.1f}{ours / stock:>12.2f}")


if __name__ == "__main__":
    main()
