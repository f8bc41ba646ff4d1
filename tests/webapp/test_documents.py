"""The page of a document, and its tombstone."""

import json
from datetime import date
from typing import get_args

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.alternatives import Kind
from library.document import id_of
from tests.webapp.conftest import EXAMPLE, Site, document
from tests.webapp.reading import one, soup, texts
from webapp.hits import document_address
from webapp.messages import WHY, say


def address(name: str) -> str:
    return document_address(id_of(f"https://www.lsabewoners.nl/{name}"))


def links(page: BeautifulSoup, selector: str) -> list[str]:
    return [str(link["href"]) for link in page.select(selector)]


def test_a_file_with_the_way_to_its_source(client: FlaskClient) -> None:
    page = soup(client.get(address("subsidie.pdf")).text)
    assert one(page, "h1").get_text() == "Subsidie aanvragen in vier stappen"
    facts = ["PDF · 3 bladzijden · 1,2 MB", "Oranje Fonds", "4 maart 2025"]
    assert texts(page, ".facts li") == facts
    button = one(page, "a.button")
    assert button.get_text() == "Open de PDF bij Oranje Fonds (1,2 MB)"
    assert button["href"] == "https://www.lsabewoners.nl/subsidie.pdf"
    assert "noopener" in button["rel"]
    assert say("doc.leave", host="lsabewoners.nl") in page.get_text()
    assert say("doc.checked", date="23 november 2026") in page.get_text()
    assert texts(page, ".table dd") == [
        "Oranje Fonds",
        "Regeling",
        "4 maart 2025",
        "23 november 2026",
    ]


def test_found_fragments_link_to_their_page(client: FlaskClient) -> None:
    page = soup(client.get(f"{address('subsidie.pdf')}?q=begroting").text)
    excerpt = one(page, ".excerpts li")
    assert texts(excerpt, "b") == ["Bladzijde 2"]
    assert texts(excerpt, "mark") == ["begroting"]
    assert one(excerpt, "a")["href"] == "https://www.lsabewoners.nl/subsidie.pdf#page=2"
    without = soup(client.get(address("subsidie.pdf")).text)
    assert without.select(".excerpts") == []


def test_the_text_of_a_partner_is_not_shown_but_fragments_are(client: FlaskClient) -> None:
    page = client.get(address("statuten")).text
    assert "De statuten van een vereniging" not in page
    assert say("doc.fragments.only") in page


def test_the_text_of_an_example_is_shown_under_a_banner(client: FlaskClient) -> None:
    page = soup(client.get(address("voorbeeld")).text)
    assert texts(page, ".text p:not(.note)") == [
        "Het dorpshuis krijgt subsidie van de gemeente.",
        "Een tweede alinea.",
    ]
    assert texts(page, ".example") == [say("example.document")]
    assert one(page, "meta[name=robots]")["content"] == "noindex"


def test_goals_come_with_their_evidence(client: FlaskClient) -> None:
    page = soup(client.get(address("subsidie.pdf")).text)
    reasons = texts(page, ".reasons li")
    assert any("Doel 4: Geld" in reason and "Subsidie" in reason for reason in reasons)
    assert one(page, ".reasons a[href='/doel/geld']")


def test_goals_that_came_with_an_import_say_so(site: Site) -> None:
    site.put(document("gegeven", "Zomaar wat.", goals=(2,)))
    page = site.app.test_client().get(address("gegeven")).text
    assert say("doc.goals.given") in page


def test_the_way_back_is_the_exact_list(client: FlaskClient) -> None:
    results = soup(client.get("/zoeken?q=moestuin&soort=verhaal&p=2").text)
    opened = str(results.select(".hit h3 a")[0]["href"])
    page = soup(client.get(opened).text)
    back = page.select(".trail a")[-1]
    assert (back.get_text(), back["href"]) == (
        say("trail.results"),
        "/zoeken?q=moestuin&soort=verhaal&p=2",
    )
    direct = soup(client.get(address("statuten")).text)
    assert texts(direct, ".trail a") == [say("trail.home")]


def test_the_way_back_never_leaves_the_site(client: FlaskClient) -> None:
    page = soup(
        client.get(f"{address('statuten')}?q=//evil.example&terug=https://evil.example").text
    )
    assert page.select(".trail a")[-1]["href"] == "/zoeken?q=%2F%2Fevil.example"


@pytest.mark.parametrize(
    "question", ["?q=" + "a" * 10_000, "?q=" + "+".join(f"w{n}" for n in range(40))]
)
def test_a_question_too_long_does_not_hide_the_document(client: FlaskClient, question: str) -> None:
    assert client.get(address("statuten") + question).status_code == 200


