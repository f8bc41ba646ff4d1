"""People correct goals by a click: their own documents, with a reason, logged, and undone as easily."""

import pytest
from flask.testing import FlaskClient

from index.query import Query
from index.tasks import update_index
from library.document import id_of
from library.progress import Silent
from library.store import Store
from tests.webapp.conftest import Site, document, post, signed_in_as
from tests.webapp.reading import one, soup, texts
from webapp.hits import document_address
from webapp.messages import ACTS, say

STATUTEN = id_of("https://www.lsabewoners.nl/statuten")
SUBSIDIE = id_of("https://www.lsabewoners.nl/subsidie.pdf")
MINE, OTHER = document_address(STATUTEN), document_address(SUBSIDIE)


def click(client: FlaskClient, document_id: str, button: str, **fields: str) -> int:
    page = document_address(document_id)
    shown = str(one(soup(client.get(page).text), ".judging input[name=getoond]")["value"])
    sent = {"oordeel": button, "reden": "terloops", "getoond": shown} | fields
    return post(client, f"/doelen-nakijken/{document_id}", on=page, **sent).status_code


def goals_on(client: FlaskClient, page: str) -> list[str]:
    return texts(soup(client.get(page).text), ".reasons > li > a")


def followed(site: Site) -> None:
    update_index(site.store, site.settings, Silent())
    site.index.refresh()


def logged(store: Store) -> list[str]:
    return [act.act for act in store.acts.of(f"document:{SUBSIDIE}")]


def test_a_moderator_removes_a_goal_for_good(
    site: Site, moderator: FlaskClient, client: FlaskClient
) -> None:
    assert "Doel 4: Geld" in goals_on(client, OTHER)
    assert click(moderator, SUBSIDIE, "nee-4") == 303
    # At once on its page, and everywhere when the job that was queued is done.
    assert "Doel 4: Geld" not in goals_on(client, OTHER)
    assert [job.handler for job in site.store.jobs.open()] == ["reindex"]
    followed(site)
    found = site.index.search(Query(goals=(4,))).hits
    assert SUBSIDIE not in {hit.id for hit in found}
    site.put(document("subsidie.pdf", "Een fonds geeft subsidie en een lening.", title="Subsidie"))
    assert "Doel 4: Geld" not in goals_on(client, OTHER)
    assert logged(site.store) == ["goal-remove"]
    (act,) = site.store.acts.of(f"document:{SUBSIDIE}")
    assert act.details == {"goals": "Geld", "reason": "Het document noemt dit maar kort"}


def test_a_goal_is_added_and_confirmed(
    site: Site, moderator: FlaskClient, client: FlaskClient
) -> None:
    assert click(moderator, SUBSIDIE, "ja-5") == 303
    assert click(moderator, SUBSIDIE, "ja-4") == 303
    page = soup(client.get(OTHER).text)
    assert goals_on(client, OTHER)[:2] == ["Doel 4: Geld", "Doel 5: Kennis en steun"]
    assert texts(page, ".reasons .hint").count(say("doc.goals.judged")) == 2
    assert logged(site.store) == ["goal-add", "goal-confirm"]
    assert {one.goals for one in site.store.goal_judgments.of(SUBSIDIE)} == {(4, 5)}


def test_one_click_agrees_with_everything(site: Site, moderator: FlaskClient) -> None:
    assert click(moderator, STATUTEN, "alles") == 303
    said = site.store.goal_judgments.of(STATUTEN)
    shown = {one.goal for one in said if one.given}
    assert len(said) == 5
    assert {one.goals for one in said} == {tuple(sorted(shown))}
    page = soup(moderator.get(MINE).text)
    assert [say("tag.said.all") in text for text in texts(page, ".short li > span")] == [True]
    undo = str(one(page, ".short form")["action"])
    assert post(moderator, undo, on=MINE).status_code == 303
    assert site.store.goal_judgments.of(STATUTEN) == ()


def test_undoing_takes_one_click(site: Site, moderator: FlaskClient, client: FlaskClient) -> None:
    click(moderator, SUBSIDIE, "nee-4")
    undo = str(one(soup(moderator.get(OTHER).text), ".short form")["action"])
    assert post(moderator, undo, on=OTHER).status_code == 303
    followed(site)
    assert "Doel 4: Geld" in goals_on(client, OTHER)
    assert logged(site.store) == ["goal-remove", "goal-undo"]
    assert post(moderator, undo, on=OTHER).status_code == 404
    assert set(logged(site.store)) <= set(ACTS)


def test_a_partner_judges_what_is_of_the_own_organisation(
    site: Site, partner: FlaskClient, moderator: FlaskClient
) -> None:
    assert click(partner, STATUTEN, "ja-1") == 303
    assert soup(partner.get(OTHER).text).select(".judging") == []
    sent = {"oordeel": "ja-1", "reden": "woord", "getoond": ""}
    assert post(partner, f"/doelen-nakijken/{SUBSIDIE}", on=MINE, **sent).status_code == 403
    assert site.store.goal_judgments.of(SUBSIDIE) == ()
    # What a moderator said is for moderators to undo; an own word is more than enough.
    click(moderator, STATUTEN, "nee-1")
    (theirs,) = [one for one in site.store.goal_judgments.of(STATUTEN) if not one.given]
    undo = f"/doelen-nakijken/terugdraaien/{theirs.id}"
    assert undo not in partner.get(MINE).text
    assert post(partner, undo, on=MINE).status_code == 403


