"""Documents in the database: the truth from which every index can be built again.

Every write that changes what is searched gives the document the next ``revision``. The index keeps
the revision it has reached, so "changed since last indexed" is a query and no lost message can lose
a document. A removed document stays behind as a tombstone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Row, Update, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from library.document import Directive, Document, Evidence, Kind, Published, Section
from library.errors import NotFound
from library.store.database import Database
from library.store.goal_judgments import said_of
from library.tables import Base, CounterRow, DocumentRow, GoalJudgmentRow

Change = Literal["new", "changed", "unchanged"]

_TABLE = Base.metadata.tables["document"]
_OF = _TABLE.c
_THIS = _OF.id == bindparam("document_id")
_FIND = select(_TABLE).where(_THIS)
_AT = (
    select(_TABLE)
    .where(_OF.canonical_url == bindparam("address"), _OF.removed_at.is_(None))
    .order_by(_OF.added_at, _OF.id)
)
_ADD = insert(_TABLE)
_COUNTERS = Base.metadata.tables["counter"]
_NEXT_REVISION = (
    insert(_COUNTERS)
    .values(name="revision", value=1)
    .on_conflict_do_update(index_elements=["name"], set_={"value": _COUNTERS.c.value + 1})
    .returning(_COUNTERS.c.value)
)


@cache
def _writing(names: tuple[str, ...]) -> Update:
    """Write these columns of one document, in a statement that is made once."""
    return update(_TABLE).where(_THIS).values({n: bindparam(f"new_{n}") for n in names})


_WIPED: dict[str, Any] = {
    "title": "",
    "sections": [],
    "visible_text": "",
    "url": "",
    "canonical_url": "",
    "content_hash": "",
    "goals": [],
    "attached_to": None,
    "duplicate_of": None,
    "replaced_by": None,
    "perhaps_replaced_by": None,
    "author": "",
}

_RELATIONS = (
    DocumentRow.duplicate_of,
    DocumentRow.replaced_by,
    DocumentRow.perhaps_replaced_by,
)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with what the store knows of it; ``removed_at`` makes it a tombstone.

    ``judged`` is what people said of goals: by number, whether it serves it.
    """

    document: Document
    revision: int
    source_id: int | None
    added_at: datetime
    changed_at: datetime
    checked_at: datetime
    removed_at: datetime | None = None
    removed_reason: str = ""
    judged: Mapping[int, bool] = field(default_factory=dict)


