"""Why an address is there, or is not."""

from datetime import UTC, datetime

import pytest

from crawler import REASONS, explain
from library.document import Document, Section, id_of
from library.settings import Settings
from library.store import Address, RobotsFile, Store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SITE = "https://voorbeeld-dorp.nl"


@pytest.fixture
def crawled(store: Store) -> Store:
    """A source with one page, one gone page and one page that was never visited."""
    source = store.sources.add(name="Dorp", url=SITE + "/", path_rules=["deny /intern"])
    crawl = store.crawls.add(source.id, NOW)
    pages = [Address(SITE + path, depth=1, found_on=SITE + "/") for path in ("/a", "/weg", "/c")]
    pages.append(Address(SITE + "/kaart", depth=1))
    robots = RobotsFile("read", b"User-agent: *\nDisallow: /c", NOW)
    store.hosts.put_robots(SITE, robots)
    store.frontier.add(source.id, crawl.id, pages)
    identity = id_of(SITE + "/a")
    store.documents.put(
        Document(
            *(identity, SITE + "/a", SITE + "/a", "Over a", (Section("x"),), "Dorp"),
            directives=("nosnippet",),
        ),
        source_id=source.id,
    )
    better = "https://beter.nl/"
    store.documents.put(Document("beter", better, better, "Beter", (Section("x"),), "Beter"))
    store.documents.relate(identity, duplicate_of="beter")
    seen = {"visited_at": NOW}
    store.frontier.record(
        source.id,
        SITE + "/a",
        crawl.id,
        outcome="fetched",
        document_id=identity,
        removal="robots",
        **seen,
    )
    store.frontier.record(
        source.id, SITE + "/weg", crawl.id, outcome="http-404", missing_since=NOW, **seen
    )
    return store


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/a?utm_source=x#kop", f"document: {id_of(SITE + '/a')} 'Over a' of Dorp"),
        ("/a", "visited 2026-05-01 12:00 UTC (fetched): The page was fetched."),
        ("/a", f"found on {SITE}/, 1 links from the start"),
        ("/weg", "(http-404): The server says that the page is not there (404)."),
        ("/weg", "missing since 2026-05-01 12:00"),
        ("/weg", "document: none"),
        ("/c", "source dorp: known, not visited yet (waiting)"),
        ("/kaart", "    found in a sitemap"),
        ("/a", "    its document goes (robots): The robots.txt of the site does not allow it."),
        ("/a", "    says the same as the better copy https://beter.nl/"),
        ("/a", "    it asks for nosnippet"),
        ("/a", "robots.txt: read at 2026-05-01 12:00 UTC, allows it"),
        ("/c", f"read at 2026-05-01 12:00 UTC, (robots): {REASONS['robots']}"),
        ("/d", "source dorp: in scope, but no page, sitemap or redirect led to it yet"),
        ("/intern/x", f"source dorp: left out (excluded): {REASONS['excluded']}"),
        ("/a/a/a", f"never fetched (repeated-segment): {REASONS['repeated-segment']}"),
    ],
)
def test_what_is_said_of_an_address(
    crawled: Store, settings: Settings, path: str, said: str
) -> None:
    assert said in "\n".join(explain(crawled, settings, SITE + path))


def test_an_address_of_nobody(crawled: Store, settings: Settings) -> None:
    lines = list(explain(crawled, settings, "https://nergens.nl/"))
    assert lines[1] == "robots.txt: not read yet"
    assert lines[2].startswith("source: no source has this site")


def test_what_is_no_address(crawled: Store, settings: Settings) -> None:
    assert list(explain(crawled, settings, "geen adres")) == [f"address: {REASONS['bad-url']}"]


def test_reasons_of_extraction_are_among_them() -> None:
    assert {"broken-pdf", "noindex", "http-404"} <= set(REASONS)


def test_an_address_is_read_as_its_source_reads_it(crawled: Store, settings: Settings) -> None:
    source = crawled.sources.find("dorp")
    assert source is not None
    crawled.sources.edit(source.id, kept_parameters=())
    lines = list(explain(crawled, settings, SITE + "/a?t=versiering"))
    assert f"document: {id_of(SITE + '/a')} 'Over a' of Dorp" in lines
