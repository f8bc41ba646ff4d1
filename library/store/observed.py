"""What was observed of a source over its visits: spellings that are one page, places that change.

Only counts are kept; what follows from them is the business of ``crawler.identity`` and
``crawler.changes``.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import select

from library.store.database import Database
from library.tables import ChangingPlaceRow, SpellingRow


class Observed:
    """The observations of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def spellings(self, source_id: int) -> dict[tuple[str, str], tuple[int, int]]:
        """Give how many pairs were one page and how many two, by host and way of spelling."""
        query = select(SpellingRow).where(SpellingRow.source_id == source_id)
        with self._database.reading() as session:
            return {
                (row.host, row.way): (row.agreeing, row.contrary) for row in session.scalars(query)
            }

    def put_spelling(self, source_id: int, way: tuple[str, str], pairs: tuple[int, int]) -> None:
        """Keep the counts of one host and way of spelling."""
        row = SpellingRow(
            source_id=source_id, host=way[0], way=way[1], agreeing=pairs[0], contrary=pairs[1]
        )
        with self._database.transaction() as session:
            session.merge(row)

    def places(self, source_id: int, places: Collection[int]) -> dict[int, tuple[int, int]]:
        """Give how often these places were looked at after a change, and had changed once more."""
        if not places:
            return {}
        query = select(ChangingPlaceRow).where(
            ChangingPlaceRow.source_id == source_id, ChangingPlaceRow.place.in_(places)
        )
        with self._database.reading() as session:
            return {row.place: (row.seen, row.changed) for row in session.scalars(query)}

    def put_places(self, source_id: int, places: Mapping[int, tuple[int, int]]) -> None:
        """Keep the counts of places."""
        with self._database.transaction() as session:
            for place, (seen, changed) in places.items():
                session.merge(
                    ChangingPlaceRow(source_id=source_id, place=place, seen=seen, changed=changed)
                )
