"""What a source decides, in whole crawls: where to start, how far to go, which feeds, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from library.dutch_time import ZONE
from tests.crawler.loopback import Loopback, answer, page
from tests.crawler.place import Later, Make, pages

RSS = "application/rss+xml"


def feed(*paths: str, at: str = "Mon, 12 Jan 2026 09:30:00 +0100") -> bytes:
    items = "".join(f"<item><link>{p}</link><pubDate>{at}</pubDate></item>" for p in paths)
    return answer(f"<rss><channel>{items}</channel></rss>".encode(), content_type=RSS)


def test_other_start_pages_and_no_link_too_far(site: Loopback, make: Make) -> None:
    site.routes = pages("/a") | {"/los": answer(page("Los", "/los/2"))}
    site.routes["/los/2"] = answer(page("Tweede", "/los/3"))
    site.routes["/los/3"] = answer(page("Derde"))
    place = make(site, start_paths=["/los"], deepest=1)
    summary = place.crawl()
    assert set(place.live) == {"/", "/a", "/los", "/los/2"}
    assert summary.reasons["too-deep"] == 1


def test_the_budget_of_a_source(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b", "/c")
    summary = make(site, page_budget=2).crawl()
    assert (summary.reason, summary.counts["fetched"]) == ("budget", 2)


@pytest.mark.parametrize("is_named", [True, False])
def test_a_feed_leads_to_pages(site: Loopback, make: Make, *, is_named: bool) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed/">' if is_named else ""
    site.routes = {
        "/": answer(page("Dorp", head=head)),
        "/feed/": feed("/nieuws", "http://elders.nl/"),
        "/nieuws": answer(page("Nieuws van het dorp", head=head.replace("/feed/", "/nieuws/feed"))),
    }
    place = make(site, feeds=() if is_named else ("/feed/",))
    summary = place.crawl()
    assert set(place.live) == {"/", "/nieuws"}
    assert summary.reasons["feed"] == 1
    found = place.address("/nieuws")
    assert (found.found_on, found.depth) == (site.url + "/feed/", 2)
    assert found.listed_at == datetime(2026, 1, 12, 8, 30, tzinfo=UTC)
    assert "/nieuws/feed" not in site.paths


def test_a_crawl_keeps_the_quiet_hours_and_goes_on_after_them(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    now = datetime.now(UTC)
    place = make(site, quiet_hours="00:00-23:59")
    midday = now.replace(hour=11, minute=0) - now
    summary = place.crawl(midday)
    assert (summary.state, summary.reason, site.paths) == ("stopped", "quiet-hours", [])
    source = place.store.sources.get(place.source.id)
    assert source.next_crawl_at is not None
    assert place.store.sources.due(source.next_crawl_at - timedelta(minutes=1)) == ()
    assert place.store.sources.due(source.next_crawl_at) == (source,)
    place.store.sources.edit(source.id, quiet_hours="")
    place.source = place.store.sources.get(source.id)
    assert place.crawl(midday).state == "done"
    assert set(place.live) == {"/", "/a"}


def test_quiet_hours_that_begin_during_a_crawl(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    begin = datetime.now(UTC).replace(hour=11, minute=0, second=0) + timedelta(days=1)
    clock = Later(begin - timedelta(minutes=1) - datetime.now(UTC))
    place = make(site, quiet_hours=f"{begin.astimezone(ZONE):%H:%M}-23:00")

    def late(_: object) -> bytes:
        clock.skipped += 3 * 3600
        return answer(page("Welkom", "/a", "/b"))

    site.routes["/"] = late
    summary = place.crawl_with(place.means(clock=clock))
    assert (summary.state, summary.reason) == ("stopped", "quiet-hours")
    assert set(place.live) == {"/"}
