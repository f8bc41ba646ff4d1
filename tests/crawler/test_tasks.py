"""Whole crawls, through the store, of small sites on a real server."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF

from crawler.crawl import MOST_ATTEMPTS
from crawler.extract import Parser
from crawler.means import Means
from crawler.outcomes import REASONS
from crawler.politeness import SystemClock
from crawler.tasks import CrawlSummary, crawl_source
from library.document import id_of
from library.progress import Progress, Silent
from library.settings import read_settings
from library.store import Address, Store, StoredDocument
from tests.crawler.clocks import FakeClock
from tests.crawler.loopback import (
    Asked,
    Loopback,
    Route,
    answer,
    page,
    redirect,
    serving,
    with_etag,
)


class Later(SystemClock):
    """The real clock, set forward; long waits are over at once."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self.ahead = ahead
        self.skipped = 0.0

    def now(self) -> datetime:
        return super().now() + self.ahead + timedelta(seconds=self.skipped)

    def monotonic(self) -> float:
        return super().monotonic() + self.skipped

    async def sleep(self, seconds: float) -> None:
        if seconds < 1:
            await super().sleep(seconds)
        else:
            self.skipped += seconds


class Place:
    """A store, and crawls of one site into it."""

    def __init__(self, home: Path, site: Loopback, parser: Parser, **rules: Any) -> None:
        self.parser = parser
        self.settings = read_settings(
            {}, home=home, trusted_addresses=site.trusted, trusted_pace=0.0
        )
        self.store = Store.open(self.settings)
        self.site = site
        self.source = self.store.sources.add(
            name="Dorpsbelang", url=rules.pop("url", site.url + "/"), **rules
        )

    def crawl(
        self,
        ahead: timedelta = timedelta(0),
        limit: int | None = None,
        progress: Progress | None = None,
    ) -> CrawlSummary:
        self.site.asked.clear()
        return self.crawl_with(self.means(clock=Later(ahead)), limit, progress)

    def means(self, **changes: Any) -> Means:
        return Means(self.settings, parser=self.parser, **changes)

    def crawl_with(
        self, means: Means, limit: int | None = None, progress: Progress | None = None
    ) -> CrawlSummary:
        told = progress or Silent()
        return crawl_source(self.store, means.settings, self.source, told, limit=limit, means=means)

    @property
    def live(self) -> dict[str, StoredDocument]:
        """Live documents by the path of their canonical address."""
        found = (stored for stored in self.store.documents.live())
        return {s.document.canonical_url.removeprefix(self.site.url): s for s in found}

    def address(self, path: str) -> Address:
        found = self.store.frontier.find(self.source.id, self.site.url + path)
        assert found is not None
        return found


Make = Callable[..., Place]


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    """One child for all tests, as it takes a second to start."""
    with Parser() as shared:
        yield shared


@pytest.fixture
def make(tmp_path: Path, parser: Parser) -> Iterator[Make]:
    """Make a place for a site; its store is closed at the end."""
    places: list[Place] = []

    def made(site: Loopback, **rules: Any) -> Place:
        places.append(Place(tmp_path / f"home{len(places)}", site, parser, **rules))
        return places[-1]

    yield made
    for place in places:
        place.store.close()


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as running:
        yield running


def pages(*links: str, **more: Route) -> dict[str, Route]:
    """A home page with links, and a page for each of them that can be had by halves (304)."""
    routes: dict[str, Route] = {"/": with_etag(page("Welkom op de site van ons dorp", *links))}
    for link in links:
        routes.setdefault(link, with_etag(page(f"Alles over {link.strip('/')}")))
    return routes | more


MONTH = timedelta(days=30)
DAY = timedelta(hours=25)


