"""Codes of an app (TOTP, RFC 6238): the secret that it shares with us, its picture, and good codes.

In: the seed of an account, from the store or a form of ours, and a code as somebody typed it. Out:
the secret as text, link and squares of a QR code, and the time step of a good code. The arithmetic
is pyotp's, the picture segno's. Secrets are made of the key of the installation and the seed, and
kept nowhere. A code is good in its own 30 seconds and in those before and after, for phones that
are fast or slow and people that are.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime

import segno
from pyotp import TOTP
from pyotp.utils import strings_equal

from library.store import Account
from webapp.messages import say
from webapp.proofs import derived

DRIFT = (0, -1, 1)
"""Steps of 30 seconds in which a code is good, from now (RFC 6238, 5.2)."""
_SECRET_BYTES = 20
"""What RFC 4226 recommends."""


@dataclass(frozen=True, slots=True)
class Squares:
    """A QR code as one path of an SVG: ``size`` squares wide and high, its border with it."""

    size: int
    path: str


def new_seed() -> str:
    """Make what a secret grows from."""
    return secrets.token_urlsafe(16)


def secret_of(seed: str) -> str:
    """Give the secret of a seed as apps write it: 32 capitals and digits."""
    return base64.b32encode(derived(f"app.{seed}")[:_SECRET_BYTES]).decode("ascii")


def link_of(seed: str, account: Account) -> str:
    """Give the address that an app opens to know the account."""
    name = account.email or account.name
    return _codes(seed).provisioning_uri(name=name, issuer_name=say("site.name"))


def squares_of(text: str) -> Squares:
    """Draw a text as a QR code."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    path = "".join(
        f"M{column} {line}h1v1h-1z"
        for line, row in enumerate(rows)
        for column, is_dark in enumerate(row)
        if is_dark
    )
    return Squares(len(rows), path)


def step_of(seed: str, code: str, now: datetime) -> int | None:
    """Give the time step that a code belongs to; nothing when it is not good now."""
    codes = _codes(seed)
    typed = "".join(code.split())
    for offset in DRIFT:
        if strings_equal(codes.at(now, counter_offset=offset), typed):
            return codes.timecode(now) + offset
    return None


def _codes(seed: str) -> TOTP:
    return TOTP(secret_of(seed))
