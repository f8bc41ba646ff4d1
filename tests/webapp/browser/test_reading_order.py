"""What follows what: for a keyboard, for a screen reader, and where there is no style at all."""

from itertools import groupby

import pytest
from playwright.sync_api import expect

from tests.webapp.browser.conftest import Visitor

PARTS = """() => {
  const element = document.activeElement;
  const parts = [
    [".skip", "skip"], ["header.site", "header"], ["#q", "field"], [".ask button", "button"],
    [".meant", "did you mean"], [".filters", "filters"], [".chips", "chips"], [".hits", "hits"],
    [".pages", "pages"], [".keep", "keep"], [".other", "other"], ["footer.site", "footer"],
  ];
  return (parts.find(([selector]) => element.closest(selector)) || ["", element.tagName])[1];
}"""
MOST_STOPS = 200


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_tab_goes_through_the_results_as_they_are_read(visitor: Visitor, *, script: bool) -> None:
    page = visitor(390, java_script_enabled=script).open("/zoeken?q=moestuin&soort=verhaal")
    seen: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(PARTS))
        if seen[-1] == "BODY":
            break
    order = "skip header field button filters chips hits pages keep other footer BODY"
    assert [part for part, _ in groupby(seen)] == order.split()
    assert seen.count("filters") == 1, "what is folded away is no stop"


def test_without_style_the_results_read_as_a_text(visitor: Visitor) -> None:
    visit = visitor(390)
    visit.page.route("**/site.css", lambda route: route.abort())
    page = visit.open("/zoeken?q=subsidie&soort=regeling")
    lines = [line.strip() for line in page.inner_text("body").splitlines() if line.strip()]
    assert lines[:-1] == READ.splitlines()


READ = """\
Ga naar de resultaten Ga naar de filters
Kennisbank voor bewonerscollectieven
Doelen Over Hulp nodig?
Zoeken: subsidie
Waar zoekt u informatie over?
Bijvoorbeeld: subsidie, statuten, zonnepanelen op het dak
Zoek
Filters en sorteren 1 gekozen
1 resultaat voor 'subsidie'
Verwijder filter: Regeling ×
Subsidie aanvragen in vier stappen
PDF · 3 bladzijden · 1,2 MB
Oranje Fonds
4 maart 2025
Zo vraagt u subsidie aan bij een vermogensfonds.
Subsidie of crowdfunding achteraf.
Gevonden op blz. 1 en 3
Doel 4: Geld
Open bij de bron Subsidie aanvragen in vier stappen (lsabewoners.nl)
Bewaar deze zoekvraag
Het adres van deze resultaten
Kopieer de link
Volg met een nieuwslezer
Krijg een e-mail bij iets nieuws
Niet gevonden wat u zocht?
Probeer een ander woord. Of kijk bij een van de vijf doelen. Bekijk de doelen
Weet u een goede bron? Laat het ons weten.
Hulp nodig?
Bureau Hulp helpt u graag.
Bel 030 123 45 67.
Lees hoe u zoekt
"""
"""All but the links at the foot of the page."""

TREE = """
- banner:
  - 'link "Kennisbank voor bewonerscollectieven: Naar de beginpagina"'
  - navigation "Hoofdmenu"
- main:
  - 'heading "Zoeken: subsidie" [level=1]'
  - search:
    - search:
      - searchbox "Waar zoekt u informatie over?": subsidie
      - button "Zoek"
  - group: + Filters en sorteren
  - heading "2 resultaten voor 'subsidie'" [level=2]
  - list:
    - listitem:
      - article:
        - heading "Subsidie aanvragen in vier stappen" [level=3]:
          - link "Subsidie aanvragen in vier stappen"
        - list:
          - listitem: PDF · 3 bladzijden · 1,2 MB
          - listitem: Oranje Fonds
          - listitem: 4 maart 2025
        - paragraph:
          - mark: subsidie
        - paragraph: Gevonden op blz. 1 en 3
        - list:
          - listitem:
            - 'link "Doel 4: Geld"'
          - listitem:
            - link "Open bij de bron Subsidie aanvragen in vier stappen (lsabewoners.nl)"
    - listitem
  - region "Bewaar deze zoekvraag":
    - textbox "Het adres van deze resultaten"
    - button "Kopieer de link"
  - region "Niet gevonden wat u zocht?"
- contentinfo:
  - region "Hulp nodig?"
  - navigation "Over deze website"
"""


def test_a_screen_reader_is_told_what_is_on_the_page(visitor: Visitor) -> None:
    page = visitor(390).open("/zoeken?q=subsidie")
    expect(page.locator("body")).to_match_aria_snapshot(TREE)
