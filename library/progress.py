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
