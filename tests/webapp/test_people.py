"""Inviting, closing and removing people, and what the log keeps of it."""

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import Site, post, signed_in_as
from tests.webapp.reading import soup, texts
from webapp.messages import say

FIELDS = {"naam": "Ans", "email": "ans@dorp.nl", "rol": "partner", "organisatie": "Dorpsbond"}


def invite(admin: FlaskClient, **changes: str) -> tuple[int, str]:
    answer = post(admin, "/beheer/mensen", on="/beheer/mensen", **(FIELDS | changes))
    return answer.status_code, answer.text


def test_an_invited_partner_gets_in_by_mail(site: Site, admin: FlaskClient) -> None:
    assert invite(admin)[0] == 303
    (letter,) = site.post_mail()
    assert letter.to == "ans@dorp.nl"
    assert "Beheerder nodigt u uit" in letter.text
    link = "/inloggen/" + letter.text.partition("/inloggen/")[2].split()[0]
    site.clock.forward(days=6)
    client = site.app.test_client()
    assert post(client, link, on=link).location == "/partner"
    assert texts(soup(client.get("/partner").text), "h1") == ["Dorpsbond"]
    assert [(act.act, act.subject) for act in site.store.acts.all()] == [("invite", "account:2")]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"naam": " "}, "people.error.name"),
        ({"email": "ans"}, "email.error"),
        ({"rol": "god"}, "people.error.role"),
        ({"organisatie": ""}, "people.error.organisation"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    site: Site, admin: FlaskClient, changes: dict[str, str], error: str
) -> None:
    status, page = invite(admin, **changes)
    assert status == 422
    assert say(error) in page
    assert len(site.store.accounts.all()) == 1


def test_a_double_click_invites_once(site: Site, admin: FlaskClient) -> None:
    assert invite(admin)[0] == 303
    status, page = invite(admin)
    assert status == 422
    assert say("people.error.known") in page
    assert len(site.post_mail()) == 1


def test_a_moderator_belongs_to_no_organisation(site: Site, admin: FlaskClient) -> None:
    invite(admin, rol="moderator")
    found = site.store.accounts.find_by_email("ans@dorp.nl")
    assert found is not None
    assert (found.role, found.organisation) == ("moderator", "")


def test_closing_ends_the_session_at_once(site: Site, admin: FlaskClient) -> None:
    partner = signed_in_as(site, "partner")
    assert partner.get("/partner").status_code == 200
    post(admin, "/beheer/mensen/2/sluiten")
    assert partner.get("/partner").status_code == 403
    assert say("people.is-closed") in admin.get("/beheer/mensen").text
    post(admin, "/beheer/mensen/2/openen")
    assert say("people.is-closed") not in admin.get("/beheer/mensen").text


def test_removing_asks_first_and_leaves_only_a_number(site: Site, admin: FlaskClient) -> None:
    signed_in_as(site, "partner")
    asked = admin.get("/beheer/mensen/2/verwijderen")
    assert say("people.remove.text", name="Een partner") in asked.text
    assert site.store.accounts.find(2) is not None
    post(admin, "/beheer/mensen/2/verwijderen", on="/beheer/mensen/2/verwijderen")
    assert site.store.accounts.find(2) is None
    (act,) = site.store.acts.of("account:2")
    assert (act.act, act.account_id, act.details) == ("remove", 1, {})


@pytest.mark.parametrize("act", ["sluiten", "verwijderen"])
def test_the_last_admin_stays(site: Site, admin: FlaskClient, act: str) -> None:
    answer = post(admin, f"/beheer/mensen/1/{act}")
    assert say("people.last") in admin.get(answer.location).text
    assert admin.get("/beheer").status_code == 200


def test_a_partner_sees_only_its_own_organisation(site: Site) -> None:
    for organisation in ("LSA bewoners", "Ander"):
        for n in (1, 2):
            site.store.sources.add(
                name=f"{organisation} {n}",
                url=f"https://{organisation[:3].lower()}{n}.example/",
                organisation=organisation,
            )
    page = soup(signed_in_as(site, "partner", "Ander").get("/partner").text)
    assert texts(page, ".sources h3") == ["Ander 1", "Ander 2"]
    nothing = signed_in_as(site, "partner", "Niemand").get("/partner").text
    assert say("partner.none") in nothing
