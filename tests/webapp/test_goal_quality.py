"""The page about the goals: figures, what to judge next, learning anew, and the way back."""

import json
from datetime import date

import pytest
from flask.testing import FlaskClient

from index.assess import assess
from index.classify import house_classifier
from index.goal_models import SHIPPED, GoalModels
from index.retrain import ENOUGH
from index.train import train
from library.document import id_of
from library.goals import GOALS
from library.progress import Silent
from tests.index.labelled import labelled
from tests.webapp.conftest import Site, document, post, signed_in_as
from tests.webapp.reading import one, soup, texts
from webapp.messages import say

PAGE = "/beheer/doelen"
STATUTEN = id_of("https://www.lsabewoners.nl/statuten")


def looked(site: Site) -> None:
    """What the job does that looks at all documents."""
    job = site.store.jobs.add("assess_goals", {}, key="assess_goals")
    site.store.jobs.claim("worker", site.clock())
    found = assess(site.store, house_classifier(), Silent())
    site.store.jobs.finish(site.store.jobs.get(job.id), found, site.clock())


@pytest.fixture
def learned(site: Site) -> int:
    """The number of a job that learned other weights."""
    trained = train(labelled()[-60:], date(2026, 11, 23), rounds=1)
    report = {
        "judged": [STATUTEN],
        "judged_until": site.clock().isoformat(),
        "goals": [
            {"number": goal.number, "before": [0.8, 0.7, 0.75], "after": [0.9, 0.8, 0.85]}
            for goal in GOALS
        ],
        "new": {"documents": 1, "before": [0.0, 0.0, 0.0], "after": [1.0, 1.0, 1.0]},
        "documents": 27,
        "changed": 1,
        "shown": [{"id": STATUTEN, "title": "<i>Statuten</i>", "before": [], "after": [3, 5]}],
    }
    name = GoalModels.of(site.settings).add(trained, report)
    job = site.store.jobs.add("train_goals", {}, key="train_goals")
    site.store.jobs.claim("worker", site.clock())
    site.store.jobs.finish(site.store.jobs.get(job.id), report | {"name": name}, site.clock())
    return job.id


def test_figures_stand_in_bars_and_in_words(moderator: FlaskClient) -> None:
    page = soup(moderator.get(PAGE).text)
    rows = page.select("#goed ~ .scroll tbody tr")
    assert texts(rows[3], "th") == ["Doel 4: Geld"]
    assert len(rows) == len(GOALS)
    for row in rows:
        for cell in row.select("td")[:3]:
            assert one(cell, "rect")["width"] == cell.get_text().split()[0]
    assert len(page.select("#mis ~ .scroll tbody tr")) == len(GOALS) + 1
    assert len(texts(page, "#mis ~ .scroll tbody td b")) == len(GOALS) + 1
    assert texts(page, ".lead")[0].startswith("Van elke 100 gegeven doelen kloppen er")
    assert texts(page, "#eens ~ .scroll tbody td:nth-child(3)") == ["Nog niet bekend"] * 5


def test_before_the_first_look_there_is_a_button(site: Site, moderator: FlaskClient) -> None:
    page = soup(moderator.get(PAGE).text)
    assert say("quality.never") in page.get_text()
    assert say("quality.judge.none") in page.get_text()
    answer = post(moderator, f"{PAGE}/nakijken", on=PAGE)
    assert answer.location == "/beheer/taken/1"
    assert [job.handler for job in site.store.jobs.open()] == ["assess_goals"]


def test_documents_are_counted_and_the_least_sure_are_judged(
    site: Site, moderator: FlaskClient
) -> None:
    looked(site)
    page = soup(moderator.get(PAGE).text)
    assert len(page.select("#aantal ~ .scroll tbody tr")) == len(GOALS) + 1
    form = page.select(".judging")[0]
    address, shown = str(form["action"]), str(one(form, "[name=getoond]")["value"])
    sent = {"oordeel": "alles", "reden": "onderwerp", "getoond": shown, "terug": "beheer"}
    answer = post(moderator, address, on=PAGE, **sent)
    assert answer.location == f"{PAGE}?gedaan=doel"
    after = soup(moderator.get(answer.location).text)
    assert texts(after, "[role=status]") == [say("tag.done")]
    assert address not in [str(form["action"]) for form in after.select(".judging")]
    assert len(after.select("#laatste ~ ul li")) == 1


def test_a_second_judge_judges_without_seeing_the_first(site: Site, moderator: FlaskClient) -> None:
    sent = {"oordeel": "ja-1", "reden": "onderwerp", "getoond": "3"}
    post(moderator, f"/doelen-nakijken/{STATUTEN}", on=f"/document/{STATUTEN}", **sent)
    assert soup(moderator.get(PAGE).text).select("#tweede") == []
    other = signed_in_as(site, "moderator")
    form = one(soup(other.get(PAGE).text), "form.judging")
    assert one(form, "[name=getoond]")["value"] == "3"
    assert say("tag.by-person") not in form.get_text()
    post(other, str(form["action"]), on=PAGE, **(sent | {"oordeel": "ja-3", "terug": "beheer"}))
    page = soup(other.get(PAGE).text)
    assert page.select("#tweede") == []
    agreed = texts(page, "#eens ~ .scroll tbody td:nth-child(3)")
    assert agreed[2] == "1,00"
    assert agreed[0] == "0,00"


