"""Signing in, by a link that works once or by a passkey, and signing out.

Looking at a link changes nothing: mail programs and browsers open links by themselves. Only the
button uses it. There is nothing to guess: a link holds 256 random bits. Whoever asks for a link gets
the same answer in the same time, with an account or without: the worker that sends the mail is the
one who looks. The forms carry a signed token, so that nobody has a cookie before being signed in.
"""

import re
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from limits import RateLimitItemPerHour
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from library.store import Account
from webapp.account_pages import AskLinkPage, SecondStepPage, UseLinkPage
from webapp.limits import hold_off
from webapp.messages import say
from webapp.pages import NoticePage
from webapp.passkeys import new_key_options, sign_in_options, signed_by
from webapp.proofs import check_form, form_proof, stateless
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import live_session, me, sign_in, sign_out

blueprint = Blueprint("accounts", __name__)
LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^\s@,;<>()\"\\]+@[^\s@,;<>()\"\\]+\.[^\s@,;<>()\"\\]+")
NEEDS_SECOND_FACTOR = frozenset({"admin"})
"""Roles for whom a mailbox alone is not enough."""
ASKED_PER_HOUR = RateLimitItemPerHour(50)
"""Links that one visitor may ask for (threats 2.5, brute-force login)."""
HOMES = {"partner": "partner", "moderator": "beheer/aanmeldingen", "admin": "beheer"}


def is_email(typed: str) -> bool:
    """Whether this can be a mail address; whether it is one, a mail tells."""
    return len(typed) <= LONGEST_EMAIL and _EMAIL.fullmatch(typed) is not None


@blueprint.get("/inloggen")
@role("public")
def ask() -> Response:
    return _ask()


def _ask(
    typed: str = "", error: str = "", passkey_error: str = "", status: int = HTTPStatus.OK
) -> Response:
    return render(
        AskLinkPage(
            title=say("login.h1"),
            proof=form_proof(),
            can_mail=services().can_mail,
            typed=typed,
            error=error,
            passkey_error=passkey_error,
            options=sign_in_options(),
        ),
        status,
    )


@blueprint.post("/inloggen")
@role("public")
@stateless
def send_link() -> Response:
    check_form()
    hold_off("link", ASKED_PER_HOUR)
    here, typed = services(), request.form.get("email", "").strip()
    if not is_email(typed):
        return _ask(
            typed[:LONGEST_EMAIL], say("email.error"), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    if here.can_mail:
        here.store.mails.add("sign-in", typed, here.clock())
    lines = (say("login.sent"), say("login.sent.spam"), say("login.sent.none"))
    return render(NoticePage(title=say("login.sent.h1"), lines=lines))


@blueprint.get("/inloggen/<token>")
@role("public")
def offer_sign_in(token: str) -> Response:
    return render(UseLinkPage(title=say("login.link.h1"), token=token, proof=form_proof()))


@blueprint.post("/inloggen/<token>")
@role("public")
@stateless
def use_link(token: str) -> AnyResponse:
    check_form()
    here = services()
    used = here.store.accounts.use_link(token, here.clock())
    if used is None:
        return render(
            NoticePage(title=say("login.used.h1"), lines=(say("login.used"),), to_sign_in=True),
            HTTPStatus.GONE,
        )
    whole = not (used.by_mail and used.account.role in NEEDS_SECOND_FACTOR)
    sign_in(used.account, whole=whole)
    return to_home(used.account) if whole else _to_second_step()


@blueprint.post("/inloggen/met-passkey")
@role("public")
@stateless
def use_passkey() -> AnyResponse:
    check_form()
    account = signed_by(request.form.get("antwoord", ""))
    if account is None:
        return _ask(passkey_error=say("passkey.error"), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    sign_in(account)
    return to_home(account)


def has_second_factor(account: Account) -> bool:
    """Whether somebody has a passkey, an app with codes or a recovery code."""
    store = services().store
    return bool(
        store.accounts.passkeys(account.id)
        or store.codes.find_app(account.id)
        or store.codes.recovery_left(account.id)
    )


@blueprint.get("/inloggen/passkey")
@role("half")
def second_step() -> Response:
    return second_step_page()


def second_step_page(
    error: str = "", status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> Response:
    """Ask for the second factor of who came by mail, or for a first one; or for a new proof."""
    account, store = me(), services().store
    is_again = _is_whole()
    is_new = not is_again and not has_second_factor(account)
    h1 = "again.h1" if is_again else "second.new.h1" if is_new else "second.h1"
    return render(
        SecondStepPage(
            title=say(h1),
            is_new=is_new,
            is_again=is_again,
            has_spare=not is_again or store.codes.recovery_left(account.id) > 0,
            has_passkey=bool(store.accounts.passkeys(account.id)),
            has_app=store.codes.find_app(account.id) is not None,
            error=error,
            options=new_key_options(account) if is_new else sign_in_options(account),
        ),
        status if error else HTTPStatus.OK,
    )


@blueprint.post("/inloggen/tweede-stap")
@role("half")
def finish_second_step() -> AnyResponse:
    account = me()
    if "antwoord" not in request.form:
        raise BadRequest
    if signed_by(request.form["antwoord"], account) is None:
        return second_step_page(say("passkey.error"))
    return begin(account)


def begin(account: Account) -> AnyResponse:
    """Begin a whole session; who had one proved it again, for what stands on the own account."""
    was_whole = _is_whole()
    sign_in(account)
    return redirect("/account", HTTPStatus.SEE_OTHER) if was_whole else to_home(account)


def _is_whole() -> bool:
    live = live_session()
    return live is not None and live.whole


@blueprint.post("/uitloggen")
@role("half")
def leave() -> Response:
    sign_out()
    return render(NoticePage(title=say("logout.h1"), lines=(say("logout.text"),)))


def to_home(account: Account) -> AnyResponse:
    """Send somebody to the page that their role begins at."""
    return redirect(f"/{HOMES[account.role]}", HTTPStatus.SEE_OTHER)


def _to_second_step() -> AnyResponse:
    return redirect("/inloggen/passkey", HTTPStatus.SEE_OTHER)
