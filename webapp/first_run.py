"""The first steps of a new installation: a list that knows what is done, and a test mail.

Nothing here is kept but that a test mail arrived: what is done shows in the store itself.
"""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from limits import RateLimitItemPerMinute
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts import LONGEST_EMAIL, has_second_factor, is_email
from webapp.acts import write_act
from webapp.first_run_pages import FirstSteps, MailArrivedPage, MailTestPage, Step
from webapp.letters import TEST_MAIL, TEST_MAIL_LIVES
from webapp.limits import hold_off
from webapp.messages import say
from webapp.proofs import read
from webapp.rendering import render
from webapp.roles import role
from webapp.services import has_examples, services
from webapp.sessions import me
from webapp.site_texts import SAVED, site_texts

blueprint = Blueprint("first_run", __name__, url_prefix="/beheer/proefmail")
ARRIVED = "test-mail"
"""The mark in the store that a test mail arrived."""
PER_MINUTE = RateLimitItemPerMinute(5)


def first_steps() -> FirstSteps | None:
    """What is to be done first; nothing once all of it is."""
    store = services().store
    sources = [source for source in store.sources.all() if not source.is_example]
    admins = [one for one in store.accounts.all() if one.role == "admin" and not one.is_closed]
    is_fetched = any(store.documents.count(source_id=source.id) for source in sources)
    steps = [
        Step(
            say("first.contact"),
            "/beheer/teksten",
            is_done=bool(site_texts().contact.reach),
            guide="teksten",
        ),
        Step(
            say("first.texts"),
            "/beheer/teksten#intro",
            is_done=store.marks.has(SAVED),
            guide="teksten",
        ),
        Step(
            say("first.mail"),
            "/beheer/proefmail",
            is_done=store.marks.has(ARRIVED),
            guide="beginnen",
        ),
        Step(say("first.factor"), "/account", is_done=has_second_factor(me()), guide="inloggen"),
        Step(say("first.source"), "/beheer/bronnen", is_done=is_fetched, guide="bronnen"),
        Step(say("first.second"), "/beheer/mensen", is_done=len(admins) > 1, guide="mensen"),
    ]
    if has_examples() and is_fetched:
        away = "/beheer/voorbeelden/verwijderen"
        steps.append(Step(say("first.examples"), away, is_done=False, guide="beginnen"))
    done = sum(step.is_done for step in steps)
    if done == len(steps):
        return None
    return FirstSteps(say("first.told", n=done, of=len(steps)), tuple(steps))


@blueprint.get("")
@role("admin")
def form() -> Response:
    return _page(me().email)


def _page(typed: str, error: str = "") -> Response:
    here = services()
    waiting = here.store.mails.waiting_of("test")
    told = {"weg": say("mailtest.waits") if waiting else say("mailtest.gone")}
    return render(
        MailTestPage(
            title=say("mailtest.h1"),
            here="overview",
            name=me().name,
            message=told.get(request.args.get("gedaan", ""), ""),
            problems=tuple(
                say("mailtest.problem", error=one.error) for one in waiting if one.error
            ),
            can_mail=here.can_mail,
            typed=typed,
            error=error,
            has_arrived=here.store.marks.has(ARRIVED),
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


@blueprint.post("")
@role("admin")
def send() -> AnyResponse:
    here, typed = services(), request.form.get("email", "").strip()
    if not is_email(typed):
        return _page(typed[:LONGEST_EMAIL], say("email.error.you"))
    hold_off("test-mail", PER_MINUTE, f"account:{me().id}")
    with here.store.transaction():
        here.store.mails.add("test", typed, here.clock())
        write_act("test-mail", "site")
    return redirect("/beheer/proefmail?gedaan=weg", HTTPStatus.SEE_OTHER)


@blueprint.get("/<token>")
@role("admin")
def offer_arrived(token: str) -> Response:
    _check(token)
    return render(
        MailArrivedPage(
            title=say("mailtest.arrived.h1"), here="overview", name=me().name, token=token
        )
    )


@blueprint.post("/<token>")
@role("admin")
def arrived(token: str) -> AnyResponse:
    _check(token)
    services().store.marks.add(ARRIVED)
    return redirect("/beheer", HTTPStatus.SEE_OTHER)


def _check(token: str) -> None:
    if read(TEST_MAIL, token, TEST_MAIL_LIVES) is None:
        raise NotFound