def test_a_document_that_waits_for_the_index_has_a_page(site: Site) -> None:
    site.store.documents.put(document("nieuw", "Net opgehaald.", title="Vers"))
    page = site.app.test_client().get(address("nieuw")).text
    assert one(soup(page), "h1").get_text() == "Vers"
    assert say("doc.goals.none") in page


def test_a_document_has_a_page_before_the_first_index(empty_site: Site) -> None:
    empty_site.store.documents.put(document("nieuw", "Net opgehaald.", title="Vers"))
    assert empty_site.app.test_client().get(address("nieuw")).status_code == 200


@pytest.mark.parametrize("name", ["a/b", "a//b", "/a", "a b?c#d", "é%20", "<b>"])
def test_an_imported_id_may_hold_anything(site: Site, name: str) -> None:
    site.put(document("x", "subsidie", title="Ingevoerd", id=name))
    client = site.app.test_client()
    results = soup(client.get("/zoeken?q=ingevoerd").text)
    opened = str(one(results, ".hit h3 a")["href"])
    assert one(soup(client.get(opened).text), "h1").get_text() == "Ingevoerd"


def test_a_document_without_url_or_title(site: Site) -> None:
    site.put(document("x", "subsidie", title=" ", id="los", url="", canonical_url=""))
    page = soup(site.app.test_client().get("/document/los").text)
    assert one(page, "h1").get_text() == say("hit.untitled")
    assert page.select("a.button") == []


def test_a_title_in_another_language_says_so(site: Site) -> None:
    site.put(document("fy", "Doarpshûs", title="It doarpshûs", language="fy"))
    client = site.app.test_client()
    assert one(soup(client.get(address("fy")).text), "h1")["lang"] == "fy"


def test_an_older_version_leads_to_the_newest(site: Site) -> None:
    old = document("aanvragen-2019", "Zo vraagt u aan.", title="Aanvragen in 2019")
    new = document("aanvragen", "Zo vraagt u nu aan.", title="Aanvragen")
    site.put(old, new)
    site.store.documents.relate(old.id, replaced_by=new.id)
    page = soup(site.app.test_client().get(address("aanvragen-2019")).text)
    (note,) = page.select(".message")
    assert note.get_text() == "Let op: er is een nieuwere versie. Aanvragen"
    assert links(page, ".message a") == [address("aanvragen")]
    site.store.documents.relate(old.id, perhaps_replaced_by=new.id)
    page = soup(site.app.test_client().get(address("aanvragen-2019")).text)
    assert page.select(".message")[0].get_text().startswith("Geldt dit nog?")


def test_the_same_text_elsewhere_is_one_step_away(site: Site) -> None:
    best = document("best", "Een gedeeld verhaal.", organisation="NOV")
    copy = document("kopie", "Een gedeeld verhaal.", organisation="VSBfonds")
    site.put(best, copy)
    site.store.documents.relate(copy.id, duplicate_of=best.id)
    page = soup(site.app.test_client().get(address("best")).text)
    assert "Ook te vinden bij: VSBfonds" in texts(page, ".hint")
    assert copy.url in links(page, ".hint a")
    page = soup(site.app.test_client().get(address("kopie")).text)
    assert texts(page, ".message") == ["Dezelfde tekst staat ook bij NOV: Best"]


def test_old_guidance_is_doubted_and_an_old_story_is_not(site: Site) -> None:
    day = date(2015, 1, 1)
    site.put(
        document("regels", "Regels.", kind="regeling", day=day),
        document("toen", "Toen.", kind="verhaal", day=day),
    )
    page = soup(site.app.test_client().get(address("regels")).text)
    assert texts(page, ".message") == [say("doc.old", organisation="LSA bewoners")]
    assert soup(site.app.test_client().get(address("toen")).text).select(".message") == []


def test_documents_that_are_like_it_are_offered(client: FlaskClient) -> None:
    page = soup(client.get(address("moestuin-3")).text)
    related = links(page, "section ul.short a")
    assert len(related) == 5
    assert address("moestuin-3") not in related


def test_search_engines_are_told_what_the_page_tells(client: FlaskClient) -> None:
    told = json.loads(
        one(soup(client.get(address("subsidie.pdf")).text), "script[type$=json]").text
    )
    assert (told["@type"], told["name"]) == (
        "DigitalDocument",
        "Subsidie aanvragen in vier stappen",
    )
    assert told["datePublished"] == "2025-03-04"
    assert told["publisher"]["name"] == "Oranje Fonds"
    assert soup(client.get(address("voorbeeld")).text).select("script[type$=json]") == []
    home = json.loads(one(soup(client.get("/").text), "script[type$=json]").text)
    assert home["potentialAction"]["target"]["urlTemplate"].endswith("/zoeken?q={q}")


