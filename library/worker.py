"""The worker: claims jobs, calls their handlers, records progress and result, starts due crawls.

Jobs are done one after the other, but those that mostly wait for other machines or processes
(``BESIDE``): of these several go on side by side, each in a thread, beside whatever else there is to do.

In: a store and a table of handlers. One worker runs per installation; a lock file says so, and the
kernel frees it when the process dies. A job that is cut off goes back to the queue and is tried
again (``library.store.jobs``), so a handler must be able to go on where it was. That also holds for
a job that another worker took over: every call of progress raises ``JobLost`` there, so that the handler
ends as by a kill and writes nothing more.
"""

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Self

import structlog

from library.errors import HomeError, JobLost, KennisbankError, StoreError
from library.progress import Progress, Silent, seconds_left
from library.store import Job, Store

Handler = Callable[[Mapping[str, Any], Progress], Mapping[str, Any]]
Clock = Callable[[], datetime]

RECORD_EVERY = 0.5
BEAT_EVERY = 10.0
LOOK_EVERY = 1.0
SIGN_EVERY = 30.0
SIGN = "worker"
"""The mark of when the worker last looked for work, in seconds since 1970."""
BESIDE = frozenset({"crawl", "try", "train_goals"})
"""Jobs of which several may run at a time: crawls of one host keep one pace (``store.hosts``)."""

_log = structlog.get_logger()


class AlreadyRunning(KennisbankError):
    """Another worker of this installation is at work."""


class WorkerLock:
    """Held by the one worker of an installation, for as long as its process lives.

    Another ``name`` is another lock: ``start`` holds one of its own around everything it runs.
    """

    def __init__(self, home: Path, name: str = "worker") -> None:
        self._name, self._path = name, home / f"{name}.lock"
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the lock, or raise ``AlreadyRunning`` at once."""
        try:
            self._file = self._path.open("a")
        except OSError as error:
            raise HomeError(f"{self._path} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._file.close()
            raise AlreadyRunning(
                f"Another {self._name} is already running for this home."
            ) from error
        return self

    def __exit__(self, *exception: object) -> None:
        """Give the lock back."""
        if self._file is not None:
            self._file.close()


class JobProgress:
    """Writes progress into the row of a job: often enough to watch, seldom enough to be cheap."""

    def __init__(self, store: Store, job: Job, clock: Clock, watcher: Progress) -> None:
        self._store, self._job, self._clock, self._watcher = store, job, clock, watcher
        self._phase, self._done, self._total = job.phase, 0, job.total
        self._counts: dict[str, int] = {}
        self._began, self._first = time.monotonic(), 0
        self._written = 0.0
        self._stop, self._lost = threading.Event(), threading.Event()

    def phase(self, name: str, total: int | None = None) -> None:
        """Begin a named part; its counters stay visible beside those of the next part."""
        self._phase, self._done, self._total = name, 0, total
        self._began, self._first = time.monotonic(), -1
        self._watcher.phase(name, total)
        self._write()

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        """Note how far the part is."""
        self._done = done
        if self._first < 0:
            self._first = done
        self._total = self._total if total is None else total
        self._counts.update(counts or {})
        self._watcher.advance(done, counts, total)
        if time.monotonic() - self._written >= RECORD_EVERY:
            self._write()

    def should_stop(self) -> bool:
        """Whether an admin asked to stop or pause, or the worker itself is stopping."""
        if self._lost.is_set():
            raise JobLost(f"Job {self._job.id} was taken over.")
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the handler to finish tidily."""
        self._stop.set()

    def beat(self) -> None:
        """Give a sign of life while a handler is busy with one long step."""
        try:
            asked = self._store.jobs.beat(self._job, self._clock())
        except JobLost:
            # Said to the handler, at its next call: this is another thread.
            self._lost.set()
            return
        if asked:
            self.stop()

    def _write(self) -> None:
        asked = self._store.jobs.record(
            self._job,
            phase=self._phase,
            done=self._done,
            total=self._total,
            counts=self._counts,
            now=self._clock(),
            seconds_left=seconds_left(
                self._done, self._first, self._total, time.monotonic() - self._began
            ),
        )
        self._written = time.monotonic()
        if asked:
            self.stop()

    flush = _write


def utc_now() -> datetime:
    """Tell the time; tests pass a clock of their own."""
    return datetime.now(UTC)


