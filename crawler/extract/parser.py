"""The parent's side of the parser child: one child for many pages, replaced when it fails.

In: ``Fetched`` and the rules of a source. Out: ``Extracted`` or ``NotExtracted``. A child that dies,
hangs or eats memory is an outcome with a reason code; the next page gets a new child. Starting one
takes about a second, for it loads a language model, hence the reuse: after 1,000 pages of the
benchmark a child held no more memory than after the first 250.
"""

import dataclasses
import json
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from pydantic import TypeAdapter, ValidationError

from crawler.extract import media
from crawler.extract.facts import Ask, Facts, Failure
from crawler.extract.make import extracted_of
from crawler.extract.outcomes import REASONS, Extracted, NotExtracted, Rules
from crawler.extract.wire import BrokenLine, read_frame, write_frame
from crawler.outcomes import Fetched
from library.errors import KennisbankError

WALL_SECONDS = 30.0
START_SECONDS = 60.0
PAGES_PER_CHILD = 5000
MOST_GROWTH = 100_000_000
"""After so many pages, or bytes more than at its start, a new child is started, so that what leaks
in C never adds up; a start takes as long as some 50 pages. What is loaded for a page without a clear
text alone takes 31 MB."""

_ROOT = Path(__file__).resolve().parents[2]
_ANSWER: TypeAdapter[Facts | Failure] = TypeAdapter(Facts | Failure)


class ParserError(KennisbankError):
    """The parser child cannot be started on this machine."""


class Parser:
    """Turns fetched bodies into documents, one at a time; safe to share between threads."""

    def __init__(
        self,
        *,
        wall_seconds: float = WALL_SECONDS,
        pages_per_child: int = PAGES_PER_CHILD,
        most_growth: int = MOST_GROWTH,
    ) -> None:
        self._wall_seconds = wall_seconds
        self._pages_per_child, self._most_growth = pages_per_child, most_growth
        self._lock = threading.Lock()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the parser can be used again, with a new one."""
        with self._lock:
            self._end_child()

    @property
    def child_pid(self) -> int | None:
        """The process that parses at the moment, if there is one."""
        return self._child.pid if self._child is not None else None

    def parse(
        self, fetched: Fetched, rules: Rules, repeated: Sequence[int] = ()
    ) -> Extracted | NotExtracted:
        """Extract one fetched body; ``repeated`` are the prints of the repeated blocks of its site."""
        media_type = media.media_type_of(fetched.body, fetched.media_type, fetched.final_url)
        if media_type is None:
            return NotExtracted("unsupported-type", fetched.media_type)
        if len(fetched.body) > media.limit_of(media_type):
            return NotExtracted("too-large")
        ask = Ask(
            address=fetched.final_url,
            media_type=media_type,
            charset=fetched.charset,
            organisation=rules.organisation,
            today=fetched.fetched_at.date().isoformat(),
            repeated=tuple(repeated),
            selectors=rules.selectors,
        )
        with self._lock:
            found = self._ask_child(ask, fetched.body)
        if isinstance(found, NotExtracted):
            return found
        return extracted_of(found, fetched, media_type, rules)

    def _ask_child(self, ask: Ask, body: bytes) -> Facts | NotExtracted:
        child = self._ready_child()
        found = child.answer(ask, body, self._wall_seconds)
        if isinstance(found, NotExtracted) and found.reason.startswith("parser-"):
            self._end_child()
        return found

    def _ready_child(self) -> "_Child":
        child = self._child
        if child is not None and (
            child.answered >= self._pages_per_child or child.growth() > self._most_growth
        ):
            self._end_child()
        if self._child is None:
            self._child = _Child()
        return self._child

    def _end_child(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


_ENVIRONMENT = {
    "PYTHONPATH": str(_ROOT),
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(256 * 1024),
}
"""All that a child is told: no secret and no proxy gets in; arrays need no threads of their own. What is
large goes back when it is freed: glibc would keep up to 32 MB of each, which a child never needs again."""


class _Child:
    """One process, from its start to its end."""

    def __init__(self) -> None:
        self.answered = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-B", "-P", "-m", "crawler.extract.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_ENVIRONMENT,
            cwd="/",
            close_fds=True,
            start_new_session=True,  # Ctrl-C is for the parent, which then ends the child.
        )
        self._late = False
        self._await_ready()
        self._memory = self._memory_in_use()

    @property
    def pid(self) -> int:
        return self._process.pid

    def growth(self) -> int:
        """Bytes of memory more than when it was ready; 0 where that is not to be seen."""
        return self._memory_in_use() - self._memory

    def _memory_in_use(self) -> int:
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1]
        except FileNotFoundError:
            return 0
        return int(pages) * resource.getpagesize()

    def answer(self, ask: Ask, body: bytes, seconds: float) -> Facts | NotExtracted:
        """What the child makes of a body, or why there is no answer."""
        self.answered += 1
        timer = self._timer(seconds)
        try:
            write_frame(self._stdin, json.dumps(dataclasses.asdict(ask)).encode())
            write_frame(self._stdin, body)
            found = _ANSWER.validate_json(read_frame(self._stdout))
        except (BrokenLine, OSError):
            return self._obituary()
        except ValidationError as error:
            return NotExtracted("parser-died", f"its answer has {error.error_count()} errors")
        finally:
            timer.cancel()
        if isinstance(found, Failure):
            known = found.failure in REASONS
            return NotExtracted(found.failure if known else "parser-error", found.detail[:200])
        return found

    def end(self) -> None:
        """Stop the process and free its handles, whatever state it is in."""
        self._process.kill()
        self._process.wait()
        self._stdout.close()
        self._errors.close()
        try:
            self._stdin.close()
        except BrokenPipeError:
            return  # Bytes that the child no longer wanted.

    def _await_ready(self) -> None:
        timer = self._timer(START_SECONDS)
        try:
            read_frame(self._stdout)
        except BrokenLine:
            self._process.kill()
            self._process.wait()
            self._errors.seek(0)
            told = self._errors.read()[-2000:].decode("utf-8", "replace").strip()
            last = told.splitlines()[-1] if told else f"exit code {self._process.returncode}"
            self.end()
            raise ParserError(f"The parser cannot be started: {last}") from None
        finally:
            timer.cancel()

    def _timer(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._kill_late)
        timer.daemon = True
        timer.start()
        return timer

    def _kill_late(self) -> None:
        self._late = True
        self._process.kill()

    def _obituary(self) -> NotExtracted:
        """Why the line broke. A crash by want of memory in C cannot be told from other crashes."""
        self._process.kill()
        code = self._process.wait()
        if self._late:
            return NotExtracted("parser-timeout", "wall clock")
        if code == -signal.SIGXCPU:
            return NotExtracted("parser-timeout", "processor time")
        name = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return NotExtracted("parser-died", name)

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout
