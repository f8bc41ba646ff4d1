"""Memory of one search serves the next: no new pages, where the C library can be asked for it."""

import resource

import numpy as np
import pytest

from index.engines.whoosh.memory import keep_freed

ARRAYS, SIZE, TURNS = 12, 512 * 1024, 50
"""So many arrays at once, of so many bytes, so many times."""


def test_arrays_that_come_and_go_take_no_new_pages() -> None:
    if not keep_freed():
        pytest.skip("this system's C library has no mallopt")
    use_and_free(3)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    use_and_free(TURNS)
    pages = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    # Otherwise every turn takes all pages of all arrays anew.
    assert pages < TURNS * ARRAYS * SIZE / resource.getpagesize() / 10


def use_and_free(turns: int) -> None:
    for _ in range(turns):
        [np.ones(SIZE, np.uint8) for _ in range(ARRAYS)]
