"""The frontier in the database: every address that a source is known to have, one row each.

What a crawl still has to visit is a query (``waiting``), and an address stops waiting in the same
transaction in which its document is stored: a crawl that is killed goes on where it was, with
nothing forgotten.

What every visit asks is a statement over the table, made once: building one over the mapped class and
loading objects took a third of the time of a crawl.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    Update,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from library.errors import NotFound
from library.store.database import Database
from library.tables import AddressRow, Base, BodyRow

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a source and what its last visit led to.

    ``depth`` counts links from the start, ``hops`` redirects in a row; ``found_on`` is the page with
    the link and ``link_text`` its words. ``listed_at`` is the time of change that a sitemap gives.
    ``extraction`` names the way in which its body was read. ``missing_since`` is the first of the
    404s in a row. ``page_key`` is what other spellings of the address share with it, ``calm`` counts
    the visits in a row that found it unchanged, ``changing`` are the places that had changed at the
    last. ``id`` is 0 until it is stored.
    """

    url: str
    depth: int = 0
    hops: int = 0
    found_on: str | None = None
    link_text: str | None = None
    listed_at: datetime | None = None
    visited_at: datetime | None = None
    attempts: int = 0
    due_at: datetime | None = None
    outcome: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    extraction: str | None = None
    missing_since: datetime | None = None
    moved_to: str | None = None
    removal: str | None = None
    document_id: str | None = None
    page_key: str = ""
    calm: int = 0
    changing: tuple[int, ...] = ()
    id: int = 0


_NAMES = tuple(field.name for field in fields(Address))
_TABLE = Base.metadata.tables["address"]
_OF = _TABLE.c
_OF_SOURCE = _OF.source_id == bindparam("of_source")
_HERE = _OF_SOURCE & (_OF.url == bindparam("address"))
_ALL = select(*(_OF[name] for name in _NAMES)).order_by(_OF.id)
_FIND = _ALL.where(_HERE)
_SPELLED_ALIKE = _ALL.where(
    _OF_SOURCE, _OF.page_key == bindparam("of_key"), _OF.url != bindparam("address")
)
_MOVED_TO = _ALL.where(_OF_SOURCE, _OF.moved_to == bindparam("address"))
_ADDING = insert(_TABLE)
_GIVEN = _ADDING.excluded
_ADD = _ADDING.on_conflict_do_update(
    index_elements=["source_id", "url"],
    set_={
        "seen_crawl_id": _GIVEN.seen_crawl_id,
        # What rests is woken by a sitemap that tells of a change.
        "visited_crawl_id": case(
            (_GIVEN.listed_at > _OF.visited_at, None), else_=_OF.visited_crawl_id
        ),
        "attempts": 0,
        "due_at": None,
        "depth": func.min(_OF.depth, _GIVEN.depth),
        "hops": _GIVEN.hops,
        "found_on": func.coalesce(_GIVEN.found_on, _OF.found_on),
        "link_text": func.coalesce(_GIVEN.link_text, _OF.link_text),
        "listed_at": func.coalesce(_GIVEN.listed_at, _OF.listed_at),
        "page_key": _GIVEN.page_key,
    },
)


@cache
def _writing(names: tuple[str, ...]) -> Update:
    """Write these columns of one address; the visits of a crawl write few different sets of them."""
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return update(_TABLE).where(_HERE).values(values).returning(_OF.id)


