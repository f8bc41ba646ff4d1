"""Which generation is searched: the newest good one, opened beside the old and taken over from it.

In: the generations in a folder, and the engine that opens them. Out: a ``Searcher``, for as long as it
is used. A new generation, or a change of the improvements, is noticed at the next search, at most once
in ``check_every`` seconds; after ``keep_warm`` by a thread of its own.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index import analysis
from index.engines.base import Engine
from index.errors import IndexUnavailable
from index.generations import Generations
from index.improvements import NONE, Improved, Improvements, compiled, read_protected
from index.searcher import Mark, Searcher
from library.errors import KennisbankError

_TRIES = 10
"""Times to look when generations come and go while one is opened."""


class Current:
    """Keeps the newest good generation open, and takes over the next one while searches go on."""

    def __init__(
        self,
        generations: Generations,
        engine: Engine,
        improved: Improved,
        *,
        check_every: float,
        warm: Callable[[Searcher, Callable[[], bool]], None],
    ) -> None:
        """``warm`` does what is slow in a generation the first time, until it is told to stop."""
        self._generations = generations
        self._engine = engine
        self._improved = improved
        self._check_every = check_every
        self._warm_up = warm
        self._open: Searcher | None = None
        self._swap = threading.Lock()
        self._opening = threading.Lock()
        self._checked = -math.inf
        self._watching: threading.Thread | None = None
        self._closing = threading.Event()
        self._wake = threading.Event()

    @contextmanager
    def using(self) -> Iterator[Searcher]:
        """Search what is current; it stays open for as long as that takes."""
        self._look()
        with self._swap:
            opened = self._open
            if opened is not None:
                opened.take()
        if opened is None:
            raise IndexUnavailable("The index was closed while it was searched.")
        try:
            with analysis.protecting(opened.protected):
                yield opened
        finally:
            opened.leave()

    @property
    def is_watched(self) -> bool:
        """Whether a thread of its own looks for new generations."""
        return self._watching is not None and self._watching.is_alive()

    def keep_warm(self) -> None:
        """Look for new generations beside the searches from now on, and warm them first.

        What is current is warmed too, while it is searched already.
        """
        self._watching = threading.Thread(target=self._watch, daemon=True, name="warm-up")
        self._watching.start()

    def refresh(self) -> None:
        """Look for a new generation at the next search, however short ago the last look was."""
        self._checked = -math.inf
        self._wake.set()

    def close(self) -> None:
        """Let go of all files; the next search opens them again."""
        watching, self._watching = self._watching, None
        if watching is not None:
            self._closing.set()
            self._wake.set()
            watching.join()
            self._closing.clear()
        self._take_over(None)

    def _watch(self) -> None:
        """Have the newest generation open and warm until the index is closed.

        A surprise ends the thread with its traceback; the searches then look for themselves.
        """
        while not self._closing.is_set():
            try:
                with self.using() as opened:
                    self._warm(opened)
                with self._opening:
                    self._renew(self._warm)
            except IndexUnavailable:
                # There is nothing to warm; whoever searches is told why.
                pass
            self._wake.wait(self._check_every)
            self._wake.clear()

    def _warm(self, opened: Searcher) -> None:
        self._warm_up(opened, self._closing.is_set)

    def _look(self) -> None:
        """Open what is current when that changed; others search on in what is open."""
        present = self._open
        if present is not None and (self.is_watched or self._looked_lately):
            return
        if not self._opening.acquire(blocking=present is None):
            return
        try:
            self._renew()
        finally:
            self._opening.release()

    @property
    def _looked_lately(self) -> bool:
        return time.monotonic() - self._checked < self._check_every

    def _renew(self, prepare: Callable[[Searcher], None] | None = None) -> None:
        """Take over what is current when that changed, prepared while the old is searched."""
        try:
            self._checked = time.monotonic()
            if self._open is None:
                self._take_over(self._newest())
            elif self._mark() != self._open.mark:
                new = self._newest()
                if prepare is not None:
                    prepare(new)
                self._take_over(new)
        except IndexUnavailable:
            # What is open was good when it was opened and stays as it was, so it is better than
            # nothing; without it there is nothing to search.
            if self._open is None:
                raise

    def _newest(self) -> Searcher:
        """Open the best generation; look again when the writer published one meanwhile."""
        for attempt in range(1, _TRIES + 1):
            mark = self._mark()
            last = attempt == _TRIES
            try:
                opened = self._open_best(mark)
            except IndexUnavailable:
                if last or mark == self._mark():
                    raise
                continue
            if last or not opened.found.problems or mark == self._mark():
                return opened
            opened.leave()
        raise AssertionError("the last attempt returns or raises")

    def _open_best(self, mark: Mark | None) -> Searcher:
        found = self._generations.find(self._engine.stamp)
        try:
            protected = read_protected(found.folder)
            improvements = self._improvements(protected)
            snapshot = self._engine.open(found.folder, improvements.weights)
        except FileNotFoundError as error:
            raise IndexUnavailable(f"The index changed while it was opened: {error}.") from error
        return Searcher(found, snapshot, mark, improvements, protected)

    def _improvements(self, protected: frozenset[str]) -> Improvements:
        """What people changed; when the database fails, what was known before."""
        try:
            revision = self._improved.revision()
            rows = self._improved.current() if revision else ()
            return compiled(rows, revision=revision, protected=protected)
        except KennisbankError:
            return self._open.improvements if self._open else NONE

    def _take_over(self, new: Searcher | None) -> None:
        with self._swap:
            old, self._open = self._open, new
        if old is not None:
            old.leave()

    def _mark(self) -> Mark | None:
        try:
            status = self._generations.pointer.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size, self._revision()

    def _revision(self) -> int:
        """The number of the improvements; while the database fails, that of what is open."""
        try:
            return self._improved.revision()
        except KennisbankError:
            return self._open.improvements.revision if self._open else 0
