"""Signing in by a link that works once, and sessions that end when they must."""

from flask.testing import FlaskClient

from tests.webapp.conftest import Site, post, sign_in
from webapp.messages import say


def link_for(site: Site) -> str:
    account = site.store.accounts.add_admin("Beheerder")
    return f"/inloggen/{site.store.accounts.sign_in_link(account.id, site.clock())}"


def test_looking_at_the_link_does_not_use_it(site: Site) -> None:
    client, link = site.app.test_client(), link_for(site)
    for _ in range(3):
        answer = client.get(link)
        assert say("login.button") in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/beheer").status_code == 403
    assert post(client, link, on=link).headers["Location"] == "/beheer"
    assert client.get("/beheer").status_code == 200


def test_a_link_works_once(site: Site) -> None:
    link = link_for(site)
    assert post(site.app.test_client(), link, on=link).status_code == 303
    second = post(site.app.test_client(), link, on=link)
    assert second.status_code == 410
    assert say("login.used") in second.text


def test_a_link_works_fifteen_minutes(site: Site) -> None:
    link, client = link_for(site), site.app.test_client()
    site.clock.forward(minutes=15)
    assert post(client, link, on=link).status_code == 410
    assert client.get("/beheer").status_code == 403


def test_the_cookie_cannot_be_read_by_scripts(site: Site) -> None:
    link, client = link_for(site), site.app.test_client()
    cookie = post(client, link, on=link).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(site: Site) -> None:
    changed = site.settings.model_copy(update={"public_url": "https://kennis.example"})
    secure = Site(changed, site.store, site.index, site.clock)
    base = "https://kennis.example"
    answer = secure.app.test_client().get("/inloggen/x", base_url=base)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-kennisbank=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_signing_in_begins_a_new_session(site: Site) -> None:
    client, link = site.app.test_client(), link_for(site)
    client.get(link)
    before = client.get_cookie("kennisbank")
    sign_in(site, client)
    after = client.get_cookie("kennisbank")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_session_ends_after_an_hour_without_use(site: Site, admin: FlaskClient) -> None:
    site.clock.forward(minutes=59)
    assert admin.get("/beheer").status_code == 200
    site.clock.forward(minutes=59)
    assert admin.get("/beheer").status_code == 200
    site.clock.forward(minutes=61)
    assert admin.get("/beheer").status_code == 403


def test_a_session_ends_after_twelve_hours(site: Site, admin: FlaskClient) -> None:
    for _ in range(14):
        assert admin.get("/beheer").status_code == 200
        site.clock.forward(minutes=50)
    site.clock.forward(minutes=50)
    assert admin.get("/beheer").status_code == 403


def test_signing_out_ends_the_session_for_good(site: Site, admin: FlaskClient) -> None:
    kept = admin.get_cookie("kennisbank")
    assert kept is not None
    assert say("logout.text") in post(admin, "/uitloggen").text
    assert admin.get("/beheer").status_code == 403
    admin.set_cookie("kennisbank", kept.value)
    assert admin.get("/beheer").status_code == 403


def test_who_is_not_signed_in_reads_how_to(client: FlaskClient) -> None:
    page = client.get("/beheer")
    assert page.status_code == 403
    assert say("error.403.command") in page.text
