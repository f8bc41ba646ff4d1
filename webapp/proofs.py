"""Signed values that go out with a page and come back with its form, so that nothing is kept here.

Visitors have no cookie, so the token in their forms cannot belong to a session: it is signed with
the key of the installation and tells its purpose and time (threats 2.5, CSRF). Guessing one is
guessing a key of 192 bits; a stolen one is worth a form that anybody may fill in. The challenges of
passkeys are made in the same way.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app, request
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer

View = TypeVar("View", bound=Callable[..., object])
FORM_LIVES = timedelta(hours=12)
FIELD = "csrf_token"


def stateless(view: View) -> View:
    """Declare that the form of a view carries ``form_proof`` instead of a session's token."""
    view.__dict__["stateless"] = True
    return view


def sign(purpose: str, value: Any) -> str:
    """Make a text of a value that nobody else can make."""
    return str(_signer(purpose).dumps(value))


def read(purpose: str, text: str, lives: timedelta) -> Any:
    """Give the value of such a text; nothing when it is not ours, or too old."""
    try:
        return _signer(purpose).loads(text, max_age=int(lives.total_seconds()))
    except BadData:
        return None


def form_proof() -> str:
    """Make the token in the form of a page for people without a session."""
    return sign("form", secrets.token_urlsafe(8))


def check_form() -> None:
    """Refuse a form that was not on a page of ours."""
    if read("form", request.form.get(FIELD, ""), FORM_LIVES) is None:
        raise CSRFError("The form is not ours, or too old.")


def _signer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        str(current_app.config["SECRET_KEY"]), salt=f"kennisbank.{purpose}"
    )
