"""One generation, opened by Whoosh: match, score, count, cut.

In: a question. Out: an answer. Columns are read once, postings are kept as arrays as far as the
cache goes, and records are read when they are shown. Any number of threads may search: nothing that
is read has a position to move.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex

from index.engines.base import Answer, Explanation, Question, Reason
from index.engines.whoosh.best import best
from index.engines.whoosh.cache import Cache
from index.engines.whoosh.columns import (
    fold,
    fold_below,
    keep,
    leaves_of,
    narrow,
    priors_of,
    read_columns,
)
from index.engines.whoosh.fields import make_schema
from index.engines.whoosh.found import (
    Documents,
    Found,
    Mask,
    Numbers,
    added,
    holds,
    joined,
    scores_at,
    scores_of_all,
    times,
)
from index.engines.whoosh.memory import keep_freed
from index.engines.whoosh.queries import Match, as_word, below, holding, match
from index.engines.whoosh.similar import telling
from index.engines.whoosh.terms import Terms
from index.engines.whoosh.words import Words
from index.entries import Entry, unpack
from index.query import MAX_REACHABLE, Matched, Query, Sort
from index.scoring import SCORING, Scoring

CACHE_MB = 128
CACHE_BYTES = CACHE_MB * 1024 * 1024
"""Memory for what was worked out for words, of each generation that is open. The 1,500 words of a
thousand generated questions take 270 MB on 100,000 documents, half of it for one in twenty."""
_RECORDS = 8
"""A share of the same size as this part of it is for documents that were shown lately. Reading ten
of them takes as long as finding them among 20,000."""
_UNPACKED = 8
"""Memory of a document that was shown, for each byte that it takes on disk before it is compressed:
of 600 documents of eval the values take 1.9 and what makes their text quick to look through 6.5."""


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
        keep_freed()
        storage = FileStorage(str(folder), readonly=True)
        try:
            self._reader = FileIndex(storage, schema=make_schema()).reader()
        except EmptyIndexError as error:
            raise FileNotFoundError(f"{folder} holds no index (any more)") from error
        self._columns = read_columns(self._reader)
        self._priors = priors_of(self._columns, scoring.priors, today or datetime.now(UTC).date())
        cache = Cache(cache_bytes)
        self._terms = Terms(self._reader, self._columns.live, scoring, cache)
        self._words = Words(self._terms, scoring, cache)
        self._records = Cache(cache_bytes // _RECORDS)
        self._titled = np.float32(scoring.titled)

    def count(self) -> int:
        return int(self._columns.live.sum())

    def folded(self) -> int:
        return len(self._columns.folds.copies)

    def ids(self) -> Iterator[str]:
        return map(self._columns.ids.__getitem__, np.flatnonzero(self._columns.live).tolist())

    def find(self, document_id: str) -> Entry | None:
        number = self._number(document_id)
        return None if number is None else self._entry(number)

    def entries(self) -> Iterator[Entry]:
        for number in np.flatnonzero(self._columns.live).tolist():
            yield self._record(number).entry

    def copies(self, document_id: str) -> tuple[Entry, ...]:
        number = self._number(document_id)
        found = () if number is None else self._columns.folds.of(number).tolist()
        return tuple(map(self._entry, found))

    def knows(self, term: str) -> bool:
        return any((name, term) in self._reader for name in ("text", "organisation", "visible"))

    def vocabulary(self) -> dict[str, int]:
        return self._frequencies("exact")

    def terms(self) -> dict[str, int]:
        return self._frequencies("text")

    def search(self, question: Question) -> Answer:
        query = question.query
        found = match(question, self._words)
        kept = keep(self._columns, found.counted, query)
        total = len(kept.documents)
        wanted = min(query.offset + query.limit, MAX_REACHABLE)
        listed = self._listed(question, found, kept.documents, wanted, folded=True)
        shown = listed.first.at(slice(query.offset, None))
        return Answer(
            total=total,
            listed=min(listed.length, MAX_REACHABLE),
            undated=kept.undated,
            matched=_how(found, total),
            needed=found.needed,
            rows=tuple(
                (self._entry(number), score)
                for number, score in zip(shown.numbers.tolist(), shown.scores.tolist(), strict=True)
            ),
            facets=kept.facets,
        )

    def holding(self, question: Question) -> int:
        return holding(question, self._words)

    def rank(self, question: Question, depth: int) -> list[tuple[str, float]]:
        found = match(question, self._words)
        counted = narrow(self._columns, found.counted, question.query)
        first = self._listed(question, found, counted, depth, folded=False).first
        scores = first.scores.astype(np.float64)
        if found.holds_all:
            scores[: len(counted)] += _FIRST
        # Equal scores stand in an order too.
        for place in range(1, len(scores)):
            scores[place] = min(scores[place], np.nextafter(scores[place - 1], -np.inf))
        ids = map(self._columns.ids.__getitem__, first.numbers.tolist())
        return list(zip(ids, scores.tolist(), strict=True))

    def explain(self, question: Question, document_id: str) -> Explanation | None:
        number = self._number(document_id)
        if number is None:
            return None
        groups = [(group.word, group.alternatives) for group in question.groups]
        groups += [(" ".join(phrase), as_word(phrase)) for phrase in question.phrases]
        reasons = tuple(
            Reason(word, one, self._terms.places(one.terms, one.field, number), share)
            for word, alternatives in groups
            for one, share in self._words.shares(alternatives, number)
        )
        prior = 1.0 if self._priors is None else float(self._priors[number])
        one = np.array([number], np.intp)
        return Explanation(
            reasons, prior, float(self._entitled(match(question, self._words), one)[0])
        )

    def similar(
        self, document_id: str, limit: int, *, same_organisation: bool | None = None
    ) -> tuple[tuple[Entry, float], ...]:
        number = self._number(document_id)
        if number is None:
            return ()
        words = [
            times(self._words.word(as_word((one.term,))).found, one.weight)
            for one in telling(self._entry(number), self._frequency, self._words.idf)
        ]
        found = added(words, self._terms.size)
        # Neither itself, nor a copy of anything.
        folds = self._columns.folds
        unwanted = (number, *folds.copies, *folds.shown[folds.copies == number])
        wanted = ~np.isin(found.numbers, unwanted)
        if same_organisation is not None:
            organisation = self._columns.codes("organisation")
            is_own = organisation.take(found.numbers) == organisation[number]
            wanted &= is_own if same_organisation else ~is_own
        found = found.at(wanted)
        by_id = self._columns.id_order.take(found.numbers)
        first = found.at(best(found.scores, [by_id.take], limit))
        pairs = zip(first.numbers.tolist(), first.scores.tolist(), strict=True)
        return tuple((self._entry(one), score) for one, score in pairs)

    def close(self) -> None:
        self._reader.close()

    def _number(self, document_id: str) -> int | None:
        numbers = self._terms.holding("id", document_id)
        return int(numbers[0]) if len(numbers) else None

    def _frequency(self, term: str) -> int:
        return int(self._reader.doc_frequency("text", term))

    def _frequencies(self, field: str) -> dict[str, int]:
        """Add up the segments; Whoosh itself cannot walk the terms of several of ours."""
        found: Counter[str] = Counter()
        for leaf, _ in leaves_of(self._reader):
            for term, info in leaf.iter_field(field):
                found[term.decode()] += info.doc_frequency()
        return found

    def _listed(
        self, question: Question, found: Match, counted: Documents, wanted: int, *, folded: bool
    ) -> _Listed:
        """Give the list; see ``index.engines.base.Answer`` for its order.

        In an order by date it ends with what is counted: the newest document with any word is not
        what was asked for, and a feed of new documents must not hold it.
        """
        sort = question.query.sort
        if not question.asks_words:
            sort = "new" if sort == "best" else sort
        if sort != "best":
            return _Listed(self._ordered(found, counted, sort, wanted), len(counted))
        if found.holds_all and len(counted) >= wanted:
            length = len(counted)
            if length < MAX_REACHABLE:
                length += self._below_at_least(question, found)
            if length >= MAX_REACHABLE:
                return _Listed(self._ordered(found, counted, sort, wanted), length)
        rest = narrow(self._columns, below(question, self._words, found), question.query)
        if folded and found.holds_all:
            rest = fold_below(self._columns, rest, counted)
        length = len(counted) + len(rest)
        if not found.holds_all:
            both = counted
            if len(rest):
                both = Documents(np.concatenate([counted.numbers, rest.numbers]))
            if folded:
                both = fold(self._columns, both)
            return _Listed(self._ordered(found, both, sort, wanted), len(both))
        first = self._ordered(found, counted, sort, wanted)
        last = self._ordered(found, rest, sort, wanted - len(first.numbers))
        return _Listed(joined(first, last), length)

    def _below_at_least(self, question: Question, found: Match) -> int:
        """A number of documents below what is counted that needs no look at them."""
        query = question.query
        is_plain = query == replace(
            Query(), text=query.text, offset=query.offset, limit=query.limit
        )
        if not is_plain or found.phrases or question.excluded:
            return 0
        return max(len(one.found.numbers) for one in found.words) - len(found.counted)

    def _ordered(self, found: Match, documents: Documents, sort: Sort, wanted: int) -> Found:
        """Give the best of some documents; equal ones come newest first, then by id."""
        if documents.mask is not None and sort == "best":
            return self._best_of_many(found, documents.mask, min(wanted, len(documents)))
        numbers = documents.numbers
        scores = scores_at(found.scored, numbers, self._terms.size)
        if self._priors is not None:
            scores *= self._priors.take(numbers)
        scores *= self._entitled(found, numbers)
        columns = self._columns

        def by_score(places: Numbers) -> NDArray[np.float32]:
            return scores[places]

        def by_day(places: Numbers) -> Numbers:
            return columns.day[numbers[places]]

        def by_id(places: Numbers) -> Numbers:
            return columns.id_order[numbers[places]]

        # Documents without a day come last in either order.
        match sort:
            case "best":
                order = best(scores, [by_day, by_id], wanted)
            case "new":
                order = best(columns.day.take(numbers), [by_score, by_id], wanted)
            case "old":
                day = columns.day.take(numbers)
                order = best(
                    np.where(day > 0, -day, _NEVER), [by_score, lambda p: -by_id(p)], wanted
                )
        return Found(numbers, scores).at(order)

    def _best_of_many(self, found: Match, mask: Mask, wanted: int) -> Found:
        """The same for marked documents, by score, without a look at the number of each."""
        scores = scores_of_all(found.scored, self._terms.size)
        if self._priors is not None:
            scores *= self._priors
        scores[found.titled(self._terms.size).numbers] *= self._titled
        # All scores are above zero.
        scores *= mask
        columns = self._columns
        order = best(scores, [columns.day.take, columns.id_order.take], wanted)
        return Found(order, scores[order])

    def _entitled(self, found: Match, numbers: Numbers) -> NDArray[np.float32]:
        """The factor of some documents for a title that holds everything that was asked."""
        factors = np.ones(len(numbers), np.float32)
        if found.scored:
            size = self._terms.size
            factors[holds(found.titled(size), numbers, size)] = self._titled
        return factors

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
