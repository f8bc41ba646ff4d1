"""What the pages about searches may show; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage, Link
from webapp.trends import Line


@dataclass(frozen=True, slots=True)
class DoubtedItem:
    """A document of which readers say that it is no longer right."""

    link: Link
    organisation: str
    outdated: str
    helps: str


@dataclass(frozen=True, slots=True)
class SearchItem:
    """A search, or a part of the site, with its counts; a search leads to what can be done."""

    text: str
    counts: tuple[str, ...]
    address: str = ""
    synonym: str = ""
    tell: str = ""


@dataclass(frozen=True, slots=True)
class SearchTable:
    """A table of searches; ``heads`` are those of its columns."""

    id: str
    heading: str
    text: str
    heads: tuple[str, ...]
    items: tuple[SearchItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchesPage(AdminPage):
    """What people search."""

    template: ClassVar[str] = "admin/searches.html"
    message: str
    summary: str
    tables: tuple[SearchTable, ...]
    parts: tuple[SearchTable, ...]
    lines: tuple[Line, ...]
    periods: tuple[tuple[str, ...], ...]
    by_week: bool
    doubted: tuple[DoubtedItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellPartnerPage(AdminPage):
    """Telling a partner what people look for and do not find."""

    template: ClassVar[str] = "admin/tell_partner.html"
    query: str
    organisations: tuple[tuple[str, str], ...]
    chosen: str
    note: str
    error: str
    subject: str
    letter: str


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A line of a report: a text, where it leads, and what is told of it."""

    text: str
    address: str
    told: str


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A part of what a partner reads about its own documents."""

    id: str
    heading: str
    text: str
    lines: tuple[ReportItem, ...] = ()
