"""Judging submissions: approve, ask, decline, for one or for many, and undoing it for thirty days.

A judgement takes three steps: its reason and text, the mail as it will be sent, and the button. The
form carries each number with the state that was seen: what another moderator judged meanwhile stays
as it is, and that is told. Where the settings want four eyes, an approval waits for that of a second
person. A judgement, what it makes and its line in the log are one transaction.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Literal, cast

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.errors import StoreError
from library.store import Submission
from library.store.submissions import JUDGED_HERE, State
from webapp import formats
from webapp.acts import write_act
from webapp.letters import judgement
from webapp.links import host_of
from webapp.messages import DECLINE_REASONS, say
from webapp.moderation import get, may_undo, needs_second, seen, waits_for_another
from webapp.pages import ConfirmPage
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.submission_pages import DecisionPage
from webapp.submissions import LONGEST_NAME, LONGEST_REMARK

blueprint = Blueprint("judging", __name__, url_prefix="/beheer/aanmeldingen")
Decision = Literal["goedkeuren", "vragen", "afwijzen"]
STATES: Mapping[str, State] = {
    "goedkeuren": "approved",
    "vragen": "asked",
    "afwijzen": "declined",
}
TITLES: Mapping[str, str] = {
    "goedkeuren": say("decide.approve"),
    "vragen": say("decide.ask"),
    "afwijzen": say("decide.decline"),
}
WEEKLY = 7 * 24
"""Hours between two crawls of a new source."""
MOST_AT_ONCE = 100
FIELDS = ("reden", "tekst", "organisatie")


@blueprint.post("/besluit")
@role("moderator")
def decide() -> AnyResponse:
    decision = request.form.get("besluit", "")
    if decision not in STATES:
        raise BadRequest
    chosen = _chosen()
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    if not chosen:
        return redirect("/beheer/aanmeldingen?gedaan=0", HTTPStatus.SEE_OTHER)
    step = request.form.get("stap", "invullen")
    errors = {} if step == "invullen" else _errors(decision, typed)
    if step == "doen" and not errors:
        return _carry_out(cast("Decision", decision), chosen, typed)
    return _page(cast("Decision", decision), chosen, typed, errors, step)


def _chosen() -> dict[str, Submission]:
    """The submissions of the form, by what was seen of them."""
    found = {}
    for value in request.form.getlist("nummer")[:MOST_AT_ONCE]:
        number = value.partition(":")[0]
        one = services().store.submissions.find(int(number)) if number.isdecimal() else None
        if one is not None:
            found[value] = one
    return found


def _errors(decision: str, typed: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if decision == "afwijzen" and typed["reden"] not in DECLINE_REASONS:
        errors["reden"] = say("decide.reason.error")
    if decision == "vragen" and not typed["tekst"]:
        errors["tekst"] = say("decide.question.error")
    if len(typed["tekst"]) > LONGEST_REMARK:
        errors["tekst"] = say("src.remark.error", n=formats.number(LONGEST_REMARK))
    if len(typed["organisatie"]) > LONGEST_NAME:
        errors["organisatie"] = say("src.organisation.error")
    return errors


def _page(
    decision: Decision,
    chosen: Mapping[str, Submission],
    typed: dict[str, str],
    errors: Mapping[str, str],
    step: str,
) -> Response:
    # An approval asks nothing that must be filled in, so its mail can be read at once.
    is_ready = not errors and (step != "invullen" or decision == "goedkeuren")
    only = next(iter(chosen.values())) if len(chosen) == 1 else None
    if only is not None and step == "invullen":
        typed["organisatie"] = only.organisation or host_of(only.url)
    first = [one for one in chosen.values() if decision == "goedkeuren" and _is_first(one)]
    mails = dict.fromkeys(
        judgement(STATES[decision], one.url, _reason(decision, typed), typed["tekst"])
        for one in chosen.values()
        if one.email and one not in first
    )
    return render(
        DecisionPage(
            title=TITLES[decision],
            here="submissions",
            name=me().name,
            decision=decision,
            chosen=tuple((value, one.url) for value, one in chosen.items()),
            reasons=tuple(DECLINE_REASONS.items()) if decision == "afwijzen" else (),
            typed=typed,
            errors={name: errors.get(name, "") for name in FIELDS},
            mails=tuple(mails) if is_ready else (),
            asks_text=decision != "goedkeuren",
            asks_organisation=decision == "goedkeuren" and only is not None,
            is_ready=is_ready,
            awaits_second=len(first),
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _reason(decision: str, typed: Mapping[str, str]) -> str:
    return typed["reden"] if decision == "afwijzen" else ""


def _carry_out(
    decision: Decision, chosen: Mapping[str, Submission], typed: Mapping[str, str]
) -> AnyResponse:
    done = sum(_judge(decision, value, one, typed) for value, one in chosen.items())
    missed = len(chosen) - done
    query = f"gedaan={done}&gemist={missed}"
    if len(chosen) == 1:
        number = next(iter(chosen.values())).id
        return redirect(f"/beheer/aanmeldingen/{number}?{query}", HTTPStatus.SEE_OTHER)
    return redirect(f"/beheer/aanmeldingen?{query}", HTTPStatus.SEE_OTHER)


def _judge(decision: Decision, value: str, one: Submission, typed: Mapping[str, str]) -> bool:
    """Judge one submission; tell whether it was still as it was seen, and could be judged so."""
    here = services()
    if value != seen(one) or one.state not in JUDGED_HERE:
        return False
    if decision == "goedkeuren":
        if waits_for_another(one):
            return False
        if _is_first(one):
            return _agree(one, typed["organisatie"])
    state, why = STATES[decision], _reason(decision, typed)
    try:
        with here.store.transaction():
            source_id = _make_source(one, typed) if decision == "goedkeuren" else None
            changed = here.store.submissions.change(
                one.id,
                one.state,
                state,
                here.clock(),
                reason=why,
                message=typed["tekst"] if decision != "goedkeuren" else "",
                source_id=source_id,
            )
            if not changed:
                raise _Judged  # noqa: TRY301 - the source that was just made goes with it
            write_act(state, f"submission:{one.id}", reason=why)
            mail_judgement(one, state)
    except (_Judged, StoreError):
        # Judged by another in between, or its address became a source in another way.
        return False
    return True


def _is_first(one: Submission) -> bool:
    """Whether an approval of this submission is the first of two."""
    return one.state != "agreed" and needs_second(one)


def _agree(one: Submission, organisation: str) -> bool:
    """Approve as the first of two; nothing is made and nobody is mailed yet."""
    here = services()
    if one.trial is None:
        return False
    with here.store.transaction():
        kept = here.store.submissions
        is_agreed = kept.agree(one.id, one.state, me().id, organisation, here.clock())
        if is_agreed:
            write_act("agreed", f"submission:{one.id}")
    return is_agreed


class _Judged(Exception):
    """Another moderator was first."""


def _make_source(one: Submission, typed: Mapping[str, str]) -> int:
    """Make the source of an approved submission, and have it crawled."""
    if one.trial is None:
        raise StoreError("Nobody has looked at this address yet.")
    store = services().store
    # The worker's form of the address: it went through the rules and the guard of the crawler.
    url = str(one.trial["url"])
    source = store.sources.add(
        name=host_of(url) if one.scope == "site" else url.partition("://")[2][:LONGEST_NAME],
        url=url,
        organisation=typed["organisatie"] or one.organisation or host_of(url),
        scope=one.scope,
        shows_text=one.shows_text,
        permission=say("judge.permission", nr=one.id) if one.shows_text else "",
        contact=" ".join(filter(None, (one.name, one.email))),
        interval_hours=WEEKLY,
    )
    store.jobs.add_crawl(source.id)
    return source.id


def mail_judgement(one: Submission, state: str) -> None:
    """Tell who offered it."""
    if one.email:
        here, details = services(), {"submission": one.id, "state": state}
        here.store.mails.add("submission-judged", one.email, here.clock(), details)


@blueprint.get("/<int:submission_id>/terugdraaien")
@role("moderator")
def ask_undo(submission_id: int) -> Response:
    one = _undoable(submission_id)
    text = say("undo.text")
    if one.source_id is not None:
        documents = services().store.documents.count(source_id=one.source_id)
        text = say("undo.source", n=formats.number(documents))
    return render(
        ConfirmPage(
            title=say("undo.h1"),
            here="submissions",
            name=me().name,
            texts=(text, say("undo.mail")) if one.email and one.state != "agreed" else (text,),
            action=f"/beheer/aanmeldingen/{one.id}/terugdraaien",
            button=say("undo.yes"),
            back=f"/beheer/aanmeldingen/{one.id}",
        )
    )


@blueprint.post("/<int:submission_id>/terugdraaien")
@role("moderator")
def undo(submission_id: int) -> AnyResponse:
    one, here = _undoable(submission_id), services()
    with here.store.transaction():
        if one.source_id is not None:
            here.store.remove_source(one.source_id)
            here.store.jobs.add_update()
        here.store.submissions.change(one.id, one.state, "new", here.clock())
        write_act("undo", f"submission:{one.id}", state=one.state)
        if one.state != "agreed":
            mail_judgement(one, "new")
    return redirect(f"/beheer/aanmeldingen/{one.id}?gedaan=1", HTTPStatus.SEE_OTHER)


def _undoable(submission_id: int) -> Submission:
    one = get(submission_id)
    if not may_undo(one):
        raise NotFound
    return one
