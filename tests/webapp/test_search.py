"""Home and results, against a real index."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import EXAMPLE, Site, document
from tests.webapp.reading import one, soup, texts
from webapp.messages import say


def test_little_found_asks_what_was_meant(site: Site, client: FlaskClient) -> None:
    site.put(document("fout", "De moestuijn van het dorp.", title="Een schrijffout"))
    page = soup(client.get("/zoeken?q=moestuijn").text)
    (link,) = page.select(".meant a")
    assert (link.text, link["href"]) == ("moestuin", "/zoeken?q=moestuin")
    assert "24 resultaten" in page.select(".meant")[0].text
    assert not soup(client.get("/zoeken?q=moestuin").text).select(".meant")


def test_home_shows_goals_newest_and_partners(client: FlaskClient) -> None:
    page = soup(client.get("/").text)
    assert one(page, "h1").get_text() == say("home.h1")
    assert len(page.select(".goals li")) == 5
    assert texts(page, ".short a")[:2] == [
        "Subsidie aanvragen in vier stappen",
        "Moestuin nummer 24",
    ]
    assert "LSA bewoners (25)" in texts(page, ".counted li")
    assert one(page, "#q")["type"] == "search"
    assert "030 123 45 67" in one(page, "#hulp").get_text()


def test_home_works_before_the_first_crawl(empty_site: Site) -> None:
    answer = empty_site.app.test_client().get("/")
    assert answer.status_code == 200
    assert say("home.empty") in answer.text


def test_results_tell_what_a_reader_scans(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=begroting").text)
    assert texts(page, "#resultaten") == ["1 resultaat voor 'begroting'"]
    assert one(page, "title").get_text().startswith("Zoeken: begroting")
    hit = one(page, ".hit")
    facts = ["PDF · 3 bladzijden · 1,2 MB", "Oranje Fonds", "4 maart 2025"]
    assert texts(hit, ".facts li") == facts
    assert "begroting" in texts(hit, "mark")
    assert texts(hit, ".found") == ["Gevonden op blz. 2"]
    source = one(hit, ".ways a[rel~=noopener]")
    assert source["href"] == "https://www.lsabewoners.nl/subsidie.pdf#page=2"
    assert "(lsabewoners.nl)" in source.get_text()
    assert one(page, "meta[name=robots]")["content"] == "noindex"
    assert one(page, "#q")["value"] == "begroting"


def test_a_hit_without_date_says_so(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=statuten").text)
    assert texts(page, ".hit .facts li") == ["Webpagina", "LSA bewoners", "Datum onbekend"]


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/zoeken?q=moestuin", "24 resultaten voor 'moestuin', bladzijde 1 van 2"),
        ("/zoeken?q=moestuin&organisatie=Oranje+Fonds", "Geen resultaten voor 'moestuin'"),
        ("/zoeken?soort=regeling", "1 document"),
        ("/zoeken?soort=regeling&soort=format", "2 documenten"),
        ("/zoeken?organisatie=Oranje+Fonds", "1 document"),
        ("/zoeken?jaar_van=2020&jaar_tot=2021&zonder_datum=nee", "2 documenten"),
        ("/zoeken", "27 documenten, bladzijde 1 van 2"),
    ],
)
def test_filters_narrow_and_widen(client: FlaskClient, address: str, count: str) -> None:
    assert texts(soup(client.get(address).text), "#resultaten") == [count]


def test_counts_ignore_the_own_selection(client: FlaskClient) -> None:
    def kinds(address: str) -> list[str]:
        page = soup(client.get(address).text)
        return [
            " ".join(i.parent.get_text().split()) for i in page.select("[name=soort]") if i.parent
        ]

    assert kinds("/zoeken?soort=regeling") == kinds("/zoeken")
    assert "Verhaal (24)" in kinds("/zoeken?soort=regeling")


def test_chosen_filters_are_chips_that_take_them_off(client: FlaskClient) -> None:
    address = "/zoeken?q=moestuin&soort=verhaal&jaar_van=2010&jaar_tot=2012&zonder_datum=nee"
    page = soup(client.get(address).text)
    assert [(" ".join(a.get_text().split()), a["href"]) for a in page.select(".chips a")] == [
        (
            "Verwijder filter: Verhaal ×",
            "/zoeken?q=moestuin&jaar_van=2010&jaar_tot=2012&zonder_datum=nee",
        ),
        (
            "Verwijder filter: 2010 tot en met 2012 ×",
            "/zoeken?q=moestuin&soort=verhaal&zonder_datum=nee",
        ),
        (
            "Verwijder filter: alleen met datum ×",
            "/zoeken?q=moestuin&soort=verhaal&jaar_van=2010&jaar_tot=2012",
        ),
    ]
    assert texts(page, "summary small") == ["3 gekozen"]


def test_the_form_sends_itself_to_one_clean_address(client: FlaskClient) -> None:
    sent = "/zoeken?q=moestuin&jaar_van=&jaar_tot=&zonder_datum=nee&zonder_datum=ja&sorteer=beste"
    answer = client.get(sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/zoeken?q=moestuin")


def test_every_filter_belongs_to_the_one_get_form(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=moestuin").text)
    form = one(page, "form")
    assert (form["method"], form["action"], form["id"]) == ("get", "/zoeken", "zoek")
    controls = page.select("details input, details button")
    assert len(controls) >= 10
    assert all(control["form"] == "zoek" for control in controls)


def test_sorting(client: FlaskClient) -> None:
    oldest = soup(client.get("/zoeken?q=moestuin&sorteer=oudste").text)
    assert texts(oldest, ".hit h3")[0] == "Moestuin nummer 1"
    newest = soup(client.get("/zoeken?q=moestuin&sorteer=nieuwste").text)
    assert texts(newest, ".hit h3")[0] == "Moestuin nummer 24"
    without_words = soup(client.get("/zoeken").text)
    assert texts(without_words, "[name=sorteer]:checked + span") == ["Nieuwste eerst"]
    assert "Beste resultaat" not in without_words.get_text()


def test_pages(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=moestuin&p=2").text)
    assert one(page, "ol.hits")["start"] == "21"
    assert len(page.select(".hit")) == 4
    assert texts(page, ".pages [aria-current=page]") == ["2"]
    assert one(page, ".pages [rel=prev]")["href"] == "/zoeken?q=moestuin"
    assert page.select(".pages [rel=next]") == []


@pytest.mark.parametrize("typed", ["7", "50", "999999999999999999999"])
def test_a_page_too_far_leads_to_the_last(client: FlaskClient, typed: str) -> None:
    answer = client.get(f"/zoeken?q=moestuin&p={typed}", follow_redirects=True)
    assert answer.request.full_path == "/zoeken?q=moestuin&p=2"


def test_an_invalid_period_is_said_at_the_field(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=moestuin&jaar_van=2024&jaar_tot=2020").text)
    assert say("year.error") in one(page, ".summary").get_text()
    assert one(page, ".summary a")["href"] == "#jaar_van"
    field = one(page, "#jaar_van")
    assert (field["value"], field["aria-invalid"]) == ("2024", "true")
    assert one(page, f"#{field['aria-describedby']}").get_text() == say("year.error")
    assert one(page, "details.filters").has_attr("open")
    assert texts(page, "#resultaten")[0].startswith("24 resultaten")


@pytest.mark.parametrize("years", ["jaar_van=2025&jaar_tot=2020", "jaar_van=20255"])
def test_an_invalid_period_is_not_shown_as_a_chosen_filter(client: FlaskClient, years: str) -> None:
    page = soup(client.get(f"/zoeken?q=moestuin&{years}").text)
    assert page.select(".chips") == []
    assert texts(page, ".filters > summary") == [say("filters.summary")]
    with_kind = soup(client.get(f"/zoeken?q=moestuin&soort=verhaal&{years}").text)
    assert texts(with_kind, ".filters > summary small") == [say("filters.chosen", n="1")]
    assert len(with_kind.select(".chips a")) == 1
    assert say("empty.q") not in client.get(f"/zoeken?{years}").text


def test_nothing_found_offers_ways_on(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=xyzzyqq").text)
    assert texts(page, "#resultaten") == ["Geen resultaten voor 'xyzzyqq'"]
    assert len(page.select(".goals li")) == 5
    assert say("zero.tip1") in page.get_text()


def test_nothing_found_with_filters_offers_to_leave_them(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=moestuin&soort=wet").text)
    assert say("zero.nofilter", n="24") in page.get_text()
    assert one(page, ".nothing a")["href"] == "/zoeken?q=moestuin"


def test_nothing_found_with_quotes_offers_plain_words(client: FlaskClient) -> None:
    page = soup(client.get('/zoeken?q="gemeente overnemen moestuin"').text)
    assert one(page, ".nothing a")["href"] == "/zoeken?q=gemeente+overnemen+moestuin"


def test_any_of_the_words_is_said(client: FlaskClient) -> None:
    page = client.get("/zoeken?q=subsidie+statuten").text
    assert say("matched.any") in soup(page).get_text()
    assert say("matched.any") not in client.get("/zoeken?q=moestuin").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("xyzzyqq+subsidie", "'xyzzyqq' staat in geen enkel document. {others}"),
        ("xyzzyqq+subsidie+qwxyzw", "'xyzzyqq' en 'qwxyzw' staan in geen enkel document. {others}"),
        ("xyzzyqq", "'xyzzyqq' staat in geen enkel document."),
    ],
)
def test_words_that_no_document_has_are_said(client: FlaskClient, typed: str, told: str) -> None:
    page = soup(client.get(f"/zoeken?q={typed}").text)
    assert texts(page, "p.note:not(.below)") == [told.format(others=say("unknown.others"))]


def test_a_corrected_word_is_said(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=moesttuin").text)
    assert say("dym.auto", q="moesttuin", correctie="moestuin") in page.get_text()
    assert (
        say("dym.auto", q="moestuin", correctie="moestuin")
        not in client.get("/zoeken?q=moestuin").text
    )


def test_an_empty_question_gets_a_friendly_word(client: FlaskClient) -> None:
    answer = client.get("/zoeken?q=", follow_redirects=True)
    assert answer.status_code == 200
    assert say("empty.q") in answer.text


@pytest.mark.parametrize("length", [257, 10_000])
def test_a_question_too_long_gets_a_friendly_word(client: FlaskClient, length: int) -> None:
    answer = client.get("/zoeken", query_string={"q": "a" * length})
    assert answer.status_code == 400
    assert "te lang" in answer.text
    assert len(answer.text) < 10_000


def test_a_question_of_too_many_words_gets_a_friendly_word(client: FlaskClient) -> None:
    words = " ".join(f"woord{n}" for n in range(30))
    answer = client.get("/zoeken", query_string={"q": words})
    assert answer.status_code == 400
    assert "te veel woorden" in answer.text
    assert one(soup(answer.text), "#q")["value"] == words


def test_no_index_is_said_with_the_words_kept(empty_site: Site) -> None:
    answer = empty_site.app.test_client().get("/zoeken?q=subsidie")
    assert answer.status_code == 503
    assert say("error.engine") in answer.text
    assert one(soup(answer.text), "#q")["value"] == "subsidie"


def test_many_organisations_stand_behind_a_summary(site: Site) -> None:
    site.put(*(document(f"d{n}", "tekst", organisation=f"Organisatie {n:02}") for n in range(12)))
    page = soup(site.app.test_client().get("/zoeken?organisatie=Organisatie+11").text)
    assert texts(page, ".more summary") == ["Toon alle 15 organisaties"]
    inside = [i["value"] for i in page.select(".more [name=organisatie]")]
    assert "Organisatie 11" not in inside
    assert len(page.select("[name=organisatie]")) == 15


def test_an_unknown_organisation_stays_a_choice(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?organisatie=Bestaat+niet").text)
    assert one(page, "[name=organisatie][value='Bestaat niet']").has_attr("checked")


def test_undated_documents_are_told_and_can_be_left_out(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?jaar_van=2025").text)
    assert say("nodate.note", n="2") in texts(page, ".note")
    assert say("year.nodate", n="2") in texts(page, ".choice")
    assert texts(page, "#resultaten") == ["3 documenten"]


def test_examples_carry_a_banner_wherever_they_show(site: Site) -> None:
    site.store.sources.add(name=EXAMPLE, url="http://127.0.0.1:8101/", is_example=True)
    client = site.app.test_client()
    assert say("example.site") in client.get("/").text
    page = client.get("/zoeken?q=dorpshuis").text
    assert say("example.list") in page
    assert EXAMPLE in texts(soup(page), ".hit .facts li")
    assert say("example.list") not in client.get("/zoeken?q=statuten").text


def test_a_result_list_without_examples_has_no_banner(empty_site: Site) -> None:
    empty_site.put(document("a", "subsidie", day=date(2024, 1, 1)))
    client = empty_site.app.test_client()
    assert ".example" not in client.get("/").text
    assert soup(client.get("/").text).select(".example") == []
