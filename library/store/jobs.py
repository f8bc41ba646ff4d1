"""Jobs in the database: work, its progress and its result in one row.

A queue that deletes the row when it is taken loses the job on a kill; here a job whose worker went
silent goes back to the queue, at most ``MOST_ATTEMPTS`` times in all. At most one open job exists
per ``key``: fifty clicks on one button give one run (threats 2.1, two writers).

Who takes a job gets it under a claim of its own, and only with that claim it writes to the row. A
worker that was silent for so long that another took its job learns so by ``JobLost``, at its next sign
of life: it ends there as if it was killed, and the other goes on where it was.

A job can be paused: its handler stops tidily, and the job waits until somebody has it go on. A job
can wait for others (``after`` among its arguments); pausing and stopping it does so with those too.
"""

import secrets
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from library.errors import JobLost, NotFound
from library.store.database import Database
from library.tables import JobRow

State = Literal["queued", "running", "paused", "done", "failed", "stopped"]
OPEN = ("queued", "running", "paused")
MOST_ATTEMPTS = 3
BUILD_KEY = "reindex:full"
"""The key of a whole build of the index."""
_BUILDS = (BUILD_KEY, f"{BUILD_KEY}:next")
SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work. ``done`` and ``total`` count within ``phase``, and ``seconds_left`` is how long
    that phase still takes, once that can be told. ``worker`` is the claim of who does it, and
    ``queued_at`` when it came back into the queue."""

    id: int
    handler: str
    arguments: Mapping[str, Any]
    key: str
    state: State
    phase: str
    done: int
    total: int | None
    seconds_left: int | None
    counts: Mapping[str, int]
    result: Mapping[str, Any] | None
    error: str
    attempts: int
    stop_asked: bool
    pause_asked: bool
    worker: str | None
    created_at: datetime
    queued_at: datetime | None
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits, runs or is paused."""
        return self.state in OPEN

    @property
    def waits_since(self) -> datetime:
        """Since when it waits for a worker, if it does: how long it was paused or tried is no waiting."""
        return self.queued_at or self.created_at

    @property
    def after(self) -> tuple[int, ...]:
        """The jobs that must have ended before this one begins."""
        return tuple(self.arguments.get("after", ()))


