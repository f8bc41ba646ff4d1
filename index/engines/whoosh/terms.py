"""Terms and phrases of one generation to found documents with scores.

In: a term or the terms of a phrase. Out: ``Found``. Scores are those of Whoosh's own searcher, BM25
with its lengths, averages and idf, for a whole term at once; ``tests/index/engines/test_arrays.py``
compares the two. What was worked out is kept for the next search.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.cache import Cache
from index.engines.whoosh.codec import LENGTH_OF_BYTE, ArrayTerms, Postings
from index.engines.whoosh.columns import leaves_of
from index.engines.whoosh.found import NOTHING, Found, Numbers, either, every, in_both, once
from index.schema import K1, WEIGHTS, B


class _Leaf(NamedTuple):
    """A segment, with the number of its first document."""

    terms: ArrayTerms
    offset: int


class _Field(NamedTuple):
    """What scoring needs of a field: a length for each document, and what a length does."""

    lengths: NDArray[np.uint8]
    damping: NDArray[np.float64]


class Terms:
    """Reads the terms of a generation."""

    def __init__(self, reader: Any, live: NDArray[np.bool_], cache_bytes: int) -> None:
        leaves = leaves_of(reader)
        self._leaves = []
        readers = []
        for leaf, offset in leaves:
            codec, storage, segment = leaf.codec(), leaf.storage(), leaf.segment()
            self._leaves.append(_Leaf(codec.terms_reader(storage, segment), offset))
            readers.append(codec.per_document_reader(storage, segment))
        self.size = len(live)
        self._live = None if live.all() else live
        self._fields = {
            name: _field(reader, name, [one.lengths(name) for one in readers]) for name in WEIGHTS
        }
        self._cache: Cache[Found] = Cache(cache_bytes)

    def word(self, term: str, fields: tuple[str, ...]) -> Found:
        """The documents that have a term in any of the fields, weighted as the schema says."""
        return self._cache.get((term, fields), lambda: self._word(term, fields))

    def phrase(self, terms: tuple[str, ...]) -> Found:
        """The documents in whose text the terms stand next to each other, in this order."""
        return self._cache.get(terms, lambda: self._phrase(terms))

    def holding(self, field: str, term: str) -> Numbers:
        """The numbers of the documents that have a term in a field that is not scored."""
        parts = [
            part.numbers.astype(np.intp) + offset for part, offset in self._postings(field, term)
        ]
        numbers = np.concatenate([NOTHING.numbers, *parts])
        return numbers if self._live is None else numbers[self._live[numbers]]

    def _word(self, term: str, fields: Sequence[str]) -> Found:
        return either(
            [self._in_field(name, term).times(WEIGHTS[name]) for name in fields], self.size
        )

    def _in_field(self, field: str, term: str) -> Found:
        """The documents with a term in one field, with its BM25."""
        parts = list(self._postings(field, term))
        if not parts:
            return NOTHING
        numbers = np.concatenate([part.numbers.astype(np.intp) + offset for part, offset in parts])
        weights = np.concatenate([part.weights for part, _ in parts])
        # Whoosh counts removed documents too, until their segment is merged.
        idf = math.log(self.size / (len(numbers) + 1)) + 1
        lengths, damping = self._fields[field]
        scores = idf * (weights * (K1 + 1)) / (weights + damping[lengths[numbers]])
        found = Found(numbers, scores.astype(np.float32))
        return found if self._live is None else found.at(self._live[numbers])

    def _postings(self, field: str, term: str) -> Iterator[tuple[Postings, int]]:
        for leaf in self._leaves:
            postings = leaf.terms.arrays(field, term.encode())
            if postings is not None:
                yield postings, leaf.offset

    def _phrase(self, terms: Sequence[str]) -> Found:
        together = every([self.word(term, ("text",)) for term in terms], self.size)
        starts = self._positions(terms[0], together.numbers)
        for place, term in enumerate(terms[1:], start=1):
            starts = in_both(starts, self._positions(term, together.numbers) - place)
        numbers = once(starts >> _POSITION_BITS)
        return together.at(np.searchsorted(together.numbers, numbers))

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


def _field(reader: Any, name: str, lengths: Sequence[NDArray[np.uint8]]) -> _Field:
    """BM25's ``K1 * ((1 - B) + B * length / average)`` for each coded length."""
    average = reader.field_length(name) / (reader.doc_count_all() or 1) or 1
    damping = K1 * ((1 - B) + B * LENGTH_OF_BYTE / average)
    return _Field(np.concatenate([np.empty(0, np.uint8), *lengths]), damping)
