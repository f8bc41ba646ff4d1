"""What a command tells on standard error: its log, and progress.

Progress is a moving bar for a person, plain lines for a file or a pipe. Standard output stays for
answers.
"""

import logging
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

LINE_EVERY = 5.0


def log_to_standard_error(level: str) -> None:
    """Log from a level on, of our own modules and of the libraries."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(level=number, stream=sys.stderr, format="%(levelname)s %(message)s")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class TerminalProgress:
    """A ``Progress`` that writes to standard error, so that output can be piped on."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._console = Console(stderr=True)
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[counts]}"),
            console=self._console,
            transient=False,
        )
        self._task = self._bars.add_task(title, total=None, visible=False, counts="")
        self._phase, self._last, self._said = "", "", 0.0
        self._total: int | None = None

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End, with the last figures as a plain line where no bar showed them."""
        if self._console.is_terminal:
            self._bars.stop()
        elif self._last:
            self._say(self._last)

    def phase(self, name: str, total: int | None = None) -> None:
        """Begin a named part."""
        if self._last and not self._console.is_terminal:
            self._say(self._last)
        self._phase, self._total, self._last = name, total, ""
        self._bars.reset(
            self._task, description=f"{self._title}: {name}", total=total, visible=True, counts=""
        )
        self._said = time.monotonic()

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        """Show how far the part is."""
        self._total = self._total if total is None else total
        shown = "  ".join(f"{name} {number}" for name, number in (counts or {}).items() if number)
        self._bars.update(self._task, completed=done, total=self._total, counts=shown)
        of = f" of {self._total}" if self._total is not None else ""
        self._last = f"{self._title}: {self._phase} {done}{of}  {shown}".rstrip()
        if not self._console.is_terminal and time.monotonic() - self._said >= LINE_EVERY:
            self._say(self._last)
            self._last = ""

    def should_stop(self) -> bool:
        """Go on; somebody at a terminal stops with Ctrl-C."""
        return False

    def _say(self, line: str) -> None:
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
        self._said = time.monotonic()
