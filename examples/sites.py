"""Reads the example sites from their files.

In: the folders below ``examples/sites`` (README.md describes the format). Out: frozen values.
A mistake in a file raises :class:`ExampleError` with the name of the file, because the files are
ours: there is no sensible way to go on.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast, get_args

from library.document import KINDS, Kind

SITES_FOLDER = Path(__file__).parent / "sites"

DateShown = Literal["meta", "json-ld", "text", "none"]
DateForm = Literal["long", "zero", "dashes"]
QueryRule = Literal["needed", "ignored"]

_REQUIRED = ("path", "title", "published", "kind")


class ExampleError(Exception):
    """A file of an example site does not follow the format."""


@dataclass(frozen=True, slots=True)
class Page:
    """One web page; `body` is an HTML fragment without the title."""

    name: str
    path: str
    title: str
    published: dt.date | None
    date_shown: DateShown
    kind: Kind
    language: str
    summary: str
    section: str
    lists: str
    attachments: tuple[str, ...]
    also: tuple[str, ...]
    twin: str
    in_sitemap: bool
    body: str

    @property
    def is_listing(self) -> bool:
        """Whether the page exists only to lead to others."""
        return bool(self.lists)


@dataclass(frozen=True, slots=True)
class Pdf:
    """One PDF; `pages` is the plain text it was built from, `file` the built document."""

    name: str
    path: str
    title: str
    published: dt.date | None
    kind: Kind
    pages: tuple[str, ...]
    file: Path


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that sends the visitor on."""

    source: str
    target: str
    status: int


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap of addresses below `prefixes`, or an index of other sitemaps."""

    path: str
    prefixes: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    index: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for a site as a whole; see README.md for the meaning of each entry."""

    organisation: str
    technology: str
    start: str
    language: str
    encoding: str
    charset_in: Literal["header", "meta"]
    dates: DateForm
    query: QueryRule
    counter: str
    robots: str
    disallowed: tuple[str, ...]
    missing: tuple[str, ...]
    gone: tuple[str, ...]
    footer: str
    cookie: str
    teaser: str
    attachment: str


@dataclass(frozen=True)
class Site:
    """One example site: settings, template, pages and PDFs."""

    slug: str
    settings: Settings
    template: str
    menu: tuple[tuple[str, str], ...]
    redirects: tuple[Redirect, ...]
    fallbacks: tuple[tuple[str, str], ...]
    sitemaps: tuple[Sitemap, ...]
    pages: tuple[Page, ...]
    pdfs: tuple[Pdf, ...] = field(default=())

    @property
    def organisation(self) -> str:
        """The invented organisation, always ending in "(voorbeeld)"."""
        return self.settings.organisation

    @property
    def start(self) -> str:
        """The path where a visit begins."""
        return self.settings.start

    @property
    def documents(self) -> tuple[Page | Pdf, ...]:
        """Everything worth finding: PDFs and the pages that are no listing."""
        return (*(page for page in self.pages if not page.is_listing), *self.pdfs)

    @cached_property
    def pdf_by_name(self) -> Mapping[str, Pdf]:
        """The PDFs by the name a page mentions them with."""
        return {pdf.name: pdf for pdf in self.pdfs}


def load_sites(folder: Path = SITES_FOLDER) -> tuple[Site, ...]:
    """Read all sites, in the order of their folder names."""
    return tuple(load_site(path.parent) for path in sorted(folder.glob("*/site.toml")))


def load_site(folder: Path) -> Site:
    """Read one site from its folder."""
    raw = _toml(folder / "site.toml")
    try:
        return Site(
            slug=folder.name,
            settings=_settings(raw),
            template=(folder / "template.html").read_text("utf-8"),
            menu=tuple((item["href"], item["text"]) for item in raw.get("menu", ())),
            redirects=tuple(_redirect(item) for item in raw.get("redirects", ())),
            fallbacks=tuple((item["prefix"], item["page"]) for item in raw.get("fallbacks", ())),
            sitemaps=tuple(_sitemap(item) for item in raw.get("sitemaps", ())),
            pages=tuple(_page(path, raw) for path in sorted(folder.glob("pages/*.page"))),
            pdfs=tuple(_pdf(path) for path in sorted(folder.glob("pdfs/*.txt"))),
        )
    except KeyError as error:
        raise ExampleError(f"{folder.name}/site.toml: {error} is missing") from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ExampleError(f"{path.parent.name}/{path.name}: {error}") from error


