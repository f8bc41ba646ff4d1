"""What became of the addresses of a source: counted by reason, and listed.

A reason is the outcome code of the last visit; that of an address without one is empty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from library.store.database import Database
from library.tables import AddressRow

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Visited:
    """One address: why it stands where it stands, who led to it, and where it leads itself."""

    url: str
    reason: str
    found_on: str
    visited_at: datetime | None
    moved_to: str
    id: int = 0


class Reports:
    """The reports of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, source_id: int) -> Mapping[str, int]:
        """Count the addresses of a source by reason."""
        reason = func.coalesce(AddressRow.outcome, "")
        query = select(reason, func.count()).where(AddressRow.source_id == source_id)
        with self._database.reading() as session:
            found = session.execute(query.group_by(reason))
            return {row[0]: row[1] for row in found}

    def addresses(
        self, source_id: int, reason: str | None = None, *, start: int = 0, limit: int = 100
    ) -> tuple[Visited, ...]:
        """Give addresses of a source, of one reason or of all, in the order they were found."""
        query = select(AddressRow).where(*_which(source_id, reason)).order_by(AddressRow.id)
        with self._database.reading() as session:
            return tuple(_visited(row) for row in session.scalars(query.offset(start).limit(limit)))

    def all_addresses(self, source_id: int, reason: str | None = None) -> Iterator[Visited]:
        """Give all of them, a batch in memory at a time."""
        last = 0
        while True:
            query = select(AddressRow).where(AddressRow.id > last, *_which(source_id, reason))
            with self._database.reading() as session:
                rows = session.scalars(query.order_by(AddressRow.id).limit(_BATCH)).all()
            if not rows:
                return
            yield from (_visited(row) for row in rows)
            last = rows[-1].id


def _which(source_id: int, reason: str | None) -> tuple[ColumnElement[bool], ...]:
    of_source = AddressRow.source_id == source_id
    if reason is None:
        return (of_source,)
    return (of_source, func.coalesce(AddressRow.outcome, "") == reason)


def _visited(row: AddressRow) -> Visited:
    return Visited(
        row.url, row.outcome or "", row.found_on or "", row.visited_at, row.moved_to or "", row.id
    )
