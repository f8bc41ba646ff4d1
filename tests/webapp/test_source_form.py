"""The rules of a source as an admin changes them: in words, tried first, told when stale."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from library.store import Address, Source
from tests.webapp.conftest import NOW, Site, document, post, sign_in
from tests.webapp.reading import one, soup, texts
from webapp.messages import ACTS, INTERVALS, RULE_ERRORS, RULES, SCOPES, say


@pytest.fixture
def source(site: Site) -> Source:
    return site.store.sources.add(
        name="Dorp",
        url="https://dorp.nl/",
        path_rules=("deny /en/", "allow /nieuws/*.pdf"),
        interval_hours=5,
        pace=2.5,
    )


def typed(client: FlaskClient, source: Source) -> dict[str, Any]:
    """What the form holds, as a browser would send it."""
    page = soup(client.get(f"/beheer/bronnen/{source.id}/bewerken").text)
    form = one(page, "#formulier")
    fields: dict[str, Any] = {
        str(field["name"]): str(field.get("value", ""))
        for field in form.select("input:not([type=radio], [type=checkbox])")
    }
    fields |= {str(area["name"]): area.get_text().strip() for area in form.select("textarea")}
    for chosen in form.select("input[checked]"):
        fields.setdefault(str(chosen["name"]), []).append(str(chosen["value"]))
    return fields


def send(client: FlaskClient, source: Source, step: str, **changes: Any) -> TestResponse:
    fields = typed(client, source) | {"stap": step} | changes
    return client.post(f"/beheer/bronnen/{source.id}/bewerken", data=fields)


def test_the_form_holds_the_rules_in_words(admin: FlaskClient, source: Source) -> None:
    fields = typed(admin, source)
    assert fields["path_rules"] == "niet /en/\nwel /nieuws/*.pdf"
    assert fields["interval_hours"] == ["5"]
    assert fields["languages"] == ["nl", "fy"]
    assert (fields["pace"], fields["deepest"], fields["scope"]) == ("2.5", "", ["site"])
    assert set(RULES) - {"shows_text", "paused"} <= set(fields)


def test_saving_what_was_not_changed_changes_nothing(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    assert say("rules.same") in send(admin, source, "proef").text
    send(admin, source, "bewaren")
    assert site.store.sources.get(source.id) == source


def test_before_and_after_with_known_addresses(
    site: Site, admin: FlaskClient, source: Source
) -> None:
    crawl = site.store.crawls.add(source.id, NOW)
    paths = ("a", "oud/1", "oud/2?x=1", "en/hello", "nieuws/b.pdf")
    known = [Address(f"https://dorp.nl/{path}") for path in paths]
    site.store.frontier.add(source.id, crawl.id, known)
    tried = send(admin, source, "proef", path_rules="niet /oud/", scope="section", paused="ja")
    page = soup(tried.text)
    rows = dict(zip(texts(page, "tbody th"), texts(page, "tbody td:last-child"), strict=True))
    assert rows == {
        RULES["path_rules"][0]: "niet /oud/",
        RULES["scope"][0]: SCOPES["section"],
        RULES["paused"][0]: say("rules.yes"),
    }
    assert say("rules.lost", n=2) in tried.text
    assert texts(page, "main li") == [
        "https://dorp.nl/oud/1",
        "https://dorp.nl/oud/2?x=1",
        "https://dorp.nl/en/hello",
    ]
    assert site.store.sources.get(source.id) == source


def test_what_was_tried_is_saved(site: Site, admin: FlaskClient, source: Source) -> None:
    changes: dict[str, Any] = {
        "path_rules": " Niet /oud/ \n\nwel /*",
        "interval_hours": "168",
        "pace": "3,5",
        "deepest": "4",
        "languages": ["nl", "en"],
        "shows_text": "ja",
        "quiet_hours": "08:00-18:00",
        "content_selector": "article > p",
        "kept_parameters": "page_id",
    }
    page = soup(send(admin, source, "proef", **changes).text)
    fields: dict[str, Any] = {"stap": "bewaren"}
    for field in page.select("main form input"):
        fields.setdefault(str(field["name"]), []).append(str(field["value"]))
    answer = admin.post(f"/beheer/bronnen/{source.id}/bewerken", data=fields)
    assert answer.location == f"/beheer/bronnen/{source.id}"
    saved = site.store.sources.get(source.id)
    assert saved.path_rules == ("deny /oud/", "allow /*")
    assert (saved.interval_hours, saved.pace, saved.deepest) == (168, 3.5, 4)
    assert (saved.languages, saved.shows_text, saved.paused) == (("nl", "en"), True, False)
    assert (saved.quiet_hours, saved.kept_parameters) == ("08:00-18:00", ("page_id",))
    (act,) = site.store.acts.of(f"source:{source.id}")
    assert act.act in ACTS
    assert "path_rules" in act.details["fields"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("organisation", " "),
        ("scope", "alles"),
        ("path_rules", "misschien /en/"),
        ("path_rules", "niet en"),
        ("start_paths", "nieuws"),
        ("feeds", "https://dorp.nl/feed"),
        ("interval_hours", "7"),
        ("quiet_hours", "overdag"),
        ("pace", "snel"),
        ("pace", "nan"),
        ("page_budget", "0"),
        ("deepest", "-1"),
        ("languages", []),
        ("kept_parameters", "a=b"),
        ("identity", "(("),
        ("title_selector", "h1["),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    site: Site, admin: FlaskClient, source: Source, name: str, value: Any
) -> None:
    answer = send(admin, source, "bewaren", **{name: value})
    page = soup(answer.text)
    assert answer.status_code == 422
    assert texts(page, ".summary a") == [RULE_ERRORS[name]]
    assert RULE_ERRORS[name] in texts(page, "form .error")
    assert site.store.sources.get(source.id) == source


def test_of_two_admins_the_second_is_told(site: Site, admin: FlaskClient, source: Source) -> None:
    other = sign_in(site, site.app.test_client(), "Ander")
    mine = typed(admin, source) | {"stap": "bewaren", "name": "Mijn dorp"}
    send(other, source, "bewaren", name="Ander dorp")
    answer = admin.post(f"/beheer/bronnen/{source.id}/bewerken", data=mine)
    assert (answer.status_code, say("rules.stale") in answer.text) == (422, True)
    assert site.store.sources.get(source.id).name == "Ander dorp"


def test_an_interval_of_the_command_line_stays(admin: FlaskClient, source: Source) -> None:
    page = admin.get(f"/beheer/bronnen/{source.id}/bewerken").text
    assert say("rules.hours", n=5) in page
    assert INTERVALS["168"] in page


def test_a_source_goes_with_its_documents(site: Site, admin: FlaskClient, source: Source) -> None:
    site.put(document("dorp", "Een dorp."), source_id=source.id)
    address = f"/beheer/bronnen/{source.id}/verwijderen"
    assert say("rules.remove.text", name="Dorp", documents=1) in admin.get(address).text
    assert post(admin, address, on=address).location == "/beheer/bronnen"
    assert site.store.sources.find("https://dorp.nl/") is None
    assert [job.handler for job in site.store.jobs.open()] == ["reindex"]
    assert [act.act for act in site.store.acts.of(f"source:{source.id}")] == ["remove-source"]
    assert admin.get(f"/beheer/bronnen/{source.id}/bewerken").status_code == 404
