"""Searches that people follow by mail: an address, the search and when to look again.

Nothing else is kept, and nothing before somebody opened the link in the first mail; who stops is
removed. A follow is looked at once in its interval.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from library.store.database import Database
from library.tables import FollowRow

EVERY = timedelta(days=7)
MOST = 20
"""Searches that one address can follow."""


@dataclass(frozen=True, slots=True)
class Follow:
    """A search that is followed; ``seen_at`` is until when the follower knows what was new."""

    id: int
    email: str
    search: str
    seen_at: datetime
    next_at: datetime


class Follows:
    """The followed searches of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, email: str, search: str, now: datetime) -> Follow | None:
        """Follow a search from now on, or go on with it; nothing when an address has too many."""
        with self._database.transaction() as session:
            rows = session.scalars(select(FollowRow).where(FollowRow.email == email)).all()
            same = next((row for row in rows if row.search == search), None)
            if same is None and len(rows) >= MOST:
                return None
            if same is None:
                same = FollowRow(email=email, search=search, seen_at=now, next_at=now + EVERY)
                session.add(same)
                session.flush()
            return _follow(same)

    def find(self, follow_id: int) -> Follow | None:
        """Give a follow, or nothing when it was stopped."""
        with self._database.reading() as session:
            row = session.get(FollowRow, follow_id)
            return None if row is None else _follow(row)

    def are_due(self, now: datetime) -> bool:
        """Tell whether the time of any has come."""
        waiting = select(FollowRow.id).where(FollowRow.next_at <= now).limit(1)
        with self._database.reading() as session:
            return session.scalar(waiting) is not None

    def due(self, now: datetime) -> tuple[Follow, ...]:
        """Give those whose time has come as they were; from now on they wait for the next."""
        waiting = select(FollowRow).where(FollowRow.next_at <= now).order_by(FollowRow.id)
        with self._database.transaction() as session:
            rows = session.scalars(waiting).all()
            found = tuple(map(_follow, rows))
            for row in rows:
                row.seen_at, row.next_at = now, now + EVERY
            return found

    def of_person(self, email: str) -> tuple[Follow, ...]:
        """Give what an address follows, however it was written."""
        with self._database.reading() as session:
            rows = session.scalars(select(FollowRow).where(_is_of(email)).order_by(FollowRow.id))
            return tuple(map(_follow, rows))

    def forget_person(self, email: str) -> int:
        """Forget all that an address follows; count these."""
        with self._database.transaction() as session:
            gone = delete(FollowRow).where(_is_of(email)).returning(FollowRow.id)
            return len(session.scalars(gone).all())

    def remove(self, follow_id: int) -> None:
        """Forget a follow, the address included."""
        with self._database.transaction() as session:
            session.execute(delete(FollowRow).where(FollowRow.id == follow_id))


def _is_of(email: str) -> ColumnElement[bool]:
    return func.lower(FollowRow.email) == email.lower()


def _follow(row: FollowRow) -> Follow:
    return Follow(row.id, row.email, row.search, row.seen_at, row.next_at)
