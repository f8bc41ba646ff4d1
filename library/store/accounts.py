"""Accounts in the database: who may sign in, by a link that works once or by a passkey.

Tokens are 256 random bits; the database holds only their SHA-256, so that a stolen copy of it
signs nobody in. A link lives 15 minutes, an invitation a week; a session 12 hours, or 1 hour
without a sign of life (threats 2.5, session fixation and theft). The account is read at each
request, so that what is closed or changed has effect at once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast

from sqlalchemy import delete, func, select

from library.errors import NotFound, StoreError
from library.store.database import Database
from library.tables import AccountRow, PasskeyRow, SessionRow, SignInLinkRow, UsedChallengeRow

Role = Literal["partner", "moderator", "admin"]
LINK_LIVES = timedelta(minutes=15)
INVITATION_LIVES = timedelta(days=7)
MOST_LINKS = 5
"""Links of one account that live at a time: nobody's mailbox is flooded by asking for more."""
SESSION_LIVES = timedelta(hours=12)
SESSION_IDLES = timedelta(hours=1)
_SEEN_EVERY = timedelta(minutes=1)


class AlreadyThere(StoreError):
    """Somebody has an account with this mail address."""


class LastAdmin(StoreError):
    """Without this account nobody could let others in."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; ``organisation`` is whose sources a partner sees."""

    id: int
    name: str
    role: Role
    email: str = ""
    organisation: str = ""
    is_closed: bool = False
    monthly_mail: bool = True


@dataclass(frozen=True, slots=True)
class UsedLink:
    """Whose link was used; ``by_mail`` tells that only a mailbox has been proved."""

    account: Account
    by_mail: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; while it is not ``whole``, a second factor is still asked.

    It began at ``started_at``, when its owner last proved to be who they are.
    """

    account: Account
    whole: bool
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key in somebody's device; ``id`` is the credential's, ``uses`` its own counter."""

    id: str
    account_id: int
    name: str
    public_key: bytes
    uses: int
    added_at: datetime
    used_at: datetime | None


