"""One generation, opened by Whoosh: match, score, count, cut.

In: a question. Out: an answer. Columns are read once, postings are kept as arrays as far as the
cache goes, and records are read when they are shown. Any number of threads may search: nothing that
is read has a position to move.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex

from index.engines.base import Answer, Question
from index.engines.whoosh.best import best
from index.engines.whoosh.cache import Cache
from index.engines.whoosh.columns import keep, narrow, priors_of, read_columns
from index.engines.whoosh.fields import make_schema
from index.engines.whoosh.found import Found, Numbers, joined, scores_at
from index.engines.whoosh.queries import Match, below, match
from index.engines.whoosh.terms import Terms
from index.entries import Entry, unpack
from index.query import MAX_REACHABLE, Matched, Sort
from index.scoring import SCORING, Scoring

CACHE_BYTES = 128 * 1024 * 1024
"""Memory for what was worked out for terms, of each generation that is open. At 12 bytes for each
document of each term that is eleven million postings."""
_RECORDS = 8
"""A share of the same size as this part of it is for documents that were shown lately. Reading ten
of them takes as long as finding them among 20,000."""
_UNPACKED = 4
"""Memory of a document, for each byte that it takes on disk before it is compressed."""


_FIRST = 1e6
"""Added by ``rank`` to the score of what is counted, which is more than any score."""


class _Record(NamedTuple):
    """A document that was shown, and about the memory it takes."""

    entry: Entry
    nbytes: int


class _Listed(NamedTuple):
    """The first of a list, with their scores, and how long it is."""

    first: Found
    length: int


class WhooshSnapshot:
    """Searches one generation; see ``index.engines.base.Snapshot``."""

    def __init__(
        self,
        folder: Path,
        cache_bytes: int = CACHE_BYTES,
        scoring: Scoring = SCORING,
        today: date | None = None,
    ) -> None:
        storage = FileStorage(str(folder), readonly=True)
        try:
            self._reader = FileIndex(storage, schema=make_schema()).reader()
        except EmptyIndexError as error:
            raise FileNotFoundError(f"{folder} holds no index (any more)") from error
        self._columns = read_columns(self._reader)
        self._priors = priors_of(self._columns, scoring.priors, today or datetime.now(UTC).date())
        self._terms = Terms(self._reader, self._columns.live, scoring, cache_bytes)
        self._records = Cache(cache_bytes // _RECORDS)

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
        found = match(question, self._terms)
        kept = keep(self._columns, found.counted, query)
        wanted = min(query.offset + query.limit, MAX_REACHABLE)
        listed = self._listed(question, found, kept.numbers, wanted)
        shown = listed.first.at(slice(query.offset, None))
        return Answer(
            total=len(kept.numbers),
            listed=min(listed.length, MAX_REACHABLE),
            undated=kept.undated,
            matched=_how(found, len(kept.numbers)),
            needed=found.needed,
            rows=tuple(
                (self._entry(number), score)
                for number, score in zip(shown.numbers.tolist(), shown.scores.tolist(), strict=True)
            ),
            facets=kept.facets,
        )

    def rank(self, question: Question, depth: int) -> list[tuple[str, float]]:
        found = match(question, self._terms)
        counted = narrow(self._columns, found.counted, question.query)
        first = self._listed(question, found, counted, depth).first
        scores = first.scores.astype(np.float64)
        if found.holds_all:
            scores[: len(counted)] += _FIRST
        # Equal scores stand in an order too.
        for place in range(1, len(scores)):
            scores[place] = min(scores[place], np.nextafter(scores[place - 1], -np.inf))
        ids = map(self._columns.ids.__getitem__, first.numbers.tolist())
        return list(zip(ids, scores.tolist(), strict=True))

    def close(self) -> None:
        self._reader.close()

    def _listed(self, question: Question, found: Match, counted: Numbers, wanted: int) -> _Listed:
        """Give the list; see ``index.engines.base.Answer`` for its order.

        In an order by date it ends with what is counted: the newest document with any word is not
        what was asked for, and a feed of new documents must not hold it.
        """
        sort = question.query.sort
        if not question.asks_words:
            sort = "new" if sort == "best" else sort
        goes_on = sort == "best" and not (found.holds_all and len(counted) >= MAX_REACHABLE)
        if not goes_on:
            return _Listed(self._ordered(found, counted, sort, wanted), len(counted))
        rest = narrow(self._columns, below(question, self._terms, found), question.query)
        length = len(counted) + len(rest)
        if not found.holds_all:
            both = np.concatenate([counted, rest]) if len(rest) else counted
            return _Listed(self._ordered(found, both, sort, wanted), length)
        first = self._ordered(found, counted, sort, wanted)
        last = self._ordered(found, rest, sort, wanted - len(first.numbers))
        return _Listed(joined(first, last), length)

    def _ordered(self, found: Match, numbers: Numbers, sort: Sort, wanted: int) -> Found:
        """Give the best of some documents; equal ones come newest first, then by id."""
        scores = scores_at(found.scored, numbers, self._terms.size)
        if self._priors is not None:
            scores = scores * self._priors[numbers]
        day, by_id = self._columns.day[numbers], self._columns.id_order[numbers]
        keys: list[Any] = [scores, day, by_id]
        # Documents without a day come last in either order.
        match sort:
            case "old":
                keys = [np.where(day > 0, -day, _NEVER), scores, -by_id]
            case "new":
                keys = [day, scores, by_id]
        return Found(numbers, scores).at(best(keys, wanted))

    def _entry(self, number: int) -> Entry:
        return self._records.get(number, lambda: self._record(number)).entry

    def _record(self, number: int) -> _Record:
        packed = self._reader.stored_fields(number)["record"]
        return _Record(unpack(packed), _UNPACKED * len(packed))


def _how(found: Match, counted: int) -> Matched:
    if not counted:
        return "none"
    return "all" if found.holds_all else "any"


_NEVER = -(10**9)
"""A day, turned round, that comes after all others."""
