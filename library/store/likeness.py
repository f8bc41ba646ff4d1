"""Likeness in the database: numbers by which documents that say the same are found, and how far it is.

What the numbers mean is the business of ``crawler.duplicates``; nothing of a text can be read here.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import delete, func, select

from library.store.database import Database
from library.tables import CounterRow, LikenessBandRow, LikenessRow

_GROUPED = "grouped"


class Likeness:
    """The likeness of the live documents of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, document_id: str, topic: str, bands: Iterable[int]) -> None:
        """Keep the numbers of a document in the place of those before."""
        with self._database.transaction() as session:
            self.remove(document_id)
            session.add(LikenessRow(document_id=document_id, topic=topic))
            session.add_all(
                LikenessBandRow(document_id=document_id, band=band) for band in set(bands)
            )
            session.flush()

    def remove(self, document_id: str) -> None:
        """Forget the numbers of a document."""
        with self._database.transaction() as session:
            for table in (LikenessRow, LikenessBandRow):
                session.execute(delete(table).where(table.document_id == document_id))

    def of_topic(self, topic: str, limit: int) -> frozenset[str]:
        """Give documents about a topic."""
        query = select(LikenessRow.document_id).where(LikenessRow.topic == topic).limit(limit)
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def sharing(self, bands: Collection[int], limit: int) -> frozenset[str]:
        """Give the documents that share most of these numbers."""
        query = (
            select(LikenessBandRow.document_id)
            .where(LikenessBandRow.band.in_(bands))
            .group_by(LikenessBandRow.document_id)
            .order_by(func.count().desc(), LikenessBandRow.document_id)
            .limit(limit)
        )
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def grouped_up_to(self) -> int:
        """Tell up to which revision documents were compared with the others."""
        with self._database.reading() as session:
            row = session.get(CounterRow, _GROUPED)
            return 0 if row is None else row.value

    def note_grouped(self, revision: int) -> None:
        """Note that all changes up to a revision were looked at."""
        with self._database.transaction() as session:
            session.merge(CounterRow(name=_GROUPED, value=revision))
