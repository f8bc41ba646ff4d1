"""Sets of all sizes, laid out or not, and the best of many, as Python's own sets and sort give."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.engines.whoosh.best import best
from index.engines.whoosh.found import (
    Documents,
    Found,
    added,
    holds,
    in_all,
    in_any,
    laid_out,
    marked,
    memberships,
    scores_at,
    united,
    without,
)

SIZE = 3_000
SHARES = ((0.0005, 0.001), (0.001, 0.9), (0.05, 0.05, 0.05), (0.3, 0.9, 0.6), (0.0, 0.5), (0.02,))
"""How many of all documents are in each of some sets."""


def some_sets(shares: Sequence[float], seed: int) -> list[Found]:
    random = np.random.default_rng(seed)
    sets = []
    for share in shares:
        numbers = np.flatnonzero(random.random(SIZE) < share)
        scores = random.integers(1, 9, len(numbers)).astype(np.float32)
        sets.append(laid_out(Found(numbers, scores), SIZE))
    return sets


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shares", SHARES)
def test_sets_are_put_together(shares: Sequence[float], seed: int) -> None:
    sets = some_sets(shares, seed)
    documents = [marked(one.numbers, SIZE) for one in sets]
    plain = [set(one.numbers.tolist()) for one in sets]
    either, every = set.union(*plain), set.intersection(*plain)
    assert in_any(documents, SIZE).numbers.tolist() == sorted(either)
    assert united([one.numbers for one in sets], SIZE).tolist() == sorted(either)
    together = in_all(documents, SIZE)
    assert together.numbers.tolist() == sorted(every)
    assert together.mask is None or set(np.flatnonzero(together.mask)) == every
    first, last = plain[0], plain[-1]
    for one in (documents[0], Documents(sets[0].numbers)):
        left = without(one, sets[-1].numbers, SIZE)
        assert (left.numbers.tolist(), len(left)) == (sorted(first - last), len(first - last))
    asked = np.arange(0, SIZE, 7)
    for one in (documents[-1], Documents(sets[-1].numbers)):
        assert holds(one, asked, SIZE).tolist() == [number in last for number in asked.tolist()]
    times = memberships(documents, SIZE).tolist()
    assert times == [sum(number in one for one in plain) for number in range(SIZE)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shares", SHARES)
@pytest.mark.parametrize("step", [1, 5, 600])
def test_scores_are_added(shares: Sequence[float], seed: int, step: int) -> None:
    sets = some_sets(shares, seed)
    score = dict.fromkeys(range(SIZE), 0.0)
    for one in sets:
        for number, value in zip(one.numbers.tolist(), one.scores.tolist(), strict=True):
            score[number] += value
    found = added(sets, SIZE)
    assert dict(zip(found.numbers.tolist(), found.scores.tolist(), strict=True)) == {
        number: value for number, value in score.items() if value
    }
    asked = np.arange(0, SIZE, step)
    assert scores_at(sets, asked, SIZE).tolist() == [score[number] for number in asked.tolist()]


@pytest.mark.parametrize("number", [0, 1, 9, 300, 20_000])
@pytest.mark.parametrize("wanted", [0, 1, 10, 100])
@pytest.mark.parametrize("values", [2, 50, 10**6])
def test_the_best_are_those_of_a_sort(number: int, wanted: int, values: int) -> None:
    random = np.random.default_rng(number + wanted)
    first = random.integers(0, values, number).astype(np.float32)
    second, last = random.integers(0, 3, number), random.permutation(number)
    found = best(first, [second.take, last.take], wanted)
    in_order = sorted(range(number), key=lambda at: (first[at], second[at], last[at]), reverse=True)
    assert found.tolist() == in_order[:wanted]
