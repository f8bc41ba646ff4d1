"""The signed-in admin of a request: a cookie in the browser, the session itself in the store.

In: the account that used its one-time link. Out: ``signed_in()``. The cookie holds a signed random
token, HttpOnly and SameSite=Lax; the store ends a session after 12 hours, or 1 hour without use.
Only pages for admins look here, so that no visitor ever gets a cookie.
"""

from flask import g, session

from library.store import Account
from webapp.services import services

_TOKEN = "token"  # noqa: S105 - the name of a field in the cookie, no secret


def sign_in(account: Account) -> None:
    """Begin a session, under a new token whatever the browser had before."""
    session.clear()
    here = services()
    session[_TOKEN] = here.store.accounts.start_session(account.id, here.clock())


def sign_out() -> None:
    """End the session in the store and in the browser."""
    token = session.pop(_TOKEN, None)
    if token is not None:
        services().store.accounts.end_session(token)
    session.clear()


def signed_in() -> Account | None:
    """Give the account whose live session this request carries; asked once per request."""
    if "account" not in g:
        token = session.get(_TOKEN)
        here = services()
        g.account = None if token is None else here.store.accounts.session(token, here.clock())
    account: Account | None = g.account
    return account


def admin_name() -> str:
    """Name who is signed in, on a page that ``webapp.roles`` let an admin see."""
    account = signed_in()
    assert account is not None
    return account.name