def test_learning_is_offered_when_enough_was_judged(site: Site, admin: FlaskClient) -> None:
    judge = site.store.accounts.all()[0]
    for number in range(ENOUGH):
        assert soup(admin.get(PAGE).text).select("form[action$=leren]") == []
        assert "/beheer/doelen#leren" not in admin.get("/beheer").text
        site.store.goal_judgments.add(
            f"d{number}",
            judge.id,
            1,
            given=True,
            goals=[1],
            shown=[],
            reason="woord",
            now=site.clock(),
        )
    assert soup(admin.get(PAGE).text).select("form[action$=leren]") != []
    assert say("admin.learn-goals", n=ENOUGH) in soup(admin.get("/beheer").text).get_text()
    answer = post(admin, f"{PAGE}/leren", on=PAGE)
    assert answer.location == "/beheer/taken/1"
    assert [job.handler for job in site.store.jobs.open()] == ["train_goals"]
    moderator = signed_in_as(site, "moderator")
    assert soup(moderator.get(PAGE).text).select("form[action$=leren]") == []


def test_what_new_weights_change_is_read_before_they_are_used(
    site: Site, admin: FlaskClient, learned: int
) -> None:
    page = soup(admin.get(f"{PAGE}/leren/{learned}").text)
    assert "van 75 % naar 85 %" in texts(page, ".lead")[0]
    assert texts(page, "#documenten ~ .scroll tbody tr") == [
        "<i>Statuten</i> geen Wetten en regels en Kennis en steun"
    ]
    name = str(one(page, "[name=gewichten]")["value"])
    on = f"{PAGE}/leren/{learned}"
    assert post(admin, f"{PAGE}/gewichten", on=on, gewichten=name).status_code == 303
    assert GoalModels.of(site.settings).chosen() == name
    assert {job.key for job in site.store.jobs.open()} == {"reindex:full", "assess_goals"}
    assert say("learned.used") in soup(admin.get(on).text).get_text()
    # And the way back, with one click.
    back = one(soup(admin.get(PAGE).text), "form[action$=gewichten] [name=gewichten]")
    assert back["value"] == SHIPPED
    assert post(admin, f"{PAGE}/gewichten", on=PAGE, gewichten=SHIPPED).status_code == 303
    assert GoalModels.of(site.settings).chosen() == SHIPPED
    assert [act.act for act in site.store.acts.of("goals:all")] == ["use-goals", "use-goals"]


def test_only_weights_that_are_there_can_be_used(site: Site, admin: FlaskClient) -> None:
    for name in ("0001", "../index", "new"):
        assert post(admin, f"{PAGE}/gewichten", on=PAGE, gewichten=name).status_code == 400
    assert GoalModels.of(site.settings).chosen() == SHIPPED
    assert admin.get(f"{PAGE}/leren/1").status_code == 404


def test_weights_that_cannot_be_read_are_told_of(
    site: Site, admin: FlaskClient, learned: int
) -> None:
    models = GoalModels.of(site.settings)
    (name,) = models.names()
    models.choose(name)
    (models.folder_of(name) / "weights.txt").write_text("nothing")
    page = soup(admin.get(PAGE).text)
    assert say("quality.problem") in page.get_text()


def test_judgments_are_downloaded_as_labels(site: Site, admin: FlaskClient) -> None:
    site.put(document("btw", "De btw van een buurthuis.", title="Btw"))
    key = id_of("https://www.lsabewoners.nl/btw")
    judge = site.store.accounts.all()[0]
    site.store.goal_judgments.add(
        key, judge.id, 3, given=True, goals=[3], shown=[], reason="woord", now=site.clock()
    )
    answer = admin.get(f"{PAGE}/oordelen.jsonl")
    assert answer.headers["Cache-Control"] == "no-store"
    (line,) = answer.text.splitlines()
    assert json.loads(line) == {
        "key": key,
        "goals": [3],
        "kind": "handreiking",
        "title": "Btw",
        "text": "De btw van een buurthuis.",
    }


def test_a_partner_reads_which_of_its_own_to_judge(site: Site) -> None:
    mine, other = signed_in_as(site, "partner"), signed_in_as(site, "partner", "Niemand")
    assert soup(mine.get("/partner").text).select("#nakijken ~ ul a") == []
    looked(site)
    assert soup(other.get("/partner").text).select("#nakijken ~ ul a") == []
    links = soup(mine.get("/partner").text).select("#nakijken ~ ul a")
    assert links != []
    for link in links:
        assert soup(mine.get(str(link["href"])).text).select(".judging") != []
