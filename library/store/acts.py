"""The log of what people did below /beheer: rows are added, and there is no way to change one.

It holds the number of an account, never a name or mail address, so that an account can be removed
without a trace in it (threats 2.6).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from library.store.database import Database
from library.tables import ActRow


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to what, and when. ``subject`` is a noun and a number: ``submission:12``."""

    id: int
    at: datetime
    account_id: int
    act: str
    subject: str
    details: Mapping[str, Any]


class Acts:
    """The acts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        account_id: int,
        act: str,
        subject: str,
        now: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Write down an act, in the transaction that does it."""
        with self._database.transaction() as session:
            session.add(
                ActRow(
                    at=now,
                    account_id=account_id,
                    act=act,
                    subject=subject,
                    details=dict(details or {}),
                )
            )

    def of(self, subject: str) -> tuple[Act, ...]:
        """Give what was done to something, oldest first."""
        query = select(ActRow).where(ActRow.subject == subject).order_by(ActRow.id)
        with self._database.reading() as session:
            return tuple(_act(row) for row in session.scalars(query))

    def by(self, account_id: int) -> tuple[Act, ...]:
        """Give what somebody did, oldest first."""
        query = select(ActRow).where(ActRow.account_id == account_id).order_by(ActRow.id)
        with self._database.reading() as session:
            return tuple(_act(row) for row in session.scalars(query))

    def recent(self, number: int) -> tuple[Act, ...]:
        """Give the last acts, newest first."""
        query = select(ActRow).order_by(ActRow.id.desc()).limit(number)
        with self._database.reading() as session:
            return tuple(_act(row) for row in session.scalars(query))

    def all(self) -> Iterator[Act]:
        """Give every act, oldest first."""
        with self._database.reading() as session:
            for row in session.scalars(select(ActRow).order_by(ActRow.id)):
                yield _act(row)


def _act(row: ActRow) -> Act:
    return Act(
        id=row.id,
        at=row.at,
        account_id=row.account_id,
        act=row.act,
        subject=row.subject,
        details=row.details,
    )
