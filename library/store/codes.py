"""One-time codes of accounts in the database: those of an app, and recovery codes, each good once.

The secret that an app shares with us is not here: ``webapp.app_codes`` makes it of the ``seed`` and
the key of the installation, so that a stolen copy of the database makes no codes. Of a recovery
code, 80 random bits, only the SHA-256 is kept. Of a code of an app the time step is noted, so that
it is good once (RFC 6238, 5.2); tries are counted and each makes the next one wait longer, so that six
digits cannot be guessed.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from library.store.database import Database
from library.tables import AppRow, CodeTryRow, RecoveryCodeRow

MOST_TRIES = 10
TRIES_WITHIN = timedelta(minutes=15)
"""At most so many tries of one account in this time (threats 2.5): of a million codes three are good
at a time, so that one guess in 33,000 is right."""
FREE_TRIES = 3
FIRST_WAIT = timedelta(seconds=5)
"""Who mistypes thrice waits so long, and after each wrong code twice as long as before it."""
RECOVERY_CODES = 10
_CODE_BYTES = 10


@dataclass(frozen=True, slots=True)
class App:
    """An app that makes codes for an account; ``last_step`` is that of the last good code."""

    seed: str
    last_step: int
    added_at: datetime
    used_at: datetime | None


class Codes:
    """The one-time codes of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_app(self, account_id: int, seed: str, step: int, now: datetime) -> None:
        """Keep the app of an account in the place of the one before."""
        row = AppRow(account_id=account_id, seed=seed, last_step=step, added_at=now, used_at=None)
        with self._database.transaction() as session:
            session.merge(row)

    def find_app(self, account_id: int) -> App | None:
        """Give the app of an account, or nothing."""
        with self._database.reading() as session:
            row = session.get(AppRow, account_id)
            if row is None:
                return None
            return App(row.seed, row.last_step, row.added_at, row.used_at)

    def use_app(self, account_id: int, step: int, now: datetime) -> bool:
        """Note that the code of a step was given; tell whether no code of it or later was before."""
        with self._database.transaction() as session:
            row = session.get(AppRow, account_id)
            if row is None or step <= row.last_step:
                return False
            row.last_step, row.used_at = step, now
            return True

    def remove_app(self, account_id: int) -> None:
        """Remove the app of an account."""
        with self._database.transaction() as session:
            session.execute(delete(AppRow).where(AppRow.account_id == account_id))

    def new_recovery(self, account_id: int) -> tuple[str, ...]:
        """Make recovery codes in the place of those before; they are given once, here."""
        made = tuple(_random_code() for _ in range(RECOVERY_CODES))
        with self._database.transaction() as session:
            session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
            session.add_all(
                RecoveryCodeRow(digest=_digest(account_id, code), account_id=account_id)
                for code in made
            )
        return made

    def use_recovery(self, account_id: int, typed: str) -> bool:
        """Tell whether this is a recovery code of the account; from now on it is none."""
        with self._database.transaction() as session:
            row = session.get(RecoveryCodeRow, _digest(account_id, typed))
            if row is None:
                return False
            session.delete(row)
            return True

    def recovery_left(self, account_id: int) -> int:
        """Count the recovery codes that were not used."""
        query = select(func.count()).where(RecoveryCodeRow.account_id == account_id)
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def note_try(self, account_id: int, now: datetime) -> timedelta:
        """Note a try, to be looked at; or note nothing and give how long to wait before it."""
        mine = select(CodeTryRow.at).where(CodeTryRow.account_id == account_id)
        with self._database.transaction() as session:
            session.execute(delete(CodeTryRow).where(CodeTryRow.at <= now - TRIES_WITHIN))
            # The clock ran ahead: nobody waits until it is there again.
            session.execute(update(CodeTryRow).where(CodeTryRow.at > now).values(at=now))
            wait = _wait(session.scalars(mine.order_by(CodeTryRow.at)).all(), now)
            if not wait:
                session.add(CodeTryRow(account_id=account_id, at=now))
            return wait

    def forget_tries(self, account_id: int) -> None:
        """Begin to count anew: the code was right."""
        with self._database.transaction() as session:
            session.execute(delete(CodeTryRow).where(CodeTryRow.account_id == account_id))


def _wait(tries: Sequence[datetime], now: datetime) -> timedelta:
    """How long to wait after these tries, oldest first."""
    if len(tries) < FREE_TRIES:
        return timedelta()
    until = tries[-1] + FIRST_WAIT * (1 << (len(tries) - FREE_TRIES))
    if len(tries) >= MOST_TRIES:
        until = max(until, tries[-MOST_TRIES] + TRIES_WITHIN)
    return max(until - now, timedelta())


def _random_code() -> str:
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode("ascii").lower()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _digest(account_id: int, code: str) -> str:
    """Of the letters and digits alone, so that spaces, capitals and dashes do not matter."""
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(f"{account_id}:{plain}".encode()).hexdigest()