class Documents:
    """The documents of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, document: Document, *, source_id: int | None = None) -> Change:
        """Keep a document; ``unchanged`` writes the time of checking and nothing else."""
        with self._database.transaction() as session:
            row = session.execute(_FIND, {"document_id": document.id}).one_or_none()
            values = _values(document) | {"source_id": source_id}
            if row is None:
                moments = dict.fromkeys(
                    ("added_at", "changed_at", "checked_at"), document.fetched_at
                )
                session.execute(_ADD, values | moments | {"revision": _next_revision(session)})
                return "new"
            if source_id is None and row.removed_at is None:
                # An import takes no document away from the source that gave it.
                del values["source_id"]
            values["checked_at"] = document.fetched_at
            if row.removed_at is None and _same(row, values):
                _write(session, document.id, {"checked_at": document.fetched_at})
                return "unchanged"
            values |= {"changed_at": document.fetched_at, "revision": _next_revision(session)}
            _write(session, document.id, values | {"removed_at": None, "removed_reason": ""})
            return "changed" if row.removed_at is None else "new"

    def put_many(
        self, documents: Iterable[Document], *, source_id: int | None = None
    ) -> Counter[Change]:
        """Keep all of them in one transaction; count what became of them."""
        with self._database.transaction():
            return Counter(self.put(document, source_id=source_id) for document in documents)

    def find(self, document_id: str) -> StoredDocument | None:
        """Give the document or its tombstone, or nothing."""
        with self._database.reading() as session:
            row = session.execute(_FIND, {"document_id": document_id}).one_or_none()
            return None if row is None else _stored(session, [row])[0]

    def get(self, document_id: str) -> StoredDocument:
        """Give the document or its tombstone; raise ``NotFound`` when there is neither."""
        stored = self.find(document_id)
        if stored is None:
            raise NotFound(f"There is no document {document_id}.")
        return stored

    def find_by_url(self, url: str, source_id: int | None = None) -> StoredDocument | None:
        """Find a live document by its canonical URL or the URL it was fetched at."""
        query = select(DocumentRow).where(
            (DocumentRow.canonical_url == url) | (DocumentRow.url == url),
            DocumentRow.removed_at.is_(None),
        )
        if source_id is not None:
            query = query.where(DocumentRow.source_id == source_id)
        with self._database.reading() as session:
            row = session.scalars(query.order_by(DocumentRow.added_at).limit(1)).first()
            return None if row is None else _stored(session, [row])[0]

    def relate(
        self,
        document_id: str,
        *,
        duplicate_of: str | None = None,
        replaced_by: str | None = None,
        perhaps_replaced_by: str | None = None,
    ) -> bool:
        """Write which document stands in the place of another; ``False`` when it was known."""
        given = {
            "duplicate_of": duplicate_of,
            "replaced_by": replaced_by,
            "perhaps_replaced_by": perhaps_replaced_by,
        }
        with self._database.transaction() as session:
            row = session.get_one(DocumentRow, document_id)
            if all(getattr(row, name) == value for name, value in given.items()):
                return False
            for name, value in given.items():
                setattr(row, name, value)
            row.revision = _next_revision(session)
            return True

    def related(self, document_ids: Collection[str], limit: int) -> frozenset[str]:
        """Give the ids of what stands in the place of these documents, and some they stand for.

        At most ``limit`` of the latter: of one text there may be thousands.
        """
        with self._database.reading() as session:
            forth = session.execute(select(*_RELATIONS).where(DocumentRow.id.in_(document_ids)))
            found = {identity for row in forth for identity in row if identity is not None}
            known = found.union(document_ids)
            back = or_(*(column.in_(known) for column in _RELATIONS))
            query = select(DocumentRow.id).where(back).order_by(DocumentRow.id).limit(limit)
            return frozenset(found.union(session.scalars(query)))

    def standing_behind(self, document_ids: Collection[str]) -> frozenset[str]:
        """Give the ids of all documents in the place of which one of these stands."""
        behind = or_(*(column.in_(document_ids) for column in _RELATIONS))
        with self._database.reading() as session:
            return frozenset(session.scalars(select(DocumentRow.id).where(behind)))

    def at(self, canonical_url: str) -> tuple[StoredDocument, ...]:
        """Give the live documents with a canonical address, the first that we had first."""
        with self._database.reading() as session:
            rows = session.execute(_AT, {"address": canonical_url})
            return tuple(_stored(session, rows.all()))

    def take_over(self, document_id: str, other_id: str, at: datetime) -> None:
        """Have a document go on as what another says: the other is what became of it, and goes."""
        with self._database.transaction() as session:
            row = session.get_one(DocumentRow, document_id)
            other = session.get_one(DocumentRow, other_id)
            for name, value in _values(_document(other)).items():
                if name != "id":
                    setattr(row, name, value)
            row.changed_at = row.checked_at = at
            row.revision = _next_revision(session)
            judged = update(GoalJudgmentRow).where(GoalJudgmentRow.document_id == other_id)
            session.execute(judged.values(document_id=document_id))
        self.remove(other_id, "moved", at)

    def touch(self, document_id: str, at: datetime) -> None:
        """Note that the document was checked and found unchanged."""
        with self._database.transaction() as session:
            _write(session, document_id, {"checked_at": at})

    def renew(self, document_id: str) -> None:
        """Give a document the next revision: what people say of it changed, and not the document."""
        with self._database.transaction() as session:
            session.get_one(DocumentRow, document_id).revision = _next_revision(session)

    def remove(self, document_id: str, reason: str, at: datetime | None = None) -> bool:
        """Turn a document into a tombstone; ``False`` when it was not live."""
        with self._database.transaction() as session:
            row = session.get(DocumentRow, document_id)
            if row is None or row.removed_at is not None:
                return False
            row.removed_at, row.removed_reason = at or datetime.now(UTC), reason
            row.revision = _next_revision(session)
            return True

    def removed_since(self, source_id: int, at: datetime) -> tuple[StoredDocument, ...]:
        """Give what was removed of a source from a moment on, as far as its text is still here.

        What moved is none of it: that lives on at its new place.
        """
        query = select(DocumentRow).where(*_restorable(source_id, at)).order_by(DocumentRow.id)
        with self._database.reading() as session:
            return tuple(_stored(session, session.scalars(query).all()))

    def count_removed_since(self, source_id: int, at: datetime) -> int:
        """Count what can be brought back of a source from a moment on."""
        query = select(func.count()).where(*_restorable(source_id, at))
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def restore(self, document_id: str) -> None:
        """Make a document of its tombstone again, as it was when it went."""
        with self._database.transaction() as session:
            row = session.get_one(DocumentRow, document_id)
            row.removed_at, row.removed_reason = None, ""
            row.revision = _next_revision(session)

    def purge(self, source_id: int, reason: str = "purged") -> int:
        """Remove all documents of a source and wipe what they said; bare tombstones stay.

        Give the number of those that were live.
        """
        return self._wipe(DocumentRow.source_id == source_id, reason)

    def purge_some(self, document_ids: Collection[str], reason: str) -> int:
        """The same for some documents."""
        return self._wipe(DocumentRow.id.in_(tuple(document_ids)), reason)

    def purge_examples(self, reason: str = "purged") -> int:
        """The same for every invented example, whatever brought it here."""
        return self._wipe(DocumentRow.is_example.is_(True), reason)

    def _wipe(self, which: ColumnElement[bool], reason: str) -> int:
        now, live = datetime.now(UTC), 0
        with self._database.transaction() as session:
            for row in session.scalars(select(DocumentRow).where(which)).all():
                live += row.removed_at is None
                for name, value in _WIPED.items():
                    setattr(row, name, value)
                row.removed_at, row.removed_reason = row.removed_at or now, reason
                row.revision = _next_revision(session)
        return live

    def changed_since(self, revision: int, *, batch: int = 200) -> Iterator[StoredDocument]:
        """Give what changed after a revision, in that order, tombstones included."""
        query = select(DocumentRow)
        yield from self._in_batches(query, revision, batch)

    def live(self, *, batch: int = 200) -> Iterator[StoredDocument]:
        """Give every document that is not removed, oldest revision first, a batch at a time."""
        yield from self._in_batches(
            select(DocumentRow).where(DocumentRow.removed_at.is_(None)), 0, batch
        )

    def _in_batches(self, query: Any, revision: int, batch: int) -> Iterator[StoredDocument]:
        # Each batch is a transaction of its own, so that a slow reader never holds the log back.
        while True:
            page = query.where(DocumentRow.revision > revision)
            with self._database.reading() as session:
                rows = session.scalars(page.order_by(DocumentRow.revision).limit(batch)).all()
                found = _stored(session, rows)
            if not found:
                return
            yield from found
            revision = found[-1].revision

    def revision(self) -> int:
        """Tell the revision of the last change; 0 for an empty store."""
        with self._database.reading() as session:
            return (
                session.scalar(select(CounterRow.value).where(CounterRow.name == "revision")) or 0
            )

    def count(self, *, source_id: int | None = None) -> int:
        """Count the live documents, of one source or of all."""
        query = select(func.count()).where(DocumentRow.removed_at.is_(None))
        if source_id is not None:
            query = query.where(DocumentRow.source_id == source_id)
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def to_list(self, *, batch: int = 1000) -> Iterator[tuple[str, datetime]]:
        """Give id and time of the last change of what others may list: live, and no example."""
        query = select(DocumentRow.id, DocumentRow.changed_at, DocumentRow.revision).where(
            DocumentRow.removed_at.is_(None), DocumentRow.is_example.is_(False)
        )
        revision = 0
        while True:
            page = query.where(DocumentRow.revision > revision)
            with self._database.reading() as session:
                rows = session.execute(page.order_by(DocumentRow.revision).limit(batch)).all()
            if not rows:
                return
            yield from ((row.id, row.changed_at) for row in rows)
            revision = rows[-1].revision

    def listings(self, source_id: int) -> frozenset[str]:
        """Give the ids of the live documents of a source that only lead to others."""
        query = select(DocumentRow.id).where(
            DocumentRow.source_id == source_id,
            DocumentRow.removed_at.is_(None),
            DocumentRow.is_listing.is_(True),
        )
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def of_source(self, source_id: int) -> dict[str, str]:
        """Give the canonical address of each live document of a source, by id."""
        query = select(DocumentRow.id, DocumentRow.canonical_url).where(
            DocumentRow.source_id == source_id, DocumentRow.removed_at.is_(None)
        )
        with self._database.reading() as session:
            return {row.id: row.canonical_url for row in session.execute(query)}


def _restorable(source_id: int, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        DocumentRow.source_id == source_id,
        DocumentRow.removed_at >= at,
        DocumentRow.removed_reason != "moved",
        DocumentRow.canonical_url != "",
    )


def _next_revision(session: Session) -> int:
    return int(session.execute(_NEXT_REVISION).scalar_one())


def _write(session: Session, document_id: str, values: dict[str, Any]) -> None:
    given = {f"new_{name}": value for name, value in values.items()}
    session.execute(_writing(tuple(sorted(values))), given | {"document_id": document_id})


_TELLS_NO_CHANGE = frozenset({"fetched_at", "checked_at", "size", "visible_text"})
"""What differs between two fetches of a page that says the same: its bytes, menus and counters."""


def _same(row: Row[Any], values: dict[str, Any]) -> bool:
    return all(
        getattr(row, name) == value
        for name, value in values.items()
        if name not in _TELLS_NO_CHANGE
    )


def _values(document: Document) -> dict[str, Any]:
    published = document.published
    return {
        "id": document.id,
        "url": document.url,
        "canonical_url": document.canonical_url,
        "title": document.title,
        "sections": [[s.heading, s.text, s.anchor, s.page] for s in document.sections],
        "visible_text": document.visible_text,
        "language": document.language,
        "published": None if published is None else published.day,
        "published_evidence": None if published is None else published.evidence,
        "organisation": document.organisation,
        "kind": document.kind,
        "media_type": document.media_type,
        "size": document.size,
        "content_hash": document.content_hash,
        "goals": list(document.goals),
        "attached_to": document.attached_to,
        "is_example": document.is_example,
        "is_listing": document.is_listing,
        "author": document.author,
        "directives": list(document.directives),
        "pages_without_text": document.pages_without_text,
        "fetched_at": document.fetched_at,
    }


def _stored(session: Session, rows: Sequence[DocumentRow | Row[Any]]) -> list[StoredDocument]:
    said = said_of(session, (row.id for row in rows))
    return [
        StoredDocument(
            document=_document(row),
            revision=row.revision,
            source_id=row.source_id,
            added_at=row.added_at,
            changed_at=row.changed_at,
            checked_at=row.checked_at,
            removed_at=row.removed_at,
            removed_reason=row.removed_reason,
            judged=said.get(row.id, {}),
        )
        for row in rows
    ]


def _document(row: DocumentRow | Row[Any]) -> Document:
    published = None
    if row.published is not None:
        published = Published(row.published, cast("Evidence", row.published_evidence))
    return Document(
        id=row.id,
        url=row.url,
        canonical_url=row.canonical_url,
        title=row.title,
        sections=tuple(
            Section(heading=heading, text=text, anchor=anchor, page=page)
            for heading, text, anchor, page in row.sections
        ),
        visible_text=row.visible_text,
        language=row.language,
        published=published,
        organisation=row.organisation,
        kind=cast("Kind", row.kind),
        media_type=row.media_type,
        size=row.size,
        content_hash=row.content_hash,
        goals=tuple(row.goals),
        attached_to=row.attached_to,
        is_example=row.is_example,
        is_listing=row.is_listing,
        author=row.author,
        directives=cast("tuple[Directive, ...]", tuple(row.directives)),
        pages_without_text=row.pages_without_text,
        duplicate_of=row.duplicate_of,
        replaced_by=row.replaced_by,
        perhaps_replaced_by=row.perhaps_replaced_by,
        fetched_at=row.fetched_at,
    )
