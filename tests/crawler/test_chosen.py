"""Some addresses of a source are visited again, and nothing else."""

from crawler.tasks import CrawlSummary, crawl_source
from library.progress import Silent
from tests.crawler.loopback import Loopback, answer, page
from tests.crawler.place import Later, Make, Place, pages

NOT_THERE = answer(b"", status=404)


def again(place: Place, *paths: str) -> CrawlSummary:
    place.site.asked.clear()
    chosen = [place.address(path).id for path in paths]
    return crawl_source(
        place.store,
        place.settings,
        place.source,
        Silent(),
        chosen=chosen,
        means=place.means(clock=Later()),
    )


def asked(site: Loopback) -> set[str]:
    """What was asked of the site, but for its rules and an address that nobody made."""
    return {path for path in site.paths if path in site.routes}


def test_only_what_was_chosen_is_visited(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b", "/c")
    place = make(site)
    place.crawl()
    site.routes["/b"] = answer(page("Alles over b, maar nu anders", "/nieuw"))
    site.routes["/nieuw"] = answer(page("Nieuw"))
    summary = again(place, "/b")
    assert asked(site) == {"/b"}
    assert (summary.state, summary.reason) == ("done", "chosen")
    assert (summary.counts["fetched"], summary.counts["changed"]) == (1, 1)
    assert place.live["/b"].document.title == "Alles over b, maar nu anders"
    assert set(place.live) == {"/", "/a", "/b", "/c"}
    # The next crawl of the whole source finds what that page leads to.
    assert place.crawl().state == "done"
    assert "/nieuw" in place.live


def test_what_was_given_up_is_tried_again(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/weg") | {"/weg": NOT_THERE}
    place = make(site)
    place.crawl()
    assert place.address("/weg").outcome == "http-404"
    # A page that is still not there is a job well done: somebody asked, and has an answer.
    assert again(place, "/weg").state == "done"
    site.routes["/weg"] = answer(page("Er weer"))
    again(place, "/weg")
    assert asked(site) == {"/weg"}
    assert "/weg" in place.live
