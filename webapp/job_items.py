"""Job -> what its page shows and its JSON says: the same words and numbers, with or without script."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from library.store import Job, Source
from webapp import formats
from webapp.job_pages import JobItem, StepItem
from webapp.links import host_of
from webapp.messages import CHECKS, COUNTS, JOB_ENDS, JOB_STATES, JOBS, PHASES, say
from webapp.pages import Counted
from webapp.reasons import telling

STEP = 10
"""A screen reader hears of progress at every tenth part."""

STEPS: Mapping[str, tuple[str, ...]] = {
    "crawl": ("crawl", "build", "verify"),
    "extract": ("extract", "build", "verify"),
    "reindex": ("build", "verify"),
    "rollback": ("build", "verify"),
    "remove_examples": ("build", "verify"),
    "try": ("try",),
}
UNITS = {
    "crawl": "job.progress.addresses",
    "build": "job.progress.documents",
    "verify": "job.progress.checks",
}
COLUMNS = ("found", "fetched", "unchanged", "new", "changed", "gone", "skipped", "errors")
"""What is told of each source that is crawled for a job, in this order."""


def job_item(
    job: Job, sources: Sequence[Source], now: datetime, before: Sequence[Job] = ()
) -> JobItem:
    """Make the item of a job; ``sources`` are there for the name of the one that it crawls.

    ``before`` are the crawls that it waits for, which are the first of its steps.
    """
    state = JOB_STATES[job.state]
    message = _message(job)
    steps = tuple(_steps(job, before))
    running = next((step for step in steps if step.progress or step.percent), None)
    return JobItem(
        number=job.id,
        name=_name(job, sources),
        address=f"/beheer/taken/{job.id}",
        state=state,
        is_open=job.is_open,
        is_stopping=job.is_open and job.stop_asked,
        is_pausing=job.state == "running" and job.pause_asked,
        is_paused=job.state == "paused",
        steps=steps if job.is_open else (),
        progress=running.progress if running and job.is_open else "",
        left=_left(_seconds_left(job, before)),
        counts=tuple(_counts(_added_up(job, before))),
        reasons=(*_refusals(job), *telling(_reasons(job, before))),
        message=message,
        error=say("job.error", error=job.error) if job.error else "",
        said=message or _said(steps, state),
        created=formats.time_of(job.created_at),
        started=_time(job.started_at),
        ended=_time(job.finished_at),
        as_of=say("job.asof", time=formats.time_of(now)),
        result=_result(job),
        rows=tuple(_rows(before, sources)),
        accept="ja" if _refusals(job) else "",
        builds_index="build" in STEPS.get(job.handler, ()),
    )


def job_json(item: JobItem) -> dict[str, Any]:
    """What the script on the page of a job needs, as texts that it only has to put in place.

    Without the time of asking: the same state must have the same ETag.
    """
    return {
        "state": item.state,
        "is_open": item.is_open,
        "is_stopping": item.is_stopping,
        "is_pausing": item.is_pausing,
        "is_paused": item.is_paused,
        "steps": [asdict(step) for step in item.steps],
        "left": item.left,
        "counts": [{"text": count.text, "count": count.count} for count in item.counts],
        "rows": [[asdict(cell) for cell in row] for row in item.rows],
        "reasons": list(item.reasons),
        "message": item.message,
        "error": item.error,
        "said": item.said,
        "started": item.started,
        "ended": item.ended,
        "accept": item.accept,
    }


def _result(job: Job) -> str:
    """Where what came of a job is told in full."""
    if job.handler == "try":
        return f"/beheer/proef/{job.id}"
    if job.handler == "assess_goals":
        return "/beheer/doelen"
    if job.handler == "train_goals":
        return f"/beheer/doelen/leren/{job.id}" if (job.result or {}).get("name") else ""
    return f"/beheer/bronnen/{job.arguments['source_id']}" if job.handler == "crawl" else ""


def _name(job: Job, sources: Iterable[Source]) -> str:
    name = JOBS.get(job.handler, job.handler)
    crawled = job.arguments.get("source_id")
    of = next((source.name for source in sources if source.id == crawled), "")
    of = of or host_of(job.arguments.get("url", ""))
    return f"{name}: {of}" if of else name


def _message(job: Job) -> str:
    if job.is_open:
        if job.stop_asked:
            return say("job.stopping")
        if job.state == "paused":
            return say("job.paused")
        return say("job.pausing") if job.pause_asked else ""
    return JOB_ENDS.get((job.handler, _ended(job)), JOB_STATES[job.state])


def _ended(job: Job) -> str:
    """How a job ended; one that got nowhere is a job well done, so what came of it counts."""
    if job.state != "done":
        return job.state
    result = job.result or {}
    refused = job.handler == "rollback" and not result.get("published", True)
    if refused or _refusals(job):
        return "held"
    state = str(result.get("state", "done"))
    # An index that somebody put back takes nothing new, also not what an earlier crawl brought.
    is_put_back = job.handler == "crawl" and result.get("index", {}).get("put_back", False)
    return "put-back" if state == "done" and is_put_back else state


def _refusals(job: Job) -> tuple[str, ...]:
    """The checks that kept a new index from being used."""
    result = job.result or {}
    if job.handler != "reindex" or result.get("published", True):
        return ()
    return tuple(_refusal(check) for check in result.get("checks", ()) if not check["met"])


def _refusal(check: Mapping[str, Any]) -> str:
    before, now = (formats.number(check[name]) for name in ("before", "now"))
    return CHECKS[check["kind"]].format(before=before, now=now, text=check["text"])


# Steps


def _steps(job: Job, before: Sequence[Job]) -> Iterable[StepItem]:
    names = STEPS.get(job.handler, ())
    names = ("crawl", *names) if before else names
    waits = any(one.is_open for one in before)
    phase = "crawl" if waits else job.phase
    if phase not in names:
        # It waits for its turn, or is in a part that no other job has.
        names = (phase, *names)
    for place, name in enumerate(names):
        text = PHASES.get(name, name)
        if name == phase:
            yield _now(job, text) if not waits else _crawling(before, text)
        else:
            is_past = place < names.index(phase)
            yield StepItem(text, say("job.step.waits") if not is_past else JOB_STATES["done"])


def _now(job: Job, text: str) -> StepItem:
    percent = min(100, 100 * job.done // job.total) if job.total else None
    done = formats.number(job.done)
    if job.total is None or percent is None:
        progress = say("job.progress.open", a=done) if job.done else ""
    else:
        unit = UNITS.get(job.phase, "job.progress")
        progress = say(unit, a=done, b=formats.number(job.total), c=percent)
    return StepItem(text, JOB_STATES[job.state], percent, progress)


def _crawling(before: Sequence[Job], text: str) -> StepItem:
    """How many sources are done: how many addresses they have, nobody knows before the end."""
    done = sum(not one.is_open for one in before)
    percent = 100 * done // len(before)
    progress = say("job.progress.sources", a=done, b=len(before), c=percent)
    state = "paused" if all(one.state == "paused" for one in before if one.is_open) else "running"
    return StepItem(text, JOB_STATES[state], percent, progress)


def _said(steps: Sequence[StepItem], state: str) -> str:
    running = next((one for one in steps if one.percent is not None), None)
    if running is None or running.percent is None:
        named = next((one.name for one in steps if one.state == JOB_STATES["running"]), "")
        return named or state
    return say("job.said.step", phase=running.name, percent=running.percent // STEP * STEP)


def _seconds_left(job: Job, before: Sequence[Job]) -> int | None:
    """Of crawls side by side the slowest counts, once each can tell."""
    waiting = [one for one in before if one.is_open]
    if not waiting:
        return job.seconds_left if job.state == "running" else None
    told = [one.seconds_left if one.state == "running" else None for one in waiting]
    known = [one for one in told if one is not None]
    return max(known) if len(known) == len(told) else None


def _left(seconds: int | None) -> str:
    """About how long: to a minute, from ten minutes to five, from an hour to hours."""
    if seconds is None:
        return ""
    minutes = max(1, round(seconds / 60))
    if minutes == 1:
        return say("job.left.1")
    if minutes < 10:
        return say("job.left.minutes", n=minutes)
    if minutes < 58:
        return say("job.left.minutes", n=5 * round(minutes / 5))
    hours = round(minutes / 60)
    return say("job.left.hour") if hours == 1 else say("job.left.hours", n=formats.number(hours))


# Counters


def _added_up(job: Job, before: Sequence[Job]) -> Counter[str]:
    found: Counter[str] = Counter(job.counts)
    for one in before:
        found.update(one.counts)
    return found


def _reasons(job: Job, before: Sequence[Job]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in (job, *before):
        found.update((one.result or {}).get("reasons", {}))
    return found


def _counts(counts: Mapping[str, int]) -> Iterable[Counted]:
    """Known counters in their own order, then the others under their own name."""
    known = [name for name in COUNTS if name in counts]
    for name in [*known, *(name for name in counts if name not in COUNTS)]:
        yield Counted(COUNTS.get(name, name), formats.number(counts[name]))


def _rows(before: Sequence[Job], sources: Iterable[Source]) -> Iterable[tuple[Counted, ...]]:
    names = {source.id: source.name for source in sources}
    for one in sorted(before, key=lambda job: -job.counts.get("errors", 0)):
        name = names.get(one.arguments.get("source_id", 0), JOBS["crawl"])
        counts = (formats.number(one.counts.get(column, 0)) for column in COLUMNS)
        first = Counted(name, JOB_STATES[one.state], f"/beheer/taken/{one.id}")
        yield (first, *(Counted("", count) for count in counts))


def _time(moment: datetime | None) -> str:
    return say("jobs.not") if moment is None else formats.time_of(moment)
