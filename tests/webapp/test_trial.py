"""Trying a website: the form, and what is told of the result."""

from typing import Any, get_args

import pytest
from flask.testing import FlaskClient

from crawler import WARNINGS
from library.document import Evidence
from library.store import Job
from tests.webapp.conftest import Site, post
from tests.webapp.reading import one, soup, texts
from webapp.messages import EVIDENCE, TRIAL_WARNINGS, reason, say

FOUND: dict[str, Any] = {
    "url": "https://dorp.nl/",
    "robots": "read",
    "start": "fetched",
    "gap": 10.0,
    "listed": 1240,
    "feeds": {"https://dorp.nl/feed/": 12},
    "warnings": [["slow", 10], ["undated", 1]],
    "samples": [
        {
            "url": "https://dorp.nl/plan",
            "outcome": "fetched",
            "title": "Het plan <b>",
            "published": "2024-05-06",
            "evidence": "text",
            "kind": "verhaal",
            "language": "nl",
            "media_type": "text/html",
            "excerpt": "Bewoners maken samen een plan.",
            "likeness": 0.94,
            "words": 1234,
            "is_listing": False,
            "is_known": False,
            "copy_of": "Ons plan (Dorp)",
        },
        {"url": "https://dorp.nl/weg", "outcome": "http-404"},
    ],
}


def tried(site: Site) -> Job:
    job = site.store.jobs.add_trial("https://dorp.nl/")
    site.store.jobs.claim("worker", site.clock())
    site.store.jobs.finish(site.store.jobs.get(job.id), FOUND, site.clock())
    return job


def test_an_address_becomes_a_job(site: Site, admin: FlaskClient) -> None:
    answer = post(admin, "/beheer/proef", adres=" https://dorp.nl ")
    (job,) = site.store.jobs.open()
    assert (job.handler, job.arguments) == ("try", {"url": "https://dorp.nl/"})
    assert (answer.status_code, answer.location) == (303, f"/beheer/taken/{job.id}")
    page = soup(admin.get(answer.location).text)
    assert "Proef: dorp.nl" in texts(page, "h1")[0]
    assert page.select(f'a[href="/beheer/proef/{job.id}"]')
    assert say("trial.busy") in admin.get(f"/beheer/proef/{job.id}").text


@pytest.mark.parametrize(
    "typed", ["", "dorp.nl", "javascript:alert(1)", "https://a.nl/" + "a" * 3000]
)
def test_what_is_no_address_is_told(site: Site, admin: FlaskClient, typed: str) -> None:
    answer = post(admin, "/beheer/proef", adres=typed)
    assert answer.status_code == 422
    page = soup(answer.text)
    assert texts(page, ".error") == [say("trial.error")]
    assert one(page, "#adres")["value"] == typed[:2048]
    assert site.store.jobs.open() == ()


def test_what_was_found(site: Site, admin: FlaskClient) -> None:
    page = soup(admin.get(f"/beheer/proef/{tried(site).id}").text)
    facts = dict(zip(texts(page, ".table dt"), texts(page, ".table dd"), strict=True))
    assert facts[say("trial.listed")] == "1.240"
    assert facts[say("trial.feed")] == "https://dorp.nl/feed/ (12 bladzijden)"
    assert say("trial.robots.read") in facts.values()
    assert texts(page, "section ul li")[0] == TRIAL_WARNINGS["slow"].format(n=10)
    first, second = (texts(row, "th, td") for row in page.select("tbody tr"))
    assert first == [
        "Het plan <b>",
        "6 mei 2024 (uit de tekst)",
        "Verhaal",
        "Nederlands",
        "1.234",
        "94 % gelijk aan: Ons plan (Dorp)",
    ]
    assert second[-1] == reason("http-404")


def test_a_job_of_another_kind_is_no_trial(site: Site, admin: FlaskClient) -> None:
    job = site.store.jobs.add_reindex()
    assert admin.get(f"/beheer/proef/{job.id}").status_code == 404
    assert admin.get("/beheer/proef/999").status_code == 404


def test_every_code_has_words() -> None:
    assert set(TRIAL_WARNINGS) == set(WARNINGS)
    assert set(EVIDENCE) == set(get_args(Evidence))