def test_the_source_tells_whose_a_document_is(site: Site) -> None:
    source = site.store.sources.add(name="Dorp", url="https://dorp.nl/", organisation="Dorp")
    site.put(document("dorp", "Zomaar.", organisation="LSA bewoners"), source_id=source.id)
    page = document_address(id_of("https://www.lsabewoners.nl/dorp"))
    for organisation, buttons in (("Dorp", 1), ("LSA bewoners", 0), ("", 0)):
        someone = signed_in_as(site, "partner", organisation)
        assert len(soup(someone.get(page).text).select(".judging")) == buttons


def test_a_visitor_sees_no_buttons_and_gets_no_cookie(client: FlaskClient) -> None:
    answer = client.get(OTHER)
    assert soup(answer.text).select(".judging") == []
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_page_of_a_judge_is_kept_nowhere(moderator: FlaskClient) -> None:
    answer = moderator.get(OTHER)
    assert answer.headers["Cache-Control"] == "no-store"


def test_something_else_needs_words(site: Site, moderator: FlaskClient) -> None:
    click(moderator, SUBSIDIE, "nee-4", reden="anders")
    assert site.store.goal_judgments.of(SUBSIDIE) == ()
    page = moderator.get(f"{OTHER}?gedaan=doel-toelichting").text
    assert say("tag.remark.error") in soup(page).get_text()
    click(moderator, SUBSIDIE, "nee-4", reden="anders", toelichting="Dit is <b>reclame</b>.")
    assert "Dit is &lt;b&gt;reclame&lt;/b&gt;." in moderator.get(OTHER).text


@pytest.mark.parametrize(
    "fields",
    [
        {"oordeel": "ja-9"},
        {"oordeel": "misschien-1"},
        {"oordeel": "alles-1"},
        {"oordeel": "ja-1", "reden": "zomaar"},
        {"oordeel": "ja-1", "toelichting": "a" * 501},
    ],
)
def test_what_is_no_button_is_refused(
    site: Site, moderator: FlaskClient, fields: dict[str, str]
) -> None:
    sent = {"reden": "woord", "getoond": ""} | fields
    assert post(moderator, f"/doelen-nakijken/{STATUTEN}", on=MINE, **sent).status_code == 400
    assert site.store.goal_judgments.of(STATUTEN) == ()


def test_what_is_not_there_cannot_be_judged(site: Site, moderator: FlaskClient) -> None:
    sent = {"oordeel": "ja-1", "reden": "woord"}
    assert post(moderator, "/doelen-nakijken/nergens", on=MINE, **sent).status_code == 404
    site.store.documents.remove(SUBSIDIE, "http-404")
    assert post(moderator, f"/doelen-nakijken/{SUBSIDIE}", on=MINE, **sent).status_code == 404


def test_the_words_and_where_they_stand(client: FlaskClient) -> None:
    page = soup(client.get(OTHER).text)
    (reason,) = [
        found for found in page.select(".reasons > li") if "Geld" in found.select("a")[0].text
    ]
    words = texts(reason, "em")
    assert "Subsidie" in words
    shown = {mark.lower() for mark in texts(reason, ".excerpt mark")}
    assert shown <= {word.lower() for word in words}
    assert "subsidie" in shown
    assert any("Bladzijde" in place for place in texts(reason, ".excerpt .hint"))


def test_who_wants_no_snippets_has_words_only(site: Site) -> None:
    site.put(
        document("stil", "Subsidie van een fonds.", title="Subsidie", directives=("nosnippet",))
    )
    page = soup(
        site.app.test_client().get(document_address(id_of("https://www.lsabewoners.nl/stil"))).text
    )
    assert texts(page, ".reasons em") != []
    assert page.select(".reasons .excerpt") == []


def test_the_api_tells_who_gave_a_goal_and_where_the_words_stand(
    site: Site, moderator: FlaskClient, client: FlaskClient
) -> None:
    click(moderator, SUBSIDIE, "ja-5")
    given = client.get(f"/api/v1/documenten/{SUBSIDIE}").get_json()["doelen"]
    by_number = {goal["doel"]: goal for goal in given}
    assert by_number[5] == {
        "doel": 5,
        "zekerheid": 1.0,
        "door": "mens",
        "woorden": [],
        "passages": [],
    }
    assert by_number[4]["door"] == "computer"
    first = by_number[4]["passages"][0]
    marked = [first["tekst"][start:end].lower() for start, end in first["gevonden"]]
    assert set(marked) <= {word.lower() for word in by_number[4]["woorden"]}
    (hit,) = client.get("/api/v1/zoeken?q=dekkingsplan").get_json()["resultaten"]
    assert all(goal["passages"] == [] for goal in hit["doelen"])
