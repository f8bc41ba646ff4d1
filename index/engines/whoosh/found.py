"""Sets of documents, with and without scores, and what "and", "or" and "not" make of them.

Numbers of documents are each once and in order. What many documents have is kept a second time,
laid out over all of them, so that sums and intersections read memory in a row; what few have is
looked up number by number.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

MANY = 8
"""A set that holds more than one in so many documents is laid out as well: of 100,000 documents,
adding the scores of 10,000 takes 15 microseconds one by one and 7 in a row, of 60,000 86 and 7."""
_SPARSE = 16
"""Sets that together hold fewer than one in so many documents are merged rather than laid out."""
_LOOKUP = 20
"""Looking up one number costs as much as laying out this many: 20 against 1 nanosecond."""


_NO_MARKS: Mask = np.empty(0, np.bool_)


class Documents:
    """A set of documents, as numbers or, where they are many, as a mark for each document.

    The numbers of marked ones are worked out when they are asked for.
    """

    __slots__ = ("_marks", "_numbers", "mask")

    def __init__(self, numbers: Numbers | None, mask: Mask | None = None) -> None:
        self._numbers = numbers
        self.mask = mask
        self._marks = _NO_MARKS if mask is None else mask

    def __len__(self) -> int:
        return int(np.count_nonzero(self._marks)) if self._numbers is None else len(self._numbers)

    @property
    def numbers(self) -> Numbers:
        if self._numbers is None:
            self._numbers = np.flatnonzero(self._marks)
        return self._numbers

    @property
    def nbytes(self) -> int:
        return self.numbers.nbytes + (0 if self.mask is None else self.mask.nbytes)


class Found(NamedTuple):
    """Documents with a value above zero; where they are many, also a value for each document."""

    numbers: Numbers
    scores: Scores
    laid_out: Scores | None = None

    @property
    def nbytes(self) -> int:
        laid_out = 0 if self.laid_out is None else self.laid_out.nbytes
        return self.numbers.nbytes + self.scores.nbytes + laid_out

    def at(self, places: NDArray[Any] | slice) -> "Found":
        """The documents at these places, or where a mask is true."""
        return Found(self.numbers[places], self.scores[places])


NONE: Numbers = np.empty(0, np.intp)
NOTHING = Found(NONE, np.empty(0, np.float32))


class Frame:
    """Room for a value of each document that is in any of some sets."""

    def __init__(self, sets: Sequence[Numbers], size: int) -> None:
        few = sum(map(len, sets)) * _SPARSE < size
        self._numbers = _merged(sets) if few else None
        self.length = size if self._numbers is None else len(self._numbers)

    def places(self, numbers: Numbers) -> Numbers:
        """Where the values of these documents stand."""
        return numbers if self._numbers is None else np.searchsorted(self._numbers, numbers)

    def found(self, values: Scores) -> Found:
        """The documents with a value above zero."""
        places = np.flatnonzero(values > 0)
        numbers = places if self._numbers is None else self._numbers[places]
        return Found(numbers, values[places])


def times(found: Found, weight: float) -> Found:
    """The same documents with all values multiplied."""
    return found if weight == 1 else Found(found.numbers, found.scores * np.float32(weight))


def joined(first: Found, last: Found) -> Found:
    """One set after the other."""
    return Found(
        np.concatenate([first.numbers, last.numbers]), np.concatenate([first.scores, last.scores])
    )


def added(sets: Sequence[Found], size: int) -> Found:
    """What is in any set; values are added."""
    sets = [one for one in sets if len(one.numbers)]
    if len(sets) < 2:
        return sets[0] if sets else NOTHING
    frame = Frame([one.numbers for one in sets], size)
    values = np.zeros(frame.length, np.float32)
    for one in sets:
        values[frame.places(one.numbers)] += one.scores
    return frame.found(values)


def united(sets: Sequence[Numbers], size: int) -> Numbers:
    """What is in any set."""
    sets = [one for one in sets if len(one)]
    if len(sets) < 2:
        return sets[0] if sets else NONE
    if sum(map(len, sets)) * _SPARSE < size:
        return _merged(sets)
    mask = np.zeros(size, np.bool_)
    for one in sets:
        mask[one] = True
    return np.flatnonzero(mask)


def in_any(sets: Sequence[Documents], size: int) -> Documents:
    """What is in any set, laid out."""
    mask = np.zeros(size, np.bool_)
    for one in sets:
        if one.mask is not None:
            mask |= one.mask
        else:
            mask[one.numbers] = True
    return Documents(None, mask)


def memberships(sets: Sequence[Documents], size: int) -> NDArray[np.uint8]:
    """For each document, in how many of the sets it is."""
    found = np.zeros(size, np.uint8)
    for one in sets:
        if one.mask is not None:
            found += one.mask
        else:
            found[one.numbers] += 1
    return found


def _merged(runs: Sequence[Numbers]) -> Numbers:
    # A stable sort finds the runs that are in order already, and merges them.
    return once(np.sort(np.concatenate([NONE, *runs]), kind="stable"))


def once(ordered: Numbers) -> Numbers:
    """Each number once, of numbers in order."""
    is_new = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def in_both(ordered: Numbers, others: Numbers) -> Numbers:
    """What two rows of numbers in order, each once, have in common."""
    together: Numbers = np.sort(np.concatenate([ordered, others]), kind="stable")
    return together[1:].compress(together[1:] == together[:-1])


def marked(numbers: Numbers, size: int) -> Documents:
    """A set, laid out where it is large."""
    if len(numbers) * MANY < size:
        return Documents(numbers)
    mask = np.zeros(size, np.bool_)
    mask[numbers] = True
    return Documents(numbers, mask)


def laid_out(found: Found, size: int) -> Found:
    """The same set with a value for each document, where it is large."""
    if len(found.numbers) * MANY < size:
        return found
    values = np.zeros(size, np.float32)
    values[found.numbers] = found.scores
    return Found(found.numbers, found.scores, values)


def in_all(sets: Sequence[Documents], size: int) -> Documents:
    """What is in every set, the smallest first."""
    first, *others = sorted(sets, key=len)
    if not others:
        return first
    masks = [one.mask for one in (first, *others) if one.mask is not None]
    if len(masks) == len(sets):
        mask = masks[0] & masks[1]
        for other in masks[2:]:
            mask &= other
        return Documents(None, mask)
    numbers = first.numbers
    for one in others:
        numbers = numbers[holds(one, numbers, size)]
    return Documents(numbers)


def without(documents: Documents, unwanted: Numbers, size: int) -> Documents:
    """What is in the first set and not in the second."""
    if not len(unwanted):
        return documents
    if documents.mask is None:
        numbers = documents.numbers
        return Documents(numbers[~holds(Documents(unwanted), numbers, size)])
    mask = documents.mask.copy()
    mask[unwanted] = False
    return Documents(None, mask)


def holds(documents: Documents, numbers: Numbers, size: int) -> Mask:
    """Which of the numbers are in a set."""
    if documents.mask is not None:
        return documents.mask.take(numbers)
    inside = documents.numbers
    if _LOOKUP * len(numbers) > len(inside) + size // 8:
        mask = np.zeros(size, np.bool_)
        mask[inside] = True
        return mask.take(numbers)
    if not len(inside):
        return np.zeros(len(numbers), np.bool_)
    places = np.searchsorted(inside, numbers)
    places[places == len(inside)] = 0
    found: Mask = inside[places] == numbers
    return found


def scores_at(sets: Sequence[Found], numbers: Numbers, size: int) -> Scores:
    """The sum of the scores that some documents have in each set."""
    if len(numbers) * MANY >= size:
        return scores_of_all(sets, size).take(numbers)
    total = np.zeros(len(numbers), np.float32)
    for one in sets:
        if one.laid_out is not None:
            total += one.laid_out.take(numbers)
        elif _LOOKUP * len(numbers) > len(one.numbers) + size // 8:
            values = np.zeros(size, np.float32)
            values[one.numbers] = one.scores
            total += values.take(numbers)
        elif len(one.numbers):
            places = np.searchsorted(one.numbers, numbers)
            places[places == len(one.numbers)] = 0
            total += np.where(one.numbers[places] == numbers, one.scores[places], np.float32(0))
    return total


def scores_of_all(sets: Sequence[Found], size: int) -> Scores:
    """The sum of the scores that every document has in each set."""
    total = np.zeros(size, np.float32)
    for one in sets:
        if one.laid_out is not None:
            total += one.laid_out
        else:
            total[one.numbers] += one.scores
    return total
