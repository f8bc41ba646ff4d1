"""Terms and phrases of one generation: which documents have them, and how much.

In: a term, or the terms of a phrase. Out: ``Spread``, the documents with the normalised frequency
of BM25F (``index.scoring``). What was worked out is kept for the next search. Lengths, averages and
numbers of documents are Whoosh's: documents that were removed are in them until their segment is
merged.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
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
    Numbers,
    Scores,
    added,
    in_all,
    in_both,
)
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


class Terms:
    """Reads the terms of a generation."""

    def __init__(
        self, reader: Any, live: NDArray[np.bool_], scoring: Scoring, cache: Cache
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
        self._fields = {
            name: _field(reader, name, weight, scoring.b[name], [r.lengths(name) for r in readers])
            for name, weight in scoring.weights.items()
            if weight
        }
        self._cache = cache

    def spread(self, terms: tuple[str, ...], field: str = "text") -> Spread:
        """Where terms stand next to each other in this order, or one term anywhere."""
        return self._cache.get((field, terms), lambda: self._spread(terms, field))

    def holding(self, field: str, term: str) -> Numbers:
        """The numbers of the documents that have a term in a field that is not scored."""
        numbers, _ = self._entries(field, term)
        return numbers if self._live is None else numbers[self._live[numbers]]

    def titled(self, terms: Sequence[str]) -> Numbers:
        """The numbers of the documents whose title has all these terms, removed ones too."""
        return reduce(in_both, (self._entries("title", term)[0] for term in terms))

    def places(self, terms: tuple[str, ...], field: str, number: int) -> dict[str, float]:
        """The fields in which one document has a term or a phrase, each with its part of the
        normalised frequency."""
        if len(terms) > 1:
            found = {"text": self.spread(terms).found}
        else:
            names = (EXACT,) if field == EXACT else (*WRITTEN, SEEN)
            found = {name: self._in_field(name, terms[0]) for name in names}
        at = {name: one.scores[one.numbers == number] for name, one in found.items()}
        return {name: float(value[0]) for name, value in at.items() if len(value)}

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


def _field(
    reader: Any, name: str, weight: float, b: float, lengths: Sequence[NDArray[np.uint8]]
) -> _Field:
    """BM25F's ``weight / ((1 - b) + b * length / average)`` for each coded length."""
    average = reader.field_length(name) / (reader.doc_count_all() or 1) or 1
    worth = weight / ((1 - b) + b * LENGTH_OF_BYTE / average)
    return _Field(np.concatenate([np.empty(0, np.uint8), *lengths]), worth.astype(np.float32))