class Accounts:
    """The accounts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_admin(self, name: str, email: str = "") -> Account:
        """Add an admin, or give the one with that name, with this address if one is given."""
        with self._database.transaction() as session:
            query = select(AccountRow).where(AccountRow.name == name, AccountRow.role == "admin")
            row = session.scalars(query).first()
            if row is None:
                return self.add(name, "admin", email=email)
            if email and email != row.email:
                self._refuse_known(email)
                row.email = email
            row.closed_at = None
            return _account(row)

    def add(self, name: str, role: Role, *, email: str = "", organisation: str = "") -> Account:
        """Add an account; raise ``AlreadyThere`` when the mail address has one."""
        with self._database.transaction() as session:
            if email:
                self._refuse_known(email)
            row = AccountRow(
                name=name,
                role=role,
                email=email or None,
                organisation=organisation,
                added_at=datetime.now(UTC),
            )
            session.add(row)
            session.flush()
            return _account(row)

    def _refuse_known(self, email: str) -> None:
        if self.find_by_email(email) is not None:
            raise AlreadyThere(f"There is already an account with the mail address {email}.")

    def get(self, account_id: int) -> Account:
        """Give an account; raise ``NotFound`` when there is none."""
        found = self.find(account_id)
        if found is None:
            raise NotFound(f"There is no account {account_id}.")
        return found

    def find(self, account_id: int) -> Account | None:
        """Give an account, or nothing."""
        with self._database.reading() as session:
            row = session.get(AccountRow, account_id)
            return None if row is None else _account(row)

    def find_by_email(self, email: str) -> Account | None:
        """Find who has a mail address, in whatever capitals."""
        query = select(AccountRow).where(func.lower(AccountRow.email) == email.lower())
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return None if row is None else _account(row)

    def all(self) -> tuple[Account, ...]:
        """Give all accounts, by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.id))
            return tuple(_account(row) for row in rows)

    def close(self, account_id: int, now: datetime) -> None:
        """Let nobody in by this account any more; its sessions and links end."""
        with self._database.transaction() as session:
            row = self._row(account_id)
            self._keep_one_admin(row)
            row.closed_at = now
            for table in (SessionRow, SignInLinkRow):
                session.execute(delete(table).where(table.account_id == account_id))

    def reopen(self, account_id: int) -> None:
        """Let somebody in again."""
        with self._database.transaction():
            self._row(account_id).closed_at = None

    def remove(self, account_id: int) -> None:
        """Remove an account and all that signs in to it; only its number stays in the log."""
        with self._database.transaction() as session:
            row = self._row(account_id)
            self._keep_one_admin(row)
            session.delete(row)

    def want_monthly_mail(self, account_id: int, *, wanted: bool) -> None:
        """Switch the mail of each month on or off."""
        with self._database.transaction():
            self._row(account_id).monthly_mail = wanted

    def monthly_due(self, month: date) -> tuple[Account, ...]:
        """Give the partners who have had no mail yet about the time before the first day of a month.

        Who came in that month or later has seen nothing of the time before it, and waits.
        """
        query = select(AccountRow).where(
            AccountRow.role == "partner",
            AccountRow.monthly_mail,
            AccountRow.email.is_not(None),
            AccountRow.closed_at.is_(None),
            AccountRow.added_at < datetime(month.year, month.month, month.day, tzinfo=UTC),
            AccountRow.monthly_until.is_(None) | (AccountRow.monthly_until < month),
        )
        with self._database.reading() as session:
            return tuple(_account(row) for row in session.scalars(query.order_by(AccountRow.id)))

    def had_monthly_mail(self, account_id: int, month: date) -> None:
        """Note that somebody gets the mail about the time before the first day of a month."""
        with self._database.transaction():
            self._row(account_id).monthly_until = month

    def _row(self, account_id: int) -> AccountRow:
        with self._database.transaction() as session:
            row = session.get(AccountRow, account_id)
            if row is None:
                raise NotFound(f"There is no account {account_id}.")
            return row

    def _keep_one_admin(self, row: AccountRow) -> None:
        if row.role != "admin":
            return
        query = select(func.count()).where(
            AccountRow.role == "admin", AccountRow.closed_at.is_(None), AccountRow.id != row.id
        )
        with self._database.transaction() as session:
            if not session.scalar(query):
                raise LastAdmin("This is the last admin. Add another one first.")

    # Links

    def sign_in_link(
        self,
        account_id: int,
        now: datetime,
        *,
        by_mail: bool = False,
        lives: timedelta = LINK_LIVES,
    ) -> str:
        """Make the token of a link that signs in once."""
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as session:
            session.execute(delete(SignInLinkRow).where(SignInLinkRow.expires_at <= now))
            session.add(
                SignInLinkRow(
                    digest=_digest(token),
                    account_id=account_id,
                    by_mail=by_mail,
                    expires_at=now + lives,
                )
            )
        return token

    def may_have_link(self, account_id: int, now: datetime) -> bool:
        """Whether another link may be sent to somebody."""
        query = select(func.count()).where(
            SignInLinkRow.account_id == account_id, SignInLinkRow.expires_at > now
        )
        with self._database.reading() as session:
            return (session.scalar(query) or 0) < MOST_LINKS

    def use_link(self, token: str, now: datetime) -> UsedLink | None:
        """Give the account of a link and end the link; nothing when it is used or too old."""
        with self._database.transaction() as session:
            link = session.get(SignInLinkRow, _digest(token))
            if link is None:
                return None
            session.delete(link)
            row = session.get(AccountRow, link.account_id)
            if link.expires_at <= now or row is None or row.closed_at is not None:
                return None
            return UsedLink(_account(row), link.by_mail)

    # Sessions

    def start_session(self, account_id: int, now: datetime, *, whole: bool = True) -> str:
        """Make the token of a new session."""
        token = secrets.token_urlsafe(32)
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.started_at <= now - SESSION_LIVES))
            session.add(
                SessionRow(
                    digest=_digest(token),
                    account_id=account_id,
                    whole=whole,
                    started_at=now,
                    seen_at=now,
                )
            )
        return token

    def session(self, token: str, now: datetime) -> Session | None:
        """Give a live session, and note that it is used."""
        with self._database.reading() as reading:
            found = reading.get(SessionRow, _digest(token))
            if found is None or not _is_live(found, now):
                return None
            row = reading.get(AccountRow, found.account_id)
            if row is None or row.closed_at is not None:
                return None
            live = Session(_account(row), found.whole, found.started_at)
        if found.seen_at + _SEEN_EVERY <= now:
            with self._database.transaction() as session:
                again = session.get(SessionRow, _digest(token))
                if again is not None:
                    again.seen_at = now
        return live

    def end_session(self, token: str) -> None:
        """End a session; a session that does not exist has ended already."""
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.digest == _digest(token)))

    def end_sessions(self, account_id: int) -> None:
        """End all sessions of somebody."""
        with self._database.transaction() as session:
            session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))

    # Passkeys

    def add_passkey(
        self, account_id: int, key_id: str, name: str, public_key: bytes, uses: int, now: datetime
    ) -> bool:
        """Keep a passkey; tell whether it is new. A known one stays with whom it belongs to."""
        with self._database.transaction() as session:
            if session.get(PasskeyRow, key_id) is not None:
                return False
            session.add(
                PasskeyRow(
                    id=key_id,
                    account_id=account_id,
                    name=name,
                    public_key=public_key,
                    uses=uses,
                    added_at=now,
                )
            )
            return True

    def passkeys(self, account_id: int) -> tuple[Passkey, ...]:
        """Give the passkeys of somebody, oldest first."""
        query = select(PasskeyRow).where(PasskeyRow.account_id == account_id)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(PasskeyRow.added_at, PasskeyRow.id))
            return tuple(_passkey(row) for row in rows)

    def find_passkey(self, key_id: str) -> Passkey | None:
        """Give a passkey of an account that is open, or nothing."""
        query = (
            select(PasskeyRow)
            .join(AccountRow, AccountRow.id == PasskeyRow.account_id)
            .where(PasskeyRow.id == key_id, AccountRow.closed_at.is_(None))
        )
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return None if row is None else _passkey(row)

    def use_passkey(self, key_id: str, uses: int, now: datetime) -> None:
        """Note that a passkey was used."""
        with self._database.transaction() as session:
            row = session.get(PasskeyRow, key_id)
            if row is not None:
                row.uses, row.used_at = uses, now

    def remove_passkey(self, account_id: int, key_id: str) -> None:
        """Remove a passkey of somebody; one of somebody else stays."""
        mine = (PasskeyRow.id == key_id) & (PasskeyRow.account_id == account_id)
        with self._database.transaction() as session:
            session.execute(delete(PasskeyRow).where(mine))

    def use_challenge(self, challenge: str, now: datetime) -> bool:
        """Tell whether a challenge was not used before; from now on it is."""
        with self._database.transaction() as session:
            old = UsedChallengeRow.used_at <= now - LINK_LIVES
            session.execute(delete(UsedChallengeRow).where(old))
            if session.get(UsedChallengeRow, _digest(challenge)) is not None:
                return False
            session.add(UsedChallengeRow(digest=_digest(challenge), used_at=now))
            return True


def _is_live(row: SessionRow, now: datetime) -> bool:
    return now < row.started_at + SESSION_LIVES and now < row.seen_at + SESSION_IDLES


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: AccountRow) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        role=cast("Role", row.role),
        email=row.email or "",
        organisation=row.organisation,
        is_closed=row.closed_at is not None,
        monthly_mail=row.monthly_mail,
    )


def _passkey(row: PasskeyRow) -> Passkey:
    return Passkey(
        id=row.id,
        account_id=row.account_id,
        name=row.name,
        public_key=row.public_key,
        uses=row.uses,
        added_at=row.added_at,
        used_at=row.used_at,
    )
