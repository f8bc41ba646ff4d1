"""A job in the foreground: done here, or followed where the worker of this home is doing it.

In: a store, its home and the handlers of the house. Out: the job as it was left. It is still
open when somebody pressed Ctrl-C: waiting for whoever works next, or running in another process.
"""

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from library.progress import Progress
from library.store import Job, Store
from library.worker import LOOK_EVERY, AlreadyRunning, Handler, Worker, WorkerLock, utc_now


def do_now(
    store: Store, home: Path, handlers: Mapping[str, Handler], job: Job, watcher: Progress
) -> Job:
    """Do an open job and those that wait before it; ``watcher`` hears how far this one is."""
    try:
        while job.is_open:
            try:
                with WorkerLock(home):
                    return _do_here(store, Worker(store, handlers), job, watcher)
            except AlreadyRunning:
                # The worker may end before the job does; then we take it over.
                job = _look_at(store, job, watcher)
    except KeyboardInterrupt:
        return store.jobs.get(job.id)
    return job


def _do_here(store: Store, worker: Worker, job: Job, watcher: Progress) -> Job:
    was_cut_off = store.jobs.get(job.id).state == "running"
    store.jobs.release_all(utc_now())
    if was_cut_off and not store.jobs.get(job.id).is_open:
        # Cut off too often to be tried again unasked; but now somebody asks.
        job = store.jobs.add(job.handler, job.arguments, job.key)
    with stopping(worker):
        return worker.run_until_done(job.id, watcher)


def _look_at(store: Store, job: Job, watcher: Progress) -> Job:
    seen = store.jobs.get(job.id)
    if seen.phase != job.phase:
        watcher.phase(seen.phase, seen.total)
    watcher.advance(seen.done, seen.counts, seen.total)
    time.sleep(LOOK_EVERY)
    return seen


@contextmanager
def stopping(worker: Worker) -> Iterator[None]:
    """Let Ctrl-C and a request to end stop a worker tidily; a second Ctrl-C stops it half-way."""

    def stop(number: int, _frame: object) -> None:
        if worker.is_stopping and number == signal.SIGINT:
            raise KeyboardInterrupt
        worker.stop()

    names = (signal.SIGINT, signal.SIGTERM)
    earlier = [signal.signal(name, stop) for name in names]
    try:
        yield
    finally:
        for name, handler in zip(names, earlier, strict=True):
            signal.signal(name, handler)
