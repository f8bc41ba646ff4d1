"""Signing in by a link that works once, and sessions that end when they must."""

import re

import pytest
from flask.testing import FlaskClient

from library.mail import Letter
from library.store.accounts import MOST_LINKS
from tests.webapp.conftest import KEY, Site, post, sign_in, token
from tests.webapp.reading import soup
from webapp import create_app
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
    client, link, base = secure.app.test_client(), link_for(site), "https://kennis.example"
    page = client.get(link, base_url=base)
    assert "Set-Cookie" not in page.headers
    answer = client.post(link, data={"csrf_token": token(page.text)}, base_url=base)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-kennisbank=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_signing_in_begins_a_new_session(site: Site, admin: FlaskClient) -> None:
    before = admin.get_cookie("kennisbank")
    other = site.app.test_client()
    assert before is not None
    other.set_cookie("kennisbank", before.value)
    sign_in(site, admin)
    after = admin.get_cookie("kennisbank")
    assert after is not None
    assert before.value != after.value
    assert other.get("/beheer").status_code == 403


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
    assert say("error.stranger") in page.text
    assert 'href="/inloggen"' in page.text


def ask_for_link(site: Site, email: str) -> list[Letter]:
    """Type a mail address as a visitor, and look what the postman brings."""
    answer = post(site.app.test_client(), "/inloggen", on="/inloggen", email=email)
    assert answer.status_code == 200
    assert say("login.sent") in answer.text
    assert "Set-Cookie" not in answer.headers
    return site.post_mail()


def path_in(letter: Letter) -> str:
    found = re.search(r"http://localhost:8000(/inloggen/\S+)", letter.text)
    assert found is not None
    return found[1]


def test_a_partner_signs_in_by_mail(site: Site) -> None:
    site.store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="LSA bewoners")
    (letter,) = ask_for_link(site, " Ans@Dorp.nl ")
    link, client = path_in(letter), site.app.test_client()
    assert post(client, link, on=link).location == "/partner"
    assert client.get("/partner").status_code == 200
    assert client.get("/beheer").status_code == 403


def test_nobody_learns_who_has_an_account(site: Site) -> None:
    site.store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="LSA bewoners")
    closed = site.store.accounts.add("Bo", "partner", email="bo@dorp.nl", organisation="Dorp")
    site.store.accounts.close(closed.id, site.clock())
    client = site.app.test_client()
    page = client.get("/inloggen").text
    said = {
        client.post("/inloggen", data={"csrf_token": token(page), "email": email}).text
        for email in ("ans@dorp.nl", "bo@dorp.nl", "niemand@dorp.nl")
    }
    assert len(said) == 1
    assert [letter.to for letter in site.post_mail()] == ["ans@dorp.nl"]


@pytest.mark.parametrize("email", ["", "ans", "ans@dorp", "ans@dorp.nl, bo@dorp.nl", "a" * 300])
def test_what_is_no_mail_address_is_told(site: Site, email: str) -> None:
    answer = post(site.app.test_client(), "/inloggen", on="/inloggen", email=email)
    assert answer.status_code == 422
    assert say("email.error") in answer.text
    assert site.store.mails.waiting() == 0


def test_a_mailbox_is_not_flooded(site: Site) -> None:
    site.store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="Dorp")
    sent = sum(len(ask_for_link(site, "ans@dorp.nl")) for _ in range(20))
    assert sent == MOST_LINKS


def test_a_visitor_asks_for_so_many_links_in_an_hour(site: Site) -> None:
    changed = site.settings.model_copy(update={"trusted_proxies": 1})
    client = Site(changed, site.store, site.index, site.clock).app.test_client()
    fields = {"csrf_token": token(client.get("/inloggen").text), "email": "x@dorp.nl"}
    statuses = [
        client.post("/inloggen", data=fields, headers={"X-Forwarded-For": "192.0.2.7"}).status_code
        for _ in range(60)
    ]
    assert statuses == [200] * 50 + [429] * 10
    other = client.post("/inloggen", data=fields, headers={"X-Forwarded-For": "192.0.2.8"})
    assert other.status_code == 200


def test_a_link_that_waited_too_long_is_not_sent(site: Site) -> None:
    site.store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="Dorp")
    site.store.mails.add("sign-in", "ans@dorp.nl", site.clock())
    site.clock.forward(minutes=15)
    assert site.post_mail() == []
    assert site.store.mails.waiting() == 0


def test_an_admin_who_came_by_mail_needs_a_passkey(site: Site) -> None:
    site.store.accounts.add_admin("Beheerder", "bo@dorp.nl")
    (letter,) = ask_for_link(site, "bo@dorp.nl")
    link, client = path_in(letter), site.app.test_client()
    assert post(client, link, on=link).location == "/inloggen/passkey"
    assert say("second.new.text") in client.get("/inloggen/passkey").text
    for address in ("/beheer", "/beheer/mensen", "/account"):
        assert client.get(address).location == "/inloggen/passkey"
    assert client.get("/partner").location == "/inloggen/passkey"
    wrong = post(client, "/account/passkeys", on="/inloggen/passkey", antwoord="{}")
    assert wrong.status_code == 422
    assert client.get("/beheer").status_code == 303


def test_who_has_a_passkey_cannot_add_another_by_mail_alone(site: Site) -> None:
    account = site.store.accounts.add_admin("Beheerder", "bo@dorp.nl")
    site.store.accounts.add_passkey(account.id, "c2xldXRlbA", "Telefoon", b"k", 0, site.clock())
    (letter,) = ask_for_link(site, "bo@dorp.nl")
    link, client = path_in(letter), site.app.test_client()
    post(client, link, on=link)
    page = client.get("/inloggen/passkey").text
    assert say("second.text") in page
    answer = client.post("/account/passkeys", data={"csrf_token": token(page), "antwoord": "{}"})
    assert answer.status_code == 403


def test_signing_out_everywhere(site: Site, admin: FlaskClient) -> None:
    other = sign_in(site, site.app.test_client())
    assert say("logout.everywhere") in post(admin, "/account/overal-uitloggen").text
    assert (admin.get("/beheer").status_code, other.get("/beheer").status_code) == (403, 403)


def test_without_mail_the_page_tells_the_command(site: Site) -> None:
    app = create_app(site.settings, site.store, site.index, key=KEY, clock=site.clock)
    page = app.test_client().get("/inloggen").text
    assert say("login.command") in page
    assert "email" not in [field.get("name") for field in soup(page).select("input")]