class Frontier:
    """The addresses of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, source_id: int, crawl_id: int, resting: Iterable[int] = ()) -> int:
        """Make all known addresses of a source wait for a new crawl; tell how many.

        An address that was given up (its page gone, its document removed) waits only when it is
        found again. The ones in ``resting``, by their id, are known to the crawl but do not wait.
        """
        given_up = AddressRow.outcome.in_(("http-404", "http-410", "soft-404")) & (
            AddressRow.document_id.is_(None)
        )
        known = AddressRow.outcome.is_(None) | ~given_up
        with self._database.transaction() as session:
            changed = session.execute(
                update(AddressRow)
                .where(AddressRow.source_id == source_id, known)
                .values(seen_crawl_id=crawl_id, attempts=0, due_at=None)
                .returning(AddressRow.id)
            )
            number = len(changed.all())
            left = sorted(resting)
            for start in range(0, len(left), _BATCH):
                some = AddressRow.id.in_(left[start : start + _BATCH])
                session.execute(update(AddressRow).where(some).values(visited_crawl_id=crawl_id))
            return number - len(left)

    def choose(self, source_id: int, crawl_id: int, address_ids: Iterable[int]) -> None:
        """Make some addresses wait for a crawl, those that were given up too."""
        wanted = sorted(address_ids)
        with self._database.transaction() as session:
            for start in range(0, len(wanted), _BATCH):
                some = AddressRow.id.in_(wanted[start : start + _BATCH])
                session.execute(
                    update(AddressRow)
                    .where(AddressRow.source_id == source_id, some)
                    .values(seen_crawl_id=crawl_id, visited_crawl_id=None, attempts=0, due_at=None)
                )

    def remove_all(self, source_id: int) -> None:
        """Forget every address of a source, with its kept bytes."""
        with self._database.transaction() as session:
            session.execute(delete(AddressRow).where(AddressRow.source_id == source_id))

    def of_documents(self, source_id: int, document_ids: Iterable[str]) -> tuple[Address, ...]:
        """Give the addresses of a source that lead to some documents."""
        wanted = tuple(document_ids)
        return self._select(
            _ALL.where(_OF_SOURCE, _OF.document_id.in_(wanted)), of_source=source_id
        )

    def some(self, source_id: int, address_ids: Iterable[int]) -> tuple[Address, ...]:
        """Give some addresses of a source, by their ids."""
        wanted = tuple(address_ids)
        return self._select(_ALL.where(_OF_SOURCE, _OF.id.in_(wanted)), of_source=source_id)

    def forget_outdated(self, source_id: int, extraction: str) -> int:
        """Have all that was read in another way, and of which no body is kept, fetched whole.

        Give the number of those addresses.
        """
        has_body = exists().where(BodyRow.address_id == AddressRow.id)
        has_hash = AddressRow.body_hash.is_not(None)
        outdated = AddressRow.extraction.is_distinct_from(extraction)
        with self._database.transaction() as session:
            changed = session.execute(
                update(AddressRow)
                .where(AddressRow.source_id == source_id, has_hash, outdated, ~has_body)
                .values(etag=None, last_modified=None, body_hash=None)
                .returning(AddressRow.id)
            )
            return len(changed.all())

    def add(self, source_id: int, crawl_id: int, addresses: Iterable[Address]) -> None:
        """Make addresses wait for a crawl; those that are known get what they lacked."""
        with self._database.transaction() as session:
            rows = [_new(source_id, crawl_id, address) for address in addresses]
            for start in range(0, len(rows), _BATCH):
                session.execute(_ADD, rows[start : start + _BATCH])

    def describe(self, source_id: int, addresses: Iterable[Address]) -> None:
        """Give known addresses the page that links them, or the date that a sitemap gives them."""
        with self._database.transaction() as session:
            for address in addresses:
                given = {
                    name: value
                    for name in ("found_on", "link_text", "listed_at")
                    if (value := getattr(address, name)) is not None
                }
                if given:
                    _write(session, source_id, address.url, given)

    def seen(self, crawl_id: int) -> tuple[Address, ...]:
        """Give all addresses of a crawl, in the order in which they were found."""
        return self._select(_ALL.where(_OF.seen_crawl_id == crawl_id))

    def waiting(self, crawl_id: int) -> tuple[Address, ...]:
        """Give the addresses that a crawl has still to visit, in the order they were found."""
        unvisited = or_(_OF.visited_crawl_id.is_(None), _OF.visited_crawl_id != crawl_id)
        return self._select(_ALL.where(_OF.seen_crawl_id == crawl_id, unvisited))

    def of_source(self, source_id: int) -> tuple[Address, ...]:
        """Give all addresses of a source."""
        return self._select(_ALL.where(_OF_SOURCE), of_source=source_id)

    def note_keys(self, addresses: Iterable[Address]) -> None:
        """Keep the key of each of these addresses, which are known, where it is another."""
        with self._database.transaction() as session:
            for address in addresses:
                session.execute(
                    update(AddressRow)
                    .where(AddressRow.id == address.id, AddressRow.page_key != address.page_key)
                    .values(page_key=address.page_key)
                )

    def spelled_alike(self, source_id: int, address: Address) -> tuple[Address, ...]:
        """Give the other addresses with the same key."""
        return self._select(
            _SPELLED_ALIKE,
            of_source=source_id,
            of_key=address.page_key,
            address=address.url,
        )

    def moved_to(self, source_id: int, url: str) -> tuple[Address, ...]:
        """Give the addresses that lead to another."""
        return self._select(_MOVED_TO, of_source=source_id, address=url)

    def with_body(self, source_id: int) -> tuple[Address, ...]:
        """Give the addresses of a source of which the last body is kept."""
        kept = exists().where(BodyRow.address_id == _OF.id)
        return self._select(_ALL.where(_OF_SOURCE, kept), of_source=source_id)

    def find(self, source_id: int, url: str) -> Address | None:
        """Find an address of a source."""
        found = self._select(_FIND, of_source=source_id, address=url)
        return found[0] if found else None

    def _select(self, query: Select[Any], **given: Any) -> tuple[Address, ...]:
        with self._database.reading() as session:
            return tuple(_address(row) for row in session.execute(query, given))

    def record(self, source_id: int, url: str, crawl_id: int | None = None, **changes: Any) -> int:
        """Write what a visit led to, and give the id of the address.

        With ``crawl_id`` the address no longer waits for that crawl.
        """
        if crawl_id is not None:
            changes["visited_crawl_id"] = crawl_id
        with self._database.transaction() as session:
            address_id = _write(session, source_id, url, changes)
            if address_id is None:
                raise NotFound(f"There is no address {url} of source {source_id}.")
            return address_id

    def forget_extraction(self, address_ids: Iterable[int]) -> None:
        """Have the bodies of these addresses read once more, as if they were read in another way."""
        outdated = sorted(address_ids)
        with self._database.transaction() as session:
            for start in range(0, len(outdated), _BATCH):
                some = AddressRow.id.in_(outdated[start : start + _BATCH])
                session.execute(update(AddressRow).where(some).values(extraction=None))

    def hand_over(self, document_id: str, to: str) -> None:
        """Have the addresses of a document lead to another."""
        with self._database.transaction() as session:
            session.execute(
                update(AddressRow)
                .where(AddressRow.document_id == document_id)
                .values(document_id=to)
            )

    def take_back(self, source_id: int, url: str, document_id: str) -> None:
        """Have an address lead to its document again, as if it had never been missing."""
        with self._database.transaction() as session:
            session.execute(
                update(AddressRow)
                .where(AddressRow.source_id == source_id, AddressRow.url == url)
                .values(document_id=document_id, removal=None, missing_since=None)
            )

    def forget_document(self, document_id: str) -> Sequence[int]:
        """Part a removed document from its addresses; their next fetch is a whole one."""
        with self._database.transaction() as session:
            changed = session.execute(
                update(AddressRow)
                .where(AddressRow.document_id == document_id)
                .values(
                    document_id=None, removal=None, etag=None, last_modified=None, body_hash=None
                )
                .returning(AddressRow.id)
            )
            return changed.scalars().all()


def _new(source_id: int, crawl_id: int, address: Address) -> dict[str, Any]:
    values = asdict(address)
    del values["id"]
    return values | {"source_id": source_id, "seen_crawl_id": crawl_id, "visited_crawl_id": None}


def _write(session: Session, source_id: int, url: str, changes: Mapping[str, Any]) -> int | None:
    """Write columns of an address; give its id, or nothing when there is no such address."""
    given = {f"new_{name}": value for name, value in changes.items()}
    where = {"of_source": source_id, "address": url}
    written: int | None = session.scalar(_writing(tuple(sorted(changes))), given | where)
    return written


def _address(row: Row[Any]) -> Address:
    """The columns come in the order of the fields."""
    values = dict(zip(_NAMES, row, strict=True))
    return Address(**values | {"changing": tuple(row.changing)})
