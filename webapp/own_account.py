"""One's own account: what we keep, passkeys, app and recovery codes, and signing out everywhere.

A session that is not whole may do one thing here: add the first passkey, after which it is whole.
A whole one must have proved itself lately before it changes how somebody signs in.
Apps and recovery codes are made in ``webapp.second_factor``.
"""

from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response as AnyResponse

from library.store import Passkey
from webapp import formats
from webapp.account_pages import AccountPage, PasskeyItem
from webapp.accounts import NEEDS_SECOND_FACTOR, has_second_factor, second_step_page
from webapp.messages import ROLES, say
from webapp.pages import NoticePage
from webapp.passkeys import made_by, new_key_options
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import live_session, me, proved_lately, sign_in, sign_out

blueprint = Blueprint("own_account", __name__, url_prefix="/account")
LONGEST_NAME = 60


@blueprint.get("")
@role("account")
def account() -> Response:
    return _page()


def _page(error: str = "") -> Response:
    account, codes = me(), services().store.codes
    app = codes.find_app(account.id)
    facts = [(say("account.name"), account.name), (say("account.role"), ROLES[account.role])]
    if account.email:
        facts.append((say("account.email"), account.email))
    if account.organisation:
        facts.append((say("account.organisation"), account.organisation))
    return render(
        AccountPage(
            title=say("account.h1"),
            here="account",
            name=account.name,
            facts=tuple(facts),
            passkeys=tuple(map(_item, services().store.accounts.passkeys(account.id))),
            options=new_key_options(account),
            error=error,
            needs_proof=not proved_lately(),
            needs_codes=account.role in NEEDS_SECOND_FACTOR,
            app_added=formats.day_of(app.added_at) if app else "",
            app_used=formats.day_of(app.used_at) if app and app.used_at else "",
            recovery=formats.number(codes.recovery_left(account.id)),
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def _item(key: Passkey) -> PasskeyItem:
    return PasskeyItem(
        id=key.id,
        name=key.name,
        added=formats.day_of(key.added_at),
        used=formats.day_of(key.used_at) if key.used_at else say("passkey.unused"),
    )


@blueprint.post("/passkeys")
@role("half", proved=True)
def add_passkey() -> AnyResponse:
    here, live = services(), live_session()
    assert live is not None
    if not live.whole and has_second_factor(live.account):
        raise Forbidden
    if "antwoord" not in request.form:
        raise BadRequest
    made = made_by(request.form["antwoord"], live.account)
    name = " ".join(request.form.get("naam", "").split())[:LONGEST_NAME] or say("passkey.name.none")
    if made is None or not here.store.accounts.add_passkey(
        live.account.id, made.id, name, made.public_key, made.uses, here.clock()
    ):
        error = say("passkey.error")
        return _page(error) if live.whole else second_step_page(error)
    if live.account.email:
        # A key that somebody else made must not go unseen.
        here.store.mails.add("passkey", live.account.email, here.clock(), {"name": name})
    if not live.whole:
        sign_in(live.account)
    return redirect("/account", HTTPStatus.SEE_OTHER)


@blueprint.post("/passkeys/verwijderen")
@role("account", proved=True)
def remove_passkey() -> AnyResponse:
    services().store.accounts.remove_passkey(me().id, request.form.get("passkey", ""))
    return redirect("/account", HTTPStatus.SEE_OTHER)


@blueprint.post("/overal-uitloggen")
@role("account")
def leave_everywhere() -> Response:
    services().store.accounts.end_sessions(me().id)
    sign_out()
    return render(NoticePage(title=say("logout.h1"), lines=(say("logout.everywhere"),)))
