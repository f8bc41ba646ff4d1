"""All values of a facet are fitted at once: the best there are, on top of what is known."""

import numpy as np
import pytest

from index.fitting import Rows, Shares, fit_each, fit_one_of

FREEDOM = 4.0


@pytest.fixture
def rows() -> Rows:
    return np.random.default_rng(1).normal(size=(80, 6))


def values_of(rows: Rows, shares: Shares) -> Rows:
    found: Rows = rows @ rows.T @ shares.shares + shares.bias
    return found


def test_of_each_value_no_better_shares_are_left(rows: Rows) -> None:
    wanted = np.column_stack((rows[:, 0] > 0.3, rows[:, 1] + rows[:, 2] > 0)).astype(float)
    known = 0.5 * rows[:, 3:5]
    shares = fit_each(rows @ rows.T, wanted, known, FREEDOM)
    chances = 1 / (1 + np.exp(-values_of(rows, shares) - known))
    assert np.allclose(shares.shares, FREEDOM * (wanted - chances), atol=0.02)
    assert ((chances > 0.5) == wanted).mean() > 0.95


def test_what_is_known_need_not_be_learned(rows: Rows) -> None:
    wanted = (rows[:, :1] > 0).astype(float)
    shares = fit_each(rows @ rows.T, wanted, 40 * (wanted - 0.5), FREEDOM)
    without = fit_each(rows @ rows.T, wanted, np.zeros(wanted.shape), FREEDOM)
    assert np.abs(values_of(rows, shares)).max() < 0.01
    assert np.abs(values_of(rows, without)).max() > 1


def test_of_one_value_no_better_shares_are_left(rows: Rows) -> None:
    wanted = np.eye(3)[rows[:, :3].argmax(axis=1)]
    counts = 1.0 + wanted[:, 0]
    shares = fit_one_of(rows @ rows.T, wanted, counts, FREEDOM)
    odds = np.exp(values_of(rows, shares))
    chances = odds / odds.sum(axis=1, keepdims=True)
    best = FREEDOM * counts[:, None] * (wanted - chances)
    assert np.allclose(shares.shares, best, atol=0.02)
    assert (chances.argmax(axis=1) == wanted.argmax(axis=1)).mean() > 0.95


def test_what_counts_more_than_once_is_found_more_often() -> None:
    told = np.zeros((40, 2))
    told[:10, 0] = told[10:, 1] = 1.0
    nothing_alike = np.eye(40)
    often = fit_one_of(nothing_alike, told, np.where(told[:, 0] > 0, 9.0, 1.0), 0.01)
    once = fit_one_of(nothing_alike, told, np.ones(40), 0.01)
    assert once.bias[0] < once.bias[1]
    assert often.bias[0] > often.bias[1]
