"""Job -> what its page shows and its JSON says: the same words and numbers, with or without script."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from library.store import Job, Source
from webapp import formats
from webapp.links import host_of
from webapp.messages import COUNTS, JOB_ENDS, JOB_STATES, JOBS, PHASES, say
from webapp.pages import Counted, JobItem
from webapp.reasons import telling

STEP = 10
"""A screen reader hears of progress at every tenth part."""


def job_item(job: Job, sources: Iterable[Source], now: datetime) -> JobItem:
    """Make the item of a job; ``sources`` are there for the name of the one that it crawls."""
    percent = min(100, 100 * job.done // job.total) if job.total else None
    state = JOB_STATES[job.state]
    phase = PHASES.get(job.phase, job.phase) if job.is_open else ""
    message = _message(job)
    return JobItem(
        number=job.id,
        name=_name(job, sources),
        address=f"/beheer/taken/{job.id}",
        state=state,
        is_open=job.is_open,
        is_stopping=job.is_open and job.stop_asked,
        phase=phase,
        percent=percent,
        progress=_progress(job, percent),
        counts=tuple(_counts(job)),
        reasons=telling((job.result or {}).get("reasons", {})),
        message=message,
        error=say("job.error", error=job.error) if job.error else "",
        said=message or _said(phase or state, percent),
        created=formats.time_of(job.created_at),
        started=_time(job.started_at),
        ended=_time(job.finished_at),
        as_of=say("job.asof", time=formats.time_of(now)),
        result=_result(job),
    )


def job_json(item: JobItem) -> dict[str, Any]:
    """What the script on the page of a job needs, as texts that it only has to put in place.

    Without the time of asking: the same state must have the same ETag.
    """
    return {
        "state": item.state,
        "is_open": item.is_open,
        "is_stopping": item.is_stopping,
        "phase": item.phase,
        "percent": item.percent,
        "progress": item.progress,
        "counts": [{"text": count.text, "count": count.count} for count in item.counts],
        "reasons": list(item.reasons),
        "message": item.message,
        "error": item.error,
        "said": item.said,
        "started": item.started,
        "ended": item.ended,
    }


def _result(job: Job) -> str:
    """Where what came of a job is told in full."""
    if job.handler == "try":
        return f"/beheer/proef/{job.id}"
    return f"/beheer/bronnen/{job.arguments['source_id']}" if job.handler == "crawl" else ""


def _name(job: Job, sources: Iterable[Source]) -> str:
    name = JOBS.get(job.handler, job.handler)
    crawled = job.arguments.get("source_id")
    of = next((source.name for source in sources if source.id == crawled), "")
    of = of or host_of(job.arguments.get("url", ""))
    return f"{name}: {of}" if of else name


def _message(job: Job) -> str:
    if job.is_open:
        return say("job.stopping") if job.stop_asked else ""
    # A crawl that got nowhere is a job well done: what counts is how the crawl ended.
    ended = (job.result or {}).get("state", job.state) if job.state == "done" else job.state
    return JOB_ENDS.get((job.handler, ended), JOB_STATES[job.state])


def _progress(job: Job, percent: int | None) -> str:
    done = formats.number(job.done)
    if job.total is None or percent is None:
        return say("job.progress.open", a=done) if job.done else ""
    return say("job.progress", a=done, b=formats.number(job.total), c=percent)


def _said(phase: str, percent: int | None) -> str:
    if percent is None:
        return phase
    return say("job.said.step", phase=phase, percent=percent // STEP * STEP)


def _counts(job: Job) -> Iterable[Counted]:
    """Known counters in their own order, then the others under their own name."""
    known = [name for name in COUNTS if name in job.counts]
    for name in [*known, *(name for name in job.counts if name not in COUNTS)]:
        yield Counted(COUNTS.get(name, name), formats.number(job.counts[name]))


def _time(moment: datetime | None) -> str:
    return say("jobs.not") if moment is None else formats.time_of(moment)
