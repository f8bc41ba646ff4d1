"""A visitor and an admin in a real browser on a small screen, with and without JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from tests.flow.browser import Visitor, needs_chromium, visiting
from tests.flow.crawled import crawled_examples
from tests.flow.installation import Installation

pytestmark = [pytest.mark.slow, needs_chromium]

SITES = ("dorpshuizen", "meentkrediet", "zorgkringen")
PACE = "0.15"
"""Seconds between two requests of the worker: slow enough to watch the progress of a small site."""
BANNER = "Wat hier staat, is verzonnen."


@dataclass
class Running:
    """A home with some of the examples, its site and its worker."""

    installation: Installation
    address: str


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("browser") / "home"
    with (
        crawled_examples(home, SITES) as crawled,
        crawled.installation.serving() as site,
        crawled.installation.running("work", KENNISBANK_TRUSTED_PACE=PACE),
    ):
        yield Running(crawled.installation, site.address)


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def visitor(request: pytest.FixtureRequest, running: Running) -> Iterator[Visitor]:
    """Somebody with a phone; at the end nothing may have gone wrong behind their back."""
    with visiting(running.address, script=request.param) as somebody:
        yield somebody
        assert somebody.outside == []
        assert somebody.errors == []


def test_a_visitor_finds_a_document_and_the_way_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/")
    assert BANNER in visitor.text(".example")
    page.fill("#q", "dorpshuis subsidie")
    visitor.click(".search button")
    everything = count_of(visitor)
    assert everything > 1
    assert "dorpshuis subsidie" in visitor.text("#resultaten")

    page.click("#filters > summary")
    page.check("input[name=doel][value='4']")
    organisation = page.locator("input[name=organisatie]").first
    name = organisation.get_attribute("value")
    organisation.check()
    visitor.click("#filters .buttons button")
    assert 0 < count_of(visitor) < everything
    chips = visitor.text(".chips")
    assert "Verwijder filter: Geld" in chips
    assert f"Verwijder filter: {name}" in chips
    facts = page.locator("article.hit .facts li:nth-child(2)").all_inner_texts()
    assert facts
    assert all(str(name) in fact for fact in facts)

    title = visitor.text("article.hit h3 a")
    filtered = page.url
    visitor.click("article.hit h3 a >> nth=0")
    assert visitor.text("h1") == title
    assert visitor.text(".reasons em"), "a goal says which words it comes from"
    assert "verzonnen" in visitor.text(".example")
    visitor.click(".trail a >> text=Terug naar de resultaten")
    assert page.url == filtered
    assert visitor.context.cookies() == []


def count_of(visitor: Visitor) -> int:
    found = re.match(r"([\d.]+) (resulta|docume)", visitor.text("#resultaten"))
    assert found is not None, visitor.text("#resultaten")
    return int(found[1].replace(".", ""))


def test_a_visitor_searches_within_a_goal(visitor: Visitor) -> None:
    visitor.go("/doelen")
    visitor.click(".goals a >> nth=1")
    assert visitor.page.locator("main .short li").count() > 0
    visitor.page.fill("#q", "bewoners")
    visitor.click(".search button")
    assert "Verwijder filter:" in visitor.text(".chips")
    assert visitor.page.locator("input[name=doel][value='2']").is_checked()
    assert count_of(visitor) > 0
    assert visitor.context.cookies() == []


def test_a_visitor_who_finds_nothing_is_helped_on(visitor: Visitor) -> None:
    visitor.go("/zoeken?q=xylofoonkwartet")
    assert visitor.text("#resultaten") == "Geen resultaten voor 'xylofoonkwartet'"
    assert "Kijk of alle woorden goed geschreven zijn." in visitor.text(".nothing")
    visitor.click("main .goals a >> nth=0")
    assert visitor.page.locator("main .short li").count() > 0
    assert visitor.context.cookies() == []


def test_a_wrong_year_is_told_beside_its_field(visitor: Visitor) -> None:
    visitor.go("/zoeken?q=dorpshuis")
    found = count_of(visitor)
    visitor.page.click("#filters > summary")
    visitor.page.fill("#jaar_van", "vorig jaar")
    visitor.click("#filters .buttons button")
    message = "Vul een jaar in met 4 cijfers, bijvoorbeeld 2023."
    assert message in visitor.text(".summary")
    assert visitor.text("#jaar_van-fout") == message
    assert visitor.page.input_value("#jaar_van") == "vorig jaar"
    assert count_of(visitor) == found
    visitor.page.fill("#jaar_van", "2024")
    visitor.click("#filters .buttons button")
    assert visitor.page.locator(".summary").count() == 0
    assert visitor.context.cookies() == []


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_an_admin_fetches_a_source_and_reindexes(running: Running, script: bool) -> None:
    organisation = "Zorgkringen Samen (voorbeeld)" if script else "Meentkrediet (voorbeeld)"
    with visiting(running.address, script=script) as admin:
        sign_in(admin, running.installation)
        admin.click("text=Bronnen")
        source = f".sources li:has(h2:has-text('{organisation}'))"
        assert "Klaar" in admin.text(source)
        admin.click(f"{source} button:has-text('Haal op')")
        assert admin.text("h1").endswith(f"Ophalen: {organisation}")
        seen = watch(admin, script=script)
        assert any(re.search(r"\d+ van \d+ adressen \(\d+ %\)", steps) for steps in seen), seen
        assert admin.text("main .message") == "Klaar. Alles wat is opgehaald, is te vinden."
        counts = admin.text("[data-part=table]")
        assert re.search(r"Opgehaald (\d+) .*Niet veranderd \1\b", counts), counts
        admin.click("text=Overzicht")
        admin.click("text=Ververs de index nu")
        admin.click("button:has-text('Ja, ververs de index')")
        watch(admin, script=script)
        assert admin.text("main .message") == "Klaar. De nieuwe index is in gebruik."
        assert admin.outside == []
        assert admin.errors == []


def sign_in(admin: Visitor, installation: Installation) -> None:
    """Open the link that ``kennisbank add-admin`` prints, and press its button."""
    port = str(urlsplit(admin.address).port)
    code, said = installation.run("add-admin", "Beheerder", KENNISBANK_PORT=port)
    assert code == 0, said
    link = said.split()[-1]
    assert link.startswith(f"{admin.address}/inloggen/")
    admin.go(link.removeprefix(admin.address))
    assert admin.context.cookies() == [], "not before somebody is signed in"
    admin.click("button:has-text('Log in')")
    assert len(admin.context.cookies()) == 1
    assert admin.text("h1") == "Beheer"
    assert "Ingelogd als Beheerder" in admin.text(".who")


def watch(admin: Visitor, *, script: bool) -> set[str]:
    """Look at the page of a job until it ends; with script it must change without a reload.

    Out: the steps as they were seen on the way.
    """
    seen: set[str] = set()
    if script:
        admin.page.evaluate("window.sameness = 'not loaded again'")
    while admin.text("[data-part=state]") not in {"Klaar", "Mislukt", "Gestopt"}:
        seen.add(admin.text("[data-part=steps]"))
        if script:
            admin.page.wait_for_timeout(200)
        else:
            admin.click("text=Ververs deze bladzijde")
    if script:
        assert admin.page.evaluate("window.sameness") == "not loaded again"
    assert admin.text("[data-part=state]") == "Klaar"
    return seen
