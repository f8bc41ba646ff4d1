"""How the installation is: for monitors, and for an admin in words."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from library.alarm import Alarm
from library.health import BACKUP_MARK
from library.worker import SIGN
from tests.webapp.conftest import NOW, Site, open_site, sign_in
from tests.webapp.reading import soup, texts
from webapp.health import PLACES, findings_now
from webapp.messages import HEALTH, say

PAGE = "/beheer/gezondheid"


def be_well(site: Site) -> None:
    site.store.marks.put(SIGN, int(NOW.timestamp()))
    site.store.marks.put(BACKUP_MARK, int(NOW.timestamp()))


def test_a_site_that_is_well(site: Site, client: FlaskClient, admin: FlaskClient) -> None:
    be_well(site)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "findings": []})
    page = soup(admin.get(PAGE).text)
    assert say("health.good") in page.get_text()
    assert page.select(".findings") == []
    assert say("health.look") not in admin.get("/beheer").text


def test_a_warning_still_serves_and_a_fault_does_not(site: Site, client: FlaskClient) -> None:
    be_well(site)
    site.store.marks.put(BACKUP_MARK, 0)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "warning", "findings": ["backup"]})
    site.clock.forward(minutes=6)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {"status": "fault", "findings": ["worker", "backup"]}


def test_before_the_first_index(empty_site: Site) -> None:
    answer = empty_site.app.test_client().get("/healthz")
    assert answer.status_code == 503


@pytest.mark.parametrize(
    ("headers", "place"),
    [
        ({"X-Forwarded-For": "203.0.113.9"}, {}),
        ({"Forwarded": "for=203.0.113.9"}, {}),
        ({"Host": "kennis.example"}, {}),
        ({"Authorization": "Bearer wrong"}, {"REMOTE_ADDR": "203.0.113.9"}),
        ({}, {"REMOTE_ADDR": "203.0.113.9"}),
    ],
    ids=str,
)
def test_numbers_are_for_this_machine(
    site: Site, headers: dict[str, str], place: dict[str, str]
) -> None:
    be_well(site)
    opened = open_site(
        site.settings.home, public_url="https://kennis.example", metrics_token="t" * 20
    )
    client = opened.app.test_client()
    assert client.get("/metrics", headers=headers, environ_overrides=place).status_code == 404
    told = client.get("/healthz", headers=headers, environ_overrides=place).json
    assert isinstance(told, dict)
    assert set(told) == {"status"}
    known = headers | {"Authorization": "Bearer " + "t" * 20}
    assert client.get("/metrics", headers=known, environ_overrides=place).status_code == 200
    opened.index.close()
    opened.store.close()


def test_numbers_as_prometheus_reads_them(site: Site, client: FlaskClient) -> None:
    be_well(site)
    site.store.jobs.add_crawl(1)
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"
    found = dict(re.findall(r"^(kennisbank_\w+) (\S+)$", answer.text, re.MULTILINE))
    assert (found["kennisbank_documents"], found["kennisbank_jobs_waiting"]) == ("27", "1")
    assert (found["kennisbank_index_up"], found["kennisbank_faults"]) == ("1", "0")
    assert len(found) >= 23
    lines = answer.text.splitlines()
    assert len(lines) == 3 * len(found)
    for line in lines:
        assert re.fullmatch(
            r"# (HELP kennisbank_\w+ .+|TYPE kennisbank_\w+ gauge)|kennisbank_\w+ \d+", line
        )


def test_an_admin_reads_what_needs_a_person(site: Site, admin: FlaskClient) -> None:
    be_well(site)
    site.store.marks.remove(BACKUP_MARK)
    source = site.store.sources.add(name="<b>Een bron", url="https://bron.example/")
    crawl = site.store.crawls.add(source.id, NOW)
    site.store.crawls.finish(crawl.id, "failed", "dns-failed", NOW)
    job = site.store.jobs.add_reindex()
    site.store.jobs.claim("w", NOW)
    site.store.jobs.fail(site.store.jobs.get(job.id), "No room.", NOW)
    page = soup(admin.get(PAGE).text)
    told = [one.partition(" ")[2] for one in texts(page, ".findings li")]
    wanted: list[tuple[str, dict[str, object]]] = [
        ("jobs", {"n": 1}),
        ("failing", {"names": "<b>Een bron"}),
        ("backup-never", {}),
    ]
    assert len(told) == len(wanted)
    for text, (code, values) in zip(told, wanted, strict=True):
        assert HEALTH[code].format(**values) in text
    assert texts(page, "#mislukt ~ ul a") == ["Herindexeren"]
    assert "3 dingen vragen om jouw aandacht. " in admin.get("/beheer").text


def test_one_thing_is_told_as_one(site: Site, admin: FlaskClient) -> None:
    be_well(site)
    assert "jouw aandacht" not in admin.get("/beheer").text
    site.store.marks.remove(BACKUP_MARK)
    assert "1 ding vraagt om jouw aandacht. " in admin.get("/beheer").text


def test_every_place_is_there(site: Site, admin: FlaskClient) -> None:
    assert set(PLACES) < set(HEALTH)
    site.store.jobs.add_reindex(full=True)
    for place in PLACES.values():
        if place.startswith("/"):
            assert admin.get(place.format(job=1)).status_code == 200, place


def test_the_letter_says_what_the_page_says(site: Site) -> None:
    be_well(site)
    site.store.marks.put(BACKUP_MARK, int((NOW - timedelta(days=30)).timestamp()))
    account = site.store.accounts.add_admin("Ans", "ans@dorp.example")
    with site.app.test_request_context():
        found = findings_now()
    Alarm(site.store, lambda _: found).ring(NOW)
    (letter,) = site.post_mail()
    assert letter.to == account.email
    assert letter.subject == say("mail.health.subject")
    assert HEALTH["backup"].format(days=30) in letter.text
    assert "http://localhost:8000/beheer/gezondheid" in letter.text
    # One that could not be sent for a day is no news any more.
    Alarm(site.store, lambda _: found).ring(NOW + timedelta(days=9))
    site.clock.forward(days=20)
    assert site.post_mail() == []


def test_who_sees_mail_where_it_runs_needs_no_mail_server(site: Site) -> None:
    be_well(site)
    client = sign_in(site, site.app.test_client())
    assert HEALTH["mail-none"] not in client.get(PAGE).text
