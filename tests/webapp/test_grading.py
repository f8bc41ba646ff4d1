"""Judging results: grades go to the store, by which every change is measured."""

from datetime import timedelta

from flask.testing import FlaskClient

from library.document import id_of
from library.store import Counts
from tests.webapp.conftest import NOW, Site, post
from tests.webapp.reading import one, soup, texts
from webapp.messages import say

STATUTEN = id_of("https://www.lsabewoners.nl/statuten")
PAGE = "/beheer/beoordelen?q=Statuten"


def grade(client: FlaskClient, **fields: str) -> int:
    return post(client, "/beheer/beoordelen", on=PAGE, **fields).status_code


def test_a_grade_is_kept_and_measured(site: Site, moderator: FlaskClient) -> None:
    page = soup(moderator.get(PAGE).text)
    assert texts(page, "fieldset legend") == ["1. Statuten"]
    radios = page.select(f"input[name='oordeel-{STATUTEN}']")
    assert [radio["value"] for radio in radios] == ["3", "2", "1", "0"]
    assert grade(moderator, q="Statuten", stap="bewaren", **{f"oordeel-{STATUTEN}": "3"}) == 303
    assert site.store.judgments.all() == {"statuten": {STATUTEN: 3}}
    latest = site.store.judgments.latest()
    assert latest is not None
    assert (latest.queries, latest.ndcg) == (1, 1.0)
    page = soup(moderator.get(PAGE + "&gedaan=ja").text)
    assert one(page, "input[checked]")["value"] == "3"
    assert "1,00, gemeten op" in page.text
    assert say("finding.ndcg.hint") in page.text
    assert "goed is: 1." in page.text


def test_what_cannot_be_a_grade_is_left_out(site: Site, moderator: FlaskClient) -> None:
    fields = {f"oordeel-{STATUTEN}": "4", "oordeel-onbekend": "3", "anders": "2"}
    assert grade(moderator, q="statuten", stap="bewaren", **fields) == 303
    assert site.store.judgments.all() == {}


def test_a_query_that_may_tell_of_a_person_is_not_kept(site: Site, moderator: FlaskClient) -> None:
    answer = post(
        moderator, "/beheer/beoordelen", on=PAGE, q="jan@dorp.nl", **{f"oordeel-{STATUTEN}": "3"}
    )
    assert "over een persoon" in answer.text
    assert site.store.judgments.all() == {}


def test_grades_can_be_taken_back(site: Site, moderator: FlaskClient) -> None:
    site.store.judgments.add("statuten", {STATUTEN: 3}, NOW)
    assert grade(moderator, q="statuten", stap="vergeten") == 303
    assert site.store.judgments.all() == {}


def test_what_was_judged_before_and_is_not_found_now_stays_in_sight(
    site: Site, moderator: FlaskClient
) -> None:
    site.store.judgments.add("moestuin", {STATUTEN: 0}, NOW)
    page = soup(moderator.get("/beheer/beoordelen?q=moestuin").text)
    assert len(page.select("fieldset")) == 11
    assert "Eerder beoordeeld" in page.text


def test_what_to_judge_next_is_what_many_ask(site: Site, moderator: FlaskClient) -> None:
    for days in (0, 1):
        day = (NOW - timedelta(days=days)).date()
        site.store.searches.add(day, {"windmolen": Counts(9), "statuten": Counts(8)})
    site.store.judgments.add("statuten", {STATUTEN: 3}, NOW)
    page = soup(moderator.get("/beheer/beoordelen").text)
    assert texts(page, "[aria-labelledby=open] a") == ["windmolen"]
    assert texts(page, "[aria-labelledby=klaar] li") == ["statuten 1 document"]


def test_only_an_admin_sets_the_floor(
    site: Site, moderator: FlaskClient, admin: FlaskClient
) -> None:
    assert "grens" not in moderator.get("/beheer/beoordelen").text
    answer = post(admin, "/beheer/beoordelen/grens", on="/beheer/beoordelen", grens="2")
    assert answer.status_code == 422
    for typed in ("0,7", "0.7", "0,65"):
        post(admin, "/beheer/beoordelen/grens", on="/beheer/beoordelen", grens=typed)
    (only,) = site.store.improvements.current()
    assert only.value == {"ndcg": 0.65}
    assert site.store.improvements.revision() == 2
