"""Signing in by a link that works once, made by `kennisbank add-admin`, and signing out.

Looking at the link changes nothing: mail programs and browsers open links by themselves. Only the
button uses it. There is nothing to guess: a link holds 256 random bits.
"""

from http import HTTPStatus

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from webapp.messages import say
from webapp.pages import NoticePage, SignInPage
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import sign_in, sign_out

blueprint = Blueprint("accounts", __name__)


@blueprint.get("/inloggen/<token>")
@role("public")
def offer_sign_in(token: str) -> Response:
    return render(SignInPage(title=say("login.h1"), token=token))


@blueprint.post("/inloggen/<token>")
@role("public")
def use_link(token: str) -> AnyResponse:
    here = services()
    account = here.store.accounts.use_link(token, here.clock())
    if account is None:
        return render(
            NoticePage(
                title=say("login.used.h1"),
                lines=(say("login.used"), say("error.403.how")),
                command=say("error.403.command"),
            ),
            HTTPStatus.GONE,
        )
    sign_in(account)
    return redirect("/beheer", HTTPStatus.SEE_OTHER)


@blueprint.post("/uitloggen")
@role("admin")
def leave() -> Response:
    sign_out()
    return render(NoticePage(title=say("logout.h1"), lines=(say("logout.text"),)))
