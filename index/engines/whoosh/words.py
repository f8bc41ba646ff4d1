"""Words of a question to documents with scores, as ``index.scoring`` tells.

In: the alternatives of a word. Out: ``Word``, the documents that have it with what it adds to their
score, and which of them count; kept for the next search, so that a word with forty alternatives
costs no more than one with none.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from index.alternatives import Alternative
from index.engines.whoosh.cache import Cache
from index.engines.whoosh.found import (
    Documents,
    Found,
    Frame,
    Numbers,
    added,
    laid_out,
    marked,
    times,
    united,
)
from index.engines.whoosh.terms import Spread, Terms
from index.scoring import Scoring


class Word(NamedTuple):
    """A word in all its alternatives: what it adds to the score of each document that has any.

    ``counted`` hold it in a form that counts, as text; ``seen`` hold it in such a form anywhere,
    ``titled`` in their title.
    """

    found: Found
    counted: Documents
    seen: Documents
    titled: Documents

    @property
    def nbytes(self) -> int:
        sets = (self.found, self.counted, self.seen, self.titled)
        return sum(one.nbytes for one in sets)


class Words:
    """Scores the words of questions to one generation."""

    def __init__(self, terms: Terms, scoring: Scoring, cache: Cache) -> None:
        self.terms = terms
        self._scoring = scoring
        self._cache = cache

    def word(self, alternatives: tuple[Alternative, ...]) -> Word:
        """The documents that have a word in any form, scored as one word."""
        return self._cache.get(alternatives, lambda: self._word(alternatives))

    def shares(
        self, alternatives: tuple[Alternative, ...], number: int
    ) -> Iterator[tuple[Alternative, float]]:
        """What each alternative has in the score of one document; together they are the score."""
        for group in _groups(alternatives):
            values = [_value_at(self._spread(one).found, number) for one in group]
            if self._scoring.group == "best":
                found = self._best_shares(group, values)
            else:
                worth, weights = self._weighed(group)
                values = [value * weight for value, weight in zip(values, weights, strict=True)]
                score = worth * self._saturated(sum(values))
                found = [score * value / (sum(values) or 1) for value in values]
            yield from (pair for pair in zip(group, found, strict=True) if pair[1])

    def idf(self, frequency: int) -> float:
        """What a word is worth that so many documents have."""
        size = self.terms.size
        if self._scoring.idf == "whoosh":
            return math.log(size / (frequency + 1)) + 1
        return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))

    def _word(self, alternatives: tuple[Alternative, ...]) -> Word:
        size = self.terms.size
        found = added([self._scored(group) for group in _groups(alternatives)], size)
        counting = [one for one in alternatives if one.counts]
        spread = [self._spread(one) for one in counting]
        written = _as_much(united([one.written for one in spread], size), found)
        seen = _as_much(united([one.found.numbers for one in spread], size), found)
        counted = marked(written, size)
        return Word(
            laid_out(found, size),
            counted,
            counted if len(seen) == len(written) else marked(seen, size),
            Documents(united([self.terms.titled(o.terms) for o in counting if o.is_text], size)),
        )

    def _spread(self, one: Alternative) -> Spread:
        return self.terms.spread(one.terms, one.field)

    def _scored(self, group: Sequence[Alternative]) -> Found:
        """The documents that have any of some alternatives, which are scored together."""
        if self._scoring.group == "best":
            return self._best(group)
        worth, weights = self._weighed(group)
        sets = [times(self._spread(o).found, w) for o, w in zip(group, weights, strict=True)]
        return self._score(added(sets, self.terms.size), worth)

    def _weighed(self, group: Sequence[Alternative]) -> tuple[float, list[float]]:
        """What a score of a group is worth, and the weight of each alternative in it."""
        idf = self.idf(self._frequency(group))
        first = group[0].weight
        rarities = [min(1.0, self.idf(self._spread(one).frequency) / idf) for one in group]
        weights = [one.weight / first * r for one, r in zip(group, rarities, strict=True)]
        return idf * first, weights

    def _frequency(self, group: Sequence[Alternative]) -> int:
        """How many documents the idf of a group is made of."""
        own = self._spread(group[0]).frequency
        if own:
            return own
        counting = [one for one in group if one.counts] or group
        return max(self._spread(one).frequency for one in counting)

    def _best(self, group: Sequence[Alternative]) -> Found:
        """The best of the alternatives, each scored alone, and ``tie`` times the others."""
        sets = [self._score(self._spread(one).found, self._worth_alone(one)) for one in group]
        frame = Frame([one.numbers for one in sets], self.terms.size)
        best, total = np.zeros((2, frame.length), np.float32)
        for one in sets:
            places = frame.places(one.numbers)
            best[places] = np.maximum(best[places], one.scores)
            total[places] += one.scores
        return frame.found(best + np.float32(self._scoring.tie) * (total - best))

    def _best_shares(self, group: Sequence[Alternative], values: Sequence[float]) -> list[float]:
        scores = [
            self._worth_alone(one) * self._saturated(value)
            for one, value in zip(group, values, strict=True)
        ]
        best = scores.index(max(scores))
        return [s if at == best else s * self._scoring.tie for at, s in enumerate(scores)]

    def _worth_alone(self, one: Alternative) -> float:
        return one.weight * self.idf(self._spread(one).frequency)

    def _score(self, found: Found, worth: float) -> Found:
        k1 = np.float32(self._scoring.k1)
        top = np.float32(worth * (self._scoring.k1 + 1))
        return Found(found.numbers, top * found.scores / (found.scores + k1))

    def _saturated(self, frequency: float) -> float:
        return frequency * (self._scoring.k1 + 1) / (frequency + self._scoring.k1)


def _groups(alternatives: Sequence[Alternative]) -> list[list[Alternative]]:
    """Those that are scored together: the word itself, then each that stands apart."""
    groups: dict[int, list[Alternative]] = {}
    for one in alternatives:
        groups.setdefault(one.apart, []).append(one)
    return list(groups.values())


def _value_at(found: Found, number: int) -> float:
    return float(found.scores[found.numbers == number].sum())


def _as_much(numbers: Numbers, found: Found) -> Numbers:
    """Numbers that are among the found; when they are all of them, kept in memory once."""
    return found.numbers if len(numbers) == len(found.numbers) else numbers
