"""The five goals, and the fixed pages."""

import pytest
from flask.testing import FlaskClient

from library.goals import GOALS, Goal
from tests.webapp.conftest import EXAMPLE, NOW, Site
from tests.webapp.reading import one, soup, texts
from webapp.messages import say


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
