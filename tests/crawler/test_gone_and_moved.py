"""What leaves the store after a crawl, what changes its address, and what never leaves."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from library.document import id_of
from tests.crawler.loopback import (
    Loopback,
    Route,
    answer,
    page,
    redirect,
    with_etag,
)
from tests.crawler.place import DAY, MONTH, Make, pages


def test_a_page_that_becomes_forbidden_goes(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /a")
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/b"}
    removed = place.store.documents.get(id_of(site.url + "/a"))
    assert removed.removed_reason == "robots"


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


def test_a_person_who_looked_can_release_the_brake(site: Loopback, make: Make) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    gone = dict.fromkeys(links[1:], answer(status=410))
    site.routes |= gone
    held = place.crawl(MONTH)
    assert (held.state, held.counts["held"], held.counts["gone"]) == ("held", 29, 0)
    # The accepting crawl looks again: what is back by then stays.
    site.routes["/5"] = answer(page("Terug van weggeweest"))
    done = place.crawl(2 * MONTH, accept_removals=True)
    assert (done.state, done.counts["gone"], "held" in done.counts) == ("done", 28, False)
    assert set(place.live) == {"/", "/0", "/5"}
    assert place.crawl(3 * MONTH).state == "done"


def test_who_releases_the_brake_removes_nothing_of_a_site_that_is_down(
    site: Loopback, make: Make
) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    site.routes = dict.fromkeys(["/", *links], answer(status=503))
    assert place.crawl(MONTH, accept_removals=True).state == "failed"
    assert len(place.live) == 31


def test_pages_that_the_brake_held_and_that_may_be_asked_for_again_stay(
    site: Loopback, make: Make
) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /1\nDisallow: /2\n")
    assert place.crawl(MONTH).state == "held"
    del site.routes["/robots.txt"]
    # Some come whole, so that what is left of the marks would be too few for the brake.
    site.routes |= {path: answer(page(f"Nieuw: {path}")) for path in links[10:16]}
    assert place.crawl(2 * MONTH).state == "done"
    assert len(place.live) == 31


def test_a_page_that_the_brake_held_and_that_still_hides_itself_goes_in_the_end(
    site: Loopback, make: Make
) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    hidden = answer(page("Verborgen"), x_robots_tag="noindex")
    kept = {path: site.routes[path] for path in links[1:]}
    site.routes |= dict.fromkeys(links, hidden)
    assert place.crawl(MONTH).state == "held"
    site.routes |= kept
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/", *links[1:]}


def test_a_few_gone_pages_are_no_reason_for_the_brake(site: Loopback, make: Make) -> None:
    links = [f"/{n}" for n in range(30)]
    site.routes = pages(*links)
    place = make(site)
    place.crawl()
    site.routes |= dict.fromkeys(links[:20], answer(status=410))
    assert place.crawl(MONTH).state == "done"
    assert len(place.live) == 11


def test_what_a_crawl_removed_can_be_brought_back(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b", "/oud")
    place = make(site)
    place.crawl()
    before = dict(place.live)
    kept = dict(site.routes)
    site.routes |= {"/a": answer(status=410), "/b": answer(page("Weg"), x_robots_tag="noindex")}
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": kept["/oud"]}
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/nieuw"}
    last = place.store.crawls.latest(place.source.id)
    assert last is not None
    assert place.store.restore_removed(place.source.id, last.started_at) == 2
    assert set(place.live) == {"/", "/a", "/b", "/nieuw"}
    assert place.live["/a"].document == before["/a"].document
    assert place.live["/a"].revision > before["/a"].revision
    assert place.store.restore_removed(place.source.id, last.started_at) == 0
    # What is back by the next crawl stays, what is still gone goes.
    site.routes["/a"] = kept["/a"]
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/", "/a", "/nieuw"}


def test_a_restored_page_waits_for_a_second_404_again(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    site.routes["/a"] = answer(status=404)
    place.crawl(MONTH)
    place.crawl(MONTH + DAY)
    assert set(place.live) == {"/"}
    place.store.restore_removed(place.source.id, place.live["/"].added_at)
    assert place.crawl(MONTH + 2 * DAY).counts["gone"] == 0
    assert set(place.live) == {"/", "/a"}
    assert place.crawl(MONTH + 3 * DAY).counts["gone"] == 1


def test_what_was_purged_never_comes_back(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    began = place.live["/a"].added_at
    place.store.documents.purge(place.source.id)
    assert place.store.restore_removed(place.source.id, began) == 0


def test_a_page_that_moves_for_good_takes_its_place_along(site: Loopback, make: Make) -> None:
    site.routes = pages("/oud", "/ander")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": answer(page("Alles over oud"))}
    old = place.live["/oud"]
    summary = place.crawl(MONTH)
    assert set(place.live) == {"/", "/ander", "/nieuw"}
    assert place.live["/nieuw"].document.id == old.document.id
    assert place.live["/nieuw"].added_at == old.added_at
    assert (summary.counts["gone"], summary.counts["new"]) == (0, 0)
    revision = place.store.documents.revision()
    place.crawl(2 * MONTH)
    assert place.store.documents.revision() == revision


def test_a_page_that_was_found_at_its_new_place_first_keeps_its_identity(
    site: Loopback, make: Make
) -> None:
    site.routes = pages("/oud", "/ander")
    place = make(site)
    place.crawl()
    identity = place.live["/oud"].document.id
    # The sitemap has the new place, which is visited before what was known.
    new = answer(page("Alles over oud, maar dan nieuwer"))
    site.routes |= {"/nieuw": new} | {f"/{n}": answer(page(f"Nieuws {n}")) for n in "abcd"}
    listed = "".join(f"<url><loc>{site.url}/{n}</loc></url>" for n in ("nieuw", *"abcd"))
    site.routes["/sitemap.xml"] = answer(f"<urlset>{listed}</urlset>".encode())
    site.routes["/oud"] = redirect("/nieuw")
    place.crawl(MONTH)
    assert site.paths.index("/nieuw") < site.paths.index("/oud")
    assert place.live["/nieuw"].document.id == identity
    assert place.live["/nieuw"].document.title == "Alles over oud, maar dan nieuwer"
    assert place.store.documents.get(id_of(site.url + "/nieuw")).removed_reason == "moved"
    assert place.store.bodies.find(place.address("/nieuw").id) is not None
    assert place.crawl(2 * MONTH).counts["unchanged"] == 7


def test_a_page_that_moves_to_a_place_with_its_own_history_goes(site: Loopback, make: Make) -> None:
    site.routes = pages("/oud", "/nieuw")
    place = make(site)
    place.crawl()
    identity = place.live["/nieuw"].document.id
    place.crawl(MONTH)
    site.routes["/oud"] = redirect("/nieuw")
    assert place.crawl(2 * MONTH).counts["gone"] == 1
    assert place.live["/nieuw"].document.id == identity
    assert place.store.documents.get(id_of(site.url + "/oud")).removed_reason == "moved"


def test_what_appears_where_a_page_has_moved_away_is_another_document(
    site: Loopback, make: Make
) -> None:
    site.routes = pages("/oud")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": answer(page("Alles over oud"))}
    place.crawl(MONTH)
    site.routes["/oud"] = answer(page("Iets heel anders op de oude plek"))
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/", "/oud", "/nieuw"}
    assert place.live["/oud"].document.id != place.live["/nieuw"].document.id
    assert place.live["/nieuw"].document.title == "Alles over oud"


def test_a_source_of_one_page_that_moved_keeps_it(site: Loopback, make: Make) -> None:
    site.routes = {"/a": redirect("/b"), "/b": with_etag(page("Alles over b"))}
    place = make(site, url=site.url + "/a", scope="page")
    place.crawl()
    summary = place.crawl(MONTH)
    assert set(place.live) == {"/b"}
    assert summary.counts["unchanged"] == 1


def test_a_page_stays_while_its_new_place_is_not_there(site: Loopback, make: Make) -> None:
    site.routes = pages("/oud")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": answer(status=503)}
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/oud"}


@pytest.mark.parametrize(("status", "crawls"), [(410, 1), (404, 2)])
def test_a_page_that_moved_to_where_nothing_is_goes(
    site: Loopback, make: Make, status: int, crawls: int
) -> None:
    site.routes = pages("/oud")
    place = make(site)
    place.crawl()
    site.routes |= {"/oud": redirect("/nieuw"), "/nieuw": answer(status=status)}
    for number in range(1, crawls + 1):
        assert set(place.live) == {"/", "/oud"}
        place.crawl(number * MONTH)
    assert set(place.live) == {"/"}
    reason = place.store.documents.get(id_of(site.url + "/oud")).removed_reason
    assert reason == f"http-{status}"


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


def test_a_canonical_page_that_moves_takes_all_its_addresses_along(
    site: Loopback, make: Make
) -> None:
    site.routes = pages("/x", "/a")
    site.routes["/x"] = answer(page("Alles over a", head=canonical("/a")))
    place = make(site)
    place.crawl()
    site.routes |= {"/a": redirect("/b"), "/b": answer(page("Alles over a"))}
    place.crawl(MONTH)
    place.crawl(2 * MONTH)
    assert set(place.live) == {"/", "/b"}
    revision = place.store.documents.revision()
    place.crawl(3 * MONTH)
    assert place.store.documents.revision() == revision
    assert place.address("/x").document_id == place.live["/b"].document.id


def test_a_page_that_no_longer_wants_to_be_found_goes(site: Loopback, make: Make) -> None:
    site.routes = pages("/a")
    place = make(site)
    place.crawl()
    site.routes["/a"] = answer(page("Alles over a"), x_robots_tag="noindex")
    place.crawl(MONTH)
    assert set(place.live) == {"/"}
    assert place.store.documents.get(id_of(site.url + "/a")).removed_reason == "noindex"
