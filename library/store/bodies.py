"""Bodies in the database: the bytes of the last fetch of an address, compressed.

With them a better extraction is a matter of extracting again, not of fetching again.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from library.store.database import Database
from library.tables import Base, BodyRow

_TABLE = Base.metadata.tables["body"]
_VALUES = ("final_url", "media_type", "charset", "headers", "content", "fetched_at")
_ADDING = insert(_TABLE)
_PUT = _ADDING.on_conflict_do_update(
    index_elements=["address_id"], set_={name: _ADDING.excluded[name] for name in _VALUES}
)


@dataclass(frozen=True, slots=True)
class KeptBody:
    """What came with the last fetch of an address; header names are in lower case."""

    final_url: str
    media_type: str
    charset: str | None
    headers: Mapping[str, str]
    content: bytes
    fetched_at: datetime


class Bodies:
    """The kept bodies of one database; an address has at most one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, address_id: int, body: KeptBody) -> None:
        """Keep a body in the place of the one before."""
        values = {
            "address_id": address_id,
            "final_url": body.final_url,
            "media_type": body.media_type,
            "charset": body.charset,
            "headers": dict(body.headers),
            "content": zlib.compress(body.content, 6),
            "fetched_at": body.fetched_at,
        }
        with self._database.transaction() as session:
            session.execute(_PUT, values)

    def find(self, address_id: int) -> KeptBody | None:
        """Give the body of an address, unpacked."""
        with self._database.reading() as session:
            row = session.get(BodyRow, address_id)
            if row is None:
                return None
            return KeptBody(
                final_url=row.final_url,
                media_type=row.media_type,
                charset=row.charset,
                headers=row.headers,
                content=zlib.decompress(row.content),
                fetched_at=row.fetched_at,
            )

    def has(self, address_id: int) -> bool:
        """Tell whether the body of an address is kept."""
        with self._database.reading() as session:
            query = select(BodyRow.address_id).where(BodyRow.address_id == address_id)
            return session.scalar(query) is not None

    def remove(self, address_id: int) -> None:
        """Forget the body of an address."""
        with self._database.transaction() as session:
            session.execute(delete(BodyRow).where(BodyRow.address_id == address_id))