class Worker:
    """Does the jobs of one installation; ``lanes`` is how many of ``BESIDE`` run side by side."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, Handler],
        *,
        clock: Clock = utc_now,
        lanes: int = 0,
    ) -> None:
        self._store, self._handlers, self._clock = store, handlers, clock
        self._name = f"worker-{os.getpid()}-{secrets.token_hex(2)}"
        self._lanes = lanes
        self._stop = threading.Event()
        self._running: set[JobProgress] = set()
        self._sign_at = 0.0

    @property
    def is_stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """End after the running jobs, which are asked to stop tidily and go back to the queue."""
        self._stop.set()
        for progress in tuple(self._running):
            progress.stop()

    def run(self) -> None:
        """Work until ``stop``. Call it while holding the ``WorkerLock``."""
        self._store.jobs.release_all(self._clock())
        lanes = [threading.Thread(target=self._run_lane) for _ in range(self._lanes)]
        for lane in lanes:
            lane.start()
        try:
            while not self._stop.is_set():
                self._give_sign()
                self.start_due_crawls()
                if not self.run_one(but=BESIDE if lanes else ()):
                    self._stop.wait(LOOK_EVERY)
        finally:
            self.stop()
            for lane in lanes:
                lane.join()

    def _give_sign(self) -> None:
        """Tell whoever asks how the installation is that somebody works."""
        if time.monotonic() >= self._sign_at:
            self._sign_at = time.monotonic() + SIGN_EVERY
            self._store.marks.put(SIGN, int(self._clock().timestamp()))

    def _run_lane(self) -> None:
        """Do jobs that may run beside others; an error of the database ends the whole worker."""
        try:
            while not self._stop.is_set():
                if not self.run_one(only=BESIDE):
                    self._stop.wait(LOOK_EVERY)
        finally:
            self.stop()

    def start_due_crawls(self) -> None:
        """Queue a crawl for each source whose time has come."""
        now = self._clock()
        for source in self._store.sources.due(now):
            with self._store.transaction():
                self._store.jobs.add_crawl(source.id, unasked=True)
                self._store.sources.schedule_next(source.id, now)

    def run_one(self, *, only: Collection[str] | None = None, but: Collection[str] = ()) -> bool:
        """Do the oldest waiting job, of these handlers or of others; tell whether there was one."""
        job = self._store.jobs.claim(self._name, self._clock(), only=only, but=but)
        if job is None:
            return False
        self._run(job, Silent())
        ended = self._store.jobs.get(job.id)
        if ended.state == "failed":
            _log.warning("job failed", job=job.id, handler=job.handler, error=ended.error)
        return True

    def run_until_done(self, job_id: int, watcher: Progress) -> Job:
        """Do the waiting jobs up to this one, with a watcher; for a command in the foreground."""
        self._store.jobs.release_all(self._clock())
        while self._store.jobs.get(job_id).is_open and not self._stop.is_set():
            job = self._store.jobs.claim(self._name, self._clock())
            if job is None:
                break
            self._run(job, watcher if job.id == job_id else Silent())
        return self._store.jobs.get(job_id)

    def _run(self, job: Job, watcher: Progress) -> None:
        progress = JobProgress(self._store, job, self._clock, watcher)
        self._running.add(progress)
        if self._stop.is_set():
            progress.stop()
        finished = threading.Event()
        beating = threading.Thread(target=_beat, args=(progress, finished), daemon=True)
        beating.start()
        try:
            self._handle(job, progress)
        finally:
            finished.set()
            beating.join()
            self._running.discard(progress)

    def _handle(self, job: Job, progress: JobProgress) -> None:
        try:
            self._do(job, progress)
        except JobLost:
            _log.warning(
                "job was taken over by another worker, so it was stopped here",
                job=job.id,
                handler=job.handler,
            )

    def _do(self, job: Job, progress: JobProgress) -> None:
        handler = self._handlers.get(job.handler)
        try:
            if handler is None:
                raise KennisbankError(f"There is no handler for the job {job.handler!r}.")  # noqa: TRY301 - one place records every failure
            result = handler(job.arguments, progress)
        except JobLost:
            raise
        except KennisbankError as error:
            self._store.jobs.fail(job, str(error), self._clock())
        except Exception as error:  # noqa: BLE001 - a surprise in one job must not end the worker
            _log.exception("job failed by surprise", job=job.id, handler=job.handler)
            text = f"Unexpected {type(error).__name__}: {error}"
            self._store.jobs.fail(job, text, self._clock())
        else:
            progress.flush()
            self._store.jobs.finish(job, result, self._clock(), stopped=progress.should_stop())


def _beat(progress: JobProgress, finished: threading.Event) -> None:
    while not finished.wait(BEAT_EVERY):
        try:
            progress.beat()
        except StoreError as error:
            _log.warning("no sign of life could be given, the next may be", error=str(error))
