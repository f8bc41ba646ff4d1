"""Letters at a real SMTP server on loopback: with and without TLS, and what is refused."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from library.mail import Letter, MailFailed, Postman, print_letter, sending
from library.settings import Settings, read_settings
from library.store import Mail, Store
from tests.mail_server import Inbox, mail_server

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LETTER = Letter("ans@dorp.nl", "Één onderwerp", "Hallo Ans,\n\nDag!\n")


def settings_for(server: str, home: Path, **changes: Any) -> Settings:
    given = {"mail_server": server, "mail_from": "post@kennis.nl", "mail_security": "none"}
    return read_settings({}, home=home, **(given | changes))


def test_a_letter_arrives_as_it_was_written(tmp_path: Path) -> None:
    inbox = Inbox()
    with mail_server(inbox) as server:
        sending(settings_for(server, tmp_path))(LETTER)
    ((recipients, message),) = inbox.taken
    assert recipients == ["ans@dorp.nl"]
    assert str(message["From"]) == "Kennisbank <post@kennis.nl>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@kennis.nl>")
    assert inbox.texts() == [LETTER.text]
    assert "List-Unsubscribe" not in message


def test_a_letter_that_comes_again_can_be_stopped_by_a_mail_program(tmp_path: Path) -> None:
    inbox = Inbox()
    stop = "https://kennis.nl/volgen/stop/abc"
    with mail_server(inbox) as server:
        sending(settings_for(server, tmp_path))(replace(LETTER, stop=stop))
    ((_, message),) = inbox.taken
    assert message["List-Unsubscribe"] == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    "letter",
    [
        Letter("ans@dorp.nl, bo@dorp.nl", "Dag", "x"),
        Letter("ans@dorp.nl\nBcc: bo@dorp.nl", "Dag", "x"),
        Letter("ans@dorp.nl", "Dag\nBcc: bo@dorp.nl", "x"),
    ],
)
def test_nobody_is_added_by_a_header(tmp_path: Path, letter: Letter) -> None:
    inbox = Inbox()
    with mail_server(inbox) as server, pytest.raises(MailFailed):
        sending(settings_for(server, tmp_path))(letter)
    assert inbox.taken == []


def test_a_server_that_is_not_there_is_no_surprise(tmp_path: Path) -> None:
    with mail_server(Inbox()) as server:
        settings = settings_for(server, tmp_path)
    with pytest.raises(MailFailed, match="ConnectionRefused"):
        sending(settings)(LETTER)


def certificate(folder: Path) -> Path:
    """A key and a certificate for localhost that nobody trusts yet, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "certificate.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def checked(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    is_right = (given.login, given.password) == (b"post", b"geheim")
    # "Not handled": the server itself says what came of it.
    return AuthResult(success=is_right, handled=False)


def test_a_password_travels_by_tls_to_a_server_that_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    inbox = Inbox()
    asked: dict[str, Any] = {"mail_security": "starttls", "mail_user": "post"}
    with mail_server(
        inbox, tls_context=context, require_starttls=True, auth_required=True, authenticator=checked
    ) as server:
        right = settings_for(server, tmp_path, mail_password="geheim", **asked)
        with pytest.raises(MailFailed, match="CERTIFICATE_VERIFY_FAILED"):
            sending(right)(LETTER)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with pytest.raises(MailFailed, match="Authentication"):
            sending(settings_for(server, tmp_path, mail_password="mis", **asked))(LETTER)
        sending(right)(LETTER)
    assert len(inbox.taken) == 1


def test_without_tls_a_letter_stays_here(tmp_path: Path) -> None:
    inbox = Inbox()
    with mail_server(inbox) as server, pytest.raises(MailFailed, match="NotSupported"):
        sending(settings_for(server, tmp_path, mail_security="starttls"))(LETTER)
    assert inbox.taken == []


def test_the_postman_sends_what_waits_and_forgets_what_is_not_wanted(
    store: Store, tmp_path: Path
) -> None:
    inbox = Inbox()
    for name in ("ans", "niemand", "bo"):
        store.mails.add("sign-in", f"{name}@dorp.nl", NOW)

    def compose(mail: Mail, now: datetime) -> Letter | None:
        return None if "niemand" in mail.recipient else Letter(mail.recipient, "Dag", "x")

    with mail_server(inbox) as server:
        postman = Postman(store, compose, sending(settings_for(server, tmp_path)), lambda: NOW)
        assert postman.deliver_due() == 2
    assert [recipients for recipients, _ in inbox.taken] == [["ans@dorp.nl"], ["bo@dorp.nl"]]
    assert store.mails.waiting() == 0


def test_the_postman_keeps_what_was_not_taken(store: Store, tmp_path: Path) -> None:
    inbox, clock = Inbox(), [NOW]
    store.mails.add("sign-in", "ans@dorp.nl", NOW)
    with mail_server(inbox) as server:
        settings = settings_for(server, tmp_path)
    write = lambda mail, now: LETTER  # noqa: E731 - one letter for all
    postman = Postman(store, write, sending(settings), lambda: clock[0])
    assert postman.deliver_due() == 0
    assert store.mails.waiting() == 1
    clock[0] += timedelta(minutes=2)
    with mail_server(inbox) as server:
        later = Postman(store, write, sending(settings_for(server, tmp_path)), lambda: clock[0])
        assert later.deliver_due() == 1
    assert store.mails.waiting() == 0


def test_mail_is_shown_to_who_has_no_server(capsys: pytest.CaptureFixture[str]) -> None:
    print_letter(LETTER)
    shown = capsys.readouterr().out
    assert "Hallo Ans" in shown
    assert "ans@dorp.nl" in shown
