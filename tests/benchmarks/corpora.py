"""The evaluation data beside the project, put into a store and an index of their own.

In: the folder with ``eval`` and ``domain`` (their formats are told in ``index.evaluate`` and
``library.exchange``). Out: an ``Index`` over one of the two, in a temporary home.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from index import Index
from index.tasks import update_index
from library.document import Document
from library.exchange import BadLine, read_file
from library.imports import import_file
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Store


def folder_from_arguments() -> Path:
    """Give the folder with the data; end with a clear word when it is not there."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    needed = ("eval/corpus.jsonl.gz", "eval/queries.jsonl", "domain/documents.jsonl")
    missing = [name for name in needed if not (folder / name).exists()]
    if missing:
        sys.exit(
            f"The evaluation data are not here: {folder / missing[0]} is missing. "
            "Give their folder with `make eval SHARED=FOLDER`."
        )
    return folder


def documents_of(path: Path) -> Iterator[Document]:
    """Give the documents of a file; the data are checked, so a bad line is an error."""
    for line in read_file(path):
        if not isinstance(line, Document):
            _refuse(line)
        yield line


def _refuse(line: BadLine) -> NoReturn:
    sys.exit(f"The evaluation data are damaged: line {line.number} {line.reason}")


@contextmanager
def temporary_store() -> Iterator[tuple[Settings, Store]]:
    """Give a store in a home that is gone afterwards."""
    with tempfile.TemporaryDirectory() as home:
        settings = read_settings({"KENNISBANK_HOME": home})
        store = Store.open(settings)
        yield settings, store
        store.close()


@contextmanager
def indexed_folder(path: Path) -> Iterator[Path]:
    """Give the folder of an index over the documents of a file."""
    with temporary_store() as (settings, store):
        import_file(store, path, Silent(), tell=_refuse)
        update_index(store, settings, Silent())
        yield settings.index_folder


@contextmanager
def indexed(path: Path) -> Iterator[Index]:
    """Give an index over the documents of a file."""
    with indexed_folder(path) as folder:
        index = Index(folder)
        yield index
        index.close()
