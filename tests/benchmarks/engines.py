"""Search engines side by side: ours, stock Whoosh, SQLite's FTS5 and tantivy.

In: documents of which the text is analysed by us, and questions in terms. Out: how many documents
match; each call also finds the ten best and counts four facets. All hold their postings with
positions, and are asked in the way that is fastest for them.
"""

import importlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.query import And, Or, Phrase, Term

from index import analysis
from index.engines.base import Question
from index.engines.whoosh.snapshot import CACHE_BYTES, WhooshSnapshot
from index.engines.whoosh.writer import WhooshWriter
from index.entries import Entry
from index.expansion import Alternative, WordGroup
from index.files import Disk
from index.query import GoalTag, Query
from library.document import Document
from tests.benchmarks.generated import BETWEEN

How = Literal["any", "all", "phrase"]
Terms = Sequence[str]

FACETS = ("organisation", "kind", "year", "goals")


class Measured(Protocol):
    """An engine to be measured."""

    name: str

    def build(self, folder: Path, documents: Iterable[Document]) -> None: ...

    def open(self, folder: Path) -> None: ...

    def ask(self, terms: Terms, how: How) -> int: ...

    def close(self) -> None: ...


def analysed(document: Document) -> list[str]:
    """The terms of a document, title first: what every engine indexes.

    A term of its own stands between, so that no phrase runs from one into the other.
    """
    return [*analysis.terms(document.title), BETWEEN, *analysis.terms(document.text)]


def facets_of(document: Document) -> dict[str, str]:
    day = document.published.day.isoformat() if document.published else ""
    goals = ",".join(map(str, document.goals))
    return dict(zip(FACETS, (document.organisation, document.kind, day[:4], goals), strict=True))


class Ours:
    """Our engine, without the store in front and the snippets behind it."""

    name = "ours"

    def __init__(self, cache_bytes: int = CACHE_BYTES) -> None:
        self._cache_bytes = cache_bytes

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        writer = WhooshWriter(folder, Disk())
        for number, document in enumerate(documents):
            tags = tuple(GoalTag(goal, 0.9, ()) for goal in document.goals)
            writer.put(Entry(document, tags, number))
        writer.finish()

    def open(self, folder: Path) -> None:
        self.snapshot = WhooshSnapshot(folder, self._cache_bytes)

    def ask(self, terms: Terms, how: How) -> int:
        query = Query(limit=10)
        if how == "phrase":
            return self.snapshot.search(Question(query, (), (tuple(terms),))).total
        words = [Alternative((term,), 1.0, "stem") for term in terms]
        # One word with alternatives matches what "any word" does; several words mean all of them.
        groups = [words] if how == "any" else [[word] for word in words]
        made = tuple(WordGroup("", tuple(alternatives)) for alternatives in groups)
        return self.snapshot.search(Question(query, made)).total

    def close(self) -> None:
        self.snapshot.close()


class Stock:
    """Whoosh as it comes, with its own BM25F and its way to count facets."""

    name = "stock Whoosh"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        schema = Schema(
            id=STORED(),
            text=TEXT(analyzer=SpaceSeparatedTokenizer()),
            **{name: ID(sortable=True) for name in FACETS},
        )
        writer = create_in(folder, schema).writer(limitmb=256)
        for document in documents:
            text = " ".join(analysed(document))
            writer.add_document(id=document.id, text=text, **facets_of(document))
        writer.commit()

    def open(self, folder: Path) -> None:
        self._searcher = open_dir(folder).searcher()

    def ask(self, terms: Terms, how: How) -> int:
        if how == "phrase":
            query = Phrase("text", list(terms))
        else:
            words = [Term("text", term) for term in terms]
            query = Or(words) if how == "any" else And(words)
        results = self._searcher.search(query, limit=10, groupedby=list(FACETS))
        for name in FACETS:
            Counter({value: len(found) for value, found in results.groups(name).items()})
        return len(results)

    def close(self) -> None:
        self._searcher.close()


class Fts5:
    """SQLite: one query for the ten best, one that counts combinations of facet values."""

    name = "FTS5"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        database = sqlite3.connect(folder / "fts.db")
        database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='ascii')"
        )
        database.execute(
            "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, facets TEXT)"
        )
        for number, document in enumerate(documents):
            text = " ".join(analysed(document))
            database.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (number, text))
            facets = json.dumps(facets_of(document))
            database.execute(
                "INSERT INTO documents VALUES (?, ?, ?)", (number, document.id, facets)
            )
        database.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts.db")

    def ask(self, terms: Terms, how: How) -> int:
        quoted = [f'"{term}"' for term in terms]
        joint = {"any": " OR ", "all": " AND ", "phrase": " + "}[how]
        match = (joint.join(quoted),)
        self._database.execute(
            "SELECT id FROM texts JOIN documents ON number = texts.rowid "
            "WHERE texts MATCH ? ORDER BY rank LIMIT 10",
            match,
        ).fetchall()
        rows = self._database.execute(
            "SELECT facets, count(*) FROM texts JOIN documents ON number = texts.rowid "
            "WHERE texts MATCH ? GROUP BY facets",
            match,
        ).fetchall()
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for packed, count in rows:
            for name, value in json.loads(packed).items():
                counts[name][value] += count
        return sum(count for _, count in rows)

    def close(self) -> None:
        self._database.close()


class Tantivy:
    """A compiled engine; one call for the ten best and the count, one for the facets."""

    name = "tantivy"

    def __init__(self) -> None:
        self._tantivy: Any = importlib.import_module("tantivy")

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        builder = self._tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw")
        index = self._tantivy.Index(builder.build(), path=str(folder))
        writer = index.writer(200_000_000, 2)
        for document in documents:
            facets = facets_of(document)
            facets_with_goals = {**facets, "goals": facets["goals"].split(",")}
            text = " ".join(analysed(document))
            writer.add_document(
                self._tantivy.Document(id=document.id, text=text, **facets_with_goals)
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        index = self._tantivy.Index.open(str(folder))
        self._schema, self._searcher = index.schema, index.searcher()
        self._facets = {name: {"terms": {"field": name, "size": 1000}} for name in FACETS}

    def ask(self, terms: Terms, how: How) -> int:
        query_class = self._tantivy.Query
        if how == "phrase":
            query = query_class.phrase_query(self._schema, "text", list(terms))
        else:
            occur = self._tantivy.Occur.Should if how == "any" else self._tantivy.Occur.Must
            words = [
                (occur, query_class.term_query(self._schema, "text", t, "freq")) for t in terms
            ]
            query = query_class.boolean_query(words)
        result = self._searcher.search(query, 10, count=True)
        for _, address in result.hits:
            self._searcher.doc(address)
        self._searcher.aggregate(query, self._facets)
        return int(result.count)

    def close(self) -> None:
        del self._searcher
