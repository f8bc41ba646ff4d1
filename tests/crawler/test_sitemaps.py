"""Sitemaps of every kind, the hostile ones too."""

import asyncio
import gzip
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from crawler.outcomes import Fetched, Outcome, Refused
from crawler.sitemaps import MOST_ADDRESSES, MOST_SITEMAPS, Listed, pages_of, parse

SITE = "https://voorbeeld.nl"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*urls: str, extra: str = "") -> bytes:
    entries = "".join(f"<url><loc>{url}</loc>{extra}</url>" for url in urls)
    return f'<?xml version="1.0"?><urlset {NAMESPACE}>{entries}</urlset>'.encode()


def index(*urls: str) -> bytes:
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex {NAMESPACE}>{entries}</sitemapindex>".encode()


def urls(body: bytes) -> list[str] | None:
    sitemap = parse(body)
    return None if sitemap is None else [listed.url for listed in sitemap.pages]


@pytest.mark.parametrize(
    "body",
    [
        urlset(f"{SITE}/a", f"{SITE}/b"),
        urlset(f" \n{SITE}/a\n ", f"{SITE}/b"),
        b"\xef\xbb\xbf\n "
        + urlset(f"{SITE}/a", f"{SITE}/b").replace(b'<?xml version="1.0"?>', b""),
        gzip.compress(urlset(f"{SITE}/a", f"{SITE}/b"), mtime=0),
        f"{SITE}/a\r\n{SITE}/b\r\nniets\r\n".encode(),
        urlset(f"{SITE}/a", f"{SITE}/b").replace(NAMESPACE.encode(), b""),
        urlset(f"{SITE}/a", f"{SITE}/b")[:-9] + b"<url><loc>kapot & meer",
    ],
)
def test_all_kinds_give_the_same(body: bytes) -> None:
    assert urls(body) == [f"{SITE}/a", f"{SITE}/b"]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-04", datetime(2026, 3, 4, 23, 59, 59, tzinfo=UTC)),
        ("2026-03-04T10:00:00+01:00", datetime(2026, 3, 4, 9, tzinfo=UTC)),
        ("2026-03-04T10:00:00Z", datetime(2026, 3, 4, 10, tzinfo=UTC)),
        ("gisteren", None),
        ("", None),
    ],
)
def test_the_day_of_the_last_change(written: str, moment: datetime | None) -> None:
    sitemap = parse(urlset(f"{SITE}/a", extra=f"<lastmod>{written}</lastmod>"))
    assert sitemap is not None
    assert sitemap.pages == (Listed(f"{SITE}/a", moment),)


def test_an_empty_sitemap_is_one() -> None:
    assert urls(urlset()) == []
    assert urls(b"<urlset/>") == []


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + f"]><urlset {NAMESPACE}><url><loc>{SITE}/&j;</loc></url></urlset>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<urlset {NAMESPACE}><url><loc>{SITE}/&x;</loc></url></urlset>"
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Niet gevonden</body></html>",
        b"gewone tekst",
        b"<a>" * 100_000,
        b"\x1f\x8b kapot",
        gzip.compress(bytes(20_000_000), mtime=0),
    ],
)
def test_what_is_no_sitemap(body: bytes) -> None:
    assert not urls(body)


@pytest.mark.parametrize("body", [LAUGHS, OUTSIDE])
def test_entities_are_never_filled_in(body: str) -> None:
    for url in urls(body.encode()) or []:
        assert len(url) < 100
        assert "root:" not in url


def test_no_more_addresses_than_the_protocol_allows() -> None:
    sitemap = parse(urlset(*(f"{SITE}/{n}" for n in range(MOST_ADDRESSES + 10))))
    assert sitemap is not None
    assert len(sitemap.pages) == MOST_ADDRESSES


class Site:
    """Answers for sitemaps, and notes what was asked."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    async def get(self, url: str) -> Outcome:
        path = url.removeprefix(SITE)
        self.asked.append(path)
        if path not in self.files:
            return Refused(url, "robots")
        body = self.files[path]
        return Fetched(
            url, url, 200, {}, body, "text/xml", None, None, None, len(body), datetime.now(UTC), 0.1
        )

    def pages(self, *named: str) -> list[str]:
        async def run() -> list[str]:
            return [listed.url async for listed in pages_of(SITE, named, self.get)]

        return asyncio.run(run())


def test_the_usual_places_until_one_is_found() -> None:
    site = Site({"/sitemap_index.xml": index(f"{SITE}/s1.xml"), "/s1.xml": urlset(f"{SITE}/a")})
    assert site.pages() == [f"{SITE}/a"]
    assert site.asked == ["/sitemap.xml", "/sitemap_index.xml", "/s1.xml"]


def test_what_robots_names_comes_first_and_is_enough() -> None:
    site = Site({"/eigen.xml": urlset(f"{SITE}/a"), "/sitemap.xml": urlset(f"{SITE}/b")})
    assert site.pages(f"{SITE}/eigen.xml") == [f"{SITE}/a"]
    assert site.pages(f"{SITE}/weg.xml") == [f"{SITE}/b"]


def test_an_index_that_holds_itself_ends() -> None:
    site = Site({"/sitemap.xml": index(f"{SITE}/sitemap.xml", f"{SITE}/sitemap.xml")})
    assert site.pages() == []
    assert site.asked == ["/sitemap.xml"]


def test_two_levels_of_indexes_are_followed() -> None:
    files = {f"/{n}.xml": index(f"{SITE}/{n + 1}.xml") for n in range(5)}
    site = Site(files)
    site.pages(f"{SITE}/0.xml")
    assert site.asked == ["/0.xml", "/1.xml", "/2.xml"]


def test_no_more_sitemaps_than_fifty() -> None:
    many = index(*(f"{SITE}/{n}.xml" for n in range(200)))
    site = Site({"/sitemap.xml": many})
    site.pages()
    assert len(site.asked) == MOST_SITEMAPS
