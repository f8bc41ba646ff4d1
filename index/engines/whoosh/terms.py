"""Words of a question to documents with scores: BM25F on arrays, as ``index.scoring`` tells.

In: the alternatives of a word. Out: ``Word``, the documents that have it with what it adds to their
score, and which of them count. What was worked out for a term or a word is kept for the next
search. Lengths, averages and numbers of documents are Whoosh's: documents that were removed are in
them until their segment is merged.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.cache import Cache
from index.engines.whoosh.codec import LENGTH_OF_BYTE, ArrayTerms, Postings
from index.engines.whoosh.columns import leaves_of
from index.engines.whoosh.found import (
    NONE,
    NOTHING,
    Documents,
    Found,
    Frame,
    Numbers,
    Scores,
    added,
    in_all,
    in_both,
    laid_out,
    marked,
    united,
)
from index.expansion import Alternative
from index.scoring import Scoring

WRITTEN = ("text", "title", "headings", "organisation")
"""Fields of what was written as text, and by whom. The words of title and headings are all in
``text`` as well."""
SEEN = "visible"
"""Words that a reader sees around the text. They rank, and count where nothing else does."""
EXACT = "exact"


class _Leaf(NamedTuple):
    """A segment, with the number of its first document."""

    terms: ArrayTerms
    offset: int


class _Field(NamedTuple):
    """What scoring needs of a field: a length for each document, and what a word of a document of
    each length counts."""

    lengths: NDArray[np.uint8]
    worth: Scores


class Spread(NamedTuple):
    """Where a term, or a sequence of terms, stands, with its normalised frequency.

    ``written`` are the documents that have it as text; ``frequency`` is the number of documents
    that an idf is made of.
    """

    found: Found
    written: Numbers
    frequency: int

    @property
    def nbytes(self) -> int:
        return self.found.nbytes + self.written.nbytes


class Word(NamedTuple):
    """A word in all its alternatives: what it adds to the score of each document that has any.

    ``counted`` hold it in a form that counts, as text; ``seen`` hold it in such a form anywhere.
    """

    found: Found
    counted: Documents
    seen: Documents

    @property
    def nbytes(self) -> int:
        return self.found.nbytes + self.counted.nbytes + self.seen.nbytes


_NOWHERE = Spread(NOTHING, NONE, 0)


class Terms:
    """Reads the terms of a generation."""

    def __init__(
        self, reader: Any, live: NDArray[np.bool_], scoring: Scoring, cache_bytes: int
    ) -> None:
        leaves = leaves_of(reader)
        self._leaves = []
        readers = []
        for leaf, offset in leaves:
            codec, storage, segment = leaf.codec(), leaf.storage(), leaf.segment()
            self._leaves.append(_Leaf(codec.terms_reader(storage, segment), offset))
            readers.append(codec.per_document_reader(storage, segment))
        self.size = len(live)
        self.everything: Numbers = np.flatnonzero(live)
        self._live = None if live.all() else live
        self._scoring = scoring
        self._fields = {
            name: _field(reader, name, weight, scoring.b[name], [r.lengths(name) for r in readers])
            for name, weight in scoring.weights.items()
            if weight
        }
        self._cache = Cache(cache_bytes)

    def word(self, alternatives: tuple[Alternative, ...]) -> Word:
        """The documents that have a word in any form, scored as one word."""
        return self._cache.get(alternatives, lambda: self._word(alternatives))

    def spread(self, terms: tuple[str, ...], field: str = "text") -> Spread:
        """Where terms stand next to each other in this order, or one term anywhere."""
        return self._cache.get((field, terms), lambda: self._spread(terms, field))

    def holding(self, field: str, term: str) -> Numbers:
        """The numbers of the documents that have a term in a field that is not scored."""
        numbers, _ = self._entries(field, term)
        return numbers if self._live is None else numbers[self._live[numbers]]

    def idf(self, frequency: int) -> float:
        """What a word is worth that so many documents have."""
        if self._scoring.idf == "whoosh":
            return math.log(self.size / (frequency + 1)) + 1
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def frequency_of(self, alternatives: Sequence[Alternative]) -> int:
        """How many documents the idf of a word is made of."""
        own, *others = (self.spread(one.terms, one.field).frequency for one in alternatives)
        weights = [one.weight for one in alternatives[1:]]
        known = [(weight, found) for weight, found in zip(weights, others, strict=True) if found]
        return own or max(known, key=lambda one: one[0], default=(0.0, 0))[1]

    def _word(self, alternatives: tuple[Alternative, ...]) -> Word:
        spreads = [self.spread(one.terms, one.field) for one in alternatives]
        found = self._scored(alternatives, spreads)
        counting = [s for one, s in zip(alternatives, spreads, strict=True) if one.counts]
        written = _as_much(united([one.written for one in counting], self.size), found)
        seen = _as_much(united([one.found.numbers for one in counting], self.size), found)
        counted = marked(written, self.size)
        return Word(
            laid_out(found, self.size),
            counted,
            counted if len(seen) == len(written) else marked(seen, self.size),
        )

    def _scored(self, alternatives: Sequence[Alternative], spreads: Sequence[Spread]) -> Found:
        """The alternatives as one word, and beside it those that are scored apart."""
        pairs = list(zip(alternatives, spreads, strict=True))
        together = [(one.weight, spread) for one, spread in pairs if not one.apart]
        if self._scoring.group == "best":
            scored = self._best(together)
        else:
            scored = self._saturated(
                added([_times(spread.found, weight) for weight, spread in together], self.size),
                self.frequency_of([one for one in alternatives if not one.apart]),
            )
        apart = [
            _times(self._saturated(spread.found, spread.frequency), one.weight)
            for one, spread in pairs
            if one.apart
        ]
        return added([scored, *apart], self.size)

    def _best(self, alternatives: Sequence[tuple[float, Spread]]) -> Found:
        """The best of the alternatives, each scored apart, and ``tie`` times the others."""
        sets = [
            _times(self._saturated(spread.found, spread.frequency), weight)
            for weight, spread in alternatives
        ]
        frame = Frame([one.numbers for one in sets], self.size)
        best, total = np.zeros((2, frame.length), np.float32)
        for one in sets:
            places = frame.places(one.numbers)
            best[places] = np.maximum(best[places], one.scores)
            total[places] += one.scores
        return frame.found(best + np.float32(self._scoring.tie) * (total - best))

    def _saturated(self, found: Found, frequency: int) -> Found:
        k1 = self._scoring.k1
        top = np.float32(self.idf(frequency) * (k1 + 1))
        return Found(found.numbers, top * found.scores / (found.scores + np.float32(k1)))

    def _spread(self, terms: tuple[str, ...], field: str) -> Spread:
        if len(terms) > 1:
            return self._phrase(terms)
        if field == EXACT:
            return self._alone(self._in_field(EXACT, terms[0]))
        written = added([self._in_field(name, terms[0]) for name in WRITTEN], self.size)
        seen = self._in_field(SEEN, terms[0])
        if not len(seen.numbers):
            return self._alone(written)
        both = added([written, seen], self.size)
        frequency = len(written.numbers) or len(seen.numbers)
        return Spread(self._living(both), self._living(written).numbers, frequency)

    def _alone(self, found: Found) -> Spread:
        living = self._living(found)
        return Spread(living, living.numbers, len(found.numbers))

    def _living(self, found: Found) -> Found:
        return found if self._live is None else found.at(self._live[found.numbers])

    def _in_field(self, name: str, term: str) -> Found:
        """The documents with a term in one field, with its weighted, normalised frequency."""
        if name not in self._fields:
            return NOTHING
        lengths, worth = self._fields[name]
        numbers, weights = self._entries(name, term)
        return Found(numbers, weights * worth[lengths[numbers]])

    def _entries(self, field: str, term: str) -> tuple[Numbers, Scores]:
        """The documents that have a term in a field, removed ones too, and how often."""
        parts = list(self._postings(field, term))
        numbers = [part.numbers.astype(np.intp) + offset for part, offset in parts]
        weights = [part.weights for part, _ in parts]
        if len(parts) == 1:
            return numbers[0], weights[0]
        return np.concatenate([NONE, *numbers]), np.concatenate([NOTHING.scores, *weights])

    def _postings(self, field: str, term: str) -> Iterator[tuple[Postings, int]]:
        for leaf in self._leaves:
            postings = leaf.terms.arrays(field, term.encode())
            if postings is not None:
                yield postings, leaf.offset

    def _phrase(self, terms: Sequence[str]) -> Spread:
        lists = [Documents(self._entries("text", term)[0]) for term in terms]
        together = in_all(lists, self.size).numbers
        starts = self._positions(terms[0], together)
        for place, term in enumerate(terms[1:], start=1):
            starts = in_both(starts, self._positions(term, together) - place)
        numbers, times = np.unique(starts >> _POSITION_BITS, return_counts=True)
        lengths, worth = self._fields["text"]
        return self._alone(Found(numbers, times.astype(np.float32) * worth[lengths[numbers]]))

    def _positions(self, term: str, numbers: Numbers) -> Numbers:
        """Where a term stands in the text of some documents that all have it: one number each, of
        document and position together."""
        found = [np.empty(0, np.intp)]
        for postings, offset in self._postings("text", term):
            last = offset + int(postings.numbers[-1])
            here = numbers[
                np.searchsorted(numbers, offset) : np.searchsorted(numbers, last, "right")
            ]
            rows = np.searchsorted(postings.numbers, (here - offset).astype(np.uint32))
            counts = postings.lengths.astype(np.intp) // 4
            ends = np.cumsum(counts)
            wanted = counts[rows]
            # For each document its first place, once for each of its positions, and a count on.
            steps = np.arange(wanted.sum()) - np.repeat(np.cumsum(wanted) - wanted, wanted)
            places = np.repeat(ends[rows] - wanted, wanted) + steps
            positions = np.frombuffer(postings.values, np.uint32)[places].astype(np.intp)
            found.append((np.repeat(here, wanted) << _POSITION_BITS) + positions + _FIRST)
        return np.concatenate(found)


_POSITION_BITS = 32
_FIRST = 1 << 16
"""Added to positions, so that one before the beginning of a document stays in that document."""


def _times(found: Found, weight: float) -> Found:
    """The same documents with all values multiplied."""
    return found if weight == 1 else Found(found.numbers, found.scores * np.float32(weight))


def _as_much(numbers: Numbers, found: Found) -> Numbers:
    """Numbers that are among the found; when they are all of them, kept in memory once."""
    return found.numbers if len(numbers) == len(found.numbers) else numbers


def _field(
    reader: Any, name: str, weight: float, b: float, lengths: Sequence[NDArray[np.uint8]]
) -> _Field:
    """BM25F's ``weight / ((1 - b) + b * length / average)`` for each coded length."""
    average = reader.field_length(name) / (reader.doc_count_all() or 1) or 1
    worth = weight / ((1 - b) + b * LENGTH_OF_BYTE / average)
    return _Field(np.concatenate([np.empty(0, np.uint8), *lengths]), worth.astype(np.float32))
