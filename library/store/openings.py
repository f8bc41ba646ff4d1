"""How often documents were opened from the results of a search, by day: of whom is not known.

Kept for 90 days. A document is told of only when it was opened so often, on so many days, that it
tells nothing of anybody: the limits are those of searches.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from library.searches import ON_DAYS, SEEN
from library.store.database import Database
from library.store.searches import DAYS_KEPT
from library.tables import DocumentRow, OpeningRow


class Openings:
    """The openings of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, day: date, opened: Mapping[str, int]) -> None:
        """Add counts of documents to those of a day."""
        with self._database.transaction() as session:
            for document_id, count in opened.items():
                new = insert(OpeningRow).values(document_id=document_id, day=day, opened=count)
                session.execute(
                    new.on_conflict_do_update(
                        index_elements=["document_id", "day"],
                        set_={"opened": OpeningRow.opened + new.excluded.opened},
                    )
                )

    def most(self) -> tuple[tuple[str, int], ...]:
        """Give the documents that were opened often enough to be told of, the most opened first."""
        opened, days = func.sum(OpeningRow.opened), func.count(OpeningRow.day)
        query = (
            select(OpeningRow.document_id, opened)
            .group_by(OpeningRow.document_id)
            .having((opened >= SEEN) & (days >= ON_DAYS))
            .order_by(opened.desc(), OpeningRow.document_id)
        )
        with self._database.reading() as session:
            return tuple((row[0], row[1]) for row in session.execute(query))

    def of(self, organisation: str, since: date, until: date) -> tuple[tuple[str, int], ...]:
        """The same for the live documents of an organisation, from a day up to another."""
        opened, days = func.sum(OpeningRow.opened), func.count(OpeningRow.day)
        query = (
            select(OpeningRow.document_id, opened)
            .join(DocumentRow, DocumentRow.id == OpeningRow.document_id)
            .where(
                DocumentRow.organisation == organisation,
                DocumentRow.removed_at.is_(None),
                OpeningRow.day >= since,
                OpeningRow.day < until,
            )
            .group_by(OpeningRow.document_id)
            .having((opened >= SEEN) & (days >= ON_DAYS))
            .order_by(opened.desc(), OpeningRow.document_id)
        )
        with self._database.reading() as session:
            return tuple((row[0], row[1]) for row in session.execute(query))

    def forget(self, today: date) -> None:
        """Remove what is older than 90 days."""
        old = OpeningRow.day < today - timedelta(days=DAYS_KEPT)
        with self._database.transaction() as session:
            session.execute(delete(OpeningRow).where(old))
