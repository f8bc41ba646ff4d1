"""Search engines side by side: ours, stock Whoosh, SQLite's FTS5 and tantivy.

In: stored documents, of which each engine indexes what our own analysis makes of them; and questions
in terms. Out: how many documents match and how many of each kind. Each call also finds the ten best
and counts four facets. All keep positions. Each is asked in the way that was fastest of those tried,
on 20,000 documents:

- FTS5: a query for the ten best, and one that gives all numbers as one text (``group_concat``), of
  which numpy counts the facets: 11.8 ms, of which 9.8 are the two searches. Numbers as rows 15.1,
  numbers with their ranks in one query 14.4, GROUP BY over combinations of values 25.9 or more.
- tantivy: one call for the ten best and the count, one that aggregates four fast fields of numbers:
  0.34 ms; fast fields of texts 0.60, one field of combinations 44.
- stock Whoosh counts in its groups and keeps no list of documents for each (``Count``).
"""

import importlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.query import And, Or, Phrase, Term
from whoosh.sorting import Count

from index import analysis
from index.alternatives import Alternative, WordGroup
from index.engines.base import Question
from index.engines.whoosh import WhooshEngine
from index.generations import Generations
from index.query import GoalTag, Query
from index.rebuild import rebuild
from index.update import update
from library.document import Document
from library.progress import Silent
from library.store import StoredDocument
from tests.benchmarks.generated import BETWEEN

How = Literal["any", "all", "phrase"]
Terms = Sequence[str]
Change = tuple[Document, Document]
"""A document as it is in the index, and as it is now."""

FACETS = ("organisation", "kind", "year", "goals")
_SIGNS = "!#$%&()*+,-./:;<=>?@[]^_{|}~"
"""Signs that FTS5 must not divide a term at."""
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


class Told(NamedTuple):
    """What an engine finds: so many documents, and of each kind so many."""

    total: int
    kinds: Mapping[str, int]


class Measured(Protocol):
    """An engine to be measured."""

    name: str

    def build(self, folder: Path, documents: Iterable[Document]) -> None: ...

    def change(self, folder: Path, changes: Sequence[Change]) -> None: ...

    def open(self, folder: Path) -> None: ...

    def ask(self, terms: Terms, how: How) -> Told: ...

    def close(self) -> None: ...


def analysed(document: Document) -> list[str]:
    """The terms of a document: what every engine indexes.

    Title, text, and what else words are found by (parts of compounds, words of other languages). A
    term of its own stands between, so that no phrase runs from one into the other.
    """
    title = analysis.content_words(document.title, document.language)
    text = analysis.content_words(document.text, document.language)
    parts = [part for word in (*title, *text) for part in word.parts]
    return [*(w.term for w in title), BETWEEN, *(w.term for w in text), BETWEEN, *parts]


def facets_of(document: Document) -> dict[str, str]:
    day = document.published.day.isoformat() if document.published else ""
    goals = ",".join(map(str, document.goals))
    return dict(zip(FACETS, (document.organisation, document.kind, day[:4], goals), strict=True))


