"""The status page of what somebody offered: how it goes, and what its owner may still do.

In: the signed link of a mail. Out: what the worker found, the state in words with its dates, and
forms to confirm, correct, answer and take back. Nothing is fetched here.
"""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.store import Submission
from library.store.sources import Scope
from webapp import formats
from webapp.limits import hold_off
from webapp.messages import DECLINE_REASONS, SCOPES, say
from webapp.proofs import check_form, form_proof, read, stateless
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.site_texts import site_texts
from webapp.submission_pages import StatusPage, SubmissionItem
from webapp.submissions import (
    LONGEST_REMARK,
    PER_MINUTE,
    PURPOSE,
    WORKING_DAYS,
    begin_trials,
    read_addresses,
    state_name,
)
from webapp.trial import found_lines, samples

blueprint = Blueprint("submission_status", __name__)
LINK_LIVES = timedelta(days=365)


@blueprint.get("/aanmelding/<token>")
@role("public")
def status(token: str) -> Response:
    return _status(token, _batch(token))


def _batch(token: str) -> tuple[Submission, ...]:
    number = read(PURPOSE, token, LINK_LIVES)
    found = services().store.submissions.of_batch(number) if number is not None else ()
    if not found:
        raise NotFound
    return found


def _status(token: str, found: tuple[Submission, ...], message: str = "") -> Response:
    must_confirm = found[0].state == "unconfirmed"
    waits = any(one.state in {"new", "agreed"} for one in found)
    reach = site_texts().contact.reach
    return render(
        StatusPage(
            title=say("status.h1", nr=found[0].batch),
            here="submit",
            proof=form_proof(),
            address=f"/aanmelding/{token}",
            message=message or MESSAGES.get(request.args.get("gedaan", ""), ""),
            must_confirm=must_confirm,
            next_step=say("src.next", n=WORKING_DAYS) if waits else "",
            reach=say("mail.help", reach=reach) if reach else "",
            scopes=tuple(SCOPES.items()),
            items=tuple(map(_item, found)),
        )
    )


MESSAGES = {
    "verstuurd": say("src.done"),
    "verbeterd": say("status.corrected"),
    "bevestigd": say("src.done"),
    "ingetrokken": say("status.withdrawn"),
    "beantwoord": say("status.answered"),
}


def _item(one: Submission) -> SubmissionItem:
    job = services().store.jobs.find(one.job_id) if one.job_id else None
    found = one.trial or {}
    told = list(found_lines(found))
    if one.trial is None and one.job_id:
        is_over = job is None or not job.is_open
        told.append(say("status.failed") if is_over else say("status.trying"))
    fetched = tuple(sample for sample in samples(found) if sample.language)
    return SubmissionItem(
        number=one.id,
        url=one.url,
        state=state_name(one),
        dates=tuple(_dates(one)),
        lines=outcome_lines(one),
        question=one.message if one.state == "asked" else "",
        found=tuple(told),
        samples=fetched[:3],
        scope=one.scope,
        can_change=one.is_open,
        can_answer=one.state == "asked",
    )


def _dates(one: Submission) -> Iterator[tuple[str, str]]:
    yield say("status.received"), formats.day_of(one.created_at)
    if one.changed_at != one.created_at:
        yield say("status.since"), formats.day_of(one.changed_at)


def outcome_lines(one: Submission) -> tuple[str, ...]:
    """Why something was not taken."""
    if one.state != "declined":
        return ()
    return tuple(filter(None, (DECLINE_REASONS.get(one.reason, ""), one.message)))


@blueprint.post("/aanmelding/<token>/bevestigen")
@role("public")
@stateless
def confirm(token: str) -> AnyResponse:
    check_form()
    here, found = services(), _batch(token)
    with here.store.transaction():
        for one in found:
            here.store.submissions.change(one.id, "unconfirmed", "new", here.clock())
        begin_trials(found)
    return redirect(f"/aanmelding/{token}?gedaan=bevestigd", HTTPStatus.SEE_OTHER)


@blueprint.post("/aanmelding/<token>/intrekken")
@role("public")
@stateless
def withdraw(token: str) -> AnyResponse:
    one = _one(token)
    if one.is_open:
        services().store.submissions.change(one.id, one.state, "withdrawn", services().clock())
    return redirect(f"/aanmelding/{token}?gedaan=ingetrokken", HTTPStatus.SEE_OTHER)


@blueprint.post("/aanmelding/<token>/antwoorden")
@role("public")
@stateless
def answer(token: str) -> AnyResponse:
    one, here = _one(token), services()
    text = request.form.get("antwoord", "").strip()[:LONGEST_REMARK]
    if not text:
        return _status(token, _batch(token), say("status.answer.error"))
    with here.store.transaction():
        if here.store.submissions.change(one.id, "asked", "new", here.clock()):
            here.store.submissions.add_note(one.id, None, text, here.clock())
    return redirect(f"/aanmelding/{token}?gedaan=beantwoord", HTTPStatus.SEE_OTHER)


@blueprint.post("/aanmelding/<token>/verbeteren")
@role("public")
@stateless
def correct(token: str) -> AnyResponse:
    """Give another address or another part of the website; the worker looks at it again."""
    one, here = _one(token), services()
    hold_off("submit", PER_MINUTE)
    addresses, errors = read_addresses(request.form.get("adres", ""))
    scope = request.form.get("bereik", "")
    if len(addresses) != 1 or scope not in SCOPES:
        error = errors.get("adressen") or say("status.correct.error")
        return _status(token, _batch(token), error)
    ((url, key),) = addresses.items()
    with here.store.transaction():
        kept = here.store.submissions
        is_corrected = kept.correct(one.id, url, key, cast("Scope", scope), here.clock())
        if is_corrected and one.state != "unconfirmed":
            kept.set_job(one.id, here.store.jobs.add_trial(url).id)
    told = "?gedaan=verbeterd" if is_corrected else ""
    return redirect(f"/aanmelding/{token}{told}", HTTPStatus.SEE_OTHER)


def _one(token: str) -> Submission:
    """The submission that a button belongs to, if it is of this form."""
    check_form()
    wanted = request.form.get("nummer", "")
    for one in _batch(token):
        if str(one.id) == wanted:
            return one
    raise NotFound
