"""Making the index again, watching it, pausing it, and putting another back: also twice and too late."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from index.tasks import put_back, rebuild_index
from library.progress import Silent
from library.store import Job
from library.store.searches import Counts
from tests.webapp.conftest import NOW, Site, document, post, sign_in, token
from tests.webapp.reading import one, soup, texts
from webapp.messages import CHECKS, JOB_ENDS, JOB_NOTES, say

CONFIRM = "/beheer/herindexeren"
JOBS = "/beheer/taken"
PINNED = "/beheer/vaste-zoekvragen"


def form_of(client: FlaskClient, address: str = CONFIRM, **fields: str) -> dict[str, str]:
    """What a browser sends of a page with one form."""
    page = soup(client.get(address).text)
    hidden = {one["name"]: one["value"] for one in page.select("main form input[type=hidden]")}
    return {str(name): str(value) for name, value in hidden.items()} | fields


def crawled(site: Site, number: int) -> list[int]:
    """Some sources that were crawled before."""
    found = []
    for n in range(number):
        source = site.store.sources.add(name=f"Bron {n}", url=f"https://bron{n}.example/")
        crawl = site.store.crawls.add(source.id, NOW)
        site.store.crawls.record(crawl.id, {"new": 5 * n, "errors": n}, {})
        site.store.crawls.finish(crawl.id, "done" if n else "failed", "", NOW)
        found.append(source.id)
    return found


def run(site: Site, job: Job, seconds: int = 40, **result: Any) -> None:
    """Play the worker."""
    claimed = site.store.jobs.claim("worker", site.clock())
    assert claimed is not None
    assert claimed.id == job.id
    site.clock.forward(seconds=seconds)
    site.store.jobs.finish(site.store.jobs.get(job.id), result, site.clock())


def test_first_a_page_tells_what_will_happen(site: Site, admin: FlaskClient) -> None:
    page = soup(admin.get(CONFIRM).text)
    assert texts(page, "label.choice") == [say("reindex.index")]
    assert say("reindex.took.never") in page.get_text()
    assert site.store.jobs.recent(1) == ()
    answer = admin.post(CONFIRM, data=form_of(admin, wat="index"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{JOBS}/1")
    job = site.store.jobs.get(1)
    assert (job.handler, job.arguments, job.key) == ("reindex", {"full": True}, "reindex:full")
    assert say("admin.running.none") not in admin.get("/beheer").text
    run(site, job, seconds=130)
    assert say("reindex.took", time="2 minuten") in admin.get(CONFIRM).text


def test_sources_may_be_crawled_first(site: Site, admin: FlaskClient) -> None:
    crawled(site, 3)
    site.store.sources.add(name="Nieuw", url="https://nieuw.example/")
    resting = site.store.sources.add(name="Stil", url="https://stil.example/", paused=True)
    site.store.crawls.add(resting.id, NOW)
    assert say("reindex.all", n=3) in admin.get(CONFIRM).text
    admin.post(CONFIRM, data=form_of(admin, wat="alles"))
    jobs = site.store.jobs.open()
    assert [job.handler for job in jobs] == ["crawl", "crawl", "crawl", "reindex"]
    assert jobs[-1].after == tuple(job.id for job in jobs[:-1])


def test_fifty_clicks_are_one_run(site: Site, admin: FlaskClient) -> None:
    form = form_of(admin, wat="index")
    answers = [admin.post(CONFIRM, data=form).headers["Location"] for _ in range(50)]
    assert answers[0] == f"{JOBS}/1"
    assert set(answers[1:]) == {f"{JOBS}/1?bericht=same"}
    assert len(site.store.jobs.recent(99)) == 1
    assert [act.act for act in site.store.acts.all()] == ["reindex"]
    assert JOB_NOTES["same"] in admin.get(answers[1]).text


def test_a_form_that_is_sent_again_after_the_run_starts_nothing(
    site: Site, admin: FlaskClient
) -> None:
    form = form_of(admin, wat="index")
    admin.post(CONFIRM, data=form)
    run(site, site.store.jobs.get(1), published=True)
    # The connection was lost, or somebody went back and pressed the button again.
    assert admin.post(CONFIRM, data=form).headers["Location"] == f"{JOBS}/1?bericht=same"
    assert len(site.store.jobs.recent(99)) == 1


def test_two_admins_start_one_run(site: Site, admin: FlaskClient) -> None:
    other = sign_in(site, site.app.test_client(), "Ander")
    forms = [form_of(client, wat="index") for client in (admin, other)]
    places = [
        client.post(CONFIRM, data=form).headers["Location"]
        for client, form in zip((admin, other), forms, strict=True)
    ]
    assert places == [f"{JOBS}/1", f"{JOBS}/1?bericht=same"]
    assert len(site.store.jobs.recent(99)) == 1


def test_who_did_not_read_what_will_happen_reads_it_first(site: Site, admin: FlaskClient) -> None:
    assert post(admin, CONFIRM).headers["Location"] == CONFIRM
    answer = admin.post(CONFIRM, data=form_of(admin, wat="iets"))
    assert answer.status_code == 422
    assert say("reindex.choose") in answer.text
    assert site.store.jobs.recent(1) == ()


def test_three_steps_with_their_counters(site: Site, admin: FlaskClient) -> None:
    crawled(site, 4)
    admin.post(CONFIRM, data=form_of(admin, wat="alles"))
    for number, errors in ((1, 2), (2, 7)):
        site.store.jobs.claim("worker", NOW)
        site.store.jobs.record(
            site.store.jobs.get(number),
            phase="crawl",
            done=5,
            total=10,
            counts={"found": 20, "errors": errors},
            now=NOW,
        )
    site.store.jobs.finish(site.store.jobs.get(1), {"reasons": {"http-404": 3}}, NOW)
    page = soup(admin.get(f"{JOBS}/5").text)
    assert texts(page, ".steps .phase") == [
        "Ophalen: Bezig",
        "Index maken: Wacht",
        "Controleren en omwisselen: Wacht",
    ]
    assert texts(page, ".steps .amount") == ["1 van 4 bronnen (25 %)"]
    assert texts(page, "[data-part=table] tbody tr")[:2] == ["Adressen gevonden 40", "Fouten 9"]
    rows = [row.split()[:3] for row in texts(page, "[data-part=rows] tr")]
    assert rows[:2] == [["Bron", "1", "Bezig"], ["Bron", "0", "Klaar"]]
    assert texts(page, "[data-part=reasons] li") == ["De bladzijde bestaat niet (404). (3)"]
    state = admin.get(f"{JOBS}/5.json").json
    assert isinstance(state, dict)
    assert [step["percent"] for step in state["steps"]] == [25, None, None]
    assert state["said"] == "Ophalen: 20 procent"
    for number in (2, 3, 4):
        site.store.jobs.claim("worker", NOW, only={"crawl"})
        site.store.jobs.finish(site.store.jobs.get(number), {}, NOW)
    site.store.jobs.claim("worker", NOW)
    site.store.jobs.record(
        site.store.jobs.get(5), phase="verify", done=1, total=2, counts={"added": 9}, now=NOW
    )
    page = soup(admin.get(f"{JOBS}/5").text)
    assert texts(page, ".steps .phase") == [
        "Ophalen: Klaar",
        "Index maken: Klaar",
        "Controleren en omwisselen: Bezig",
    ]
    assert texts(page, ".steps .amount") == ["1 van 2 controles (50 %)"]


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, ""),
        (20, say("job.left.1")),
        (200, say("job.left.minutes", n=3)),
        (13 * 60, say("job.left.minutes", n=15)),
        (61 * 60, say("job.left.hour")),
        (10_000, say("job.left.hours", n=3)),
    ],
)
def test_how_long_it_still_takes(
    site: Site, admin: FlaskClient, seconds: int | None, told: str
) -> None:
    job = site.store.jobs.add_reindex(full=True)
    site.store.jobs.claim("worker", NOW)
    site.store.jobs.record(
        site.store.jobs.get(job.id),
        phase="build",
        done=5,
        total=9,
        counts={},
        now=NOW,
        seconds_left=seconds,
    )
    assert texts(soup(admin.get(f"{JOBS}/1").text), "[data-part=left]") == [told]


def test_only_a_job_with_an_index_tells_what_a_pause_does_to_it(
    site: Site, admin: FlaskClient
) -> None:
    site.store.jobs.add_reindex(full=True)
    site.store.jobs.add("assess_goals", {}, key="assess_goals")
    pause = say("job.pause.text")
    assert [pause in admin.get(f"{JOBS}/{number}").text for number in (1, 2)] == [True, False]


def test_pausing_and_going_on(site: Site, admin: FlaskClient) -> None:
    site.store.jobs.add_reindex(full=True)
    for _ in range(2):
        assert post(admin, f"{JOBS}/1/pauze", on=JOBS).headers["Location"] == f"{JOBS}/1"
    page = soup(admin.get(f"{JOBS}/1").text)
    assert texts(page, "[data-part=message]") == [say("job.paused")]
    assert one(page, "[data-part=pause]").has_attr("hidden")
    assert not one(page, "[data-part=go-on]").has_attr("hidden")
    assert site.store.jobs.claim("worker", NOW) is None
    for _ in range(2):
        post(admin, f"{JOBS}/1/verder", on=JOBS)
    assert site.store.jobs.get(1).state == "queued"
    # The second click of each pair changed nothing.
    assert [act.act for act in site.store.acts.all()] == ["pause", "go-on"]


def test_pausing_what_runs(site: Site, admin: FlaskClient) -> None:
    site.store.jobs.add_reindex(full=True)
    site.store.jobs.claim("worker", NOW)
    post(admin, f"{JOBS}/1/pauze", on=JOBS)
    state = admin.get(f"{JOBS}/1.json").json
    assert isinstance(state, dict)
    assert (state["is_pausing"], state["message"]) == (True, say("job.pausing"))


@pytest.mark.parametrize("button", ["stop", "pauze", "verder"])
def test_who_comes_too_late_reads_so(site: Site, admin: FlaskClient, button: str) -> None:
    run(site, site.store.jobs.add_reindex(full=True), published=True)
    answer = post(admin, f"{JOBS}/1/{button}", on=JOBS)
    assert answer.headers["Location"] == f"{JOBS}/1?bericht=ended"
    assert JOB_NOTES["ended"] in admin.get(answer.headers["Location"]).text
    assert site.store.jobs.get(1).state == "done"
    assert list(site.store.acts.all()) == []


def refused(site: Site) -> Job:
    """A run whose index did not pass."""
    job = site.store.jobs.add_reindex(full=True)
    checks = [
        {"kind": "documents", "met": False, "before": 1000, "now": 700, "text": ""},
        {"kind": "search", "met": False, "before": 4, "now": 0, "text": "<b>fiets</b>"},
        {"kind": "search", "met": True, "before": 4, "now": 3, "text": "moestuin"},
    ]
    run(site, job, published=False, checks=checks)
    return job


def test_an_index_that_did_not_pass_waits_for_a_person(site: Site, admin: FlaskClient) -> None:
    refused(site)
    page = soup(admin.get(f"{JOBS}/1").text)
    assert texts(page, "[data-part=message]") == [JOB_ENDS[("reindex", "held")]]
    assert texts(page, "[data-part=reasons] li") == [
        CHECKS["documents"].format(before="1.000", now="700"),
        CHECKS["search"].format(before="4", now="0", text="<b>fiets</b>"),
    ]
    button = one(page, "button[value=toch]")
    assert button.get_text() == say("job.accept")
    form = form_of(admin, f"{JOBS}/1", wat="toch")
    assert admin.post(CONFIRM, data=form).headers["Location"] == f"{JOBS}/2"
    assert site.store.jobs.get(2).arguments == {"full": True, "accept_checks": True}
    assert admin.post(CONFIRM, data=form).headers["Location"] == f"{JOBS}/2?bericht=same"
    # What came after it is no longer decided here.
    assert soup(admin.get(f"{JOBS}/1").text).select("button[value=toch]") == []


def test_the_previous_index_in_one_click_and_back(site: Site, admin: FlaskClient) -> None:
    site.put(document("nieuw", "Een regenwaterproject."))
    assert site.index.other() is not None
    for heading, held in ((say("jobs.rollback"), False), (say("jobs.rollback.newer"), True)):
        page = soup(admin.get(JOBS).text)
        assert one(page, "form[action$=vorige-index] button").get_text() == heading
        assert (say("jobs.held") in page.get_text()) is held
        form = form_of(admin, JOBS)
        answer = admin.post("/beheer/vorige-index", data=form)
        job = site.store.jobs.open()[0]
        assert answer.headers["Location"] == f"{JOBS}/{job.id}"
        again = admin.post("/beheer/vorige-index", data=form)
        assert again.headers["Location"] == f"{JOBS}/{job.id}?bericht=same"
        site.store.jobs.claim("worker", NOW)
        seen = job.arguments["seen"]
        site.store.jobs.finish(
            site.store.jobs.get(job.id), put_back(site.store, site.settings, seen, Silent()), NOW
        )
        # A third click, when it is done: the index is another than the page told.
        late = admin.post("/beheer/vorige-index", data=form)
        assert late.headers["Location"] == f"{JOBS}?bericht=other"
        assert JOB_NOTES["other"] in admin.get(late.headers["Location"]).text
    assert not site.index.status().is_held
    assert [act.act for act in site.store.acts.all()] == ["rollback", "rollback"]


def test_a_rollback_that_came_too_late_is_told(site: Site, admin: FlaskClient) -> None:
    job = site.store.jobs.add_rollback(1)
    run(site, job, published=False)
    assert JOB_ENDS[("rollback", "held")] in admin.get(f"{JOBS}/1").text


def test_nothing_to_put_back(empty_site: Site) -> None:
    client = sign_in(empty_site, empty_site.app.test_client())
    page = soup(client.get(JOBS).text)
    assert page.select("form[action$=vorige-index]") == []
    assert say("jobs.history.none") in page.get_text()
    assert post(client, "/beheer/vorige-index").headers["Location"] == f"{JOBS}?bericht=other"


def test_the_last_crawls_as_picture_sentence_and_table(site: Site, admin: FlaskClient) -> None:
    crawled(site, 40)
    page = soup(admin.get(JOBS).text)
    told = say("jobs.history.told", n=30, good=30, new=formatted(sum(range(50, 200, 5))), gone=0)
    assert told in texts(page, "section p")
    picture = one(page, ".scroll svg")
    assert picture["role"] == "img"
    assert told in one(page, "desc").get_text()
    # The newest at the right, drawn from the ground up.
    parts = picture.select("rect.part")
    assert len(parts) == 60
    assert float(str(parts[-2]["height"])) == pytest.approx(160 * 195 / 234, abs=0.1)
    rows = texts(page, "details tbody tr")
    assert len(rows) == 30
    assert rows[0] == "23 november 2026, 10:00 Bron 39 Klaar 195 0 0 0 39"
    names = texts(page, ".key li")
    assert len(names) == 5


def formatted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_searches_that_must_find_something(site: Site, admin: FlaskClient) -> None:
    for n in range(4):
        site.store.searches.add(NOW.date() - timedelta(days=n), {"statuten": Counts(9)})
    page = soup(admin.get(PINNED).text)
    assert texts(page, "tbody tr") == ["statuten 1"]
    form = form_of(admin, PINNED, zoekvragen=" moestuin \r\n\r\nsubsidie\r\nmoestuin\r\nnergens")
    assert admin.post(PINNED, data=form).status_code == 303
    assert site.store.pinned.all() == ("moestuin", "subsidie", "nergens")
    page = soup(admin.get(f"{PINNED}?bericht=kept").text)
    assert texts(page, "tbody tr") == ["moestuin 24", "subsidie 2", "nergens 0"]
    assert one(page, "textarea").get_text().split() == ["moestuin", "subsidie", "nergens"]
    assert JOB_NOTES["kept"] in page.get_text()
    # The same form a second time changes nothing, and is no error.
    assert admin.post(PINNED, data=form).status_code == 303
    assert len(list(site.store.acts.all())) == 1
    done = rebuild_index(site.store, site.settings, Silent())
    assert [check["text"] for check in done["checks"] if not check["met"]] == ["nergens"]


def test_of_two_admins_the_second_is_told(site: Site, admin: FlaskClient) -> None:
    mine = form_of(admin, PINNED, zoekvragen="statuten")
    site.store.pinned.put(["moestuin"])
    answer = admin.post(PINNED, data=mine)
    assert answer.status_code == 422
    assert say("pinned.stale") in answer.text
    assert one(soup(answer.text), "textarea").get_text().strip() == "statuten"
    assert site.store.pinned.all() == ("moestuin",)


@pytest.mark.parametrize("typed", ["x" * 257, "\n".join(f"zoek {n}" for n in range(11))])
def test_too_many_or_too_long(site: Site, admin: FlaskClient, typed: str) -> None:
    answer = admin.post(PINNED, data=form_of(admin, PINNED, zoekvragen=typed))
    assert answer.status_code == 422
    assert say("pinned.error", n=10, m=256) in answer.text
    assert site.store.pinned.all() == ()


def test_a_moderator_watches_and_changes_nothing(site: Site, moderator: FlaskClient) -> None:
    site.put(document("nieuw", "tekst"))
    site.store.jobs.add_reindex(full=True)
    assert soup(moderator.get(JOBS).text).select("main form") == []
    assert soup(moderator.get(f"{JOBS}/1").text).select("main form") == []
    form = {"csrf_token": token(moderator.get(JOBS).text)}
    for address in (f"{JOBS}/1/pauze", f"{JOBS}/1/verder", CONFIRM, "/beheer/vorige-index", PINNED):
        assert moderator.post(address, data=form).status_code == 403
