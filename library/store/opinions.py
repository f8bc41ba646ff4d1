"""What readers said of documents, by day and without a reader: it helps, or it is no longer right.

Kept for a year; a document that is removed takes nothing along, as an admin may ask why.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from library.store.database import Database
from library.tables import OpinionRow

DAYS_KEPT = 365


@dataclass(frozen=True, slots=True)
class Opinion:
    """How many readers said of a document that it helps, and that it is no longer right."""

    document_id: str
    helps: int
    outdated: int


class Opinions:
    """The opinions of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, document_id: str, day: date, *, helps: bool) -> None:
        """Count one reader more."""
        new = insert(OpinionRow).values(
            document_id=document_id, day=day, helps=int(helps), outdated=int(not helps)
        )
        more = {
            name: getattr(OpinionRow, name) + new.excluded[name] for name in ("helps", "outdated")
        }
        with self._database.transaction() as session:
            session.execute(
                new.on_conflict_do_update(index_elements=["document_id", "day"], set_=more)
            )

    def forget(self, today: date) -> None:
        """Remove what is older than a year."""
        old = OpinionRow.day < today - timedelta(days=DAYS_KEPT)
        with self._database.transaction() as session:
            session.execute(delete(OpinionRow).where(old))

    def doubted(self, limit: int) -> tuple[Opinion, ...]:
        """Give the documents of which most readers say that they are no longer right."""
        helps, outdated = func.sum(OpinionRow.helps), func.sum(OpinionRow.outdated)
        query = (
            select(OpinionRow.document_id, helps, outdated)
            .group_by(OpinionRow.document_id)
            .having(outdated > 0)
            .order_by(outdated.desc(), helps, OpinionRow.document_id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return tuple(Opinion(*row) for row in session.execute(query))
