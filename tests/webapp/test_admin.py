"""The admin's pages and buttons. The worker's part is played by calls on the store."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from library.store import Job, Source
from tests.webapp.conftest import EXAMPLE, NOW, Site, document, post, sign_in
from tests.webapp.reading import one, soup, texts
from webapp.messages import COUNTS, JOB_ENDS, reason, say


@pytest.fixture
def source(site: Site) -> Source:
    return site.store.sources.add(name="Een bron", url="https://bron.example/")


def begin(
    site: Site, phase: str = "", done: int = 0, total: int | None = None, **counts: int
) -> Job:
    """A reindex that a worker has begun."""
    site.store.jobs.add("reindex", {"full": True}, key="reindex:full")
    job = site.store.jobs.claim("worker", site.clock()) or site.store.jobs.open()[0]
    site.store.jobs.record(
        site.store.jobs.get(job.id),
        phase=phase,
        done=done,
        total=total,
        counts=counts,
        now=site.clock(),
    )
    return job


def test_overview(site: Site, admin: FlaskClient) -> None:
    page = soup(admin.get("/beheer").text)
    facts = dict(zip(texts(page, ".table dt"), texts(page, ".table dd"), strict=True))
    assert facts[say("admin.index.documents")] == "27"
    assert facts[say("admin.index.store")] == "27"
    assert facts[say("admin.index.results")] == "27"
    assert page.select(".message") == []
    assert say("admin.examples.remove") not in page.get_text()


def test_the_overview_tells_why_the_site_has_fewer_results(site: Site, admin: FlaskClient) -> None:
    best = document("best", "Een gedeeld verhaal.", organisation="NOV")
    copies = [document(name, "Een gedeeld verhaal.") for name in ("een", "twee")]
    told = {}
    for number, copy in enumerate(copies, 1):
        site.put(best, copy)
        site.store.documents.relate(copy.id, duplicate_of=best.id)
        site.put()
        page = soup(admin.get("/beheer").text)
        facts = dict(zip(texts(page, ".table dt"), texts(page, ".table dd"), strict=True))
        assert facts[say("admin.index.documents")] == str(28 + number)
        told[number] = facts[say("admin.index.results")]
    assert told == {
        1: "28; 1 document is een kopie of een oudere versie",
        2: "28; 2 documenten zijn kopieën of oudere versies",
    }
    assert say("home.all", n=28) in admin.get("/").text
    assert told[2] in admin.get("/beheer/taken").text


def test_overview_before_the_first_index_and_without_contact(empty_site: Site) -> None:
    client = sign_in(empty_site, empty_site.app.test_client())
    shown = texts(soup(client.get("/beheer").text), ".message")
    assert shown == [f"{say('admin.contact')} {say('first.contact')}", say("admin.index.none")]


def test_sources_with_their_last_crawl(site: Site, admin: FlaskClient, source: Source) -> None:
    site.put(document("a", "tekst"), source_id=source.id)
    crawl = site.store.crawls.add(source.id, NOW)
    site.store.crawls.record(crawl.id, {"fetched": 5}, {"fetched": 5, "http-404": 2, "robots": 1})
    site.store.crawls.finish(crawl.id, "held", "brake", NOW)
    page = soup(admin.get("/beheer/bronnen").text)
    item = next(li for li in page.select(".sources > li") if "Een bron" in li.get_text())
    assert texts(item, "dd") == ["1", "23 november 2026, 10:00: Wacht op een mens"]
    assert texts(item, ".note") == [
        f"{reason('http-404')} (2)",
        f"{reason('robots')} (1)",
        reason("brake"),
    ]


def hold(site: Site, source: Source, number: int) -> None:
    """A crawl that ended at the brake."""
    crawl = site.store.crawls.add(source.id, NOW)
    site.store.crawls.record(crawl.id, {"held": number}, {"http-410": number})
    site.store.crawls.finish(crawl.id, "held", "brake", NOW)


def test_a_person_agrees_to_what_the_brake_held(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    hold(site, source, 1204)
    address = f"/beheer/bronnen/{source.id}/opruimen"
    link = one(soup(admin.get("/beheer/bronnen").text), f".sources a[href='{address}']")
    assert link.get_text() == f"{say('sources.accept')} {say('sources.fetch.of', name='Een bron')}"
    asked = admin.get(address)
    assert say("accept.text", documents="1.204", name="Een bron") in asked.text
    assert site.store.jobs.recent(1) == ()
    site.store.jobs.add("crawl", {"source_id": source.id, "limit": None}, f"crawl:{source.id}")
    assert {post(admin, address, on=address).headers["Location"] for _ in range(9)} == {
        "/beheer/taken/2"
    }
    job = site.store.jobs.get(2)
    assert job.handler == "crawl"
    assert job.arguments == {"source_id": source.id, "limit": None, "accept_removals": True}
    page = soup(admin.get("/beheer/bronnen").text)
    assert one(page, ".sources a[href='/beheer/taken/2']")
    assert not page.select(f".sources a[href='{address}']")


def test_without_a_held_crawl_there_is_nothing_to_agree_to(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    hold(site, source, 30)
    site.store.crawls.add(source.id, NOW)
    address = f"/beheer/bronnen/{source.id}/opruimen"
    assert say("sources.accept") not in admin.get("/beheer/bronnen").text
    assert admin.get(address).status_code == 404
    assert post(admin, address).status_code == 404
    assert site.store.jobs.recent(1) == ()


def test_fetching_a_source_fifty_times_is_one_job(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    address = f"/beheer/bronnen/{source.id}/ophalen"
    answers = [post(admin, address, on="/beheer/bronnen") for _ in range(50)]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (303, "/beheer/taken/1")
    }
    job = site.store.jobs.get(1)
    assert (job.handler, job.key) == ("crawl", f"crawl:{source.id}")
    assert job.arguments == {"source_id": source.id, "limit": None}
    page = soup(admin.get("/beheer/bronnen").text)
    assert one(page, ".sources a[href='/beheer/taken/1']")


def test_removing_the_examples_asks_first(site: Site, admin: FlaskClient) -> None:
    example = site.store.sources.add(name=EXAMPLE, url="http://127.0.0.1:1/", is_example=True)
    site.put(document("v", "tekst", is_example=True), source_id=example.id)
    assert say("admin.examples.remove") in admin.get("/beheer").text
    asked = admin.get("/beheer/voorbeelden/verwijderen")
    assert say("remove.text", sources=1, documents=1) in asked.text
    assert site.store.jobs.recent(1) == ()
    site.store.jobs.add("crawl", {"source_id": example.id, "limit": None}, f"crawl:{example.id}")
    address = "/beheer/voorbeelden/verwijderen"
    assert post(admin, address, on=address).status_code == 303
    assert site.store.jobs.get(1).state == "stopped"
    assert site.store.jobs.get(2).handler == "remove_examples"


def test_a_waiting_job(site: Site, admin: FlaskClient, source: Source) -> None:
    post(admin, f"/beheer/bronnen/{source.id}/ophalen", on="/beheer/bronnen")
    page = soup(admin.get("/beheer/taken/1").text)
    assert one(page, "h1").get_text() == "Taak 1: Ophalen: Een bron"
    assert texts(page, ".steps .phase") == [
        "Wacht op zijn beurt: Wacht",
        "Ophalen: Wacht",
        "Index maken: Wacht",
        "Controleren en omwisselen: Wacht",
    ]
    assert page.select("progress") == []


def test_progress_with_a_total(site: Site, admin: FlaskClient) -> None:
    begin(site, "build", 1240, 3800, added=1240, errors=2)
    page = soup(admin.get("/beheer/taken/1").text)
    bar = one(page, "progress")
    assert (bar["value"], bar["max"], bar["aria-label"]) == ("32", "100", "Index maken")
    assert texts(page, ".steps .amount") == ["1.240 van 3.800 documenten (32 %)"]
    assert texts(page, "tbody tr") == ["Fouten 2", "In de index gezet 1.240"]
    assert one(page, "a[href='/beheer/taken/1'].more").get_text() == say("job.refresh")
    assert len(page.select("script[src$='/job.js']")) == 1


def test_progress_without_a_total_shows_no_bar(site: Site, admin: FlaskClient) -> None:
    begin(site, "build", 12)
    page = soup(admin.get("/beheer/taken/1").text)
    assert page.select("progress") == []
    assert texts(page, ".steps .amount") == ["12 gedaan"]


def test_the_json_has_what_the_page_has(site: Site, admin: FlaskClient) -> None:
    begin(site, "build", 5, 50, new=3, zomaar=1)
    state = admin.get("/beheer/taken/1.json").json
    page = soup(admin.get("/beheer/taken/1").text)
    assert isinstance(state, dict)
    for name in ("state", "started", "ended"):
        assert texts(page, f"[data-part={name}]") == [state[name]]
    told = [f"{step['name']}: {step['state']}" for step in state["steps"]]
    assert (
        texts(page, ".steps .phase")
        == told
        == [
            "Index maken: Bezig",
            "Controleren en omwisselen: Wacht",
        ]
    )
    assert texts(page, ".steps .amount") == [state["steps"][0]["progress"]]
    rows = [f"{count['text']} {count['count']}" for count in state["counts"]]
    assert texts(page, "tbody tr") == rows == [f"{COUNTS['new']} 3", "zomaar 1"]


def test_the_json_is_sent_again_only_when_it_changed(site: Site, admin: FlaskClient) -> None:
    begin(site, "build", 5, 50)
    first = admin.get("/beheer/taken/1.json")
    tag = {"If-None-Match": first.headers["ETag"]}
    site.clock.forward(minutes=2)
    assert admin.get("/beheer/taken/1.json", headers=tag).status_code == 304
    begin(site, "build", 6, 50)
    assert admin.get("/beheer/taken/1.json", headers=tag).status_code == 200


def test_a_screen_reader_hears_every_tenth_part(site: Site, admin: FlaskClient) -> None:
    said: list[Any] = []
    for done in range(0, 101, 2):
        begin(site, "build", done, 100)
        state = admin.get("/beheer/taken/1.json").json
        assert isinstance(state, dict)
        said.append(state["said"])
    assert len(set(said)) == 11
    assert said[0] == "Index maken: 0 procent"


def test_stopping_a_waiting_job(site: Site, admin: FlaskClient) -> None:
    site.store.jobs.add("reindex", {"full": True}, key="reindex:full")
    assert post(admin, "/beheer/taken/1/stop", on="/beheer/taken/1").status_code == 303
    page = soup(admin.get("/beheer/taken/1").text)
    assert texts(page, "[data-part=message]") == [JOB_ENDS[("reindex", "stopped")]]
    assert page.select("script[src$='/job.js']") == []


def test_stopping_a_running_job_twice(site: Site, admin: FlaskClient) -> None:
    begin(site, "build", 5, 50)
    for _ in range(2):
        assert post(admin, "/beheer/taken/1/stop", on="/beheer").status_code == 303
    assert site.store.jobs.get(1).stop_asked
    page = soup(admin.get("/beheer/taken/1").text)
    assert texts(page, "[data-part=message]") == [say("job.stopping")]
    assert one(page, "[data-part=stop]").has_attr("hidden")


def test_stopping_a_job_that_ended_changes_nothing(site: Site, admin: FlaskClient) -> None:
    job = begin(site, "build", 5, 50)
    site.store.jobs.finish(site.store.jobs.get(job.id), {}, site.clock())
    assert post(admin, "/beheer/taken/1/stop", on="/beheer").status_code == 303
    assert site.store.jobs.get(1).state == "done"


def test_a_failed_job_says_what_it_means(site: Site, admin: FlaskClient) -> None:
    job = begin(site, "build", 5, 50)
    site.store.jobs.fail(site.store.jobs.get(job.id), "There is no room left <b>.", site.clock())
    page = soup(admin.get("/beheer/taken/1").text)
    assert texts(page, "[data-part=message]") == [JOB_ENDS[("reindex", "failed")]]
    assert "no room left <b>" in one(page, "[data-part=error]").get_text()
    assert texts(soup(admin.get("/beheer/taken").text), ".jobs .facts li")[0] == "Mislukt"


@pytest.mark.parametrize("address", ["/beheer/taken/99", "/beheer/taken/99.json"])
def test_a_job_that_is_not_there(admin: FlaskClient, address: str) -> None:
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/beheer/taken/99/stop", "/beheer/bronnen/9999/ophalen", "/beheer/bronnen/9999/opruimen"],
)
def test_a_button_for_what_is_not_there(admin: FlaskClient, address: str) -> None:
    assert post(admin, address).status_code == 404


@pytest.mark.parametrize(("is_put_back", "ended"), [(True, "put-back"), (False, "done")])
def test_a_crawl_tells_that_an_index_that_was_put_back_takes_nothing_new(
    site: Site, admin: FlaskClient, source: Source, is_put_back: bool, ended: str
) -> None:
    site.store.jobs.add("crawl", {"source_id": source.id, "limit": None}, key="crawl:1")
    site.store.jobs.claim("worker", site.clock())
    result = {"state": "done", "index": {"published": False, "put_back": is_put_back}}
    site.store.jobs.finish(site.store.jobs.get(1), result, site.clock())
    page = soup(admin.get("/beheer/taken/1").text)
    assert texts(page, "[data-part=message]") == [JOB_ENDS[("crawl", ended)]]


@pytest.mark.parametrize("ended", ["done", "failed", "held", "stopped"])
def test_a_crawl_job_says_how_the_crawl_ended(
    site: Site, admin: FlaskClient, source: Source, ended: str
) -> None:
    site.store.jobs.add("crawl", {"source_id": source.id, "limit": None}, key="crawl:1")
    site.store.jobs.claim("worker", site.clock())
    result = {"state": ended, "reasons": {"dns-failed": 1, "fetched": 0}}
    site.store.jobs.finish(site.store.jobs.get(1), result, site.clock())
    page = soup(admin.get("/beheer/taken/1").text)
    assert texts(page, "[data-part=message]") == [JOB_ENDS[("crawl", ended)]]
    assert texts(page, "[data-part=reasons] li") == [f"{reason('dns-failed')} (1)"]
