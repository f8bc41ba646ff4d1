"""Feeds: what a site published lately, in RSS 0.9 to 2.0 and Atom 1.0.

In: a fetched body. Out: the pages in it as links, with the moment of their last change where that
can be read; None when it is no feed. A feed is an address like any other: it is asked for politely,
with the validators of its last fetch, and it gives links but no document.

XML is read by lxml as in ``crawler.sitemaps``: no entities, no network, no huge trees. At most 500
entries are taken, for a feed that is longer is no news; what comes before a mistake counts.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO

from lxml import etree

from crawler.extract.link import Link, absolute
from crawler.extract.outcomes import Extracted
from crawler.outcomes import Fetched

MEDIA_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
MOST_ENTRIES = 500
MOST_BYTES = 5_000_000
_LONGEST_TITLE = 300
_XML = MEDIA_TYPES | {"application/xml", "text/xml", "text/html", "text/plain", ""}
"""A feed is often sent as something else; then its first tag tells."""

_ROOTS = (b"<rss", b"<feed", b"<rdf:RDF")
_MOMENTS = ("{*}updated", "{*}pubDate", "{*}date", "{*}published")


def read_feed(fetched: Fetched) -> Extracted | None:
    """The links of a feed; None for everything else."""
    if fetched.media_type not in _XML or not _looks_like_feed(fetched.body):
        return None
    return Extracted(document=None, links=links_of_feed(fetched), document_reason="feed")


def _looks_like_feed(body: bytes) -> bool:
    start = body[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and any(root in start for root in _ROOTS)


def links_of_feed(fetched: Fetched) -> tuple[Link, ...]:
    """The entries of a feed, each address once."""
    found: dict[str, Link] = {}
    try:
        for entry in _entries(fetched.body[:MOST_BYTES]):
            link = _link(entry, fetched.final_url)
            if link is not None:
                found.setdefault(link.url, link)
            if len(found) >= MOST_ENTRIES:
                break
    except etree.XMLSyntaxError:
        return tuple(found.values())
    return tuple(found.values())


def _entries(body: bytes) -> Iterator[etree._Element]:
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}item", "{*}entry"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
    )
    for _, element in events:
        yield element
        element.clear()


def _link(entry: etree._Element, base: str) -> Link | None:
    written = next(_addresses(entry), None)
    url = absolute(written.strip(), base) if written else None
    if url is None:
        return None
    title = " ".join((entry.findtext("{*}title") or "").split())[:_LONGEST_TITLE]
    return Link(url, title, changed_at=_changed_at(entry))


def _addresses(entry: etree._Element) -> Iterator[str]:
    """Atom has the address in an attribute, RSS as text."""
    for link in entry.iterfind("{*}link"):
        href = link.get("href")
        if href and link.get("rel", "alternate") == "alternate":
            yield href
        elif link.text and link.text.strip():
            yield link.text


def _changed_at(entry: etree._Element) -> datetime | None:
    for name in _MOMENTS:
        moment = _moment((entry.findtext(name) or "").strip())
        if moment is not None:
            return moment
    return None


def _moment(text: str) -> datetime | None:
    """A time as RFC 3339 (Atom) or RFC 822 (RSS) writes it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
