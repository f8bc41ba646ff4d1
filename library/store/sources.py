"""Sources in the database: the addresses that partners offer, each with its scope.

Partners are rows, never code: ``add_partners`` puts those of ``partners.toml`` there when the
database is new, ready to crawl and never crawled unasked (``interval_hours`` is ``None``).
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import func, select

from library.errors import NotFound, StoreError
from library.source_rules import checked, quiet_until
from library.store.database import Database
from library.tables import SourceRow

Scope = Literal["site", "section", "page"]
_PARTNERS = Path(__file__).resolve().parent.parent / "partners.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """An address that a partner offers.

    What belongs to it. ``scope``: the whole site, the part below the path of ``url``, or that one
    page. ``path_rules`` allow and deny paths, the first that matches decides. ``kept_parameters`` are
    patterns of query parameters that belong to an address (``None``: all but the known tracking
    ones); ``identity`` is a regular expression that finds what stays of an address when its title
    changes (``/(\\d+)\\.aspx``). ``deepest`` is the most links from the start, ``page_budget`` the
    most pages of one crawl (``None``: as for every source). Besides ``url``, links and sitemaps,
    addresses come from ``start_paths`` and ``feeds``.

    How it is read: only ``languages`` are kept, and CSS selectors tell where title, date and content
    are and what is left out, where our own eyes fail; they are empty as a rule.

    How it is shown: ``shows_text`` tells that its owner lets visitors read whole texts here, and
    ``permission`` where that was said; ``contact`` is whom to ask about the source.

    When: ``pace`` is in seconds between requests; ``interval_hours`` is ``None`` for a source that is
    crawled only when asked; in the ``quiet_hours`` ("08:00-18:00", Dutch time) nothing is asked.
    """

    id: int
    slug: str
    name: str
    organisation: str
    url: str
    added_at: datetime
    scope: Scope = "site"
    pace: float | None = None
    kept_parameters: tuple[str, ...] | None = None
    path_rules: tuple[str, ...] = ()
    identity: str | None = None
    deepest: int | None = None
    page_budget: int | None = None
    start_paths: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl", "fy")
    title_selector: str = ""
    date_selector: str = ""
    content_selector: str = ""
    left_out_selector: str = ""
    interval_hours: int | None = None
    quiet_hours: str = ""
    shows_text: bool = False
    permission: str = ""
    contact: str = ""
    is_example: bool = False
    paused: bool = False
    next_crawl_at: datetime | None = None


class Sources:
    """The sources of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        *,
        name: str,
        url: str,
        organisation: str | None = None,
        slug: str | None = None,
        **rules: Any,
    ) -> Source:
        """Add a source; ``rules`` are further fields of ``Source``. A URL is added only once.

        Raise ``BadRule`` for a rule that cannot be used.
        """
        with self._database.transaction() as session:
            if session.scalar(select(SourceRow.id).where(SourceRow.url == url)) is not None:
                raise StoreError(f"There is already a source with the address {url}.")
            row = SourceRow(
                slug=self._free_slug(slug or slug_of(name)),
                name=name,
                organisation=organisation or name,
                url=url,
                **{**_DEFAULTS, "added_at": datetime.now(UTC), **_as_columns(checked(rules))},
            )
            session.add(row)
            session.flush()
            return _source(row)

    def add_partners(self) -> None:
        """Put the coalition's own site and its partners there."""
        for entry in tomllib.loads(_PARTNERS.read_text("utf-8"))["source"]:
            self.add(**entry)

    def _free_slug(self, wanted: str) -> str:
        slug, number = wanted, 2
        with self._database.transaction() as session:
            while session.scalar(select(SourceRow.id).where(SourceRow.slug == slug)) is not None:
                slug, number = f"{wanted}-{number}", number + 1
        return slug

    def get(self, source_id: int) -> Source:
        """Give a source; raise ``NotFound`` when there is none."""
        with self._database.reading() as session:
            row = session.get(SourceRow, source_id)
            if row is None:
                raise NotFound(f"There is no source {source_id}.")
            return _source(row)

    def find(self, key: str) -> Source | None:
        """Find a source by its slug, its number or its address."""
        query = select(SourceRow).where((SourceRow.slug == key) | (SourceRow.url == key))
        with self._database.reading() as session:
            row = session.scalars(query).first()
            if row is None and re.fullmatch(r"[0-9]{1,18}", key):
                row = session.get(SourceRow, int(key))
            return None if row is None else _source(row)

    def all(self) -> tuple[Source, ...]:
        """Give all sources, by name."""
        with self._database.reading() as session:
            rows = session.scalars(select(SourceRow).order_by(SourceRow.name)).all()
            return tuple(_source(row) for row in rows)

    def edit(self, source_id: int, **changes: Any) -> Source:
        """Change fields of a source; raise ``BadRule`` for a rule that cannot be used."""
        with self._database.transaction() as session:
            row = session.get(SourceRow, source_id)
            if row is None:
                raise NotFound(f"There is no source {source_id}.")
            for name, value in _as_columns(checked(changes)).items():
                setattr(row, name, value)
            session.flush()
            return _source(row)

    def of_contact(self, email: str) -> tuple[Source, ...]:
        """Give the sources about which one asks somebody, by mail address."""
        named = func.lower(SourceRow.contact).contains(email.lower(), autoescape=True)
        with self._database.reading() as session:
            rows = session.scalars(select(SourceRow).where(named).order_by(SourceRow.id))
            return tuple(_source(row) for row in rows) if email else ()

    def forget_contact(self, email: str) -> int:
        """Take somebody's name and mail address out of sources; give their number."""
        with self._database.transaction():
            found = self.of_contact(email)
            for source in found:
                self.edit(source.id, contact="")
            return len(found)

    def remove(self, source_id: int) -> None:
        """Remove a source with its frontier; ``Store.remove_source`` does all that goes before."""
        with self._database.transaction() as session:
            row = session.get(SourceRow, source_id)
            if row is None:
                raise NotFound(f"There is no source {source_id}.")
            session.delete(row)

    def due(self, now: datetime) -> tuple[Source, ...]:
        """Give the sources whose next crawl is due, that are not paused and have no quiet hours now."""
        never = SourceRow.interval_hours.is_not(None) & SourceRow.next_crawl_at.is_(None)
        query = select(SourceRow).where(
            SourceRow.paused.is_(False), never | (SourceRow.next_crawl_at <= now)
        )
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(SourceRow.id))
            return tuple(_source(row) for row in rows if quiet_until(row.quiet_hours, now) is None)

    def schedule_next(self, source_id: int, now: datetime) -> None:
        """Plan the next crawl one interval from now; none for a source that has no interval."""
        hours = self.get(source_id).interval_hours
        later = None if hours is None else now + timedelta(hours=hours)
        self.edit(source_id, next_crawl_at=later)


def slug_of(name: str) -> str:
    """Make a name for addresses and commands: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "bron"


_DEFAULTS: dict[str, Any] = {
    "scope": "site",
    "pace": None,
    "kept_parameters": None,
    "path_rules": [],
    "identity": None,
    "deepest": None,
    "page_budget": None,
    "start_paths": [],
    "feeds": [],
    "languages": ["nl", "fy"],
    "title_selector": "",
    "date_selector": "",
    "content_selector": "",
    "left_out_selector": "",
    "shows_text": False,
    "permission": "",
    "contact": "",
    "interval_hours": None,
    "quiet_hours": "",
    "is_example": False,
    "paused": False,
    "next_crawl_at": None,
}


def _as_columns(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        for name, value in values.items()
    }


_NAMES = tuple(field.name for field in fields(Source))


def _source(row: SourceRow) -> Source:
    """A list in a row becomes a tuple; all else is what it is."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return Source(**values | lists)
