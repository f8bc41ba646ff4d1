"""Feeds: which bodies are one, and what they lead to."""

from datetime import UTC, datetime

import pytest

from crawler.feeds import MOST_ENTRIES, read_feed
from crawler.outcomes import Fetched

ADDRESS = "https://voorbeeld.nl/feed/"
RSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Dorp</title><link>https://voorbeeld.nl/</link>
<item><title>Nieuw   buurthuis</title><link>https://voorbeeld.nl/buurthuis/</link>
<pubDate>Mon, 12 Jan 2026 09:30:00 +0100</pubDate></item>
<item><title>Tuin</title><link>/tuin#top</link><dc:date>2026-01-13</dc:date></item>
<item><title>Dubbel</title><link>/tuin</link></item>
<item><title>Niets</title><guid>123</guid></item>
<item><link>mailto:dorp@voorbeeld.nl</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Dorp</title>
<link rel="self" href="https://voorbeeld.nl/atom"/>
<entry><title>Één</title><link rel="edit" href="/edit/1"/><link href="/een"/>
<published>2026-01-01T10:00:00Z</published><updated>2026-01-02T10:00:00Z</updated></entry>
<entry><title>Twee</title><link rel="alternate" href="https://elders.nl/twee"/>
<updated>ooit</updated></entry></feed>""".encode()
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://voorbeeld.nl/"/>
<item rdf:about="https://voorbeeld.nl/a"><link>https://voorbeeld.nl/a</link></item></rdf:RDF>"""


def fetched(body: bytes, media_type: str = "application/rss+xml") -> Fetched:
    return Fetched(
        url=ADDRESS,
        final_url=ADDRESS,
        status=200,
        headers={},
        body=body,
        media_type=media_type,
        charset=None,
        etag=None,
        last_modified=None,
        received_bytes=len(body),
        fetched_at=datetime(2026, 5, 1, tzinfo=UTC),
        elapsed=0.1,
    )


def entries(body: bytes) -> list[tuple[str, str, datetime | None]]:
    found = read_feed(fetched(body))
    assert found is not None
    assert (found.document, found.document_reason) == (None, "feed")
    return [(link.url, link.text, link.changed_at) for link in found.links]


def test_rss() -> None:
    assert entries(RSS) == [
        (
            "https://voorbeeld.nl/buurthuis/",
            "Nieuw buurthuis",
            datetime(2026, 1, 12, 8, 30, tzinfo=UTC),
        ),
        ("https://voorbeeld.nl/tuin", "Tuin", datetime(2026, 1, 13, tzinfo=UTC)),
    ]


def test_atom() -> None:
    assert entries(ATOM) == [
        ("https://voorbeeld.nl/een", "Één", datetime(2026, 1, 2, 10, tzinfo=UTC)),
        ("https://elders.nl/twee", "Twee", None),
    ]


def test_rss_1_0() -> None:
    assert entries(RDF) == [("https://voorbeeld.nl/a", "", None)]


def test_what_comes_before_a_mistake_counts() -> None:
    assert len(entries(RSS[: RSS.index(b"<link>/tuin#")])) == 1
    assert entries(b"<rss><channel>") == []


def test_a_feed_that_never_ends_is_cut() -> None:
    items = b"".join(b"<item><link>/%d</link></item>" % n for n in range(MOST_ENTRIES + 100))
    assert len(entries(b"<rss><channel>" + items + b"</channel></rss>")) == MOST_ENTRIES


def test_entities_are_not_read() -> None:
    bomb = (
        b'<!DOCTYPE rss [<!ENTITY a "https://voorbeeld.nl/geheim"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><link>&a;</link></item><item><link>&f;</link></item>"
        b"<item><link>/goed</link></item></channel></rss>"
    )
    assert [url for url, _, _ in entries(bomb)] == ["https://voorbeeld.nl/goed"]


@pytest.mark.parametrize(
    ("body", "media_type", "is_one"),
    [
        (RSS, "text/xml", True),
        (RSS, "text/html", True),
        (RSS, "", True),
        (b"\xef\xbb\xbf\n" + ATOM, "application/xml", True),
        (RSS, "application/pdf", False),
        (b"<!doctype html><html><body>Alles over een feed</body></html>", "text/html", False),
        (b"<urlset></urlset>", "application/xml", False),
        (b"RSS staat voor <rss", "text/plain", False),
        (b"", "application/rss+xml", False),
    ],
)
def test_what_is_a_feed(body: bytes, media_type: str, *, is_one: bool) -> None:
    assert (read_feed(fetched(body, media_type)) is not None) is is_one
