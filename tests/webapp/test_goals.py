"""The five goals, and the fixed pages."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from index.query import FacetValue
from library.document import id_of
from library.goals import GOALS, Goal
from library.searches import ON_DAYS, SEEN
from tests.webapp.conftest import EXAMPLE, NOW, Site, document
from tests.webapp.reading import one, soup, texts
from webapp.hits import document_address
from webapp.messages import say
from webapp.years import MOST_YEARS, line_of


def test_all_goals_with_their_counts(client: FlaskClient) -> None:
    page = soup(client.get("/doelen").text)
    assert texts(page, ".goals b") == [goal.label for goal in GOALS]
    assert all("document" in text for text in texts(page, ".goals small"))


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.slug)
def test_a_goal_is_explained_and_searched(client: FlaskClient, goal: Goal) -> None:
    page = soup(client.get(f"/doel/{goal.slug}").text)
    assert texts(page, "h1") == [goal.name]
    assert texts(page, ".hero .lead") == list(goal.explanation)
    assert one(page, "form input[name=doel]")["value"] == str(goal.number)
    assert page.select("meta[name=robots]") == []


def test_a_goal_shows_what_there_is(client: FlaskClient) -> None:
    page = soup(client.get("/doel/geld").text)
    assert "Subsidie aanvragen in vier stappen" in texts(page, ".short a")
    assert "Oranje Fonds (1)" in texts(page, ".counted li")
    assert "Regeling (1)" in texts(page, ".counted li")
    counted = one(page, ".counted a[href*=regeling]")
    assert counted["href"] == "/zoeken?doel=4&soort=regeling"


def test_the_best_documents_of_a_goal_are_those_that_are_surely_about_it(site: Site) -> None:
    strong = "Subsidie, fonds, lening, begroting en donatie: zo komt u aan geld."
    site.put(
        document("zeker", strong, title="Subsidie en fondsen", goals=(4,)),
        document("los", "Iets anders.", title="Heel iets anders", goals=(4,)),
    )
    page = soup(site.app.test_client().get("/doel/geld").text)
    best = texts(page, "#beste ~ ul a")
    assert best[0] == "Subsidie en fondsen"
    assert "Heel iets anders" not in best
    assert "Heel iets anders" in texts(page, "#nieuw ~ ul a")


def test_what_many_opened_from_results_is_shown(site: Site) -> None:
    app = site.app
    client, counting = app.test_client(), app.extensions["kennisbank"].counting
    address = document_address(id_of("https://www.lsabewoners.nl/subsidie.pdf"))
    for _ in range(ON_DAYS):
        assert soup(client.get("/doel/geld").text).select("#gebruikt") == []
        for _ in range(SEEN):
            client.get(f"{address}?q=subsidie")
            client.get(f"{address}?q=subsidie", headers={"Sec-GPC": "1"})
            client.get(address)
        counting.write()
        site.clock.forward(days=1)
    assert [count for _, count in site.store.openings.most()] == [SEEN * ON_DAYS]
    page = soup(client.get("/doel/geld").text)
    assert texts(page, "#gebruikt ~ ul a") == ["Subsidie aanvragen in vier stappen"]
    other = soup(client.get("/doel/samen-normaal").text)
    assert "Subsidie aanvragen in vier stappen" not in texts(other, "#gebruikt ~ ul a")


def test_documents_by_year_stand_in_a_line_and_in_a_table(site: Site) -> None:
    site.put(
        *(
            document(f"jaar-{n}", "Tekst.", goals=(5,), day=date(year, 1, 1))
            for n, year in enumerate((2019, 2021, 2021, 2022))
        ),
        document("zonder", "Tekst.", goals=(5,)),
    )
    page = soup(site.app.test_client().get("/doel/kennis-en-steun").text)
    rows = texts(page, "#jaren ~ .years-line tbody tr")
    assert rows[-4:] == ["2022 1", "2021 2", "2020 0", "2019 1"][: len(rows)]
    points = str(one(page, ".years-line polyline")["points"]).split()
    assert len(points) == len(rows) == len(page.select(".years-line circle"))
    assert "De meeste documenten zijn uit 2021, namelijk 2." in texts(page, "#jaren ~ p")[0]
    assert say("goal.years.undated", n=1) in texts(page, "#jaren ~ p")[0]


def test_one_year_is_no_line() -> None:
    assert line_of((FacetValue("2024", 3),), 0) is None
    assert line_of((), 5) is None
    long = line_of((FacetValue("1950", 1), FacetValue("2024", 3)), 0)
    assert long is not None
    assert (long.first, long.last, len(long.rows)) == ("2010", "2024", MOST_YEARS)


def test_goals_before_the_first_crawl(empty_site: Site) -> None:
    client = empty_site.app.test_client()
    assert client.get("/doelen").status_code == 200
    assert say("goal.empty") in client.get("/doel/geld").text


def test_an_unknown_goal_is_not_found(client: FlaskClient) -> None:
    assert client.get("/doel/nergens").status_code == 404


def test_an_organisation_shows_what_it_shares(client: FlaskClient) -> None:
    listed = soup(client.get("/over").text)
    address = one(listed, "a[href*=Oranje]")["href"]
    assert address == "/organisatie/Oranje%20Fonds"
    page = soup(client.get(str(address)).text)
    assert texts(page, "h1") == ["Oranje Fonds"]
    assert texts(page, ".short a") == ["Subsidie aanvragen in vier stappen"]
    assert one(page, "form input[name=organisatie]")["value"] == "Oranje Fonds"
    assert "Geld (1)" in texts(page, ".counted li")
    counted = one(page, ".counted a[href*=regeling]")
    assert counted["href"] == "/zoeken?organisatie=Oranje+Fonds&soort=regeling"
    assert texts(page, "a.more[rel]") == ["oranjefonds.nl"]


def test_an_organisation_without_documents_has_no_page(client: FlaskClient) -> None:
    assert client.get("/organisatie/Niemand").status_code == 404
    example = soup(client.get(f"/organisatie/{EXAMPLE}").text)
    assert texts(example, ".example") == [say("example.list")]
    assert example.select("meta[content=noindex]") != []


def test_about_counts_the_partners(site: Site) -> None:
    site.store.sources.add(name=EXAMPLE, url="http://127.0.0.1:8101/", is_example=True)
    page = soup(site.app.test_client().get("/over").text)
    assert ["LSA bewoners", "25"] in [texts(row, "th, td") for row in page.select("tbody tr")]
    assert texts(page, ".example") == [say("example.site")]


def test_who_visits_a_site_and_when(site: Site) -> None:
    for name, url, is_example in (
        ("Dorp", "https://www.dorp.nl/", False),
        ("Nooit", "https://nooit.nl/", False),
        (EXAMPLE, "http://127.0.0.1:8101/", True),
    ):
        source = site.store.sources.add(name=name, url=url, is_example=is_example)
        if name != "Nooit":
            crawl = site.store.crawls.add(source.id, NOW)
            site.store.crawls.finish(crawl.id, "done", "", NOW)
    page = soup(site.app.test_client().get("/crawler").text)
    assert [texts(row, "th, td") for row in page.select("tbody tr")] == [
        ["dorp.nl", "23 november 2026, 10:00"]
    ]
    assert "User-agent: Kennisbank Disallow: /" in texts(page, "pre")


@pytest.mark.parametrize("address", ["/hulp-bij-zoeken", "/privacy"])
def test_fixed_pages(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_without_a_contact_person_there_is_still_help(empty_site: Site) -> None:
    help_text = one(soup(empty_site.app.test_client().get("/").text), "#hulp")
    assert texts(help_text, "p") == [say("help.page")]


def test_overviews_and_vacancies_stand_behind_knowledge(site: Site) -> None:
    text = "Subsidie, fonds, lening, begroting en donatie: zo komt u aan geld."
    day = date(2026, 1, 1)
    site.put(
        document("nieuws", text, title="Nieuws", goals=(4,), kind="overig", day=day),
        *(
            document(f"uitleg-{n}", f"{text} {n}", title=f"Uitleg {n}", goals=(4,), kind="wet")
            for n in range(5)
        ),
    )
    client = site.app.test_client()
    page = soup(client.get("/doel/geld").text)
    for part in ("#beste", "#nieuw"):
        shown = texts(page, f"{part} + ul a")
        assert len(shown) >= 5, part
        assert "Nieuws" not in shown, part
    assert "Nieuws" not in texts(soup(client.get("/").text), ".short a")
