"""Whatever goes wrong is a page of the site in plain words."""

import logging

import pytest
from flask import abort
from flask.testing import FlaskClient

from library.errors import SettingsError
from tests.webapp.conftest import Site, token
from tests.webapp.reading import one, soup
from webapp import create_app
from webapp.failures import answer_outside
from webapp.messages import say
from webapp.roles import role


@pytest.mark.parametrize(
    ("method", "address", "status", "heading"),
    [
        ("GET", "/bestaat-niet", 404, "error.404.h1"),
        ("GET", "/beheer", 403, "error.stranger.h1"),
        ("POST", "/zoeken", 405, "error.405.h1"),
        ("DELETE", "/", 405, "error.405.h1"),
    ],
)
def test_errors_keep_the_layout(
    client: FlaskClient, method: str, address: str, status: int, heading: str
) -> None:
    answer = client.open(address, method=method)
    page = soup(answer.text)
    assert answer.status_code == status
    assert one(page, "h1").get_text() == say(heading)
    assert one(page, "#zoek")
    assert one(page, "#hulp")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("status", "heading"),
    [(429, "error.429.h1"), (503, "error.503.h1"), (418, "error.400.h1"), (501, "error.500.h1")],
)
def test_other_errors_keep_the_layout(site: Site, status: int, heading: str) -> None:
    app = site.app
    app.add_url_rule("/mis", "mis", role("public")(lambda: abort(status)))
    answer = app.test_client().get("/mis")
    assert (answer.status_code, one(soup(answer.text), "h1").get_text()) == (status, say(heading))


def test_a_surprise_is_told_without_its_details(
    site: Site, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    app = site.app

    def broken() -> str:
        raise RuntimeError("a secret detail")

    app.add_url_rule("/stuk", "stuk", role("public")(broken))
    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get("/stuk?q=mijn+vraag")
    assert answer.status_code == 500
    assert one(soup(answer.text), "h1").get_text() == say("error.500.h1")
    assert "secret" not in answer.text
    logged = capsys.readouterr()
    told = logged.out + logged.err + caplog.text
    assert "a secret detail" in told
    assert "mijn" not in told


def test_a_broken_database_is_told(site: Site) -> None:
    app = site.app
    site.settings.database.write_bytes(b"this is no database" * 1000)
    answer = app.test_client().get("/over")
    assert answer.status_code == 503
    assert one(soup(answer.text), "h1").get_text() == say("error.503.h1")


def test_a_body_too_large_is_refused(client: FlaskClient) -> None:
    answer = client.post("/inloggen/x", data={"csrf_token": "a" * 70_000})
    assert answer.status_code == 413
    assert one(soup(answer.text), "h1").get_text() == say("error.413.h1")


def test_an_old_form_is_told_to_be_old(admin: FlaskClient) -> None:
    answer = admin.post("/beheer/herindexeren", data={"csrf_token": "old"})
    assert answer.status_code == 400
    assert say("error.400.form") in answer.text


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "a b"]
)
def test_a_strange_host_is_refused(client: FlaskClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "localhost"])
def test_our_own_hosts_are_served(client: FlaskClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_headers_of_a_proxy_are_not_believed(client: FlaskClient) -> None:
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/x"}
    answer = client.get("/zoeken?q=", headers=headers)
    assert answer.headers["Location"] == "/zoeken"


def test_an_answer_without_the_application(site: Site) -> None:
    head, _, body = answer_outside(site.app, 414).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 414 ")
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"Connection: close" in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert say("error.414") in body.decode()


def test_a_key_that_is_too_short_is_refused(site: Site) -> None:
    with pytest.raises(SettingsError, match="32 characters"):
        create_app(site.settings, site.store, site.index, key="short")


def test_a_link_that_lets_somebody_in_is_not_in_the_log(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    client = site.app.test_client()
    site.store.close()
    site.settings.database.write_bytes(b"no database")
    form = {"csrf_token": token(client.get("/inloggen/geheim-woord").text)}
    assert client.post("/inloggen/geheim-woord", data=form).status_code in {500, 503}
    logged = capsys.readouterr()
    assert "/inloggen/<token>" in logged.out + logged.err
    assert "geheim-woord" not in logged.out + logged.err
