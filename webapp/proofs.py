"""Signed values that go out with a page and come back with its form, so that nothing is kept here.

Visitors have no cookie, so the token in their forms cannot belong to a session: it is signed with
the key of the installation and tells its purpose and time (threats 2.5, CSRF). Guessing one is
guessing a key of 192 bits; a stolen one is worth a form that anybody may fill in. The challenges of
passkeys are made in the same way.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import current_app, request
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, Signer, URLSafeTimedSerializer

View = TypeVar("View", bound=Callable[..., object])
FORM_LIVES = timedelta(hours=12)
FIELD = "csrf_token"


def stateless(view: View) -> View:
    """Declare that the form of a view carries ``form_proof`` instead of a session's token."""
    view.__dict__["stateless"] = True
    return view


def sign(purpose: str, value: Any) -> str:
    """Make a text of a value that nobody else can make."""
    return sign_with(str(current_app.config["SECRET_KEY"]), purpose, value)


def sign_with(key: str, purpose: str, value: Any) -> str:
    """Make such a text outside a request: the worker, for a link in a mail."""
    return str(_signer(key, purpose).dumps(value))


def read(purpose: str, text: str, lives: timedelta) -> Any:
    """Give the value of such a text; nothing when it is not ours, or too old."""
    try:
        key = str(current_app.config["SECRET_KEY"])
        return _signer(key, purpose).loads(text, max_age=int(lives.total_seconds()))
    except BadData:
        return None


def derived(purpose: str) -> bytes:
    """Make 32 bytes that are always the same for a purpose, and that only the key can make."""
    key = str(current_app.config["SECRET_KEY"])
    signer = Signer(
        key, salt=f"kennisbank.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256
    )
    return signer.derive_key()


NOBODY = 0


def form_proof(account_id: int = NOBODY) -> str:
    """Make the token in the form of a page that people without a session fill in too."""
    return sign("form", [account_id, secrets.token_urlsafe(8)])


def check_form(account_id: int = NOBODY) -> None:
    """Refuse a form that was not on a page of ours, or that was on the page of another."""
    value = read("form", request.form.get(FIELD, ""), FORM_LIVES)
    if value is None or value[0] != account_id:
        raise CSRFError("The form is not ours, or too old.")


def _signer(key: str, purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt=f"kennisbank.{purpose}")
