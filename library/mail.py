"""Sending mail: one letter over SMTP, and the postman who takes letters from the store.

In: letters of plain text. Out: mail at the server of the settings, by TLS unless that is switched
off. Nothing else speaks SMTP. The address and subject of a letter cannot break out of their header
(``EmailMessage`` refuses line ends), so a name that somebody typed adds no recipient.
"""

import smtplib
import ssl
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid

import structlog

from library.dutch_time import ZONE
from library.errors import KennisbankError
from library.settings import Settings
from library.store import Mail, Store

TIMEOUT = 20.0
"""Seconds that a mail server gets for each answer."""
POLICY = SMTP.clone(max_line_length=998)
"""The longest line that RFC 5322 allows: in a shorter one the link that ends a mail would be encoded as
words, and no mail program would know it for a link."""
LOOK_EVERY = 1.0
MONTHLY_WAITS = timedelta(hours=7)
"""After a month is over: counts come in a minute late, and nobody wants mail at midnight."""
_log = structlog.get_logger()


class MailFailed(KennisbankError):
    """A letter was not taken by the mail server."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as somebody reads it; ``stop`` is the address that ends mail of this sort (RFC 8058)."""

    to: str
    subject: str
    text: str
    stop: str = ""


Deliver = Callable[[Letter], None]
Compose = Callable[[Mail, datetime], Letter | None]
"""Makes the letter of a waiting mail; nothing when it is not to be sent any more."""


def sending(settings: Settings) -> Deliver:
    """Make what sends a letter by the mail server of the settings."""

    def send(letter: Letter) -> None:
        try:
            with _connected(settings) as server:
                server.send_message(_message(letter, settings))
        except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
            raise MailFailed(f"{type(error).__name__}: {error}") from error

    return send


def print_letter(letter: Letter) -> None:
    """Show a letter where ``kennisbank start`` runs, for who has no mail server."""
    sys.stdout.write(f"\n--- Mail: {letter.to} ---\n{letter.subject}\n\n{letter.text}\n---\n")
    sys.stdout.flush()


def _connected(settings: Settings) -> smtplib.SMTP:
    host, _, port = settings.mail_server.rpartition(":")
    context = ssl.create_default_context()
    if settings.mail_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, int(port), timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, int(port), timeout=TIMEOUT)
    try:
        if settings.mail_security == "starttls":
            server.starttls(context=context)
        if settings.mail_user and settings.mail_password is not None:
            server.login(settings.mail_user, settings.mail_password.get_secret_value())
    except BaseException:
        server.close()
        raise
    return server


def _message(letter: Letter, settings: Settings) -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    sender = settings.mail_from or settings.contact_email
    message["From"] = formataddr(("Kennisbank", sender))
    # One address: a comma in it makes no second recipient.
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    # No out-of-office answer to a program (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop:
        message["List-Unsubscribe"] = f"<{letter.stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.text, cte="quoted-printable")
    return message


class Postman:
    """Sends what waits in the store, until it is stopped."""

    def __init__(
        self,
        store: Store,
        compose: Compose,
        deliver: Deliver,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        rounds: Iterable[Callable[[datetime], None]] = (),
    ) -> None:
        """``rounds`` are done before each look, and may queue letters whose time has come."""
        self._store, self._compose, self._deliver, self._clock = store, compose, deliver, clock
        self._rounds = tuple(rounds)
        self._stop = threading.Event()

    def deliver_due(self) -> int:
        """Send every letter whose time has come; tell how many were sent."""
        self._queue_news()
        self._queue_monthly()
        for queue in self._rounds:
            queue(self._clock())
        number = 0
        while (mail := self._store.mails.take(self._clock())) is not None:
            number += self._send(mail)
        return number

    def _queue_news(self) -> None:
        now = self._clock()
        if not self._store.follows.are_due(now):
            return  # Asked every second: only who has something to write takes the store's one lock.
        with self._store.transaction():
            for follow in self._store.follows.due(now):
                details = {"follow": follow.id, "since": follow.seen_at.isoformat()}
                self._store.mails.add("follow-news", follow.email, now, details)

    def _queue_monthly(self) -> None:
        """Queue for each partner who wants it a mail about the month that is over, once."""
        today = (self._clock().astimezone(ZONE) - MONTHLY_WAITS).date()
        until = today.replace(day=1)
        if not self._store.accounts.monthly_due(until):
            return
        since = (until - timedelta(days=1)).replace(day=1)
        with self._store.transaction():
            # Looked up again inside: another process may have queued them meanwhile.
            for account in self._store.accounts.monthly_due(until):
                details = {"since": since.isoformat(), "until": until.isoformat()}
                self._store.mails.add("monthly", account.email, self._clock(), details)
                self._store.accounts.had_monthly_mail(account.id, until)

    def _send(self, mail: Mail) -> bool:
        letter = self._compose(mail, self._clock())
        if letter is None:
            self._store.mails.sent(mail.id)
            return False
        try:
            self._deliver(letter)
        except MailFailed as error:
            self._store.mails.failed(mail.id, str(error))
            # What the server said may name the recipient: that is for the row, which goes.
            _log.warning("mail not sent", kind=mail.kind, attempt=mail.attempts)
            return False
        self._store.mails.sent(mail.id)
        return True

    def run(self) -> None:
        """Look every second until ``stop``."""
        while not self._stop.wait(LOOK_EVERY):
            try:
                self.deliver_due()
            except Exception:  # noqa: BLE001 - a letter that cannot be made must not end all mail
                _log.exception("the postman fell over")

    def stop(self) -> None:
        """End after the letter in hand."""
        self._stop.set()
