"""Hosts in the database: when each may be asked something again, and its robots.txt.

Both survive a restart and hold for every process of an installation, so that a crawl that is killed
and started again keeps its manners, and so does a command beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from library.store.database import Database
from library.tables import HostRow, RobotsRow

Verdict = Literal["read", "absent", "unreachable"]
CLOCK_JUMPED = timedelta(minutes=10)
"""No host makes us wait that long; a moment further away was written by a clock that was ahead."""


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What came of asking for a robots.txt; ``absent`` allows everything, ``unreachable`` nothing."""

    verdict: Verdict
    body: bytes
    fetched_at: datetime


class Hosts:
    """The hosts that one installation has met."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, names: Sequence[str], now: datetime, gap: float) -> datetime | None:
        """Take the turn at a host for ``gap`` seconds, or tell from when it may be asked something.

        Whoever asks, of whatever source and in whatever process, waits for all the others.
        """
        query = select(func.max(HostRow.next_at)).where(HostRow.name.in_(names))
        with self._database.transaction() as session:
            later = session.scalar(query)
            if later is not None and now < later < now + CLOCK_JUMPED:
                return later
            self._put(session, names, now + timedelta(seconds=gap))
            return None

    def leave(self, names: Sequence[str], next_at: datetime) -> None:
        """Note from when a host may be asked something again, under each of its names."""
        with self._database.transaction() as session:
            self._put(session, names, next_at)

    def _put(self, session: Session, names: Sequence[str], next_at: datetime) -> None:
        for name in names:
            session.merge(HostRow(name=name, next_at=next_at))

    def find_robots(self, origin: str) -> RobotsFile | None:
        """Give the robots.txt of an origin as it was last read."""
        with self._database.reading() as session:
            row = session.get(RobotsRow, origin)
            return None if row is None else _robots(row)

    def put_robots(self, origin: str, robots: RobotsFile) -> None:
        """Keep the robots.txt of an origin."""
        with self._database.transaction() as session:
            session.merge(
                RobotsRow(
                    origin=origin,
                    verdict=robots.verdict,
                    body=robots.body,
                    fetched_at=robots.fetched_at,
                )
            )


def _robots(row: RobotsRow) -> RobotsFile:
    return RobotsFile(cast("Verdict", row.verdict), row.body, row.fetched_at)