def _settings(raw: Mapping[str, Any]) -> Settings:
    return Settings(
        organisation=raw["organisation"],
        technology=raw["technology"],
        start=raw.get("start", "/"),
        language=raw.get("language", "nl"),
        encoding=raw.get("encoding", "utf-8"),
        charset_in=raw.get("charset_in", "header"),
        dates=raw.get("dates", "long"),
        query=raw.get("query", "needed"),
        counter=raw.get("counter", ""),
        robots=raw["robots"],
        disallowed=tuple(raw.get("disallowed", ())),
        missing=tuple(raw.get("missing", ())),
        gone=tuple(raw.get("gone", ())),
        footer=raw["footer"],
        cookie=raw.get("cookie", ""),
        teaser=raw["teaser"],
        attachment=raw["attachment"],
    )


def _redirect(item: Mapping[str, Any]) -> Redirect:
    return Redirect(item["from"], item["to"], int(item["status"]))


def _sitemap(item: Mapping[str, Any]) -> Sitemap:
    return Sitemap(
        path=item["path"],
        prefixes=tuple(item.get("prefixes", ())),
        extra=tuple(item.get("extra", ())),
        index=tuple(item.get("index", ())),
    )


def _page(path: Path, site: Mapping[str, Any]) -> Page:
    header, body = _split(path)
    shown = header.get("date", "none")
    if shown not in get_args(DateShown):
        raise ExampleError(f"{_place(path)}: date {shown!r} is unknown")
    return Page(
        name=path.stem,
        path=header["path"],
        title=header["title"],
        published=_date(header["published"], path),
        date_shown=cast("DateShown", shown),
        kind=_kind(header["kind"], path),
        language=header.get("language", site.get("language", "nl")),
        summary=header.get("summary", ""),
        section=header.get("section", ""),
        lists=header.get("lists", ""),
        attachments=_names(header.get("attachments", "")),
        also=_names(header.get("also", "")),
        twin=header.get("twin", ""),
        in_sitemap=header.get("sitemap", "yes") != "no",
        body=body.strip(),
    )


def _pdf(path: Path) -> Pdf:
    header, body = _split(path)
    return Pdf(
        name=path.stem,
        path=header["path"],
        title=header["title"],
        published=_date(header["published"], path),
        kind=_kind(header["kind"], path),
        pages=tuple(page.strip() for page in body.split("\n===\n")),
        file=path.with_suffix(".pdf"),
    )


def _split(path: Path) -> tuple[dict[str, str], str]:
    """Header lines up to the line `---`, and the rest of the file."""
    head, line, body = path.read_text("utf-8").partition("\n---\n")
    if not line:
        raise ExampleError(f"{_place(path)}: there is no line --- after the header")
    pairs = (entry.partition(":") for entry in head.splitlines() if entry.strip())
    header = {key.strip(): value.strip() for key, _, value in pairs}
    absent: Sequence[str] = [key for key in _REQUIRED if not header.get(key)]
    if absent:
        raise ExampleError(f"{_place(path)}: the header lacks {', '.join(absent)}")
    return header, body


def _date(value: str, path: Path) -> dt.date | None:
    if value == "none":
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ExampleError(f"{_place(path)}: {value!r} is not a date") from error


def _kind(value: str, path: Path) -> Kind:
    if value not in KINDS:
        raise ExampleError(f"{_place(path)}: kind {value!r} is unknown")
    return value


def _names(value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _place(path: Path) -> str:
    """The file as its site knows it: no folder of this machine in a message."""
    return "/".join(path.parts[-3:])
