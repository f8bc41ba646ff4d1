"""Each singular of the sector and its plural are one word to the index."""

from pathlib import Path

import pytest

from index.analysis import terms
from index.wordlists import read_lines

PAIRS = [line.text.split() for line in read_lines(Path(__file__).with_name("plurals.txt"))]


def test_there_are_sixty_four_pairs() -> None:
    assert len({tuple(pair) for pair in PAIRS}) == 64


@pytest.mark.parametrize(("singular", "plural"), PAIRS)
def test_a_plural_has_the_term_of_its_singular(singular: str, plural: str) -> None:
    assert terms(plural) == terms(singular)
    assert len(terms(singular)) == 1
