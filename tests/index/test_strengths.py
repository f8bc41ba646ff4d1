"""What is kept of terms gives the same as a table of all terms for all documents."""

import numpy as np

from index.strengths import COLUMNS_AT_ONCE, Strengths

TERMS, DOCUMENTS, SIGNS = COLUMNS_AT_ONCE + 60, 12, 3


def made() -> tuple[Strengths, np.ndarray]:
    """Documents with a few terms each, at both sides of where columns are divided; and as a table."""
    chance = np.random.default_rng(4)
    table = np.zeros((DOCUMENTS, TERMS + SIGNS))
    numbers, values = [], []
    for row in table:
        known = np.unique(np.r_[0, chance.integers(COLUMNS_AT_ONCE - 50, TERMS, 20)])
        row[known] = chance.random(len(known))
        numbers.append(known)
        values.append(row[known].astype(np.float32))
    table[:, TERMS:] = chance.random((DOCUMENTS, SIGNS))
    return Strengths(numbers, values, table[:, TERMS:], TERMS), table


def test_likeness_is_that_of_the_whole_table_with_each_column_scaled() -> None:
    strengths, table = made()
    assert (len(strengths), strengths.columns) == table.shape
    scale = np.random.default_rng(5).random(TERMS + SIGNS)
    scale[::7] = 0.0
    for some in (scale, np.ones(TERMS + SIGNS), np.zeros(TERMS + SIGNS)):
        scaled = table * some
        assert np.allclose(strengths.likeness(some), scaled @ scaled.T, atol=1e-5)


def test_columns_weigh_what_the_picked_documents_add() -> None:
    strengths, table = made()
    picked = np.array([1, 4, 5, 11])
    shares = np.random.default_rng(6).normal(size=(len(picked), 2))
    assert np.allclose(strengths.weigh(shares, picked), table[picked].T @ shares, atol=1e-6)
