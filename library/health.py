"""How a running installation is: numbers, and what of them needs a person.

In: the store, the settings, how the index is, and the time. Out: ``Vitals``, which ``/metrics`` tells
as they are, and ``findings``: the one place that decides what is well. The command `doctor`, the page
for admins and their mail all show these findings, each in its own language by their codes.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from library.contact import contact_of
from library.doctor import LEAST_FREE, Finding, Grade
from library.settings import Settings
from library.store import Job, Source, Store
from library.worker import SIGN

BACKUP_MARK = "backup"
"""When the last copy was made, in seconds since 1970."""
WORKER_SILENT = timedelta(minutes=5)
QUEUE_LONG = timedelta(hours=12)
"""A whole build behind crawls of a few thousand pages waits for hours; half a day is too long."""
MAIL_LONG = timedelta(hours=2)
FAILED_SINCE = timedelta(days=7)
JUDGED_WITHIN = timedelta(days=7)
"""Five working days: what people who offer a source are told."""
STALE_AFTER = 2
"""Intervals without a good crawl."""
_DAY = 86_400

TEXTS: Mapping[str, str] = {
    "worker": "The worker gave no sign of life for {minutes} minutes; `kennisbank work` starts it",
    "worker-never": "No worker ever ran here; `kennisbank start` or `kennisbank work` runs one",
    "queue": "A job waits for {hours} hours (job {job})",
    "jobs": "{n} jobs failed in the last week",
    "refused": "A new index did not pass its checks; the old one is used (job {job})",
    "index": "The index cannot be used as it is: {problem}",
    "index-none": "There is no index yet; `kennisbank reindex` makes it",
    "index-held": "An older index was put back, so nothing new comes in",
    "stale": "Sources without a good crawl for more than twice their interval: {names}",
    "failing": "Sources of which the last crawl failed: {names}",
    "held": "Sources that wait for somebody to agree to removals: {names}",
    "disk": "{mb} MB free on the disk of KENNISBANK_HOME",
    "mail": "Mail waits for {hours} hours and cannot be sent",
    "contact": "Nobody can be asked for help: there is no contact person",
    "mail-none": "KENNISBANK_MAIL_SERVER is not set, so no mail is sent",
    "backup": "The last copy is {days} days old; `kennisbank backup` makes one",
    "backup-never": "There is no copy of this installation; `kennisbank backup` makes one",
    "submissions": "{n} submissions wait for more than a week",
    "floor": "Judged searches score {now} of 1000, below the floor of {floor}",
}
"""What needs a person, in English; ``{name}`` are the values of a finding."""
FAULTS = frozenset({"worker", "index", "index-none", "disk"})
"""What keeps visitors from searching, or will do so soon."""


@dataclass(frozen=True, slots=True)
class IndexHealth:
    """How the index is, as whoever holds it tells; scores are thousandths of nDCG@10."""

    documents: int = 0
    revision: int = 0
    size: int = 0
    is_there: bool = False
    problem: str = ""
    is_held: bool = False
    score: int | None = None
    floor: int | None = None


@dataclass(frozen=True, slots=True)
class Vitals:
    """The numbers of one moment. Ages are in seconds, ``None`` where there is nothing to be old."""

    documents: int
    revision: int
    index: IndexHealth
    sources: int
    paused: int
    stale: tuple[str, ...]
    failing: tuple[str, ...]
    held: tuple[str, ...]
    jobs_waiting: int
    jobs_running: int
    queue_age: float | None
    oldest_job: int
    jobs_failed: tuple[int, ...]
    keys_failed: tuple[str, ...]
    refused: int
    worker_age: float | None
    mail_waiting: int
    mail_age: float | None
    can_mail: bool
    has_contact: bool
    submissions: int
    submissions_late: int
    disk_free: int
    database_size: int
    backup_age: float | None
    backup_days: int


def vitals(store: Store, settings: Settings, index: IndexHealth, now: datetime) -> Vitals:
    """Look at everything that is cheap to look at."""
    sources = store.sources.all()
    jobs = store.jobs.open()
    waiting = [job for job in jobs if job.state == "queued" and not job.after]
    oldest = min(waiting, key=lambda job: job.waits_since, default=None)
    failed = tuple(_failed(store, now))
    new = store.submissions.in_states(("new", "agreed"))
    return Vitals(
        documents=store.documents.count(),
        revision=store.documents.revision(),
        index=index,
        sources=len(sources),
        paused=sum(source.paused for source in sources),
        stale=tuple(s.name for s in sources if _is_stale(store, s, now)),
        failing=tuple(s.name for s in sources if _ended(store, s) == "failed"),
        held=tuple(s.name for s in sources if _ended(store, s) == "held"),
        jobs_waiting=len(waiting),
        jobs_running=sum(job.state == "running" for job in jobs),
        queue_age=_age(oldest.waits_since if oldest else None, now),
        oldest_job=oldest.id if oldest else 0,
        jobs_failed=tuple(job.id for job in failed),
        keys_failed=tuple(job.key for job in failed),
        refused=_refused(store),
        worker_age=_worker_age(store, jobs, now),
        mail_waiting=store.mails.waiting(),
        mail_age=_age(store.mails.oldest(), now),
        can_mail=bool(settings.mail_server),
        has_contact=bool(contact_of(settings, store.texts.all()).reach),
        submissions=len(new),
        submissions_late=sum(now - one.created_at > JUDGED_WITHIN for one in new),
        disk_free=shutil.disk_usage(settings.home).free,
        database_size=size_of(settings.database),
        backup_age=_mark_age(store, BACKUP_MARK, now),
        backup_days=settings.backup_days,
    )


def findings(found: Vitals) -> tuple[Finding, ...]:
    """What needs a person, faults first; nothing when all is well."""
    told = [_finding(code, values, _about(found, code)) for code, values in _troubles(found)]
    return tuple(sorted(told, key=lambda one: one.grade != "fault"))


def _about(found: Vitals, code: str) -> tuple[str, ...]:
    """What can have this beside others; an old job that is tried again is the same by its key."""
    if code == "refused":
        return (str(found.refused),)
    lists = {"stale": found.stale, "failing": found.failing, "held": found.held}
    return (lists | {"jobs": found.keys_failed}).get(code, ())


def _finding(code: str, values: Mapping[str, object], about: tuple[str, ...]) -> Finding:
    grade: Grade = "fault" if code in FAULTS else "warning"
    shown = {name: str(value) for name, value in values.items()}
    return Finding(grade, TEXTS[code].format(**shown), code, shown, about)


Trouble = tuple[str, Mapping[str, object]]


def _troubles(found: Vitals) -> Iterator[Trouble]:
    yield from _of_work(found)
    yield from _of_index(found)
    for code in ("stale", "failing", "held"):
        if names := getattr(found, code):
            yield code, {"names": ", ".join(names)}
    if found.disk_free < LEAST_FREE:
        yield "disk", {"mb": found.disk_free // 1_000_000}
    yield from _of_mail(found)
    if not found.has_contact:
        yield "contact", {}
    if found.backup_age is None:
        yield "backup-never", {}
    elif found.backup_age > found.backup_days * _DAY:
        yield "backup", {"days": int(found.backup_age // _DAY)}
    if found.submissions_late:
        yield "submissions", {"n": found.submissions_late}


def _of_work(found: Vitals) -> Iterator[Trouble]:
    if found.worker_age is None:
        yield "worker-never", {}
    elif found.worker_age > WORKER_SILENT.total_seconds():
        yield "worker", {"minutes": int(found.worker_age // 60)}
    if found.queue_age is not None and found.queue_age > QUEUE_LONG.total_seconds():
        yield "queue", {"hours": int(found.queue_age // 3600), "job": found.oldest_job}
    if found.jobs_failed:
        yield "jobs", {"n": len(found.jobs_failed)}
    if found.refused:
        yield "refused", {"job": found.refused}


def _of_index(found: Vitals) -> Iterator[Trouble]:
    index = found.index
    if not index.is_there:
        yield "index-none", {}
    elif index.problem:
        yield "index", {"problem": index.problem}
    if index.is_held:
        yield "index-held", {}
    if index.score is not None and index.floor is not None and index.score < index.floor:
        yield "floor", {"now": index.score, "floor": index.floor}


def _of_mail(found: Vitals) -> Iterator[Trouble]:
    if not found.can_mail:
        yield "mail-none", {}
    elif found.mail_age is not None and found.mail_age > MAIL_LONG.total_seconds():
        yield "mail", {"hours": int(found.mail_age // 3600)}


def _is_stale(store: Store, source: Source, now: datetime) -> bool:
    """Whether a source that is crawled by schedule went without a good crawl for too long."""
    if source.interval_hours is None or source.paused:
        return False
    whole = store.crawls.latest_whole(source.id)
    good = source.added_at if whole is None else whole.started_at
    return now - good > STALE_AFTER * timedelta(hours=source.interval_hours)


def _ended(store: Store, source: Source) -> str:
    latest = store.crawls.latest(source.id)
    return latest.state if latest is not None and not source.paused else ""


def _failed(store: Store, now: datetime) -> Iterator[Job]:
    """Jobs that failed lately, and were not done since; failed crawls are told by their sources."""
    for job in store.jobs.failed_since(now - FAILED_SINCE):
        latest = store.jobs.of_key(job.key, 1)[0]
        if latest.id == job.id:
            yield job


def _refused(store: Store) -> int:
    """The number of the last whole build, when its index is not used."""
    latest = next(iter(store.jobs.builds(1)), None)
    result = latest.result or {} if latest is not None and latest.state == "done" else {}
    checks = result.get("checks", ())
    is_refused = not result.get("published", True) and any(not one["met"] for one in checks)
    return latest.id if latest is not None and is_refused else 0


def _worker_age(store: Store, jobs: tuple[Job, ...], now: datetime) -> float | None:
    """Since when no worker gave a sign of life, by itself or in a job that it does."""
    beats = [_age(job.heartbeat_at, now) for job in jobs if job.state == "running"]
    ages = [age for age in (_mark_age(store, SIGN, now), *beats) if age is not None]
    return min(ages, default=None)


def _mark_age(store: Store, mark: str, now: datetime) -> float | None:
    value = store.marks.value(mark)
    return None if value is None else max(0.0, now.timestamp() - value)


def _age(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())


def size_of(path: Path) -> int:
    """The bytes of a database with its log, which goes when the last connection closes."""
    return sum(map(_bytes_of, path.parent.glob(f"{path.name}*")))


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
