"""Mail that waits in the database until the worker has sent it.

A row tells the kind of mail, to whom it goes and what it is about. Its words and any link that
signs in are made at the moment of sending, so that no such link is ever in the database. What
cannot be sent is tried again, later each time, for about a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from library.store.database import Database
from library.tables import MailRow

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720))
"""How long until the next try."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that is to be sent."""

    id: int
    kind: str
    recipient: str
    details: Mapping[str, Any]
    attempts: int
    created_at: datetime
    error: str = ""


class Mails:
    """The mail of one database that was not sent yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, kind: str, recipient: str, now: datetime, details: Mapping[str, Any] | None = None
    ) -> None:
        """Queue a mail; the same mail that still waits is not queued twice."""
        same = select(MailRow).where(MailRow.kind == kind, MailRow.recipient == recipient)
        with self._database.transaction() as session:
            wanted = dict(details or {})
            if any(row.details == wanted for row in session.scalars(same)):
                return
            session.add(
                MailRow(
                    kind=kind,
                    recipient=recipient,
                    details=wanted,
                    attempts=0,
                    error="",
                    created_at=now,
                    next_at=now,
                )
            )

    def take(self, now: datetime) -> Mail | None:
        """Give a mail whose time has come; until ``sent`` it is tried again later.

        One that was tried in vain too often is dropped.
        """
        due = select(MailRow).where(MailRow.next_at <= now).order_by(MailRow.id)
        with self._database.reading() as reading:
            if reading.scalars(due).first() is None:
                return None
        with self._database.transaction() as session:
            for row in session.scalars(due):
                if row.attempts >= len(WAITS):
                    session.delete(row)
                    continue
                row.next_at = now + WAITS[row.attempts]
                row.attempts += 1
                return _mail(row)
        return None

    def sent(self, mail_id: int) -> None:
        """Forget a mail that was sent, or that is not to be sent any more."""
        with self._database.transaction() as session:
            row = session.get(MailRow, mail_id)
            if row is not None:
                session.delete(row)

    def failed(self, mail_id: int, error: str) -> None:
        """Note why a mail was not sent."""
        with self._database.transaction() as session:
            row = session.get(MailRow, mail_id)
            if row is not None:
                row.error = error

    def waiting_of(self, kind: str) -> tuple[Mail, ...]:
        """Give the mail of a kind that is not sent yet, with why not."""
        query = select(MailRow).where(MailRow.kind == kind).order_by(MailRow.id)
        with self._database.reading() as session:
            return tuple(map(_mail, session.scalars(query)))

    def waiting(self) -> int:
        """Count what is not sent yet."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(MailRow)) or 0

    def oldest(self) -> datetime | None:
        """Tell since when the mail waits that waits longest."""
        with self._database.reading() as session:
            return session.scalar(select(func.min(MailRow.created_at)))


def _mail(row: MailRow) -> Mail:
    return Mail(
        id=row.id,
        kind=row.kind,
        recipient=row.recipient,
        details=row.details,
        attempts=row.attempts,
        created_at=row.created_at,
        error=row.error,
    )
