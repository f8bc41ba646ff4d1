"""Hosts in the database: when each was last asked something, and its robots.txt.

Both survive a restart, so that a crawl that is killed and started again keeps its manners.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from library.store.database import Database
from library.tables import HostRow, RobotsRow

Verdict = Literal["read", "absent", "unreachable"]


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

    def last_request(self, name: str) -> datetime | None:
        """Tell when a host was last asked something."""
        with self._database.reading() as session:
            row = session.get(HostRow, name)
            return None if row is None else row.last_request_at

    def note_request(self, names: Sequence[str], at: datetime) -> None:
        """Note that a request is about to leave for a host, under each of its names."""
        with self._database.transaction() as session:
            for name in names:
                session.merge(HostRow(name=name, last_request_at=at))

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
