"""Who may see what: every view declares its role, and a view without one cannot be served.

In: ``@role("public")`` or ``@role("admin")`` on a view. Out: ``check_roles`` when the application
is made, and ``guard`` before each request: it refuses strangers, and changes that do not come from
our own pages. Visitors have no account and no cookie; only an admin signs in (``webapp.sessions``).
"""

from collections.abc import Callable
from typing import Literal, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest, Forbidden

from webapp.services import services
from webapp.sessions import signed_in

Role = Literal["public", "admin"]
View = TypeVar("View", bound=Callable[..., object])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class MissingRole(RuntimeError):
    """A route was added without saying who may use it: a fault in this package."""


def role(name: Role) -> Callable[[View], View]:
    """Declare who may use a view. Put it directly above the function, below the route."""

    def declare(view: View) -> View:
        view.__dict__["role"] = name
        return view

    return declare


def role_of(app: Flask, endpoint: str) -> Role:
    """Give the declared role of an endpoint; raise ``MissingRole`` where there is none."""
    declared = getattr(app.view_functions[endpoint], "role", None)
    if declared is None:
        raise MissingRole(f"The route {endpoint!r} does not declare its role.")
    return cast("Role", declared)


def check_roles(app: Flask) -> None:
    """Refuse to make an application that has a route without a role."""
    for rule in app.url_map.iter_rules():
        role_of(app, rule.endpoint)


def guard() -> None:
    """Before each request: refuse who may not be here. An unknown address has no endpoint."""
    if request.endpoint is None:
        return
    if request.method not in SAFE_METHODS:
        _refuse_other_sites()
    if role_of(current_app, request.endpoint) == "admin":
        account = signed_in()
        if account is None or account.role != "admin":
            raise Forbidden


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
