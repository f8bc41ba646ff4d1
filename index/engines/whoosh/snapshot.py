"""One generation, opened by Whoosh: match, score, count, cut.

In: a question. Out: an answer. Columns are read once, postings are kept as arrays as far as the
cache goes, and records are read when they are shown. Any number of threads may search: nothing that
is read has a position to move.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex

from index.engines.base import Answer, Question
from index.engines.whoosh import queries
from index.engines.whoosh.best import best
from index.engines.whoosh.cache import Cache
from index.engines.whoosh.columns import keep, narrow, read_columns
from index.engines.whoosh.fields import make_schema
from index.engines.whoosh.found import NOTHING, Found, Numbers, without
from index.engines.whoosh.terms import Terms
from index.entries import Entry, unpack
from index.query import MAX_REACHABLE, Matched, Sort

ENOUGH = 10
"""With fewer documents than this that hold all words, those that hold any word are given too."""

CACHE_BYTES = 128 * 1024 * 1024
"""Memory for what was worked out for terms, of each generation that is open. At 12 bytes for each
document of each term that is eleven million postings."""
_RECORDS = 8
"""A share of the same size as this part of it is for documents that were shown lately. Reading ten
of them takes as long as finding them among 20,000."""
_UNPACKED = 4
"""Memory of a document, for each byte that it takes on disk before it is compressed."""


class _Record(NamedTuple):
    """A document that was shown, and about the memory it takes."""

    entry: Entry
    nbytes: int


class WhooshSnapshot:
    """Searches one generation; see ``index.engines.base.Snapshot``."""

    def __init__(self, folder: Path, cache_bytes: int = CACHE_BYTES) -> None:
        storage = FileStorage(str(folder), readonly=True)
        try:
            self._reader = FileIndex(storage, schema=make_schema()).reader()
        except EmptyIndexError as error:
            raise FileNotFoundError(f"{folder} holds no index (any more)") from error
        self._columns = read_columns(self._reader)
        self._terms = Terms(self._reader, self._columns.live, cache_bytes)
        self._records: Cache[_Record] = Cache(cache_bytes // _RECORDS)

    def count(self) -> int:
        return int(self._columns.live.sum())

    def ids(self) -> Iterator[str]:
        return map(self._columns.ids.__getitem__, np.flatnonzero(self._columns.live).tolist())

    def find(self, document_id: str) -> Entry | None:
        numbers = self._terms.holding("id", document_id)
        return self._entry(int(numbers[0])) if len(numbers) else None

    def knows(self, term: str) -> bool:
        return any((name, term) in self._reader for name in ("text", "organisation", "visible"))

    def vocabulary(self) -> dict[str, int]:
        return {
            term.decode(): info.doc_frequency() for term, info in self._reader.iter_field("exact")
        }

    def search(self, question: Question) -> Answer:
        query = question.query
        found, holding_all, matched = self._match(question)
        kept = keep(self._columns, found.numbers, query)
        wanted = min(query.offset + query.limit, MAX_REACHABLE)
        asks = question.asks_words or query.sort != "best"
        order = self._order(
            found.at(kept.places), holding_all, query.sort if asks else "new", wanted
        )
        shown = found.at(kept.places[order[query.offset :]])
        return Answer(
            total=len(kept.places),
            undated=kept.undated,
            matched=matched if len(kept.places) else "none",
            rows=tuple(
                (self._entry(number), score)
                for number, score in zip(shown.numbers.tolist(), shown.scores.tolist(), strict=True)
            ),
            facets=kept.facets,
        )

    def rank(self, question: Question, depth: int) -> list[tuple[str, float]]:
        found = self._without(question, queries.any_word(question, self._terms))
        found = found.at(narrow(self._columns, found.numbers, question.query))
        first = found.at(self._order(found, NOTHING.numbers, question.query.sort, depth))
        ids = map(self._columns.ids.__getitem__, first.numbers.tolist())
        return list(zip(ids, first.scores.tolist(), strict=True))

    def close(self) -> None:
        self._reader.close()

    def _match(self, question: Question) -> tuple[Found, Numbers, Matched]:
        """Give what matched, which of these hold all words where others do not, and how."""
        none = NOTHING.numbers
        if not question.asks_words:
            everything = np.flatnonzero(self._columns.live)
            all_of_it = Found(everything, np.zeros(len(everything), np.float32))
            return self._without(question, all_of_it), none, "all"
        holding_all = self._without(question, queries.all_words(question, self._terms))
        # Counted before the filters, so that the number beside a filter is what it will show.
        if len(holding_all.numbers) >= ENOUGH or not question.groups:
            return holding_all, none, "all"
        holding_any = self._without(question, queries.any_word(question, self._terms))
        if len(holding_any.numbers) == len(holding_all.numbers):
            return holding_all, none, "all"
        single = len(question.groups) == 1 and not (question.phrases or question.groups[0].parts)
        return holding_any, holding_all.numbers, "all" if single else "any"

    def _without(self, question: Question, found: Found) -> Found:
        if not question.excluded:
            return found
        return without(found, queries.excluded(question, self._terms), self._terms.size)

    def _order(self, found: Found, first: Numbers, sort: Sort, wanted: int) -> Numbers:
        """Give the places of the best; equal ones come newest first, then by id.

        Where any word will do, those with all words (``first``) still come before the others.
        """
        day, by_id = self._columns.day[found.numbers], self._columns.id_order[found.numbers]
        keys: list[Any] = [found.scores]
        if len(first):
            keys.insert(0, np.isin(found.numbers, first).astype(np.int8))
        # Documents without a day come last in either order.
        match sort:
            case "old":
                keys = [np.where(day > 0, -day, _NEVER), *keys, -by_id]
            case "new":
                keys = [day, *keys, by_id]
            case "best":
                keys = [*keys, day, by_id]
        return best(keys, wanted)

    def _entry(self, number: int) -> Entry:
        return self._records.get(number, lambda: self._record(number)).entry

    def _record(self, number: int) -> _Record:
        packed = self._reader.stored_fields(number)["record"]
        return _Record(unpack(packed), _UNPACKED * len(packed))


_NEVER = -(10**9)
"""A day, turned round, that comes after all others."""
