"""How long work tells what it is doing: the same calls for a terminal, a job row and a test."""

from collections.abc import Mapping
from typing import Protocol


class Progress(Protocol):
    """Listens to long work; numbers are counts of things done so far, not steps."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Begin a named part; ``total`` is ``None`` while nobody knows it."""

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        """Tell how much of this part is done, with named counters beside it."""

    def should_stop(self) -> bool:
        """Whether somebody asked to stop: finish tidily, so that the work can go on later."""


TELLS_FROM = 60.0
"""Seconds of a phase, and ``TELLS_FROM_PART`` of its work, before its end is guessed: the first
pages of a site say little of the rest (pages 3.7)."""
TELLS_FROM_PART = 0.1


def seconds_left(done: int, first: int, total: int | None, elapsed: float) -> int | None:
    """Guess how long a phase still takes, at the pace that it had: ``None`` while that is a wild guess.

    ``first`` is how much was done already when the phase began, ``elapsed`` the seconds since then.
    """
    if total is None or done <= first or elapsed < TELLS_FROM or done < TELLS_FROM_PART * total:
        return None
    return round(elapsed * max(0, total - done) / (done - first))


class Silent:
    """A ``Progress`` that says nothing and never stops."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        """Say nothing."""

    def should_stop(self) -> bool:
        """Go on until the work is done."""
        return False
