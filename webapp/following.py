"""Following a search by mail: the form, the link that confirms it, and the one that ends it.

In: a search as the parameters of its address, and an e-mail address. Nothing is kept until the link
in the first mail was opened and its button pressed: the link itself carries address and search,
signed. Every mail has a link that ends it at once, also for a mail program (RFC 8058).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, request
from limits import RateLimitItemPerDay, RateLimitItemPerHour
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from index import Index
from index.errors import QueryError
from library.store import Store, StoredDocument
from library.store.follows import MOST
from webapp.accounts import LONGEST_EMAIL, is_email
from webapp.limits import hold_off
from webapp.messages import say
from webapp.pages import NoticePage, Page
from webapp.proofs import check_form, form_proof, read, stateless
from webapp.question import Question, read_question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services

blueprint = Blueprint("following", __name__)
CONFIRM, STOP = "follow", "unfollow"
CONFIRM_LIVES = timedelta(hours=24)
STOP_LIVES = timedelta(days=5 * 365)
MOST_NEWS = 10
LOOKED_AT = 200
"""The best results that are looked through for what is new."""
OVERLAP = timedelta(hours=1)
"""What was added just before the last look may not have been indexed then: told twice, not never."""
PER_HOUR = RateLimitItemPerHour(10)
PER_ADDRESS = RateLimitItemPerDay(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPage(Page):
    """The form, with the address as it was typed."""

    template: ClassVar[str] = "follow/form.html"
    is_indexable: bool = False
    what: str
    action: str
    proof: str
    email: str
    error: str
    can_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowStepPage(Page):
    """One button, so that a program that opens links decides nothing."""

    template: ClassVar[str] = "follow/step.html"
    is_indexable: bool = False
    what: str
    action: str
    button: str
    proof: str


@blueprint.get("/volgen")
@role("public")
def form() -> Response:
    return _form(_question())


@blueprint.post("/volgen")
@role("public")
@stateless
def ask() -> Response:
    check_form()
    question, email = _question(), request.form.get("email", "").strip()
    if not is_email(email[: LONGEST_EMAIL + 1]):
        return _form(question, email, say("email.error"))
    here = services()
    if here.can_mail:
        hold_off("follow", PER_HOUR)
        hold_off("follow", PER_ADDRESS, f"mail:{email.lower()}")
        details = {"search": urlencode(question.pairs())}
        here.store.mails.add("follow-confirm", email, here.clock(), details)
    lines = (say("follow.optin"), say("login.sent.spam"))
    return render(NoticePage(title=say("login.sent.h1"), lines=lines))


@blueprint.get("/volgen/<token>")
@role("public")
def confirm(token: str) -> Response:
    _, search = _asked(token)
    return _step(say("follow.confirm"), say("follow.confirm.button"), search, f"/volgen/{token}")


@blueprint.post("/volgen/<token>")
@role("public")
@stateless
def confirmed(token: str) -> Response:
    check_form()
    email, search = _asked(token)
    here = services()
    if here.store.follows.add(email, search, here.clock()) is None:
        full = (say("follow.full", n=MOST),)
        return render(NoticePage(title=say("follow.full.h1"), lines=full))
    lines = (say("follow.what", search=search_in_words(search)), say("follow.done"))
    return render(NoticePage(title=say("follow.done.h1"), lines=lines))


@blueprint.get("/volgen/stop/<token>")
@role("public")
def stop(token: str) -> Response:
    follow = services().store.follows.find(_stopped(token))
    if follow is None:
        return _told_stopped()
    return _step(
        say("follow.stop"), say("follow.stop.button"), follow.search, f"/volgen/stop/{token}"
    )


@blueprint.post("/volgen/stop/<token>")
@role("public")
@stateless
def stopped(token: str) -> Response:
    """For the button, and for a mail program, which has only the link: that is proof enough."""
    services().store.follows.remove(_stopped(token))
    return _told_stopped()


def news_of(search: str, since: datetime, store: Store, index: Index) -> tuple[StoredDocument, ...]:
    """What was added since the last look, among the best results; the best first."""
    question = read_question(MultiDict(parse_qsl(search)))
    try:
        answer = index.search(replace(question.query(), offset=0, limit=LOOKED_AT))
    except QueryError:
        return ()
    stored = (store.documents.find(hit.id) for hit in answer.hits[: answer.total])
    return tuple(
        one
        for one in stored
        if one is not None and one.removed_at is None and one.added_at > since - OVERLAP
    )


def search_in_words(search: str) -> str:
    """A search as a person would name it."""
    question = read_question(MultiDict(parse_qsl(search)))
    words = say("follow.words", q=question.text) if question.text else say("follow.everything")
    return say("follow.filters", search=words) if question.chosen else words


def _question() -> Question:
    return replace(read_question(request.args), page=1, sort="")


def _form(question: Question, email: str = "", error: str = "") -> Response:
    search = urlencode(question.pairs())
    return render(
        FollowPage(
            title=say("follow.h1"),
            query=question.text,
            feed=question.address("/zoeken.atom"),
            what=say("follow.what", search=search_in_words(search)),
            action=question.address("/volgen"),
            proof=form_proof(),
            email=email[:LONGEST_EMAIL],
            error=error,
            can_mail=services().can_mail,
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def _step(title: str, button: str, search: str, action: str) -> Response:
    return render(
        FollowStepPage(
            title=title,
            what=say("follow.what", search=search_in_words(search)),
            action=action,
            button=button,
            proof=form_proof(),
        )
    )


def _asked(token: str) -> tuple[str, str]:
    value = read(CONFIRM, token, CONFIRM_LIVES)
    if value is None:
        raise NotFound
    email, search = value
    return email, search


def _stopped(token: str) -> int:
    value = read(STOP, token, STOP_LIVES)
    if value is None:
        raise NotFound
    return int(value)


def _told_stopped() -> Response:
    return render(NoticePage(title=say("follow.stopped.h1"), lines=(say("follow.stopped"),)))
