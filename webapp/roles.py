"""Who may see what: every view declares its role, and a view without one cannot be served.

In: ``@role("public")`` on a view, or another role. Out: ``check_roles`` when the application is
made, and ``guard`` before each request: it refuses strangers, and changes that do not come from our
own pages. Visitors have no account and no cookie; partners, moderators and admins sign in
(``webapp.sessions``).
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Literal, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from library.store import Account
from webapp.services import services
from webapp.sessions import live_session, proved_lately, signed_in

Role = Literal["public", "half", "account", "partner", "moderator", "admin"]
View = TypeVar("View", bound=Callable[..., object])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

ADMITTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "account": frozenset({"partner", "moderator", "admin"}),
        "partner": frozenset({"partner"}),
        "moderator": frozenset({"moderator", "admin"}),
        "admin": frozenset({"admin"}),
    }
)
"""Which accounts a declared role lets in. "public" is everybody; "half" is whoever has a session,
also one of which the second factor is still missing."""


class NotSignedIn(Forbidden):
    """Who asks may have an account; nobody is signed in."""


class MissingRole(RuntimeError):
    """A route was added without saying who may use it: a fault in this package."""


def role(name: Role, *, proved: bool = False) -> Callable[[View], View]:
    """Declare who may use a view. Put it directly above the function, below the route.

    ``proved`` asks of a whole session that its owner proved lately to be who they are.
    """

    def declare(view: View) -> View:
        view.__dict__["role"] = name
        view.__dict__["proved"] = proved
        return view

    return declare


def role_of(app: Flask, endpoint: str) -> Role:
    """Give the declared role of an endpoint; raise ``MissingRole`` where there is none."""
    declared = getattr(app.view_functions[endpoint], "role", None)
    if declared is None:
        raise MissingRole(f"The route {endpoint!r} does not declare its role.")
    return cast("Role", declared)


def wants_proof(app: Flask, endpoint: str) -> bool:
    """Tell whether an endpoint asks for a proof of a short while ago."""
    return bool(getattr(app.view_functions[endpoint], "proved", False))


def check_roles(app: Flask) -> None:
    """Refuse to make an application that has a route without a role."""
    for rule in app.url_map.iter_rules():
        role_of(app, rule.endpoint)


def may(endpoint: str) -> bool:
    """Whether who is signed in may use an endpoint: for what a page offers."""
    account = signed_in()
    return account is not None and _admits(role_of(current_app, endpoint), account)


def _admits(declared: Role, account: Account) -> bool:
    return account.role in ADMITTED[declared]


def guard() -> Response | None:
    """Before each request: refuse who may not be here. An unknown address has no endpoint."""
    if request.endpoint is None:
        return None
    if request.method not in SAFE_METHODS:
        _refuse_other_sites()
    declared = role_of(current_app, request.endpoint)
    if declared == "public":
        return None
    live = live_session()
    if live is None:
        raise NotSignedIn
    if declared != "half":
        if not live.whole:
            return _to_proof()
        if not _admits(declared, live.account):
            raise Forbidden
    if live.whole and wants_proof(current_app, request.endpoint) and not proved_lately():
        return _to_proof()
    return None


def _to_proof() -> Response:
    return redirect("/inloggen/passkey", HTTPStatus.SEE_OTHER)


def _refuse_other_sites() -> None:
    """Refuse a change that a browser says was begun on another site (ASVS 3.5.1 to 3.5.3).

    Old browsers send neither header; for them the token in the form is the protection.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise BadRequest("cross-site")
    origin = request.headers.get("Origin")
    ours = {request.host, urlsplit(services().settings.site_url).netloc}
    if origin is not None and urlsplit(origin).netloc not in ours:
        raise BadRequest("cross-site")