def test_a_small_site(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b#kop", "/b?utm_source=x", "mailto:x@y.nl", "http://10.0.0.1/")
    site.routes["/b"] = answer(page("Alles over b", "/c", "/a"))
    site.routes["/c"] = answer(page("Diep weggestopt"))
    place = make(site)
    summary = place.crawl()
    assert summary.state == "done"
    assert set(place.live) == {"/", "/a", "/b", "/c"}
    assert site.paths == [
        *("/robots.txt", "/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml"),
        *("/", "/a", "/b", "/c"),
    ]
    assert {k: v for k, v in summary.counts.items() if v} == {"found": 4, "fetched": 4, "new": 4}
    assert place.address("/c").found_on == site.url + "/b"
    assert place.address("/c").depth == 2
    document = place.live["/c"].document
    assert document.id == id_of(site.url + "/c")
    assert (document.organisation, document.title) == ("Dorpsbelang", "Diep weggestopt")
    body = place.store.bodies.find(place.address("/c").id)
    assert body is not None
    assert body.content == page("Diep weggestopt")
    latest = place.store.crawls.latest(place.source.id)
    assert latest is not None
    assert (latest.state, dict(latest.counts)) == ("done", dict(summary.counts))


def test_an_unchanged_site_costs_no_body_and_no_revision(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    site.routes["/b"] = answer(page("Zonder kenmerk"))
    place = make(site)
    place.crawl()
    revision = place.store.documents.revision()
    summary = place.crawl(MONTH)
    assert (summary.counts["fetched"], summary.counts["unchanged"]) == (3, 3)
    assert [place.address(path).outcome for path in ("/", "/a", "/b")] == [
        *("not-modified", "not-modified", "same-bytes")
    ]
    assert place.store.documents.revision() == revision
    stored = place.live["/b"]
    assert stored.checked_at > stored.changed_at + MONTH / 2


def test_only_what_changed_is_written(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    before = {path: stored.revision for path, stored in place.live.items()}
    site.routes["/a"] = with_etag(page("Alles over a", text="Nieuwe tekst over het dorpshuis." * 9))
    summary = place.crawl(MONTH)
    changed = [path for path, stored in place.live.items() if stored.revision != before[path]]
    assert changed == ["/a"]
    assert summary.counts["changed"] == 1


def test_a_page_that_only_moves_its_menu_is_unchanged(site: Loopback, make: Make) -> None:
    site.routes = {"/": answer(page("Welkom op onze site", "/x"))}
    place = make(site)
    place.crawl()
    site.routes = {"/": answer(page("Welkom op onze site", "/y", "/x"))}
    assert place.crawl(MONTH).counts["unchanged"] == 1


def test_what_robots_forbids_is_never_asked(site: Loopback, make: Make) -> None:
    site.routes = pages("/open", "/dicht/a", "/dicht/b", "/zoek?q=x")
    site.routes["/robots.txt"] = answer(
        b"User-agent: *\nDisallow: /dicht/\nDisallow: /*?q=\nSitemap: /dicht/kaart.xml"
    )
    place = make(site)
    summary = place.crawl()
    assert not [path for path in site.paths if path.startswith(("/dicht", "/zoek"))]
    assert summary.reasons["robots"] == 3
    assert set(place.live) == {"/", "/open"}


def test_a_page_that_becomes_forbidden_goes(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /a")
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/b"}
    removed = place.store.documents.get(id_of(site.url + "/a"))
    assert removed.removed_reason == "robots"


def test_sitemaps_lead_to_pages_and_tell_what_changed(site: Loopback, make: Make) -> None:
    def listing(*urls: str) -> bytes:
        entries = "".join(f"<url><loc>{site.url}{url}</loc></url>" for url in urls)
        return f"<urlset>{entries}<url><loc>http://ander.nl/</loc></url></urlset>".encode()

    inner = gzip.compress(listing("/los", "/a", "/los?utm_campaign=1"))
    index = f"<sitemapindex><sitemap><loc>{site.url}/kaart.xml.gz</loc></sitemap></sitemapindex>"
    site.routes = pages("/a") | {
        "/los": answer(page("Nergens genoemd")),
        "/robots.txt": answer(f"Sitemap: {site.url}/index.xml".encode()),
        "/index.xml": redirect("/index2.xml"),
        "/index2.xml": answer(index.encode(), content_type="text/xml"),
        "/kaart.xml.gz": answer(inner, content_type="application/gzip"),
    }
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/a", "/los"}
    assert place.address("/a").found_on == site.url + "/"


@pytest.mark.parametrize(
    ("scope", "start", "found"),
    [
        ("site", "/kennis/", {"/kennis/", "/kennis/a", "/nieuws"}),
        ("section", "/kennis/", {"/kennis/", "/kennis/a"}),
        ("page", "/kennis/", {"/kennis/"}),
        ("page", "/kennis", {"/kennis/"}),
    ],
)
def test_the_scope_of_a_source(
    site: Loopback, make: Make, scope: str, start: str, found: set[str]
) -> None:
    site.routes = {
        "/kennis": redirect("/kennis/"),
        "/kennis/": answer(page("Kennis van het dorp", "/kennis/a", "/nieuws", "/intern/x")),
        "/kennis/a": answer(page("Kennis over a")),
        "/nieuws": answer(page("Nieuws uit het dorp")),
        "/intern/x": answer(page("Alleen voor leden")),
    }
    place = make(site, url=site.url + start, scope=scope, excluded=["/intern"])
    summary = place.crawl()
    assert summary.state == "done"
    assert set(place.live) == found


def test_410_removes_at_once_and_404_at_the_second_sighting(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b", "/c")
    place = make(site)
    place.crawl()
    site.routes["/a"] = answer(status=410)
    site.routes["/b"] = answer(status=404)
    assert place.crawl(MONTH).counts["gone"] == 1
    assert set(place.live) == {"/", "/b", "/c"}
    place.crawl(MONTH + timedelta(hours=23))
    assert set(place.live) == {"/", "/b", "/c"}
    assert place.crawl(MONTH + DAY).counts["gone"] == 1
    assert set(place.live) == {"/", "/c"}
    assert place.store.bodies.find(place.address("/b").id) is None
    place.crawl(MONTH + 2 * DAY)
    assert "/a" not in site.paths


def test_a_page_that_comes_back_is_back(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    alive = site.routes["/a"]
    place = make(site)
    place.crawl()
    site.routes["/a"] = answer(status=404)
    place.crawl(MONTH)
    site.routes["/a"] = alive
    place.crawl(MONTH + DAY)
    assert place.address("/a").missing_since is None
    site.routes["/a"] = answer(status=410)
    place.crawl(MONTH + 2 * DAY)
    assert set(place.live) == {"/"}
    site.routes |= {"/": answer(page("Welkom, weer met a", "/a")), "/a": alive}
    assert place.crawl(MONTH + 3 * DAY).counts["new"] == 1
    assert set(place.live) == {"/", "/a"}


@pytest.mark.parametrize("status", [401, 403, 429, 500, 502, 503, 504])
def test_a_source_that_only_gives_errors_loses_nothing(
    site: Loopback, make: Make, status: int
) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    revision = place.store.documents.revision()
    site.routes = {path: answer(status=status) for path in ("/", "/a", "/b", "/robots.txt")}
    for week in range(1, 8):
        assert place.crawl(week * MONTH).state == "failed"
    assert set(place.live) == {"/", "/a", "/b"}
    assert place.store.documents.revision() == revision


def test_a_source_where_everything_is_gone_is_held_at_the_brake(site: Loopback, make: Make) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    site.routes = dict.fromkeys(["/", *links], answer(status=410))
    summary = place.crawl(MONTH)
    assert (summary.state, summary.reason) == ("held", "brake")
    assert len(place.live) == 31
    site.routes = pages(*links)
    assert place.crawl(2 * MONTH).state == "done"
    assert len(place.live) == 31


def test_a_few_gone_pages_are_no_reason_for_the_brake(site: Loopback, make: Make) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    site.routes |= dict.fromkeys(links[:20], answer(status=410))
    assert place.crawl(MONTH).state == "done"
    assert len(place.live) == 11


def test_a_page_that_moves_for_good_takes_its_place_along(site: Loopback, make: Make) -> None:
    site.routes = pages("/oud", "/ander")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": answer(page("Alles over oud"))}
    summary = place.crawl(MONTH)
    assert set(place.live) == {"/", "/ander", "/nieuw"}
    assert place.store.documents.get(id_of(site.url + "/oud")).removed_reason == "moved"
    assert summary.counts["gone"] == 1
    revision = place.store.documents.revision()
    place.crawl(2 * MONTH)
    assert place.store.documents.revision() == revision


def test_a_page_stays_while_its_new_place_is_not_there(site: Loopback, make: Make) -> None:
    site.routes = pages("/oud")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": answer(status=503)}
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/oud"}


def test_a_page_that_is_elsewhere_for_a_while_stays(site: Loopback, make: Make) -> None:
    site.routes = pages("/oud")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw", 302), "/nieuw": answer(page("Even hier te vinden"))}
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/oud", "/nieuw"}


@pytest.mark.parametrize(
    ("routes", "reason"),
    [
        ({"/x": redirect("/y"), "/y": redirect("/x")}, "redirect-loop"),
        ({"/x": redirect("/x")}, "redirect-loop"),
        ({"/x": redirect("http://10.0.0.1/")}, "moved-away"),
        ({"/x": redirect("http://ander.nl/", 302)}, "sent-away"),
        ({"/x": redirect("file:///etc/passwd")}, "bad-redirect"),
        (
            {"/x": redirect("/0")} | {f"/{n}": redirect(f"/{n + 1}") for n in range(20)},
            "too-many-redirects",
        ),
    ],
)
def test_bad_redirects_have_their_reason(
    site: Loopback, make: Make, routes: Mapping[str, Route], reason: str
) -> None:
    site.routes = pages("/x") | dict(routes)
    place = make(site)
    summary = place.crawl()
    assert summary.reasons[reason] == 1
    assert set(place.live) == {"/"}
    assert len(site.asked) < 20


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


def test_a_canonical_link_is_the_identity(site: Loopback, make: Make) -> None:
    site.routes = pages("/a?afdruk=ja", "/a")
    site.routes["/a?afdruk=ja"] = answer(page("Alles over a", head=canonical("/a")))
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/a"}
    revision = place.store.documents.revision()
    site.routes["/a?afdruk=ja"] = answer(page("Alles over a, anders", head=canonical("/a")))
    place.crawl(MONTH)
    assert place.live["/a"].document.title == "Alles over a"
    assert place.store.documents.revision() == revision


def test_a_canonical_page_that_nobody_links_is_found(site: Loopback, make: Make) -> None:
    site.routes = pages("/b")
    site.routes["/b"] = answer(page("Alles over b", head=canonical("/echt")))
    site.routes["/echt"] = answer(page("Alles over b, het echte"))
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/echt"}
    assert place.live["/echt"].document.title == "Alles over b, het echte"


def test_a_canonical_page_that_is_not_there_loses_nothing(site: Loopback, make: Make) -> None:
    site.routes = pages("/b")
    site.routes["/b"] = answer(page("Alles over b", head=canonical("/echt")))
    place = make(site)
    place.crawl()
    place.crawl(MONTH)
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/", "/echt"}
    assert place.live["/echt"].document.title == "Alles over b"


@pytest.mark.parametrize("target", ["http://ander.nl/b", "/", "http://[::1"])
def test_a_canonical_link_that_cannot_be_believed(site: Loopback, make: Make, target: str) -> None:
    site.routes = pages("/b")
    site.routes["/b"] = answer(page("Alles over b", head=canonical(target)))
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/b"}


def test_canonical_links_in_a_circle_lose_nothing(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    site.routes["/a"] = answer(page("Alles over a", head=canonical("/b")))
    site.routes["/b"] = answer(page("Alles over b", head=canonical("/a")))
    place = make(site)
    place.crawl()
    place.crawl(MONTH)
    assert len(place.live) == 2


def test_what_a_page_asks_is_done(site: Loopback, make: Make) -> None:
    site.routes = pages("/verborgen", "/los", "/engels")
    site.routes["/verborgen"] = answer(
        page("Niet te vinden", "/wel", head='<meta name="robots" content="noindex">')
    )
    site.routes["/los"] = answer(
        page("Volg mij niet", "/niet", head='<meta name="robots" content="nofollow">')
    )
    site.routes["/engels"] = answer(
        page(
            "A page in English",
            text="The residents of the village run their own community centre together. " * 5,
        ).replace(b'lang="nl"', b'lang="en"')
    )
    site.routes["/wel"] = answer(page("Gevonden langs een verborgen pagina"))
    place = make(site)
    summary = place.crawl()
    assert set(place.live) == {"/", "/los", "/wel"}
    assert "/niet" not in site.paths
    assert (summary.reasons["noindex"], summary.reasons["other-language"]) == (1, 1)
    assert summary.reasons["nofollow"] == 1


def test_a_page_that_no_longer_wants_to_be_found_goes(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    site.routes["/a"] = answer(page("Alles over a"), x_robots_tag="noindex")
    place.crawl(MONTH)
    assert set(place.live) == {"/"}
    assert place.store.documents.get(id_of(site.url + "/a")).removed_reason == "noindex"


def pdf(*texts: str, title: str = "") -> bytes:
    made = FPDF()
    made.set_font("helvetica", size=12)
    if title:
        made.set_title(title)
    for text in texts:
        made.add_page()
        made.multi_cell(0, 8, text)
    # Without a date of its own.
    return bytes(made.output()).replace(b"/CreationDate", b"/CreatieDatum")


def test_a_pdf_takes_what_it_lacks_from_the_page_that_links_it(site: Loopback, make: Make) -> None:
    words = "de bewoners van het dorp beheren samen het buurthuis en betalen het onderhoud. " * 4
    dated = page(
        "Jaarverslag van het dorpshuis",
        "/js/1234.pdf",
        head='<meta property="article:published_time" content="2024-03-05T10:00:00+01:00">',
    )
    site.routes = pages("/verslag")
    site.routes["/verslag"] = answer(dated)
    site.routes["/js/1234.pdf"] = answer(pdf(words, words), content_type="application/pdf")
    place = make(site)
    place.crawl()
    document = place.live["/js/1234.pdf"].document
    parent = place.live["/verslag"].document
    assert document.attached_to == parent.id
    assert document.published == parent.published
    assert parent.published is not None
    assert document.media_type == "application/pdf"
    assert [section.page for section in document.sections] == [1, 2]


@pytest.mark.parametrize(
    ("body", "media_type", "reason"),
    [
        (page("Eigenlijk een pagina"), "application/pdf", None),
        (b"%PDF-1.7 kapot", "application/pdf", "broken-pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image/png", "unsupported-type"),
        (b"", "text/html", None),
    ],
)
def test_bodies_that_are_not_what_they_seem(
    site: Loopback, make: Make, body: bytes, media_type: str, reason: str | None
) -> None:
    site.routes = pages("/x.pdf", "/goed")
    site.routes["/x.pdf"] = answer(body, content_type=media_type)
    place = make(site)
    summary = place.crawl()
    assert summary.state == "done"
    assert "/goed" in place.live
    if reason is not None:
        assert summary.reasons[reason] == 1


def test_hostile_pages_are_left_out_and_the_rest_is_not(site: Loopback, make: Make) -> None:
    site.routes = pages("/bom", "/groot", "/dubbel", "/goed")
    site.routes["/bom"] = answer(bytes(20_000_000), packed=True)
    site.routes["/groot"] = b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n"
    site.routes["/dubbel"] = answer(gzip.compress(b"x"), content_encoding="gzip, gzip")
    place = make(site)
    summary = place.crawl()
    assert set(place.live) == {"/", "/goed"}
    for reason in ("bomb", "too-large", "bad-encoding"):
        assert summary.reasons[reason] == 1
    assert summary.state == "done"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "private-address"),
        ("http://169.254.169.254/", "private-address"),
        ("http://2130706433/", "private-address"),
        ("http://localhost/", "private-name"),
        ("http://intranet/", "private-name"),
        ("https://voorbeeld.nl:8443/", "bad-port"),
    ],
)
def test_a_source_that_may_not_be_reached(
    site: Loopback, make: Make, url: str, reason: str
) -> None:
    summary = make(site, url=url).crawl()
    assert (summary.state, summary.reason) == ("failed", reason)
    assert reason in REASONS


def test_a_source_that_cannot_be_reached(make: Make) -> None:
    with serving() as stopped:
        place = make(stopped)
    summary = place.crawl()
    assert (summary.state, summary.reason) == ("failed", "connect-failed")


def test_a_name_that_is_not_there(site: Loopback, make: Make) -> None:
    async def nothing(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    place = make(site, url="https://bestaat-niet.nl/")
    summary = place.crawl_with(place.means(clock=FakeClock(), resolve=nothing))
    assert (summary.state, summary.reason) == ("failed", "dns-failed")


def test_a_page_that_stumbles_is_tried_again_later(site: Loopback, make: Make) -> None:
    tries: list[str] = []

    def stumble(asked: Asked) -> bytes:
        tries.append(asked.path)
        return answer(status=500) if len(tries) == 1 else answer(page("Alles over a"))

    site.routes = pages("/a", "/b") | {"/a": stumble, "/c": answer(status=500)}
    site.routes["/b"] = answer(page("Alles over b", "/c"))
    place = make(site)
    summary = place.crawl_with(place.means(clock=FakeClock()))
    assert set(place.live) == {"/", "/a", "/b"}
    assert site.paths.count("/c") == MOST_ATTEMPTS
    assert summary.counts["errors"] == 1


def test_a_host_that_keeps_failing_is_left_alone(site: Loopback, make: Make) -> None:
    links = [f"/{n}" for n in range(40)]
    site.routes = pages(*links) | dict.fromkeys(links, answer(status=500))
    place = make(site)
    summary = place.crawl()
    assert (summary.state, summary.reason) == ("failed", "host-stopped")
    assert len([path for path in site.paths if path in links]) == 10
    assert summary.counts["found"] == 41


def test_a_delay_of_more_than_a_minute_pauses_the_source(site: Loopback, make: Make) -> None:
    site.routes = pages("/a") | {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: 61")}
    place = make(site)
    summary = place.crawl()
    assert (summary.state, summary.reason) == ("failed", "crawl-delay-too-long")
    assert place.store.sources.get(place.source.id).paused
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("robots", "pace", "gap"),
    [(b"", None, 2.0), (b"User-agent: *\nCrawl-delay: 8", None, 8.0), (b"", 5.0, 5.0)],
)
def test_the_pace_of_a_whole_crawl(
    site: Loopback, make: Make, robots: bytes, pace: float | None, gap: float
) -> None:
    site.routes = pages("/a", "/b", "/c") | {"/robots.txt": answer(robots)}
    place = make(site, pace=pace)
    place.settings = place.settings.model_copy(update={"trusted_pace": 2.0})
    clock = FakeClock()
    place.crawl_with(place.means(clock=clock))
    assert len(site.asked) == 8
    assert clock.passed == pytest.approx(7 * gap)


def test_the_server_sees_one_request_and_one_connection_at_a_time_in_its_pace(
    site: Loopback, make: Make
) -> None:
    site.routes = pages(*(f"/{n}" for n in range(12)))
    site.seconds = 0.01
    place = make(site)
    place.settings = place.settings.model_copy(update={"trusted_pace": 0.1})
    place.crawl()
    gaps = [b.at - a.at for a, b in zip(site.asked, site.asked[1:], strict=False)]
    assert min(gaps) >= 0.1
    assert (site.most_at_once, site.most_connections) == (1, 1)


def test_a_limit_is_a_budget_and_the_next_crawl_takes_the_rest(site: Loopback, make: Make) -> None:
    site.routes = pages(*(f"/{n}" for n in range(10)))
    place = make(site)
    summary = place.crawl(limit=4)
    assert (summary.state, summary.reason) == ("done", "budget")
    assert len(place.live) == 4
    place.crawl(MONTH, limit=8)
    assert len(place.live) == 11


class StopAfter(Silent):
    """Asks to stop after some addresses."""

    def __init__(self, number: int) -> None:
        self.left = number

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        self.left -= 1

    def should_stop(self) -> bool:
        return self.left <= 0


def test_a_stopped_crawl_goes_on_where_it_was(site: Loopback, make: Make) -> None:
    site.routes = pages(*(f"/{n}" for n in range(10)))
    place = make(site)
    summary = place.crawl(progress=StopAfter(3))
    assert (summary.state, summary.reason) == ("stopped", "asked")
    first = list(site.paths)
    summary = place.crawl()
    assert summary.state == "done"
    assert len(place.live) == 11
    assert not set(first) & set(site.paths)
    assert summary.counts["new"] == 11
    assert len(place.store.crawls.of_source(place.source.id, 10)) == 1


def test_two_sources_do_not_fight_over_a_page(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    place.source = place.store.sources.add(name="Ander", url=site.url + "/a", scope="page")
    summary = place.crawl(MONTH)
    assert summary.reasons["other-source"] == 1
    assert {s.document.organisation for s in place.live.values()} == {"Dorpsbelang"}


def test_every_address_has_one_outcome_with_a_sentence(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/weg", "/stuk", "/heen", "/bom")
    site.routes |= {"/stuk": answer(status=418), "/heen": redirect("/a")}
    site.routes["/weg"] = answer(status=404)
    site.routes["/bom"] = answer(bytes(20_000_000), packed=True)
    place = make(site)
    place.crawl()
    found = place.store.frontier.of_source(place.source.id)
    assert len(found) == 6
    assert {a.outcome for a in found} <= set(REASONS)
    assert None not in {a.outcome for a in found}


def test_progress_tells_how_far_it_is(site: Loopback, make: Make) -> None:
    told: list[tuple[int, Mapping[str, int] | None, int | None]] = []

    class Listener(Silent):
        def advance(
            self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
        ) -> None:
            told.append((done, counts, total))

    site.routes = pages("/a", "/b")
    make(site).crawl(progress=Listener())
    assert [total for _, _, total in told][-1] == 3
    assert told[-1][0] == 3
    assert (told[-1][1] or {})["new"] == 3
