"""A site that is tried: what is told of it, and that nothing of it stays."""

import pytest

from crawler.grouping import group_documents
from crawler.trial import WARNINGS, Trial, try_site
from crawler.urls import BadAddress
from library.progress import Silent
from tests.crawler.loopback import Loopback, answer, page, redirect
from tests.crawler.place import Make, Place, pages

LONG = " ".join(f"Bewoners van het dorp maken samen plan {n} voor hun huis." for n in range(20))


def tried(place: Place, url: str, **more: int) -> Trial:
    return try_site(place.store, place.settings, url, Silent(), means=place.means(), **more)


def sitemap(site: Loopback, *paths: str) -> bytes:
    listed = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    return answer(f"<urlset>{listed}</urlset>".encode(), content_type="text/xml")


def test_what_a_site_has(site: Loopback, make: Make) -> None:
    site.routes = {
        "/robots.txt": answer(b"User-agent: *\nDisallow: /dicht\nCrawl-delay: 3"),
        "/sitemap.xml": sitemap(site, "/lijst", "/dicht", "http://elders.nl/"),
        "/": answer(
            page(
                *("Welkom", "/nieuws", "/weg", "/dicht", "/engels"),
                head='<link rel="alternate" type="application/rss+xml" href="/feed">',
            )
        ),
        "/feed": answer(
            b"<rss><channel><item><link>/nieuws</link></item></channel></rss>",
            content_type="application/rss+xml",
        ),
        "/lijst": answer(page("Alles over de lijst", text=LONG)),
        "/nieuws": answer(
            page(
                "Nieuws van het dorp",
                text=LONG,
                head='<meta property="article:published_time" content="2024-05-06">',
            )
        ),
        "/weg": redirect("/lijst"),
        "/engels": answer(
            page("Our plan", text="The people of this village run their own hall. " * 20).replace(
                b'lang="nl"', b'lang="en"'
            )
        ),
    }
    place = make(site, url="http://10.9.9.9/")
    before = place.store.documents.revision()
    found = tried(place, site.url + "/")
    assert (found.robots, found.start, found.gap, found.listed) == ("read", "fetched", 3.0, 2)
    assert found.feeds == {site.url + "/feed": 1}
    samples = {sample.url.removeprefix(site.url): sample for sample in found.samples}
    assert set(samples) == {"/", "/lijst", "/dicht", "/nieuws", "/weg", "/engels"}
    news = samples["/nieuws"]
    assert (news.title, news.published, news.evidence) == (
        *("Nieuws van het dorp", "2024-05-06", "meta"),
    )
    assert (news.language, news.words > 100, news.outcome) == ("nl", True, "fetched")
    assert samples["/dicht"].outcome == "robots"
    assert dict(found.warnings)["refused"] == 1
    assert dict(found.warnings)["other-language"] == 1
    assert {code for code, _ in found.warnings} <= set(WARNINGS)
    assert "/dicht" not in site.paths
    assert place.store.documents.revision() == before
    assert place.store.sources.find(site.url + "/") is None
    assert place.store.frontier.of_source(place.source.id) == ()


def test_what_we_have_already(site: Loopback, make: Make) -> None:
    site.routes = {
        "/": answer(page("Welkom", "/een")),
        "/een": answer(page("Alles over een plan", text=LONG)),
    }
    place = make(site)
    place.crawl()
    group_documents(place.store)
    site.routes["/kopie"] = answer(page("Het plan nog een keer", text=LONG))
    site.routes["/"] = answer(page("Welkom", "/een", "/kopie"))
    found = tried(place, place.source.slug)
    samples = {sample.url.removeprefix(site.url): sample for sample in found.samples}
    assert samples["/een"].is_known
    assert samples["/kopie"].copy_of == "Alles over een plan (Dorpsbelang)"
    assert samples["/kopie"].likeness > 0.9
    assert samples["/kopie"].media_type == "text/html"
    assert samples["/een"].likeness == 0.0
    assert dict(found.warnings)["copies"] == 1


def test_a_trial_ends_at_its_number_of_pages(site: Loopback, make: Make) -> None:
    site.routes = pages(*(f"/{number}" for number in range(9)))
    found = tried(make(site), site.url + "/", most=4)
    assert len(found.samples) == 4


@pytest.mark.parametrize(
    ("url", "start"),
    [("http://10.0.0.1/", "private-address"), ("http://intranet/", "private-name")],
)
def test_nothing_inside_is_asked(site: Loopback, make: Make, url: str, start: str) -> None:
    found = tried(make(site), url)
    assert found.start == start
    assert dict(found.warnings)["nothing-fetched"] == 1


def test_what_is_no_address(site: Loopback, make: Make) -> None:
    with pytest.raises(BadAddress):
        tried(make(site), "nergens")


def test_a_site_that_wants_nobody(site: Loopback, make: Make) -> None:
    site.routes = pages("/a") | {"/robots.txt": answer(b"User-agent: *\nDisallow: /")}
    found = tried(make(site), site.url + "/")
    assert (found.start, len(found.samples)) == ("robots", 1)
    assert site.paths == ["/robots.txt"]
