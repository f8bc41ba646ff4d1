"""What a second crawl of a site costs, and which pages it leaves alone."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from tests.crawler.loopback import Asked, Loopback, answer, page, with_etag
from tests.crawler.place import MONTH, Make, pages

WEEK = timedelta(days=7)
PAGES = 1_000
LEAST_WITHOUT_BODY = 0.99
MOST_BYTES = 0.10
"""Threats 2.2: of an unchanged site, and of the bytes of its first crawl."""

TEXT = (
    "Bewoners van het dorp beheren samen hun eigen buurthuis. Zij vertellen hier hoe zij dat doen,"
    " wat het kost en wie hen daarbij hielp. De gemeente draagt een deel van de kosten bij."
)


def restless(title: str) -> Callable[[Asked], bytes]:
    """A page with a view counter, the time, and a block of random other pages."""
    chance = random.Random(title)

    def respond(_: Asked) -> bytes:
        others = "".join(f"<p>Verhaal van {chance.randrange(10**9)} buren</p>" for _ in range(3))
        body = (
            f'<!doctype html><html lang="nl"><head><title>{title}</title></head><body><main>'
            f"<h1>{title}</h1><p>{TEXT}</p><p>{title} is van ons allemaal.</p><p>{TEXT[57:]}</p>"
            f"<p>{chance.randrange(1000)} keer bekeken</p><p>Lees ook deze verhalen</p>{others}"
            "</main></body></html>"
        )
        return answer(body.encode())

    return respond


def test_a_page_that_counts_its_visitors_is_unchanged(site: Loopback, make: Make) -> None:
    visitors = count(998)

    def counting(_: Asked) -> bytes:
        return answer(page("Alles over a", text=f"{TEXT}</p><p>{next(visitors)} keer gelezen"))

    site.routes = pages("/a") | {"/a": counting}
    place = make(site)
    place.crawl()
    revision = place.store.documents.revision()
    body = place.store.bodies.find(place.address("/a").id)
    assert place.crawl(MONTH).counts["unchanged"] == 2
    assert place.address("/a").outcome == "same-text"
    assert place.store.documents.revision() == revision
    assert place.store.bodies.find(place.address("/a").id) == body


def test_a_block_of_random_pages_is_learned_across_the_site(site: Loopback, make: Make) -> None:
    links = [f"/{name}" for name in ("tuin", "zaal", "winkel")]
    site.routes = pages(*links) | {link: restless(link.strip("/").title()) for link in links}
    place = make(site)
    place.crawl()
    changed = [place.crawl(n * MONTH).counts["changed"] for n in range(1, 5)]
    assert changed[0] == 3
    assert changed[-1] == 0
    site.routes["/zaal"] = answer(page("Zaal", text=TEXT.replace("eigen", "nieuwe")))
    assert place.crawl(6 * MONTH).counts["changed"] == 1


def test_by_schedule_pages_that_do_not_change_rest(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site, interval_hours=24 * 7)
    place.crawl()
    place.crawl(WEEK, unasked=True)
    assert set(site.paths) >= {"/", "/a", "/b"}
    summary = place.crawl(2 * WEEK, unasked=True)
    assert {"/a", "/b"}.isdisjoint(site.paths)
    assert (summary.state, summary.counts["found"], summary.counts["gone"]) == ("done", 3, 0)
    place.crawl(3 * WEEK, unasked=True)
    assert {"/a", "/b"} <= set(site.paths)
    assert place.address("/a").calm == 2
    site.routes["/a"] = answer(page("Alles over a, maar nu anders dan eerst"))
    # Who asks for a crawl gets all pages looked at.
    assert place.crawl(4 * WEEK).counts["changed"] == 1
    assert place.address("/a").calm == 0
    place.crawl(5 * WEEK, unasked=True)
    assert {"/a", "/b"} & set(site.paths) == {"/a"}
    assert set(place.live) == {"/", "/a", "/b"}


def test_a_resting_page_is_woken_by_a_sitemap(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site, interval_hours=24 * 7)
    place.crawl()
    place.crawl(WEEK, unasked=True)
    at = place.address("/a").visited_at
    assert at is not None
    listed = f"<loc>{site.url}/a</loc><lastmod>{(at + WEEK / 7).date()}</lastmod>"
    site.routes["/sitemap.xml"] = answer(f"<urlset><url>{listed}</url></urlset>".encode())
    place.crawl(2 * WEEK, unasked=True)
    assert {"/a", "/b"} & set(site.paths) == {"/a"}


def test_a_resting_page_is_woken_by_a_feed(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site, interval_hours=24 * 7, feeds=["/feed"])
    place.crawl()
    place.crawl(WEEK, unasked=True)
    at = place.address("/a").visited_at
    assert at is not None
    item = (
        f"<item><link>{site.url}/a</link><pubDate>{at + WEEK / 7:%d %b %Y} 10:00:00 +0000</pubDate>"
    )
    feed = f"<rss><channel>{item}</item></channel></rss>".encode()
    site.routes["/feed"] = answer(feed, content_type="application/rss+xml")
    place.crawl(2 * WEEK, unasked=True)
    assert {"/a", "/b"} & set(site.paths) == {"/a"}
    assert site.paths.count("/a") == 1


@pytest.mark.slow
def test_a_second_crawl_of_a_thousand_pages_costs_almost_nothing(
    site: Loopback, make: Make
) -> None:
    listed = "".join(f"<url><loc>{site.url}/p{n}</loc></url>" for n in range(PAGES))
    filling = "<p>" + f"{TEXT}</p><p>" * 14
    site.routes = {
        f"/p{n}": with_etag(page(f"Bladzijde {n}", text=f"Over {n}. {filling} Dit was {n}."))
        for n in range(PAGES)
    }
    # A few pages have no validators, and count or shuffle.
    site.routes |= {f"/p{n}": answer(page(f"Vast {n}", text=TEXT)) for n in range(4)}
    site.routes |= {f"/p{n}": restless(f"Onrust {n}") for n in range(4, 7)}
    site.routes |= pages() | {"/sitemap.xml": answer(f"<urlset>{listed}</urlset>".encode())}
    place = make(site)
    first = place.crawl()
    assert (first.state, first.counts["new"]) == ("done", PAGES + 1)
    sent = site.sent
    revision = place.store.documents.revision()
    second = place.crawl(MONTH)
    outcomes = Counter(place.address(f"/p{n}").outcome for n in range(PAGES))
    without = outcomes["not-modified"] + outcomes["same-bytes"]
    assert second.counts["fetched"] == PAGES + 1
    assert without >= LEAST_WITHOUT_BODY * PAGES
    assert place.store.documents.revision() - revision <= (1 - LEAST_WITHOUT_BODY) * PAGES
    assert site.sent - sent < MOST_BYTES * sent
