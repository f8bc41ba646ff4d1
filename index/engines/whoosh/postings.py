"""The postings of many terms at once, as arrays: how they are laid out in a file, and back.

In a file the postings of one term lie together, in 32-bit words: numbers of documents, weights,
and for a field with positions the bytes of each document's positions and the positions themselves.
So a term is read by one look at one place, and a stretch of terms is one stretch of the file.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint32]
Places = NDArray[np.int64]


class Many(NamedTuple):
    """Postings of terms in order: a row for each document of each term.

    ``counts`` are rows by term. ``sizes`` are positions by row and ``positions`` all of them, both
    nothing where a field keeps none.
    """

    counts: Places
    numbers: Words
    weights: NDArray[np.float32]
    sizes: Places | None
    positions: Words | None


def laid_out(many: Many) -> tuple[Words, Places]:
    """Give the words of the file, and how many of them each term takes."""
    counts, sizes = many.counts, many.sizes
    width = 2 if sizes is None else 3
    taken = width * counts
    if sizes is not None:
        taken = taken + sums(sizes, counts)
    words = np.empty(int(taken.sum()), np.uint32)
    starts = before(taken)
    words[stretches(starts, counts)] = many.numbers
    words[stretches(starts + counts, counts)] = many.weights.view(np.uint32)
    if sizes is not None and many.positions is not None:
        words[stretches(starts + 2 * counts, counts)] = 4 * sizes
        words[stretches(starts + 3 * counts, taken - 3 * counts)] = many.positions
    return words, taken


def taken_apart(words: Words, starts: Places, counts: Places, *, positions: bool) -> Many:
    """Give the postings of terms of which the words begin at ``starts``."""
    numbers = words[stretches(starts, counts)]
    weights = words[stretches(starts + counts, counts)].view(np.float32)
    if not positions:
        return Many(counts, numbers, weights, None, None)
    sizes = (words[stretches(starts + 2 * counts, counts)] // 4).astype(np.int64)
    found = words[stretches(starts + 3 * counts, sums(sizes, counts))]
    return Many(counts, numbers, weights, sizes, found)


def stretches(starts: Places, lengths: Places) -> Places:
    """Give the places of stretches, one after the other: all from each start on."""
    moved = np.repeat(starts - before(lengths), lengths)
    moved += np.arange(len(moved))
    return moved


def before(lengths: Places) -> Places:
    """Give for each length the sum of those before it."""
    return np.cumsum(lengths) - lengths


def sums(values: Places, counts: Places) -> Places:
    """Add up values in groups that follow each other, of these sizes."""
    totals = np.concatenate([np.zeros(1, np.int64), np.cumsum(values)])
    ends = np.cumsum(counts)
    result: Places = totals[ends] - totals[ends - counts]
    return result


def once(numbers: Words) -> Many:
    """Give the postings of terms that each stand once, in one document."""
    counts = np.ones(len(numbers), np.int64)
    return Many(counts, numbers, counts.astype(np.float32), None, None)
