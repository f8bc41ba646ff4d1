"""Sets of found documents with their scores, and what "and", "or" and "not" make of them.

A set is two arrays: document numbers, each once and in order, and scores above zero. How two sets
meet depends on their sizes: few numbers are looked up one by one, many are laid out over all
documents, whichever reads less memory.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Scores = NDArray[np.float32]

_LOOKUP = 20
"""Looking up one number costs as much as laying out this many: 20 against 1 nanosecond."""
_SPARSE = 16
"""Sets that together hold fewer than one in so many documents are merged rather than laid out."""


class Found(NamedTuple):
    """Documents and their scores."""

    numbers: Numbers
    scores: Scores

    @property
    def nbytes(self) -> int:
        return self.numbers.nbytes + self.scores.nbytes

    def times(self, weight: float) -> "Found":
        """The same documents with all scores multiplied."""
        return self if weight == 1 else Found(self.numbers, self.scores * np.float32(weight))

    def at(self, places: NDArray[Any]) -> "Found":
        """The documents at these places, or where a mask is true."""
        return Found(self.numbers[places], self.scores[places])


NOTHING = Found(np.empty(0, np.intp), np.empty(0, np.float32))


def either(sets: Sequence[Found], size: int) -> Found:
    """What is in any set; scores are added. ``size`` is the number of all documents."""
    return _united(sets, size, np.add)


def strongest(sets: Sequence[Found], size: int) -> Found:
    """What is in any set, with the best of its scores."""
    return _united(sets, size, np.maximum)


def _united(sets: Sequence[Found], size: int, join: np.ufunc) -> Found:
    sets = [one for one in sets if len(one.numbers)]
    if len(sets) < 2:
        return sets[0] if sets else NOTHING
    if sum(len(one.numbers) for one in sets) * _SPARSE < size:
        numbers = _merged([one.numbers for one in sets])
        scores = np.zeros(len(numbers), np.float32)
        for one in sets:
            join.at(scores, np.searchsorted(numbers, one.numbers), one.scores)
        return Found(numbers, scores)
    scores = np.zeros(size, np.float32)
    for one in sets:
        join.at(scores, one.numbers, one.scores)
    numbers = np.flatnonzero(scores > 0)
    return Found(numbers, scores[numbers])


def _merged(runs: Sequence[Numbers]) -> Numbers:
    # A stable sort finds the runs that are in order already, and merges them.
    return once(np.sort(np.concatenate(runs), kind="stable"))


def once(ordered: Numbers) -> Numbers:
    """Each number once, of numbers in order."""
    is_new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def in_both(ordered: Numbers, others: Numbers) -> Numbers:
    """What two rows of numbers in order, each once, have in common."""
    together: Numbers = np.sort(np.concatenate([ordered, others]), kind="stable")
    return together[1:].compress(together[1:] == together[:-1])


def every(sets: Sequence[Found], size: int) -> Found:
    """What is in all sets; scores are added."""
    first, *others = sorted(sets, key=lambda one: len(one.numbers))
    return reduce(lambda found, other: _both(found, other, size), others, first)


def _both(found: Found, other: Found, size: int) -> Found:
    added = _scores_at(other, found.numbers, size)
    is_in = added > 0
    return Found(found.numbers[is_in], found.scores[is_in] + added[is_in])


def optional(found: Found, more: Found, size: int) -> Found:
    """What is in the first set, with the scores of the second added where that has it too."""
    return Found(found.numbers, found.scores + _scores_at(more, found.numbers, size))


def without(found: Found, unwanted: Found, size: int) -> Found:
    """What is in the first set and not in the second."""
    return found.at(_scores_at(unwanted, found.numbers, size) == 0)


def _scores_at(found: Found, numbers: Numbers, size: int) -> Scores:
    """The scores of these documents; zero for those that are not in the set."""
    if _LOOKUP * len(numbers) > len(found.numbers) + size // 8:
        laid_out = np.zeros(size, np.float32)
        laid_out[found.numbers] = found.scores
        return laid_out[numbers]
    if not len(found.numbers):
        return np.zeros(len(numbers), np.float32)
    places = np.searchsorted(found.numbers, numbers)
    places[places == len(found.numbers)] = 0
    return np.where(found.numbers[places] == numbers, found.scores[places], np.float32(0))
