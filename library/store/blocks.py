"""Fingerprints of blocks in the database: what each page of a source holds, and what many hold.

Only numbers are kept, so nothing of a page can be read here. What is done with them is the
crawler's business (``crawler.extract.prints``).
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from library.store.database import Database
from library.tables import AddressRow, Base, DocumentRow, PageBlocksRow, RepeatedBlocksRow

_ADDING = insert(Base.metadata.tables[PageBlocksRow.__tablename__])
_PUT = _ADDING.on_conflict_do_update(
    index_elements=["address_id"],
    set_={name: _ADDING.excluded[name] for name in ("prints", "teaches")},
)


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The fingerprints of one page that gave a document, with the title of that.

    ``teaches`` tells whether the repeated blocks of its source may be learned from it.
    """

    address_id: int
    title: str
    teaches: bool
    prints: tuple[int, ...]


class Blocks:
    """The fingerprints of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, address_id: int, prints: Iterable[int], *, teaches: bool) -> None:
        """Keep the fingerprints of a page in the place of those before."""
        values = {"address_id": address_id, "prints": _packed(prints), "teaches": teaches}
        with self._database.transaction() as session:
            session.execute(_PUT, values)

    def remove(self, address_id: int) -> None:
        """Forget the fingerprints of a page."""
        with self._database.transaction() as session:
            session.execute(delete(PageBlocksRow).where(PageBlocksRow.address_id == address_id))

    def of_source(self, source_id: int) -> tuple[PageBlocks, ...]:
        """Give the pages of a source that have a live document, in the order they were found."""
        query = (
            select(PageBlocksRow, DocumentRow.title)
            .join(AddressRow, AddressRow.id == PageBlocksRow.address_id)
            .join(DocumentRow, DocumentRow.id == AddressRow.document_id)
            .where(AddressRow.source_id == source_id, DocumentRow.removed_at.is_(None))
            .order_by(AddressRow.id)
        )
        with self._database.reading() as session:
            return tuple(
                PageBlocks(row.address_id, title, row.teaches, _unpacked(row.prints))
                for row, title in session.execute(query)
            )

    def repeated(self, source_id: int) -> tuple[int, ...]:
        """Give the fingerprints of the repeated blocks of a source, in their order."""
        with self._database.reading() as session:
            row = session.get(RepeatedBlocksRow, source_id)
            return () if row is None else _unpacked(row.prints)

    def put_repeated(self, source_id: int, prints: Iterable[int]) -> None:
        """Keep which blocks of a source are repeated, in the place of those before."""
        with self._database.transaction() as session:
            session.merge(RepeatedBlocksRow(source_id=source_id, prints=_packed(prints)))


def _packed(prints: Iterable[int]) -> bytes:
    numbers = sorted(prints)
    return struct.pack(f"<{len(numbers)}Q", *numbers)


def _unpacked(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 8}Q", content)
