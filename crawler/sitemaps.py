"""Sitemaps: where a site itself says what it has.

In: the addresses that robots.txt names, or else the usual places. Out: the addresses in them,
with the day of their last change where that can be read. Reads ``urlset`` and ``sitemapindex`` of
the sitemap protocol 0.9, gzip, and plain text with an address on each line.

XML is read by lxml with everything off that ever hurt: no entities, no network, no huge trees
(BeautifulSoup's ``xml`` mode gives an empty result instead of an error, threats 2.3). Limits are the
protocol's own, 50,000 addresses and 50 MB for a sitemap, and ours: 50 sitemaps, two levels.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree

from crawler.gunzip import Unpackable, gunzip
from crawler.outcomes import Fetched, Outcome

USUAL_PLACES = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/?type=1533906435")
"""The last is the number that every TYPO3 has for its sitemap, also where no route leads to it."""

MOST_SITEMAPS = 50
MOST_ADDRESSES = 50_000
MOST_BYTES = 50_000_000
DEEPEST = 2
_LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Listed:
    """An address in a sitemap, as written; ``changed_at`` is None where it says nothing useful."""

    url: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One file: the pages it lists, or the sitemaps."""

    pages: tuple[Listed, ...] = ()
    sitemaps: tuple[Listed, ...] = ()


Get = Callable[[str], Awaitable[Outcome]]
"""Asks for a sitemap, with manners; an address that may not be asked for gives ``Refused``."""


async def pages_of(origin: str, named: Sequence[str], get: Get) -> AsyncIterator[Listed]:
    """All pages in the sitemaps of a site; the usual places only when robots.txt led to none."""
    reader = _Reader(get)
    for url in named:
        async for listed in reader.read(url):
            yield listed
    for place in USUAL_PLACES:
        if reader.found:
            return
        async for listed in reader.read(origin + place):
            yield listed


class _Reader:
    """Follows sitemap indexes, each file once."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self._seen: set[str] = set()
        self.found = False

    async def read(self, url: str, level: int = 0) -> AsyncIterator[Listed]:
        if url in self._seen or len(self._seen) >= MOST_SITEMAPS:
            return
        self._seen.add(url)
        outcome = await self._get(url)
        sitemap = parse(outcome.body) if isinstance(outcome, Fetched) else None
        if sitemap is None:
            return
        self.found = True
        for listed in sitemap.pages:
            yield listed
        if level < DEEPEST:
            for inner in sitemap.sitemaps:
                async for listed in self.read(inner.url, level + 1):
                    yield listed


def parse(body: bytes) -> Sitemap | None:
    """Read a sitemap of any kind; None when it is none."""
    if body.startswith(b"\x1f\x8b"):
        try:
            body = gunzip(body, MOST_BYTES)
        except Unpackable:
            return None
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return _parse_xml(body)
    return _parse_text(body)


def _parse_text(body: bytes) -> Sitemap | None:
    lines = (line.strip() for line in body.decode("utf-8-sig", "replace").splitlines())
    pages = tuple(
        Listed(line)
        for line in lines
        if line.startswith(("http://", "https://")) and len(line) <= _LONGEST_LINE
    )
    return Sitemap(pages[:MOST_ADDRESSES]) if pages else None


def _parse_xml(body: bytes) -> Sitemap | None:
    """What can be read before the first mistake in the XML, as a broken tail is common."""
    pages: list[Listed] = []
    sitemaps: list[Listed] = []
    known = False
    try:
        for name, listed in _entries(body):
            known = True
            (pages if name == "url" else sitemaps).append(listed)
            if len(pages) + len(sitemaps) >= MOST_ADDRESSES:
                break
    except etree.XMLSyntaxError:
        if not known:
            return None
    return Sitemap(tuple(pages), tuple(sitemaps)) if known or _is_empty_sitemap(body) else None


def _is_empty_sitemap(body: bytes) -> bool:
    return b"<urlset" in body[:_LONGEST_LINE] or b"<sitemapindex" in body[:_LONGEST_LINE]


def _entries(body: bytes) -> Iterator[tuple[str, Listed]]:
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    for _, element in events:
        address = element.findtext("{*}loc")
        if address and len(address) <= _LONGEST_LINE:
            name = etree.QName(element).localname
            yield name, Listed(address.strip(), _moment(element.findtext("{*}lastmod")))
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _moment(text: str | None) -> datetime | None:
    """A W3C date or time; a day without a time is taken as its end, to be on the safe side."""
    if text is None:
        return None
    text = text.strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-01-31"):
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
