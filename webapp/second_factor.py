"""The second factor of an admin without a passkey: codes of an app, and recovery codes.

Everything here works without JavaScript. A session that is not whole may give a code, or set up the
first factor of its account and no more: whoever has one already has to use it (ASVS 6.3.3). A whole
session gives a code to prove itself again, before it changes how its owner signs in.
"""

import math
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from limits import RateLimitItemPerHour
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.store import Account
from library.store.accounts import LINK_LIVES
from webapp import formats
from webapp.account_pages import AppPage, RecoveryPage
from webapp.accounts import NEEDS_SECOND_FACTOR, begin, has_second_factor, second_step_page
from webapp.app_codes import link_of, new_seed, secret_of, squares_of, step_of
from webapp.limits import hold_off
from webapp.messages import say
from webapp.proofs import read, sign
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import live_session, me, sign_in

blueprint = Blueprint("second_factor", __name__)
TRIED_PER_HOUR = RateLimitItemPerHour(50)
"""Codes that one visitor may try (threats 2.5, brute-force login)."""
LONGEST_CODE = 40
PURPOSE = "app"


@blueprint.post("/inloggen/code")
@role("half")
def give_code() -> AnyResponse:
    hold_off("code", TRIED_PER_HOUR)
    account, here = me(), services()
    wait = here.store.codes.note_try(account.id, here.clock())
    if wait:
        return _too_soon(wait)
    if not _is_good(account):
        return second_step_page(say("code.error"))
    here.store.codes.forget_tries(account.id)
    return begin(account)


def _too_soon(wait: timedelta) -> Response:
    """Say how long to wait: in whole minutes when it is more than one."""
    seconds = math.ceil(wait.total_seconds())
    told = seconds if seconds <= formats.MINUTE else math.ceil(seconds / formats.MINUTE) * 60
    page = second_step_page(
        say("code.many", time=formats.duration(told)), HTTPStatus.TOO_MANY_REQUESTS
    )
    page.headers["Retry-After"] = str(seconds)
    return page


def _is_good(account: Account) -> bool:
    """Whether the form holds a code of the app, or a recovery code, that was not used before."""
    here = services()
    spare = request.form.get("noodcode", "").strip()[:LONGEST_CODE]
    if spare:
        is_good = here.store.codes.use_recovery(account.id, spare)
        if is_good:
            _mail(account, "spare")
        return is_good
    app = here.store.codes.find_app(account.id)
    if app is None:
        return False
    step = step_of(app.seed, request.form.get("code", "")[:LONGEST_CODE], here.clock())
    return step is not None and here.store.codes.use_app(account.id, step, here.clock())


@blueprint.get("/account/app")
@role("half", proved=True)
def offer_app() -> Response:
    _refuse_second()
    return _app_page(new_seed())


def _app_page(seed: str, error: str = "") -> Response:
    account = me()
    link, secret = link_of(seed, account), secret_of(seed)
    return render(
        AppPage(
            title=say("app.h1"),
            proof=sign(PURPOSE, [account.id, seed]),
            link=link,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            squares=squares_of(link),
            error=error,
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


@blueprint.post("/account/app")
@role("half", proved=True)
def add_app() -> Response:
    _refuse_second()
    account, here = me(), services()
    value = read(PURPOSE, request.form.get("app", ""), LINK_LIVES)
    if value is None or value[0] != account.id:
        return _app_page(new_seed(), say("app.late"))
    seed = str(value[1])
    step = step_of(seed, request.form.get("code", "")[:LONGEST_CODE], here.clock())
    if step is None:
        return _app_page(seed, say("app.error"))
    with here.store.transaction():
        here.store.codes.put_app(account.id, seed, step, here.clock())
        made = here.store.codes.new_recovery(account.id)
        _mail(account, "app")
    live = live_session()
    if live is not None and not live.whole:
        sign_in(account)
    return _recovery_page(made)


def _refuse_second() -> None:
    """Let an admin in, and with a session that is not whole only for a first factor."""
    live = live_session()
    assert live is not None
    if live.account.role not in NEEDS_SECOND_FACTOR:
        raise NotFound
    if not live.whole and has_second_factor(live.account):
        raise Forbidden


def _recovery_page(codes: tuple[str, ...]) -> Response:
    return render(RecoveryPage(title=say("spare.h1"), here="account", name=me().name, codes=codes))


@blueprint.post("/account/app/verwijderen")
@role("account", proved=True)
def remove_app() -> AnyResponse:
    account, here = me(), services()
    if here.store.codes.find_app(account.id) is not None:
        with here.store.transaction():
            here.store.codes.remove_app(account.id)
            _mail(account, "no-app")
    return redirect("/account", HTTPStatus.SEE_OTHER)


@blueprint.post("/account/noodcodes")
@role("account", proved=True)
def new_recovery() -> Response:
    account, here = me(), services()
    if account.role not in NEEDS_SECOND_FACTOR:
        raise NotFound
    with here.store.transaction():
        made = here.store.codes.new_recovery(account.id)
        _mail(account, "spares")
    return _recovery_page(made)


def _mail(account: Account, what: str) -> None:
    """Tell the owner: what somebody else did must not go unseen."""
    if account.email:
        here = services()
        here.store.mails.add("second-factor", account.email, here.clock(), {"what": what})
