"""One page under several addresses is one document, and soon one request."""

from tests.crawler.loopback import Loopback, Route, answer, page
from tests.crawler.place import MONTH, Make, pages

NUMBER = 12


def both_ways(form: str, other: str, number: int = NUMBER) -> dict[str, Route]:
    """A site that answers to two spellings of each page and links both."""
    links = [spelling.format(n) for n in range(number) for spelling in (form, other)]
    routes: dict[str, Route] = {"/": answer(page("Welkom op de site van ons dorp", *links))}
    for n in range(number):
        body = answer(page(f"Bladzijde {n} van het dorp over zaak {n * 7}"))
        routes |= {form.format(n): body, other.format(n): body}
    return routes


def test_both_spellings_are_fetched_until_it_is_sure(site: Loopback, make: Make) -> None:
    site.routes = both_ways("/nieuws/{}", "/nieuws/{}/")
    place = make(site)
    summary = place.crawl()
    assert set(place.live) == {"/", *(f"/nieuws/{n}" for n in range(NUMBER))}
    # Three pairs were compared; more are asked for while the last of them is being read.
    assert len([path for path in site.paths if path.endswith("/") and path != "/"]) <= 6
    assert summary.reasons["same-page"] == NUMBER
    assert place.store.observed.spellings(place.source.id)["127.0.0.1", "slash"] >= (3, 0)
    place.crawl(MONTH)
    assert len(place.live) == NUMBER + 1


def test_home_by_three_addresses_and_a_file_with_spaces_by_two(site: Loopback, make: Make) -> None:
    home = answer(page("Welkom", "/index.html", "/home", "/jaar+verslag", "/jaar%20verslag"))
    report = answer(page("Het jaarverslag van het dorp over vorig jaar"))
    site.routes = dict.fromkeys(("/", "/index.html", "/home"), home)
    site.routes |= dict.fromkeys(("/jaar+verslag", "/jaar%20verslag"), report)
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/jaar+verslag"}
    assert place.address("/home").outcome == "same-page"
    assert place.address("/home").moved_to == site.url + "/"


def test_two_pages_that_differ_by_capitals_alone_stay_two(site: Loopback, make: Make) -> None:
    site.routes = both_ways("/a{}", "/A{}")
    for n in range(0, NUMBER, 2):
        site.routes[f"/A{n}"] = answer(
            page(f"Een heel andere bladzijde, nummer {n}", text="Ja! " * n)
        )
    place = make(site)
    place.crawl()
    assert {f"/A{n}" for n in range(0, NUMBER, 2)} <= set(place.live)
    assert {f"/a{n}" for n in range(NUMBER)} <= set(place.live)
    assert not {f"/A{n}" for n in range(1, NUMBER, 2)} & set(place.live)


def test_a_spelling_that_later_says_something_else_gets_its_own_document(
    site: Loopback, make: Make
) -> None:
    site.routes = both_ways("/a{}", "/a{}/", 1)
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/a0"}
    site.routes["/a0/"] = answer(page("Een map met andere stukken", text="Stukken. " * 40))
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/a0", "/a0/"}


def test_a_page_stays_when_only_one_of_its_spellings_goes(site: Loopback, make: Make) -> None:
    site.routes = both_ways("/a{}", "/a{}/", 1)
    place = make(site)
    place.crawl()
    site.routes["/a0"] = answer(status=410)
    place.crawl(MONTH)
    assert set(place.live) == {"/", "/a0"}


def test_a_renamed_page_is_the_same_document_by_the_rule_of_its_source(
    site: Loopback, make: Make
) -> None:
    old, new = "/nieuws/plan/2704631.aspx", "/actueel/plan-vol-ambitie/2704631.aspx"
    site.routes = pages(old, "/over-ons")
    place = make(site, identity=r"/([0-9]+)\.aspx$")
    place.crawl()
    identity = place.live[old].document.id
    site.routes["/"] = answer(page("Welkom terug", new, "/over-ons"))
    site.routes[new] = answer(page("Een plan vol ambitie, nu met een andere titel"))
    for month in (1, 2):
        place.crawl(month * MONTH)
        assert set(place.live) == {"/", new, "/over-ons"}
        assert place.live[new].document.id == identity
    site.routes[old] = answer(status=410)
    place.crawl(3 * MONTH)
    assert set(place.live) == {"/", new, "/over-ons"}