def test_a_reader_says_that_it_is_no_longer_right(site: Site, admin: FlaskClient) -> None:
    client = site.app.test_client()
    page = soup(client.get(address("statuten")).text)
    action = one(page, "form[method=post]")["action"]
    assert [button["value"] for button in page.select("form[method=post] button")] == [
        "helpt",
        "klopt-niet",
    ]
    answer = client.post(str(action), data={"oordeel": "klopt-niet"})
    assert answer.status_code == 303
    thanked = soup(client.get(answer.location).text)
    assert say("doc.opinion.thanks") in texts(thanked, "[role=status]")
    assert thanked.select("form[method=post]") == []
    listed = soup(admin.get("/beheer/zoekvragen").text)
    assert texts(listed, "[aria-labelledby=twijfel] tbody tr") == ["Statuten LSA bewoners 1 0"]


def test_it_tells_why_it_is_a_result(site: Site) -> None:
    client = site.app.test_client()
    page = soup(client.get(address("statuten") + "?q=statuten+verenigingen").text)
    assert texts(page, "details li") == [
        "‘statuten’ staat in dit document.",
        "‘vereniging’ is een andere vorm van ‘verenigingen’.",
    ]
    assert soup(client.get(address("statuten")).text).select("details.more") == []
    assert soup(client.get(address("statuten") + "?q=windmolen").text).select("details.more") == []


def test_each_way_to_have_a_word_has_its_sentence() -> None:
    assert set(WHY) == set(get_args(Kind)) | {"inside"}


def test_only_what_can_be_said_of_what_is_there_is_counted(site: Site, client: FlaskClient) -> None:
    assert client.post(address("statuten"), data={"oordeel": "x"}).status_code == 400
    assert client.post(address("bestaat-niet"), data={"oordeel": "helpt"}).status_code == 404
    evil = {"Sec-Fetch-Site": "cross-site"}
    said = {"oordeel": "klopt-niet"}
    assert client.post(address("statuten"), data=said, headers=evil).status_code in {400, 403}
    assert site.store.opinions.doubted(10) == ()


def test_a_gone_document_leaves_a_tombstone_for_ninety_days(site: Site) -> None:
    gone = id_of("https://www.lsabewoners.nl/statuten")
    site.store.documents.remove(gone, "http-404", site.clock())
    client = site.app.test_client()
    answer = client.get(f"/document/{gone}?q=statuten")
    assert answer.status_code == 410
    assert say("doc.gone", organisation="LSA bewoners") in answer.text
    assert say("doc.gone.title", title="Statuten") in answer.text
    assert "/zoeken?q=statuten" in answer.text
    site.clock.forward(days=91)
    assert client.get(f"/document/{gone}").status_code == 404


def test_a_purged_document_tells_nothing(site: Site) -> None:
    source = site.store.sources.add(name="Oud", url="https://oud.example/")
    site.put(document("weg", "Geheim.", title="Heel geheim"), source_id=source.id)
    site.store.documents.purge(source.id)
    answer = site.app.test_client().get(address("weg"))
    # Purging takes place now; the clock of the site stands at another moment on purpose.
    assert answer.status_code == 410
    assert say("doc.gone.here") in answer.text
    assert "geheim" not in answer.text.lower()


def test_an_unknown_document_is_not_found(client: FlaskClient) -> None:
    assert client.get("/document/bestaat-niet").status_code == 404


def test_what_may_not_be_shown_is_not_shown(empty_site: Site) -> None:
    text = "Het dorpshuis krijgt subsidie van de gemeente."
    shut = document("dicht", text, organisation=EXAMPLE, is_example=True, directives=("nosnippet",))
    empty_site.put(shut)
    page = soup(empty_site.app.test_client().get(f"/document/{shut.id}?q=subsidie").text)
    assert text not in page.get_text()
    assert say("doc.fragments.none") in page.get_text()


@pytest.mark.parametrize("shows_text", [True, False])
def test_the_text_is_shown_when_the_owner_of_the_source_permits_it(
    site: Site, client: FlaskClient, *, shows_text: bool
) -> None:
    source = site.store.sources.add(name="Dorp", url="https://dorp.nl/", shows_text=shows_text)
    site.put(document("lezen", "Een hele tekst om te lezen."), source_id=source.id)
    page = client.get(f"/document/{id_of('https://www.lsabewoners.nl/lezen')}").text
    assert ("Een hele tekst om te lezen." in page) == shows_text
    assert (say("doc.fragments.only") in page) != shows_text
