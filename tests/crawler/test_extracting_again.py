"""Another extraction or other rules reach pages that did not change, from their kept bodies."""

from dataclasses import replace
from typing import Any

from crawler.extract import EXTRACTION_VERSION
from crawler.tasks import CrawlSummary
from tests.crawler.loopback import Loopback, answer, page, with_etag
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
    """The pages of the site that were asked for without the validators of an earlier fetch."""
    paths = (asked.path for asked in site.asked if "if-none-match" not in asked.headers)
    return [path for path in paths if path in site.routes and path != ROBOTS]


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


def edit(place: Place, **rules: Any) -> None:
    place.source = place.store.sources.edit(place.source.id, **rules)


def test_another_organisation_reaches_unchanged_pages(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    edit(place, organisation="Wijkbelang")
    assert place.crawl(MONTH).counts["changed"] == 2
    assert {stored.document.organisation for stored in place.live.values()} == {"Wijkbelang"}
    assert asked_whole(site) == []
    revision = place.store.documents.revision()
    place.crawl(2 * MONTH)
    assert place.store.documents.revision() == revision


def test_what_only_names_or_paces_a_source_reads_nothing_again(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    edit(place, name="Anders", pace=0.5, interval_hours=24)
    spoil(place, "/a")
    place.crawl(MONTH)
    assert titles(place)["/a"] == "Slecht gelezen"


def test_other_languages_reach_unchanged_pages_both_ways(site: Loopback, make: Make) -> None:
    english = page(
        "A page in English",
        text="The residents of the village run their own community centre together. " * 5,
    ).replace(b'lang="nl"', b'lang="en"')
    site.routes = pages("/en") | {"/en": with_etag(english)}
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/"}
    edit(place, languages=["nl", "en"])
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/en"}
    assert asked_whole(site) == ["/en"]  # A page that gave no document has no kept body.
    edit(place, languages=["nl"])
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/"}
    assert asked_whole(site) == []


def test_a_wider_scope_follows_the_links_of_unchanged_pages(site: Loopback, make: Make) -> None:
    site.routes = {"/kennis/": with_etag(page("Kennis", "/nieuws", "/intern/x"))}
    site.routes |= {path: with_etag(page(f"Over {path}")) for path in ("/nieuws", "/intern/x")}
    place = make(site, url=site.url + "/kennis/", scope="section")
    place.crawl()
    assert set(place.live) == {"/kennis/"}
    edit(place, scope="site", path_rules=["deny /intern"])
    place.crawl(MONTH)
    assert set(place.live) == {"/kennis/", "/nieuws"}
    edit(place, path_rules=[])
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/kennis/", "/nieuws", "/intern/x"}
    edit(place, scope="section")
    place.crawl(3 * MONTH)
    assert set(place.live) == {"/kennis/"}


def test_other_parameters_give_unchanged_pages_other_addresses(site: Loopback, make: Make) -> None:
    site.routes = pages("/a?x=1", "/a?x=2", "/a")
    site.routes["/"] = with_etag(page("Welkom", "/a?x=1", "/a?x=2"))
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/a?x=1", "/a?x=2"}
    edit(place, kept_parameters=())
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/a"}
    edit(place, kept_parameters=None)
    place.crawl(2 * MONTH)
    assert {"/a?x=1", "/a?x=2"} < set(place.live)
