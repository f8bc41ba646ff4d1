"""Who is signed in: a cookie in the browser, the session itself in the store.

In: the account that used its one-time link or its passkey. Out: ``signed_in()``. The cookie holds a
signed random token, HttpOnly and SameSite=Lax; the store ends a session after 12 hours, or 1 hour
without use. Only pages for people with an account look here, so that no visitor ever gets a cookie.
An admin who came by mail has proved a mailbox and no more: that session is not whole, and only what
asks for a second factor, or makes the first one, is open to it (ASVS 6.3.3). Proving oneself again,
before changing how one signs in, begins a new session (ASVS 7.5.1).
"""

from datetime import timedelta

from flask import current_app, g, request, session

from library.store import Account, Session
from webapp.services import services

PROVED_WITHIN = timedelta(minutes=15)
"""So long after signing in somebody may change how they sign in, without a new proof."""
_TOKEN = "token"  # noqa: S105 - the name of a field in the cookie, no secret


def sign_in(account: Account, *, whole: bool = True) -> None:
    """Begin a session, under a new token whatever the browser had before."""
    sign_out()
    here = services()
    session[_TOKEN] = here.store.accounts.start_session(account.id, here.clock(), whole=whole)
    g.pop("live", None)


def sign_out() -> None:
    """End the session in the store and in the browser."""
    token = session.pop(_TOKEN, None)
    if token is not None:
        services().store.accounts.end_session(token)
    session.clear()
    g.pop("live", None)


def live_session() -> Session | None:
    """Give the session that this request carries, whole or not; asked once per request."""
    if "live" not in g:
        token = session.get(_TOKEN)
        here = services()
        g.live = None if token is None else here.store.accounts.session(token, here.clock())
    live: Session | None = g.live
    return live


def signed_in() -> Account | None:
    """Give who is wholly signed in."""
    live = live_session()
    return live.account if live is not None and live.whole else None


def proved_lately() -> bool:
    """Whether who is wholly signed in has proved so a short while ago."""
    live, now = live_session(), services().clock()
    return live is not None and live.whole and now < live.started_at + PROVED_WITHIN


def visiting() -> Account | None:
    """Give who is signed in, on a page for everybody: of a visitor without a cookie nothing is asked."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return None
    return signed_in()


def me() -> Account:
    """Give who is signed in, wholly or not, on a page that ``webapp.roles`` let somebody see."""
    live = live_session()
    assert live is not None
    return live.account
