"""Whole crawls, through the store, of small sites on a real server."""

import gzip
from collections.abc import Mapping

import pytest
from fpdf import FPDF

from crawler.missing import probe_of
from crawler.sitemaps import USUAL_PLACES
from library.document import id_of
from library.errors import JobLost
from library.progress import Silent
from tests.crawler.loopback import (
    Loopback,
    answer,
    page,
    redirect,
    with_etag,
)
from tests.crawler.place import MONTH, Make, pages


def test_a_small_site(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b#kop", "/b?utm_source=x", "mailto:x@y.nl", "http://10.0.0.1/")
    site.routes["/b"] = answer(page("Alles over b", "/c", "/a"))
    site.routes["/c"] = answer(page("Diep weggestopt"))
    place = make(site)
    summary = place.crawl()
    assert summary.state == "done"
    assert set(place.live) == {"/", "/a", "/b", "/c"}
    probe = str(probe_of(place.source, 1)).removeprefix(site.url)
    assert site.paths == [
        *("/robots.txt", *USUAL_PLACES),
        *("/", "/a", probe, "/b", "/c"),
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
    place = make(site, url=site.url + start, scope=scope, path_rules=["deny /intern"])
    summary = place.crawl()
    assert summary.state == "done"
    assert set(place.live) == found


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
    probe = str(probe_of(place.source, 1)).removeprefix(site.url)
    assert set(first) & set(site.paths) <= {probe}
    assert summary.counts["new"] == 11
    assert len(place.store.crawls.of_source(place.source.id, 10)) == 1


def test_a_crawl_that_was_left_for_long_begins_anew(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl(progress=StopAfter(2))
    assert place.crawl(MONTH).counts["fetched"] == 3
    newest, oldest = place.store.crawls.of_source(place.source.id, 9)
    assert (newest.state, oldest.state, oldest.reason) == ("done", "failed", "abandoned")


def test_two_sources_do_not_fight_over_a_page(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    place.source = place.store.sources.add(name="Ander", url=site.url + "/a", scope="page")
    summary = place.crawl(MONTH)
    assert summary.reasons["other-source"] == 1
    assert {s.document.organisation for s in place.live.values()} == {"Dorpsbelang"}


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


class TakenOver(Silent):
    """Another worker has the job once two pages were visited."""

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        if done >= 2:
            raise JobLost("The job was taken over.")


def test_a_crawl_that_another_worker_took_over_is_left_to_it(site: Loopback, make: Make) -> None:
    site.routes = pages(*(f"/{name}" for name in "abcdef"))
    place = make(site)
    with pytest.raises(JobLost):
        place.crawl(progress=TakenOver())
    asked = site.paths
    left = place.store.crawls.unfinished(place.source.id)
    assert left is not None
    summary = place.crawl()
    assert (summary.state, len(place.live)) == ("done", 7)
    latest = place.store.crawls.latest(place.source.id)
    assert latest is not None
    assert latest.id == left.id
    # What the first had stored is not asked for again.
    assert {"/", "/a"} <= set(asked)
    assert not {"/", "/a"} & set(site.paths)
