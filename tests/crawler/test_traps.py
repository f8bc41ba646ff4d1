"""Traps end within the budget, and the pages between them are found; the whole is in ``make soak``."""

import pytest

from crawler.sitemaps import USUAL_PLACES
from crawler.traps import MOST_BARREN, Traps
from tests.crawler.loopback import Loopback
from tests.crawler.place import Make
from tests.crawler.trap_sites import TRAPS, real_pages, trap_site

REAL = 20
BUDGET = 36
LEAST_FOUND = 0.975
"""195 of 200 (threats 2.2)."""
BESIDES = len(("/robots.txt", *USUAL_PLACES, "a page that is not there"))


def note(traps: Traps, *urls: str, text: str = "Niets te vinden.") -> None:
    for url in urls:
        traps.note(f"https://voorbeeld.nl{url}", text)


def is_trap(traps: Traps, url: str) -> bool:
    return traps.is_trap(f"https://voorbeeld.nl{url}")


def test_fifty_pages_in_a_row_that_say_nothing_new_close_their_form() -> None:
    traps = Traps()
    note(traps, "/agenda/2026-01-01")
    note(traps, *(f"/agenda/2026-02-{n}" for n in range(MOST_BARREN - 1)))
    assert not is_trap(traps, "/agenda/2027-01-01")
    note(traps, "/agenda/2026-03-01", text="Niets  te vinden.")
    assert is_trap(traps, "/agenda/2027-01-01")
    assert not is_trap(traps, "/agenda")
    assert not is_trap(traps, "/nieuws/2027-01-01")


def test_one_page_that_says_something_new_ends_the_row() -> None:
    traps = Traps()
    note(traps, *(f"/nieuws?id={n}" for n in range(MOST_BARREN)))
    note(traps, "/nieuws?id=99", text="Het buurthuis is open.")
    note(traps, *(f"/nieuws?id={n}" for n in range(100, 120)))
    assert not is_trap(traps, "/nieuws?id=200")


def test_a_session_goes_along_to_every_page() -> None:
    traps = Traps()
    note(traps, *(f"/{'ab' * n}?bezoek={n}" for n in range(1, MOST_BARREN + 3)))
    assert is_trap(traps, "/contact?bezoek=9")
    assert not is_trap(traps, "/contact")
    assert not is_trap(traps, "/contact?taal=nl")


def test_pages_with_names_of_their_own_are_no_form() -> None:
    traps = Traps()
    note(traps, *(f"/{'ab' * n}" for n in range(1, 99)))
    assert not is_trap(traps, "/contact")


@pytest.mark.parametrize(
    "form", ["zondag {} mei 2026", "{}-5-2026", "2026-05-{}", "{} juni", "{}/12/2027"]
)
def test_another_day_is_nothing_new_and_another_number_is(form: str) -> None:
    traps = Traps()
    for n in range(MOST_BARREN + 1):
        note(traps, f"/dag/{n}", text=f"Geen activiteiten op {form.format(n % 28 + 1)}.")
        note(traps, f"/stuk/{n}", text=f"Bladzijde {n} van het boek over ons dorp.")
    assert is_trap(traps, "/dag/99")
    assert not is_trap(traps, "/stuk/99")


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_ends_within_the_budget_and_real_pages_are_found(
    site: Loopback, make: Make, name: str
) -> None:
    site.routes, site.otherwise = trap_site(name, REAL)
    place = make(site)
    summary = place.crawl(limit=BUDGET)
    assert summary.state == "done"
    assert len(site.asked) <= BUDGET + 1 + BESIDES
    found = real_pages(REAL) & place.live.keys()
    assert len(found) >= LEAST_FOUND * REAL
