"""A better extraction reaches pages that did not change, from the bodies that were kept."""

from dataclasses import replace

from crawler.extract import EXTRACTION_VERSION
from crawler.tasks import CrawlSummary
from tests.crawler.loopback import Loopback, answer, page
from tests.crawler.place import MONTH, Later, Make, Place, pages

ROBOTS = "/robots.txt"


def crawl_with_better(place: Place) -> CrawlSummary:
    """Crawl as a program would whose extraction was changed."""
    place.site.asked.clear()
    better = EXTRACTION_VERSION + 1
    return place.crawl_with(place.means(clock=Later(MONTH), extraction_version=better))


def spoil(place: Place, *paths: str) -> None:
    """Make documents what a worse extraction would have made of their pages."""
    for path in paths:
        worse = replace(place.live[path].document, title="Slecht gelezen")
        place.store.documents.put(worse, source_id=place.source.id)


def titles(place: Place) -> dict[str, str]:
    return {path: stored.document.title for path, stored in place.live.items()}


def asked_whole(site: Loopback) -> list[str]:
    """The pages that were asked for without the validators of an earlier fetch."""
    paths = (asked.path for asked in site.asked if "if-none-match" not in asked.headers)
    return [path for path in paths if path != ROBOTS and "sitemap" not in path]


def test_an_unchanged_site_is_extracted_again_without_a_new_fetch(
    site: Loopback, make: Make
) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    good = titles(place)
    spoil(place, "/", "/a")
    before = {path: stored.revision for path, stored in place.live.items()}
    place.crawl(MONTH)
    assert titles(place) != good
    summary = crawl_with_better(place)
    assert titles(place) == good
    assert (summary.counts["fetched"], summary.counts["changed"]) == (3, 2)
    assert summary.counts["unchanged"] == 1
    assert asked_whole(site) == []
    # What says the same gets no new revision.
    assert place.live["/b"].revision == before["/b"]
    assert place.live["/b"].checked_at > place.live["/b"].changed_at


def test_once_is_enough(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    crawl_with_better(place)
    spoil(place, "/a")
    crawl_with_better(place)
    assert titles(place)["/a"] == "Slecht gelezen"
    assert place.address("/a").outcome == "not-modified"


def test_equal_bytes_are_extracted_again_too(site: Loopback, make: Make) -> None:
    site.routes = {"/": answer(page("Welkom op onze site"))}
    place = make(site)
    place.crawl()
    spoil(place, "/")
    crawl_with_better(place)
    assert titles(place) == {"/": "Welkom op onze site"}


def test_where_no_body_was_kept_the_page_is_fetched_whole(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    place.store.bodies.remove(place.address("/a").id)
    spoil(place, "/a", "/b")
    crawl_with_better(place)
    assert "Slecht gelezen" not in titles(place).values()
    assert asked_whole(site) == ["/a"]
    assert place.store.bodies.find(place.address("/a").id) is not None
