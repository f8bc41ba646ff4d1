"""The sets of documents that are measured, each made once and then read from a file.

In: a name, ``real`` or a number of documents to generate. Out: documents one by one, however many,
in a folder with an index of each engine beside them. The file is written and read by the same run
(or by runs that were given the same folder), so it is Python's own format, the quickest to read.
"""

import json
import pickle
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from index import analysis
from library.document import Document, Section
from tests.benchmarks.corpora import documents_of
from tests.benchmarks.engines import Terms, analysed
from tests.benchmarks.generated import generated, with_facets

REAL = "real"
MARK = "qzx"
"""A word that no document has until it is changed."""
_SAMPLE = 2_000
_LONGEST = 10
"""Terms of a real question that are asked of every engine."""


@dataclass(frozen=True)
class DocumentSet:
    """Documents in a file, in a folder with one more folder for each engine."""

    name: str
    folder: Path
    number: int

    @property
    def path(self) -> Path:
        return self.folder / "documents.pickle"

    def documents(self) -> Iterator[Document]:
        return read_documents(self.path)

    def texts(self) -> list[list[str]]:
        """The terms of some documents, to make questions of."""
        return [analysed(document) for document in islice(self.documents(), _SAMPLE)]

    def changes(self, number: int) -> list[tuple[Document, Document]]:
        """Some documents, as they are and with a new word."""
        found = list(islice(self.documents(), number))
        return [(old, replace(old, sections=(*old.sections, Section(MARK)))) for old in found]


def made_set(name: str, folder: Path, shared: Path, limit: int | None) -> DocumentSet:
    """Give a set, written to its folder unless it is there already."""
    here = folder / (name if limit is None else f"{name}-{limit}")
    described = here / "set.json"
    if not described.exists():
        here.mkdir(parents=True)
        documents = _real(shared) if name == REAL else generated(int(name))
        number = write_documents(here / "documents.pickle", islice(documents, limit))
        described.write_text(json.dumps({"documents": number}))
    return DocumentSet(name, here, json.loads(described.read_text())["documents"])


def write_documents(path: Path, documents: Iterable[Document]) -> int:
    number = 0
    with path.open("wb") as file:
        for document in documents:
            pickle.dump(document, file)
            number += 1
    return number


def read_documents(path: Path) -> Iterator[Document]:
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _real(shared: Path) -> Iterator[Document]:
    chance = random.Random(1)
    corpus = shared / "eval" / "corpus.jsonl.gz"
    return (with_facets(document, chance) for document in documents_of(corpus))


def real_questions(shared: Path, number: int) -> list[str]:
    """Texts of questions that were asked of the real documents, spread over all of them."""
    lines = (shared / "eval" / "queries.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [texts[place] for place in range(0, len(texts), max(1, len(texts) // number))][:number]


def terms_of(text: str) -> Terms:
    """What every engine is asked for a text."""
    return tuple(dict.fromkeys(analysis.terms(text)))[:_LONGEST]
