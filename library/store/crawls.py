"""Crawls in the database: one row for each run over a source.

A crawl whose process died stays ``running`` and one that was stopped is ``stopped``; both are gone
on with by the next run (``unfinished``), since their addresses still wait in the frontier.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import bindparam, select, update

from library.errors import NotFound
from library.store.database import Database
from library.tables import Base, CrawlRow

_TABLE = Base.metadata.tables["crawl"]
_THIS = _TABLE.c.id == bindparam("crawl_id")
_HAS = select(_TABLE.c.id).where(_THIS)
_RECORD = (
    update(_TABLE)
    .where(_THIS)
    .values(counts=bindparam("new_counts"), reasons=bindparam("new_reasons"))
    .returning(_TABLE.c.id)
)
CrawlState = Literal["running", "done", "stopped", "held", "failed"]


@dataclass(frozen=True, slots=True)
class Crawl:
    """One run over one source. ``reason`` is a code that says why it ended as it did."""

    id: int
    source_id: int
    state: CrawlState
    reason: str
    counts: Mapping[str, int]
    reasons: Mapping[str, int]
    sitemaps_read: bool
    started_at: datetime
    finished_at: datetime | None


class Crawls:
    """The crawls of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, source_id: int, now: datetime) -> Crawl:
        """Begin a crawl."""
        with self._database.transaction() as session:
            row = CrawlRow(
                source_id=source_id,
                state="running",
                reason="",
                counts={},
                reasons={},
                sitemaps_read=False,
                started_at=now,
            )
            session.add(row)
            session.flush()
            return _crawl(row)

    def has(self, crawl_id: int) -> bool:
        """Whether a crawl is there: it goes with its source."""
        with self._database.reading() as session:
            return session.scalar(_HAS, {"crawl_id": crawl_id}) is not None

    def get(self, crawl_id: int) -> Crawl:
        """Give a crawl; raise ``NotFound`` when there is none."""
        with self._database.reading() as session:
            return _crawl(_known(session.get(CrawlRow, crawl_id), crawl_id))

    def latest(self, source_id: int) -> Crawl | None:
        """Give the last crawl of a source."""
        found = self.of_source(source_id, 1)
        return found[0] if found else None

    def of_source(self, source_id: int, number: int) -> tuple[Crawl, ...]:
        """Give the last crawls of a source, newest first."""
        query = select(CrawlRow).where(CrawlRow.source_id == source_id)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(CrawlRow.id.desc()).limit(number))
            return tuple(_crawl(row) for row in rows)

    def latest_whole(self, source_id: int) -> Crawl | None:
        """Give the last crawl of a source that was done, and that was not of chosen addresses alone."""
        good = (CrawlRow.state == "done", CrawlRow.reason != "chosen")
        query = select(CrawlRow).where(CrawlRow.source_id == source_id, *good)
        with self._database.reading() as session:
            row = session.scalars(query.order_by(CrawlRow.id.desc()).limit(1)).first()
            return None if row is None else _crawl(row)

    def recent(self, number: int) -> tuple[Crawl, ...]:
        """Give the last crawls of all sources, newest first."""
        with self._database.reading() as session:
            rows = session.scalars(select(CrawlRow).order_by(CrawlRow.id.desc()).limit(number))
            return tuple(_crawl(row) for row in rows)

    def latest_removing(self, source_id: int) -> Crawl | None:
        """Give the last crawl of a source that removed documents, among its last twenty."""
        return next((c for c in self.of_source(source_id, 20) if c.counts.get("gone")), None)

    def unfinished(self, source_id: int) -> Crawl | None:
        """Give the last crawl of a source when it is to be gone on with."""
        crawl = self.latest(source_id)
        return crawl if crawl is not None and crawl.state in {"running", "stopped"} else None

    def go_on(self, crawl_id: int) -> Crawl:
        """Take up an unfinished crawl again."""
        with self._database.transaction() as session:
            row = _known(session.get(CrawlRow, crawl_id), crawl_id)
            row.state, row.reason, row.finished_at = "running", "", None
            return _crawl(row)

    def note_sitemaps(self, crawl_id: int) -> None:
        """Note that the sitemaps are in the frontier."""
        with self._database.transaction() as session:
            _known(session.get(CrawlRow, crawl_id), crawl_id).sitemaps_read = True

    def record(self, crawl_id: int, counts: Mapping[str, int], reasons: Mapping[str, int]) -> None:
        """Write how far it is."""
        with self._database.transaction() as session:
            given = {"new_counts": dict(counts), "new_reasons": dict(reasons)}
            written = session.execute(_RECORD, given | {"crawl_id": crawl_id})
            if written.first() is None:
                raise NotFound(f"There is no crawl {crawl_id}.")

    def finish(self, crawl_id: int, state: CrawlState, reason: str, now: datetime) -> None:
        """End a crawl; a stopped one can be taken up again."""
        with self._database.transaction() as session:
            row = _known(session.get(CrawlRow, crawl_id), crawl_id)
            row.state, row.reason, row.finished_at = state, reason, now


def _known(row: CrawlRow | None, crawl_id: int) -> CrawlRow:
    if row is None:
        raise NotFound(f"There is no crawl {crawl_id}.")
    return row


def _crawl(row: CrawlRow) -> Crawl:
    return Crawl(
        id=row.id,
        source_id=row.source_id,
        state=cast("CrawlState", row.state),
        reason=row.reason,
        counts=row.counts,
        reasons=row.reasons,
        sitemaps_read=row.sitemaps_read,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )
