"""Accounts in the database: who may sign in, by a link that works once.

Tokens are 256 random bits; the database holds only their SHA-256, so that a stolen copy of it
signs nobody in. A link lives 15 minutes; a session 12 hours, or 1 hour without a sign of life
(threats 2.5, session fixation and theft).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from library.store.database import Database
from library.tables import AccountRow, SessionRow, SignInLinkRow

LINK_LIVES = timedelta(minutes=15)
SESSION_LIVES = timedelta(hours=12)
SESSION_IDLES = timedelta(hours=1)
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in."""

    id: int
    name: str
    role: str


class Accounts:
    """The accounts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_admin(self, name: str) -> Account:
        """Add an admin, or give the one with that name."""
        with self._database.transaction() as session:
            row = session.scalars(select(AccountRow).where(AccountRow.name == name)).first()
            if row is None:
                row = AccountRow(name=name, role="admin", added_at=datetime.now(UTC))
                session.add(row)
                session.flush()
            return _account(row)

    def sign_in_link(self, account_id: int, now: datetime) -> str:
        """Make the token of a link that signs in once."""
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as session:
            session.execute(delete(SignInLinkRow).where(SignInLinkRow.expires_at <= now))
            session.add(
                SignInLinkRow(
                    digest=_digest(token), account_id=account_id, expires_at=now + LINK_LIVES
                )
            )
        return token

    def use_link(self, token: str, now: datetime) -> Account | None:
        """Give the account of a link and end the link; nothing when it is used or too old."""
        with self._database.transaction() as session:
            link = session.get(SignInLinkRow, _digest(token))
            if link is None:
                return None
            session.delete(link)
            if link.expires_at <= now:
                return None
            row = session.get(AccountRow, link.account_id)
            return None if row is None else _account(row)

    def start_session(self, account_id: int, now: datetime) -> str:
        """Make the token of a new session."""
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.started_at <= now - SESSION_LIVES))
            session.add(
                SessionRow(
                    digest=_digest(token), account_id=account_id, started_at=now, seen_at=now
                )
            )
        return token

    def session(self, token: str, now: datetime) -> Account | None:
        """Give the account of a live session, and note that it is used."""
        with self._database.reading() as reading:
            found = reading.get(SessionRow, _digest(token))
            if found is None or not _is_live(found, now):
                return None
            row = reading.get(AccountRow, found.account_id)
            account = None if row is None else _account(row)
        if found.seen_at + _SEEN_EVERY <= now:
            with self._database.transaction() as session:
                again = session.get(SessionRow, _digest(token))
                if again is not None:
                    again.seen_at = now
        return account

    def end_session(self, token: str) -> None:
        """End a session; a session that does not exist has ended already."""
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.digest == _digest(token)))


def _is_live(row: SessionRow, now: datetime) -> bool:
    return now < row.started_at + SESSION_LIVES and now < row.seen_at + SESSION_IDLES


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: AccountRow) -> Account:
    return Account(id=row.id, name=row.name, role=row.role)
