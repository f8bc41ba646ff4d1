"""How long a phase still takes is told only when something is known of it."""

import pytest

from library.progress import seconds_left


@pytest.mark.parametrize(
    ("done", "first", "total", "elapsed", "left"),
    [
        (9, 0, 100, 300.0, None),  # less than a tenth
        (50, 0, 100, 59.0, None),  # less than a minute
        (50, 0, None, 300.0, None),  # who knows
        (50, 50, 100, 300.0, None),  # nothing done in this run
        (50, 0, 100, 300.0, 300),
        (75, 50, 100, 100.0, 100),  # what was there already took no time
        (120, 0, 100, 60.0, 0),
    ],
)
def test_an_honest_guess(
    done: int, first: int, total: int | None, elapsed: float, left: int | None
) -> None:
    assert seconds_left(done, first, total, elapsed) == left
