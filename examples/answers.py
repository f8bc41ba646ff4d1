"""What an example site answers to an address.

In: a :class:`Site` and the base URL it is served on. Out: an :class:`Answer` for every request
target. No sockets here: `server.py` adds conditional requests, compression and the log.

Two spellings of one address are the same here: percent-encoded or not, `+` or `%20` for a space,
and any order of query parameters, as the imitated content systems see it.
"""

import datetime as dt
import hashlib
import threading
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import format_datetime
from html import escape
from string import Template
from urllib.parse import parse_qsl, unquote, urljoin

from examples.render import page_html
from examples.sites import Page, Pdf, Site, Sitemap

# The day the sites were last put in order; pages without a date carry it in Last-Modified.
_TIDIED = dt.date(2026, 11, 2)

Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One response; `fixed` says that it may be stored and checked with validators."""

    status: int
    body: bytes
    content_type: str = "text/plain; charset=utf-8"
    location: str = ""
    modified: dt.date = _TIDIED
    fixed: bool = True

    @property
    def etag(self) -> str:
        """A strong validator made from the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @property
    def last_modified(self) -> str:
        """The moment of the last change in the form of RFC 9110 section 5.6.7."""
        moment = dt.datetime.combine(self.modified, dt.time(8), dt.UTC)
        return format_datetime(moment, usegmt=True)


class SiteAnswers:
    """All answers of one site at one base URL. Safe to ask from several threads."""

    def __init__(self, site: Site, base_url: str) -> None:
        self._site = site
        self._base_url = base_url
        self._views: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._known: dict[Key, Callable[[], Answer]] = {}
        self._add_all()

    def answer(self, target: str) -> Answer:
        """The answer to a request target (path with query)."""
        known = self._known.get(address_key(target))
        if known:
            return known()
        if any(target.startswith(prefix) for prefix in self._site.settings.disallowed):
            return self._disallowed()
        path = address_key(target.partition("?")[0])
        if path in self._known and self._site.settings.query == "ignored":
            return self._known[path]()
        for prefix, page_path in self._site.fallbacks:
            if target.startswith(prefix) and page_path != target:
                return self.answer(page_path)
        return self._notice(404, "Deze pagina bestaat niet.")

    def _add_all(self) -> None:
        for page in self._site.pages:
            for path in (page.path, *page.also):
                self._add(path, self._page_maker(page))
        for pdf in self._site.pdfs:
            self._add(pdf.path, self._pdf_maker(pdf))
        for redirect in self._site.redirects:
            moved = Answer(redirect.status, b"", location=redirect.target, fixed=False)
            self._add(redirect.source, _constant(moved))
        for path in self._site.settings.gone:
            self._add(path, _constant(self._notice(410, "Deze pagina is opgeheven.")))
        for sitemap in self._site.sitemaps:
            self._add(sitemap.path, _constant(self._sitemap(sitemap)))
        self._add("/robots.txt", _constant(self._robots()))

    def _add(self, path: str, maker: Callable[[], Answer]) -> None:
        self._known[address_key(path)] = maker
        if self._site.settings.query == "ignored" and "?" in path:
            self._known.setdefault(address_key(path.partition("?")[0]), maker)

    def _page_maker(self, page: Page) -> Callable[[], Answer]:
        settings = self._site.settings
        if settings.counter:
            return lambda: self._counted(page)
        return _constant(self._html(200, page_html(self._site, page), page.published))

    def _counted(self, page: Page) -> Answer:
        """A page that counts its visits, so that no two visits get the same bytes."""
        with self._lock:
            self._views[page.path] += 1
            visits = self._views[page.path]
        views = zlib.crc32(page.path.encode()) % 4000 + visits
        answer = self._html(200, page_html(self._site, page, views=views), page.published)
        return replace(answer, fixed=False)

    def _html(self, status: int, text: str, day: dt.date | None = None) -> Answer:
        encoding = self._site.settings.encoding
        in_header = self._site.settings.charset_in == "header"
        return Answer(
            status,
            text.encode(encoding, "xmlcharrefreplace"),
            f"text/html; charset={encoding}" if in_header else "text/html",
            modified=day or _TIDIED,
        )

    def _pdf_maker(self, pdf: Pdf) -> Callable[[], Answer]:
        modified = pdf.published or _TIDIED
        return lambda: Answer(200, pdf.file.read_bytes(), "application/pdf", modified=modified)

    def _notice(self, status: int, sentence: str) -> Answer:
        html = (
            f'<!doctype html><html lang="nl"><head><meta charset="{self._site.settings.encoding}">'
            f"<title>{status}</title></head><body><p>{escape(sentence)}</p></body></html>"
        )
        return replace(self._html(status, html), fixed=False)

    def _disallowed(self) -> Answer:
        """A real page, so that a crawler that comes here is caught by what it stored."""
        return self._notice(200, "Deze pagina is volgens robots.txt niet voor zoekmachines.")

    def _robots(self) -> Answer:
        text = Template(self._site.settings.robots).substitute(base=self._base_url)
        return Answer(200, text.lstrip().encode())

    def _sitemap(self, sitemap: Sitemap) -> Answer:
        xml = self._index_xml(sitemap) if sitemap.index else self._urlset_xml(sitemap)
        return Answer(200, xml.encode(), "application/xml; charset=utf-8")

    def _index_xml(self, sitemap: Sitemap) -> str:
        entries = "".join(
            f"<sitemap><loc>{self._absolute(path)}</loc></sitemap>" for path in sitemap.index
        )
        return _xml("sitemapindex", entries)

    def _urlset_xml(self, sitemap: Sitemap) -> str:
        listed = [
            (document.path, document.published)
            for document in sitemap_documents(self._site, sitemap)
        ]
        listed += [(path, None) for path in sitemap.extra]
        return _xml("urlset", "".join(self._url_xml(path, day) for path, day in listed))

    def _url_xml(self, path: str, day: dt.date | None) -> str:
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        return f"<url><loc>{self._absolute(path)}</loc>{changed}</url>\n"

    def _absolute(self, path: str) -> str:
        return escape(urljoin(self._base_url, path))


def address_key(target: str) -> Key:
    """The form in which two spellings of one address are equal."""
    path, _, query = target.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    return unquote(path.replace("+", " ")), tuple(sorted(pairs))


def sitemap_documents(site: Site, sitemap: Sitemap) -> list[Page | Pdf]:
    """The pages and PDFs a sitemap names."""
    pages: list[Page | Pdf] = [page for page in site.pages if page.in_sitemap]
    return [
        document for document in (*pages, *site.pdfs) if document.path.startswith(sitemap.prefixes)
    ]


def _constant(answer: Answer) -> Callable[[], Answer]:
    return lambda: answer


def _xml(root: str, entries: str) -> str:
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{root} xmlns="{namespace}">\n{entries}</{root}>\n'