class Codes:
    """Numbers for the values of each facet, for engines that count numbers fastest."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "codes.json"
        self._numbers: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        if self._file.exists():
            self._numbers = json.loads(self._file.read_text("utf-8"))

    def of(self, document: Document) -> dict[str, int]:
        return {
            name: self._numbers[name].setdefault(value, len(self._numbers[name]))
            for name, value in facets_of(document).items()
        }

    def save(self) -> None:
        self._file.write_text(json.dumps(self._numbers), "utf-8")

    def values(self) -> dict[str, list[str]]:
        return {name: list(numbers) for name, numbers in self._numbers.items()}


def read_facets(counts: Mapping[str, Iterable[tuple[str, int]]]) -> dict[str, Counter[str]]:
    """Counts by value; those of lists of goals become counts of goals."""
    found = {name: Counter(dict(pairs)) for name, pairs in counts.items()}
    goals: Counter[str] = Counter()
    for listed, count in found["goals"].items():
        for goal in filter(None, listed.split(",")):
            goals[goal] += count
    return {**found, "goals": goals}


class Ours:
    """Our engine in generations as the product makes them, synchronised, checked and verified.

    What is asked is a word that any of some terms will do for, and words that must all be there.
    Where fewer than ten documents hold all words the product gives those with fewer words too: that
    counts as nothing here, and the questions with all words are chosen so that it does not happen.
    """

    name = "ours"

    def __init__(self) -> None:
        self.engine = WhooshEngine()

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        generations = Generations(folder / "index")
        with generations.writing():
            rebuild(
                generations,
                self.engine,
                _stored(documents),
                revision=1,
                total=None,
                classify=_given_goals,
                progress=Silent(),
            )

    def change(self, folder: Path, changes: Sequence[Change]) -> None:
        generations = Generations(folder / "index")
        with generations.writing():
            update(
                generations,
                self.engine,
                generations.find(self.engine.stamp),
                _stored(new for _, new in changes),
                classify=_given_goals,
                progress=Silent(),
            )

    def open(self, folder: Path) -> None:
        found = Generations(folder / "index").find(self.engine.stamp)
        self.snapshot = self.engine.open(found.folder)

    def ask(self, terms: Terms, how: How) -> Told:
        answer = self.snapshot.search(question_of(terms, how))
        kinds = {value.value: value.count for value in answer.facets["kind"]}
        if how == "all" and answer.matched != "all":
            return Told(0, {})
        return Told(answer.total, kinds)

    def close(self) -> None:
        self.snapshot.close()


def question_of(terms: Terms, how: How) -> Question:
    query = Query(limit=10)
    if how == "phrase":
        return Question(query, (), (tuple(terms),))
    groups = tuple(WordGroup(term, (Alternative((term,), 1.0, "stem"),)) for term in terms)
    return Question(query, groups, any_word=how == "any")


def _stored(documents: Iterable[Document]) -> Iterator[StoredDocument]:
    for revision, document in enumerate(documents, start=1):
        yield StoredDocument(document, revision, None, MOMENT, MOMENT, MOMENT)


def _given_goals(document: Document) -> tuple[GoalTag, ...]:
    return tuple(GoalTag(goal, 0.9, ()) for goal in document.goals)


class Stock:
    """Whoosh as it comes, with its own BM25F and its way to count facets."""

    name = "stock"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        schema = Schema(
            id=ID(stored=True, unique=True),
            text=TEXT(analyzer=SpaceSeparatedTokenizer()),
            **{name: ID(sortable=True) for name in FACETS},
        )
        writer = create_in(folder, schema).writer(limitmb=256)
        for document in documents:
            writer.add_document(**self._fields(document))
        writer.commit()

    def change(self, folder: Path, changes: Sequence[Change]) -> None:
        writer = open_dir(folder).writer(limitmb=256)
        for _, new in changes:
            writer.update_document(**self._fields(new))
        writer.commit()

    def _fields(self, document: Document) -> dict[str, str]:
        text = " ".join(analysed(document))
        return {"id": document.id, "text": text, **facets_of(document)}

    def open(self, folder: Path) -> None:
        self._searcher = open_dir(folder).searcher()

    def ask(self, terms: Terms, how: How) -> Told:
        if how == "phrase":
            query = Phrase("text", list(terms))
        else:
            words = [Term("text", term) for term in terms]
            query = Or(words) if how == "any" else And(words)
        results = self._searcher.search(query, limit=10, groupedby=list(FACETS), maptype=Count)
        for hit in results:
            hit["id"]
        kinds = read_facets({name: results.groups(name).items() for name in FACETS})["kind"]
        return Told(kinds.total(), kinds)

    def close(self) -> None:
        self._searcher.close()


class Fts5:
    """SQLite: one query for the ten best, one for the numbers of all that match."""

    name = "fts5"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        database = sqlite3.connect(folder / "fts.db")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(text, content='', "
            f"tokenize=\"ascii tokenchars '{_SIGNS}'\")"
        )
        columns = ", ".join(f"{name} INTEGER" for name in FACETS)
        database.execute(
            f"CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT UNIQUE, {columns})"
        )
        codes = Codes(folder)
        for number, document in enumerate(documents):
            self._put(database, codes, number, document)
        database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        database.commit()
        database.close()
        codes.save()

    def change(self, folder: Path, changes: Sequence[Change]) -> None:
        """A table without the texts forgets a document when it is told the text that it had."""
        database = sqlite3.connect(folder / "fts.db")
        codes = Codes(folder)
        for old, new in changes:
            found = database.execute("SELECT number FROM documents WHERE id = ?", (old.id,))
            (number,) = found.fetchone()
            database.execute(
                "INSERT INTO texts (texts, rowid, text) VALUES ('delete', ?, ?)",
                (number, " ".join(analysed(old))),
            )
            self._put(database, codes, number, new)
        database.commit()
        database.close()
        codes.save()

    def _put(
        self, database: sqlite3.Connection, codes: Codes, number: int, document: Document
    ) -> None:
        text = " ".join(analysed(document))
        database.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (number, text))
        row = (number, document.id, *codes.of(document).values())
        database.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)", row)

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts.db")
        self._database.execute("PRAGMA cache_size = -262144")
        self._database.execute("PRAGMA mmap_size = 8000000000")
        rows = self._database.execute(f"SELECT {', '.join(FACETS)} FROM documents ORDER BY number")
        self._columns = np.array(rows.fetchall(), np.intp).reshape(-1, len(FACETS)).T.copy()
        self._values = Codes(folder).values()

    def ask(self, terms: Terms, how: How) -> Told:
        joint = {"any": " OR ", "all": " AND ", "phrase": " + "}[how]
        match = (joint.join(f'"{term}"' for term in terms),)
        self._database.execute(
            "SELECT id FROM (SELECT rowid AS number FROM texts WHERE texts MATCH ? "
            "ORDER BY rank LIMIT 10) JOIN documents USING (number)",
            match,
        ).fetchall()
        (packed,) = self._database.execute(
            "SELECT group_concat(rowid) FROM texts WHERE texts MATCH ?", match
        ).fetchone()
        numbers = np.fromstring(packed or "", np.intp, sep=",")
        counts = {
            name: zip(self._values[name], np.bincount(column[numbers]).tolist(), strict=False)
            for name, column in zip(FACETS, self._columns, strict=True)
        }
        return Told(len(numbers), read_facets(counts)["kind"])

    def close(self) -> None:
        self._database.close()


class Tantivy:
    """A compiled engine, with the two threads for writing that the machine has cores for."""

    name = "tantivy"

    def __init__(self) -> None:
        self._tantivy: Any = importlib.import_module("tantivy")

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        builder = self._tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
        for name in FACETS:
            builder.add_integer_field(name, fast=True)
        codes = Codes(folder)
        writer = self._tantivy.Index(builder.build(), path=str(folder)).writer(200_000_000, 2)
        for document in documents:
            writer.add_document(self._fields(document, codes))
        writer.commit()
        writer.wait_merging_threads()
        codes.save()

    def change(self, folder: Path, changes: Sequence[Change]) -> None:
        codes = Codes(folder)
        writer = self._tantivy.Index.open(str(folder)).writer(200_000_000, 2)
        for _, new in changes:
            writer.delete_documents_by_term("id", new.id)
            writer.add_document(self._fields(new, codes))
        writer.commit()
        writer.wait_merging_threads()
        codes.save()

    def _fields(self, document: Document, codes: Codes) -> Any:
        text = " ".join(analysed(document))
        return self._tantivy.Document(id=document.id, text=text, **codes.of(document))

    def open(self, folder: Path) -> None:
        index = self._tantivy.Index.open(str(folder))
        self._schema, self._searcher = index.schema, index.searcher()
        self._facets = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}
        self._values = Codes(folder).values()

    def ask(self, terms: Terms, how: How) -> Told:
        query = self._query(terms, how)
        result = self._searcher.search(query, 10, count=True)
        for _, address in result.hits:
            self._searcher.doc(address)
        aggregated = self._searcher.aggregate(query, self._facets)
        counts = {
            name: [(self._values[name][int(b["key"])], b["doc_count"]) for b in found["buckets"]]
            for name, found in aggregated.items()
        }
        return Told(int(result.count), read_facets(counts)["kind"])

    def _query(self, terms: Terms, how: How) -> Any:
        made = self._tantivy.Query
        if how == "phrase":
            return made.phrase_query(self._schema, "text", list(terms))
        occur = self._tantivy.Occur.Should if how == "any" else self._tantivy.Occur.Must
        words = [(occur, made.term_query(self._schema, "text", term, "freq")) for term in terms]
        return made.boolean_query(words)

    def close(self) -> None:
        del self._searcher


ENGINES: dict[str, type[Measured]] = {
    engine.name: engine for engine in (Ours, Stock, Fts5, Tantivy)
}
TITLES = {
    "ours": "Kennisbank",
    "stock": "stock Whoosh",
    "fts5": "SQLite FTS5",
    "tantivy": "tantivy",
}


def open_engine(name: str, folder: Path) -> Measured:
    """Open what was built."""
    engine = ENGINES[name]()
    engine.open(folder)
    return engine
