"""Passkeys (WebAuthn level 2): what a browser is asked, and whether its answer is good.

In: who may answer, and the answer as the script on the page put it in a form. Out: options as JSON
for ``navigator.credentials``, and the key or account of a good answer. The cryptography is
py_webauthn's. A passkey always asks for a finger, face or PIN, so that it is two factors at once.
The challenge is signed by us and told apart by purpose and account; it lives as long as a link and
is used once, in the store.
"""

import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.parse_authentication_credential_json import (
    parse_authentication_credential_json,
)
from webauthn.helpers.parse_registration_credential_json import parse_registration_credential_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from library.store import Account
from library.store.accounts import LINK_LIVES
from webapp.messages import say
from webapp.proofs import read, sign
from webapp.services import services

ANYBODY = 0
LONGEST_ANSWER = 20_000
"""Letters of an answer; those of a phone and of a security key have some 1,000."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that a device made."""

    id: str
    public_key: bytes
    uses: int


def sign_in_options(account: Account | None = None) -> str:
    """What to ask of a device: to answer with a key of ours, or with one of this account."""
    known = services().store.accounts.passkeys(account.id) if account else ()
    options = generate_authentication_options(
        rp_id=_host(),
        challenge=_challenge("passkey-in", account.id if account else ANYBODY),
        allow_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id)) for key in known
        ],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def new_key_options(account: Account) -> str:
    """What to ask of a device: to make a key for this account."""
    options = generate_registration_options(
        rp_id=_host(),
        rp_name=say("site.name"),
        user_id=f"account-{account.id}".encode(),
        user_name=account.email or account.name,
        user_display_name=account.name,
        challenge=_challenge("passkey-new", account.id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.id))
            for key in services().store.accounts.passkeys(account.id)
        ],
    )
    return options_to_json(options)


def signed_by(answer: str, account: Account | None = None) -> Account | None:
    """Whose passkey gave this answer; nothing when it is not good, or not of ``account``."""
    here = services()
    try:
        credential = parse_authentication_credential_json(answer[:LONGEST_ANSWER])
        key = here.store.accounts.find_passkey(bytes_to_base64url(credential.raw_id))
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        if key is None or (account is not None and key.account_id != account.id):
            return None
        if not _is_fresh("passkey-in", account.id if account else ANYBODY, challenge):
            return None
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=key.public_key,
            credential_current_sign_count=key.uses,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        return None
    here.store.accounts.use_passkey(key.id, verified.new_sign_count, here.clock())
    return here.store.accounts.find(key.account_id)


def made_by(answer: str, account: Account) -> NewKey | None:
    """The key that a device made for this account; nothing when the answer is not good."""
    try:
        credential = parse_registration_credential_json(answer[:LONGEST_ANSWER])
        challenge = parse_client_data_json(credential.response.client_data_json).challenge
        if not _is_fresh("passkey-new", account.id, challenge):
            return None
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError):
        return None
    return NewKey(
        bytes_to_base64url(verified.credential_id),
        verified.credential_public_key,
        verified.sign_count,
    )


def _challenge(purpose: str, account_id: int) -> bytes:
    return sign(purpose, [account_id, secrets.token_urlsafe(16)]).encode()


def _is_fresh(purpose: str, account_id: int, challenge: bytes) -> bool:
    """Whether we made this challenge for this account, lately, and it is used for the first time."""
    text = challenge.decode("ascii")
    value = read(purpose, text, LINK_LIVES)
    if value is None or value[0] != account_id:
        return False
    return services().store.accounts.use_challenge(text, services().clock())


def _host() -> str:
    """The name of the site: that of the settings, or on one's own machine the one that was asked."""
    public = urlsplit(services().settings.public_url).hostname
    return public or urlsplit(request.host_url).hostname or "localhost"


def _origin() -> str:
    settings = services().settings
    return settings.site_url if settings.public_url else request.host_url.rstrip("/")
