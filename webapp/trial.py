"""Try a website below /beheer: a form with an address, and what the job found there.

In: an address as an admin typed it; it is looked at by the worker alone, never by this process. Out:
a job, and a page made of its result, of which the codes are put into words here.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.store import Job
from webapp import formats
from webapp.links import host_of, outward
from webapp.messages import (
    EVIDENCE,
    KINDS,
    LANGUAGES,
    OTHER_TYPE,
    TRIAL_WARNINGS,
    TYPES,
    reason,
    say,
)
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.trial_pages import SampleItem, TrialFormPage, TrialPage

blueprint = Blueprint("trial", __name__, url_prefix="/beheer/proef")
LONGEST_ADDRESS = 2048
_ROBOTS = {
    "read": say("trial.robots.read"),
    "absent": say("trial.robots.absent"),
    "unreachable": say("trial.robots.unreachable"),
}


@blueprint.get("")
@role("moderator")
def form() -> Response:
    return _form("", "")


def _form(typed: str, error: str, status: int = HTTPStatus.OK) -> Response:
    page = TrialFormPage(
        title=say("trial.h1"), here="trial", name=me().name, typed=typed, error=error
    )
    return render(page, status)


@blueprint.post("")
@role("moderator")
def begin() -> AnyResponse:
    typed = request.form.get("adres", "").strip()
    address = outward(typed) if len(typed) <= LONGEST_ADDRESS else None
    if address is None:
        return _form(typed[:LONGEST_ADDRESS], say("trial.error"), HTTPStatus.UNPROCESSABLE_ENTITY)
    job = services().store.jobs.add_trial(address)
    return redirect(f"/beheer/taken/{job.id}", HTTPStatus.SEE_OTHER)


@blueprint.get("/<int:job_id>")
@role("moderator")
def result(job_id: int) -> Response:
    job = services().store.jobs.find(job_id)
    if job is None or job.handler != "try":
        raise NotFound
    return render(_page(job, job.result or {}))


def _page(job: Job, found: Mapping[str, Any]) -> TrialPage:
    url = job.arguments["url"]
    return TrialPage(
        title=say("trial.result", host=host_of(url) or url),
        here="trial",
        name=me().name,
        job=f"/beheer/taken/{job.id}",
        is_ready=bool(found),
        add=say("trial.add", url=url),
        facts=tuple(facts(found)) if found else (),
        warnings=warnings(found),
        samples=samples(found),
    )


def warnings(found: Mapping[str, Any]) -> tuple[str, ...]:
    """What to look at after a trial."""
    return tuple(
        TRIAL_WARNINGS[code].format(n=formats.number(number))
        for code, number in found.get("warnings", ())
        if code in TRIAL_WARNINGS
    )


def found_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """What a trial found, for who offered the address; nothing before there was one."""
    if not found:
        return
    yield say("status.start", reason=reason(found["start"]))
    first: Mapping[str, Any] = next(
        (sample for sample in found["samples"] if sample["outcome"] == "fetched"), {}
    )
    if first.get("media_type"):
        yield say("status.kind", type=TYPES.get(first["media_type"], OTHER_TYPE))
    yield say("status.robots", verdict=robots_text(found))
    if found["listed"]:
        yield say("status.pages", n=formats.number(found["listed"]))
    yield from warnings(found)


def copies(found: Mapping[str, Any], most: int) -> Iterator[str]:
    """Pages that say the same as a document of ours, the most alike first."""
    alike = [one for one in found.get("samples", ()) if one.get("copy_of")]
    for one in sorted(alike, key=lambda one: -one.get("likeness", 0.0))[:most]:
        yield _copy(one)


def _copy(sample: Mapping[str, Any]) -> str:
    percent = round(100 * sample.get("likeness", 0.0))
    if not percent:
        return say("trial.copy", title=sample["copy_of"])
    return say("trial.alike", n=percent, title=sample["copy_of"])


def samples(found: Mapping[str, Any]) -> tuple[SampleItem, ...]:
    """The pages that a trial looked at."""
    return tuple(_sample(sample) for sample in found.get("samples", ()))


def robots_text(found: Mapping[str, Any]) -> str:
    """What came of asking for the rules of the website."""
    return _ROBOTS.get(found["robots"], say("trial.robots.none"))


def facts(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What a trial found of the website as a whole."""
    yield say("trial.robots"), robots_text(found)
    yield say("trial.start"), reason(found["start"])
    yield say("trial.gap"), say("trial.gap.seconds", n=formats.number(round(found["gap"])))
    yield say("trial.listed"), formats.number(found["listed"])
    for url, number in found["feeds"].items():
        yield say("trial.feed"), say("trial.feed.pages", url=url, n=formats.number(number))


def _sample(sample: Mapping[str, Any]) -> SampleItem:
    if sample["outcome"] != "fetched":
        return SampleItem(
            title=sample["url"],
            address=outward(sample["url"]) or "",
            remarks=(reason(sample["outcome"]),),
        )
    return SampleItem(
        title=sample["title"] or sample["url"],
        excerpt=sample.get("excerpt", ""),
        address=outward(sample["url"]) or "",
        day=_day(sample),
        kind=KINDS.get(sample["kind"], sample["kind"]),
        language=LANGUAGES.get(sample["language"], sample["language"]),
        words=formats.number(sample["words"]),
        remarks=tuple(_remarks(sample)),
    )


def _day(sample: Mapping[str, Any]) -> str:
    if not sample["published"]:
        return say("trial.undated")
    day = formats.day(date.fromisoformat(sample["published"]))
    return f"{day} ({EVIDENCE.get(sample['evidence'], sample['evidence'])})"


def _remarks(sample: Mapping[str, Any]) -> Iterator[str]:
    if sample["is_listing"]:
        yield say("trial.listing")
    if sample["is_known"]:
        yield say("trial.known")
    if sample["copy_of"]:
        yield _copy(sample)
