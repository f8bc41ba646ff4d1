"""Searches that a new index must answer before visitors get it; a person chose them."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from library.store.database import Database
from library.tables import PinnedRow

MOST_PINNED = 10


class Pinned:
    """The pinned searches of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[str, ...]:
        """Give the texts, in the order in which they were typed."""
        with self._database.reading() as session:
            return tuple(session.scalars(select(PinnedRow.text).order_by(PinnedRow.place)))

    def put(self, texts: Iterable[str]) -> None:
        """Have these, and no others."""
        with self._database.transaction() as session:
            session.execute(delete(PinnedRow))
            chosen = list(dict.fromkeys(texts))[:MOST_PINNED]
            session.add_all(PinnedRow(place=place, text=text) for place, text in enumerate(chosen))