class Jobs:
    """The jobs of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, handler: str, arguments: Mapping[str, Any], key: str) -> Job:
        """Queue a job, or give the open job with the same key."""
        with self._database.transaction() as session:
            known = select(JobRow).where(JobRow.key == key, JobRow.state.in_(OPEN))
            row = session.scalars(known).first()
            if row is None:
                row = JobRow(
                    handler=handler,
                    arguments=dict(arguments),
                    key=key,
                    state="queued",
                    phase="",
                    done=0,
                    counts={},
                    error="",
                    attempts=0,
                    stop_asked=False,
                    pause_asked=False,
                    created_at=datetime.now(UTC),
                )
                session.add(row)
                session.flush()
            return _job(row)

    def add_crawl(
        self,
        source_id: int,
        *,
        limit: int | None = None,
        accept_removals: bool = False,
        unasked: bool = False,
    ) -> Job:
        """Queue a crawl of a source.

        ``accept_removals`` says that the brake may be released, ``unasked`` that the time of the
        source has come and nobody wants to see all of it now.
        """
        arguments: dict[str, Any] = {"source_id": source_id, "limit": limit}
        if unasked:
            arguments["unasked"] = True
        if not accept_removals:
            return self.add("crawl", arguments, key=f"crawl:{source_id}")
        # A key of its own: a crawl that is already open would end at the brake once more.
        arguments["accept_removals"] = True
        return self.add("crawl", arguments, key=f"crawl:{source_id}:accept")

    def add_crawl_of(self, source_id: int, address_ids: Iterable[int]) -> Job:
        """Queue a crawl of some addresses of a source, by their ids; the same ones only once."""
        chosen = sorted(set(address_ids))
        arguments = {"source_id": source_id, "limit": len(chosen), "chosen": chosen}
        what = zlib.crc32(repr(chosen).encode())
        return self.add("crawl", arguments, key=f"crawl:{source_id}:{what}")

    def add_reindex(
        self, *, full: bool = False, fetched: Iterable[int] = (), accept_checks: bool = False
    ) -> Job:
        """Queue an update of the index, or with ``full`` a whole build.

        With ``fetched`` these sources are crawled first. ``accept_checks`` says that a person wants
        the new index, though it looks worse than the one before.
        """
        with self._database.transaction():
            # A key of its own, so that who asks for a whole build never gets an update instead.
            key = BUILD_KEY if full else "reindex"
            known = self.find_open(key)
            if known is not None:
                return known
            arguments: dict[str, Any] = {"full": full}
            # Those that were asked for before it come first in every queue.
            if after := [self.add_crawl(source_id).id for source_id in fetched]:
                arguments["after"] = after
            if accept_checks:
                arguments["accept_checks"] = True
            return self.add("reindex", arguments, key)

    def add_rollback(self, seen: int) -> Job:
        """Queue the return of the index that was there before ``seen``, the current generation."""
        return self.add("rollback", {"seen": seen}, key="rollback")

    def find_open(self, key: str) -> Job | None:
        """Give the open job with a key, or nothing."""
        query = select(JobRow).where(JobRow.key == key, JobRow.state.in_(OPEN))
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return None if row is None else _job(row)

    def of_key(self, key: str, number: int) -> tuple[Job, ...]:
        """Give the last jobs with a key, newest first."""
        query = select(JobRow).where(JobRow.key == key).order_by(JobRow.id.desc()).limit(number)
        with self._database.reading() as session:
            return tuple(_job(row) for row in session.scalars(query))

    def some(self, job_ids: Collection[int]) -> tuple[Job, ...]:
        """Give those of these jobs that are there."""
        with self._database.reading() as session:
            query = select(JobRow).where(JobRow.id.in_(job_ids)).order_by(JobRow.id)
            return tuple(_job(row) for row in session.scalars(query))

    def add_update(self) -> Job:
        """Queue an update of the index that begins after now: one that runs may have read too early."""
        running = [job.key for job in self.open() if job.state == "running"]
        key = "reindex:next" if "reindex" in running else "reindex"
        return self.add("reindex", {"full": False}, key=key)

    def add_build(self) -> Job:
        """Queue a whole build of the index that begins after now, as one that runs has begun without
        what somebody just chose."""
        with self._database.transaction():
            known = self.find_open(BUILD_KEY)
            if known is None or known.state != "running":
                return self.add_reindex(full=True)
            return self.add("reindex", {"full": True}, _BUILDS[1])

    def builds(self, number: int) -> tuple[Job, ...]:
        """Give the last whole builds of the index, newest first."""
        query = select(JobRow).where(JobRow.key.in_(_BUILDS))
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(JobRow.id.desc()).limit(number))
            return tuple(_job(row) for row in rows)

    def add_extraction(self) -> Job:
        """Queue the reading again of all kept bodies."""
        return self.add("extract", {}, key="extract")

    def add_trial(self, url: str) -> Job:
        """Queue a trial of a site; it adds no source."""
        return self.add("try", {"url": url}, key=f"try:{url}")

    def find(self, job_id: int) -> Job | None:
        """Give a job, or nothing."""
        with self._database.reading() as session:
            row = session.get(JobRow, job_id)
            return None if row is None else _job(row)

    def get(self, job_id: int) -> Job:
        """Give a job; raise ``NotFound`` when there is none."""
        job = self.find(job_id)
        if job is None:
            raise NotFound(f"There is no job {job_id}.")
        return job

    def open(self) -> tuple[Job, ...]:
        """Give the jobs that wait, run or are paused, oldest first."""
        with self._database.reading() as session:
            query = select(JobRow).where(JobRow.state.in_(OPEN)).order_by(JobRow.id)
            return tuple(_job(row) for row in session.scalars(query))

    def recent(self, number: int) -> tuple[Job, ...]:
        """Give the last jobs, newest first."""
        with self._database.reading() as session:
            query = select(JobRow).order_by(JobRow.id.desc()).limit(number)
            return tuple(_job(row) for row in session.scalars(query))

    def latest_done(self, handler: str) -> Job | None:
        """Give the last job of a handler that was done, or nothing."""
        query = select(JobRow).where(JobRow.handler == handler, JobRow.state == "done")
        with self._database.reading() as session:
            row = session.scalars(query.order_by(JobRow.id.desc()).limit(1)).first()
            return None if row is None else _job(row)

    def failed_since(self, moment: datetime) -> tuple[Job, ...]:
        """Give the jobs that failed from a moment on."""
        with self._database.reading() as session:
            failed = (JobRow.state == "failed", JobRow.finished_at >= moment)
            query = select(JobRow).where(*failed).order_by(JobRow.id)
            return tuple(_job(row) for row in session.scalars(query))

    def claim(
        self,
        worker: str,
        now: datetime,
        *,
        only: Collection[str] | None = None,
        but: Collection[str] = (),
    ) -> Job | None:
        """Take the oldest waiting job, after jobs of other workers that are silent went back to the queue.

        A worker knows of its own jobs that it lives, also when the machine slept for an hour.
        ``only`` and ``but`` name the handlers that are and are not looked for. A source that is
        being crawled is not crawled a second time beside it, and a job that waits for others is left
        until none of those is open.
        """
        query = select(JobRow).where(JobRow.state == "queued", JobRow.handler.not_in(but))
        if only is not None:
            query = query.where(JobRow.handler.in_(only))
        with self._database.transaction() as session:
            self._release(worker, now)
            busy = _crawled(session.scalars(select(JobRow).where(JobRow.state == "running")))
            still_open = set(session.scalars(select(JobRow.id).where(JobRow.state.in_(OPEN))))
            waiting = session.scalars(query.order_by(JobRow.id))
            row = next(
                (
                    row
                    for row in waiting
                    if busy.isdisjoint(_crawled([row]))
                    and still_open.isdisjoint(row.arguments.get("after", ()))
                ),
                None,
            )
            if row is None:
                return None
            row.state, row.worker, row.seconds_left = "running", _claim_of(worker), None
            row.attempts += 1
            row.started_at = row.heartbeat_at = now
            session.flush()
            return _job(row)

    def _release(self, worker: str, now: datetime) -> None:
        with self._database.transaction() as session:
            query = select(JobRow).where(
                JobRow.state == "running", JobRow.heartbeat_at < now - SILENT_AFTER
            )
            for row in session.scalars(query):
                if not _is_of(row, worker):
                    _give_back(row, now)

    def release_all(self, now: datetime) -> int:
        """Give every running job back: for a worker that starts and knows it is the only one."""
        with self._database.transaction() as session:
            rows = session.scalars(select(JobRow).where(JobRow.state == "running")).all()
            for row in rows:
                _give_back(row, now)
            return len(rows)

    def record(
        self,
        job: Job,
        *,
        phase: str,
        done: int,
        total: int | None,
        counts: Mapping[str, int],
        now: datetime,
        seconds_left: int | None = None,
    ) -> bool:
        """Write progress and a sign of life; tell whether somebody asked to stop or pause.

        ``job`` is here and below as ``claim`` gave it; ``JobLost`` when another has it now.
        """
        with self._database.transaction() as session:
            row = _own(session, job)
            row.phase, row.done, row.total = phase, done, total
            row.counts, row.heartbeat_at = dict(counts), now
            row.seconds_left = seconds_left
            return row.stop_asked or row.pause_asked

    def beat(self, job: Job, now: datetime) -> bool:
        """Write a sign of life; tell whether somebody asked to stop or pause."""
        with self._database.transaction() as session:
            row = _own(session, job)
            row.heartbeat_at = now
            return row.stop_asked or row.pause_asked

    def finish(
        self, job: Job, result: Mapping[str, Any], now: datetime, *, stopped: bool = False
    ) -> None:
        """End a job with its result, or what it did until it was ``stopped``.

        Who was stopped by a pause is paused. Who was stopped by the end of its worker, or by a pause
        that is over already, waits again, and this try does not count.
        """
        with self._database.transaction() as session:
            row = _own(session, job)
            if stopped and not row.stop_asked:
                # Put back a job that stopped tidily; this try does not count.
                _queue(row, now)
                row.attempts -= 1
                return
            row.state = "stopped" if stopped else "done"
            row.result, row.finished_at, row.seconds_left = dict(result), now, None

    def fail(self, job: Job, error: str, now: datetime) -> None:
        """End a job with the reason why it failed."""
        with self._database.transaction() as session:
            row = _own(session, job)
            row.state, row.error, row.finished_at = "failed", error, now
            row.seconds_left = None

    def ask_stop(self, job_id: int, now: datetime) -> None:
        """Ask a running job to stop tidily; a waiting one is stopped at once. One that ended stays."""
        with self._database.transaction() as session:
            for row in self._with_those_before(session, job_id):
                row.stop_asked = True
                if row.state in {"queued", "paused"}:
                    row.state, row.finished_at = "stopped", now

    def pause(self, job_id: int) -> None:
        """Have a job wait until ``go_on``; a running one stops tidily first."""
        with self._database.transaction() as session:
            for row in self._with_those_before(session, job_id):
                row.pause_asked = True
                if row.state == "queued":
                    row.state = "paused"

    def go_on(self, job_id: int, now: datetime) -> None:
        """End a pause."""
        with self._database.transaction() as session:
            for row in self._with_those_before(session, job_id):
                row.pause_asked = False
                if row.state == "paused":
                    _queue(row, now)

    def _with_those_before(self, session: Session, job_id: int) -> list[JobRow]:
        """The job and those that it waits for, as far as they are open."""
        row = _there(session.get(JobRow, job_id), job_id)
        wanted = JobRow.id.in_([job_id, *row.arguments.get("after", ())])
        return list(session.scalars(select(JobRow).where(wanted, JobRow.state.in_(OPEN))))

    def stop_crawls(self, source_id: int, now: datetime) -> None:
        """Ask the open crawls of a source to stop: for who is about to remove it."""
        with self._database.transaction():
            for job in self.open():
                if job.handler == "crawl" and job.arguments["source_id"] == source_id:
                    self.ask_stop(job.id, now)


def _crawled(rows: Iterable[JobRow]) -> set[int]:
    """The sources that these jobs crawl."""
    crawls = (row.arguments for row in rows if row.handler == "crawl")
    return {arguments["source_id"] for arguments in crawls if "source_id" in arguments}


def _claim_of(worker: str) -> str:
    """A claim that nobody had before: one worker may take the same job twice."""
    return f"{worker}/{secrets.token_hex(4)}"


def _is_of(row: JobRow, worker: str) -> bool:
    return row.worker is not None and row.worker.startswith(f"{worker}/")


def _give_back(row: JobRow, now: datetime) -> None:
    """Have a job that was cut off done again, unless nobody wants that or it was so too often."""
    if row.stop_asked:
        row.state, row.finished_at, row.seconds_left = "stopped", now, None
    elif row.attempts >= MOST_ATTEMPTS:
        row.state, row.finished_at = "failed", now
        row.error = f"The work was cut off {row.attempts} times."
    else:
        _queue(row, now)


def _queue(row: JobRow, now: datetime) -> None:
    row.state = "paused" if row.pause_asked else "queued"
    row.worker = row.heartbeat_at = row.seconds_left = None
    row.queued_at = now


def _there(row: JobRow | None, job_id: int) -> JobRow:
    if row is None:
        raise NotFound(f"There is no job {job_id}.")
    return row


def _own(session: Session, job: Job) -> JobRow:
    """The row of a job that is still done under the claim that was given."""
    row = _there(session.get(JobRow, job.id), job.id)
    if row.state != "running" or row.worker != job.worker:
        raise JobLost(f"Job {job.id} was taken over: it is {row.state} without us.")
    return row


def _job(row: JobRow) -> Job:
    return Job(
        id=row.id,
        handler=row.handler,
        arguments=row.arguments,
        key=row.key,
        state=cast("State", row.state),
        phase=row.phase,
        done=row.done,
        total=row.total,
        seconds_left=row.seconds_left,
        counts=row.counts,
        result=row.result,
        error=row.error,
        attempts=row.attempts,
        stop_asked=row.stop_asked,
        pause_asked=row.pause_asked,
        worker=row.worker,
        created_at=row.created_at,
        queued_at=row.queued_at,
        started_at=row.started_at,
        heartbeat_at=row.heartbeat_at,
        finished_at=row.finished_at,
    )
