"""What each of many documents says by each of very many terms, with only what is there kept.

In: for each document the numbers of its terms and how strong they are, and signs that all documents
have. Out: how alike documents are, and what a term weighs when it is known what each document adds. A
table of all terms for all documents would take 1 GB for 3,900 documents and 65,000 terms, and several
times that in passing; only some columns of it stand in memory at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
Numbers = NDArray[np.intp]
Vector = NDArray[np.float64]

COLUMNS_AT_ONCE = 4096
"""64 MB for 3,900 documents."""


@dataclass(frozen=True)
class Strengths:
    """The documents: of each the ``numbers`` of its terms, rising, with their ``values``; and ``beside``,
    a row for each with the signs that stand beside all ``terms``."""

    numbers: Sequence[Numbers]
    values: Sequence[NDArray[np.float32]]
    beside: Rows
    terms: int

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.numbers)

    @property
    def columns(self) -> int:
        """Terms and signs beside them, in this order."""
        return self.terms + int(self.beside.shape[1])

    def likeness(self, scale: Vector) -> Rows:
        """How alike each two documents are, with every column times its ``scale``; 0 leaves it out."""
        beside = self.beside * scale[self.terms :]
        found: Rows = beside @ beside.T
        for start in range(0, self.terms, COLUMNS_AT_ONCE):
            some = self._some(start, min(start + COLUMNS_AT_ONCE, self.terms), scale)
            if some.any():
                found += some @ some.T
        return found

    def _some(self, start: int, end: int, scale: Vector) -> NDArray[np.float32]:
        """A row for each document, of a few columns."""
        rows = np.zeros((len(self), end - start), np.float32)
        for row, numbers, values in zip(rows, self.numbers, self.values, strict=True):
            first, last = np.searchsorted(numbers, (start, end))
            row[numbers[first:last] - start] = values[first:last]
        rows *= scale[start:end].astype(np.float32)
        return rows

    def weigh(self, shares: Rows, picked: Numbers) -> Rows:
        """What each column weighs for each value, by what the ``picked`` documents add to that."""
        weights = np.zeros((self.columns, shares.shape[1]))
        weights[self.terms :] = self.beside[picked].T @ shares
        for document, share in zip(picked.tolist(), shares, strict=True):
            weights[self.numbers[document]] += self.values[document][:, None] * share
        return weights
