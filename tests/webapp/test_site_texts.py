"""What an admin says on the site in other words: contact person, introduction, examples."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from library.contact import contact_of
from tests.webapp.conftest import Site, post, sign_in, signed_in_as
from tests.webapp.reading import one, soup, texts
from webapp.messages import ACTS, say

FORM = "/beheer/teksten"
TYPED = {
    "contact_name": "Ans de Wit",
    "contact_phone": "030 765 43 21",
    "contact_email": "hulp@dorp.nl",
    "intro": "Alles voor  ons dorp.",
    "examples": "moestuin\n\n subsidie ",
}


def seen_in(page: str) -> str:
    found = re.search(r'name="gezien" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def save(client: FlaskClient, **changes: str) -> TestResponse:
    return post(client, FORM, on=FORM, gezien=seen_in(client.get(FORM).text), **(TYPED | changes))


def test_visitors_see_what_an_admin_wrote(site: Site, admin: FlaskClient) -> None:
    visitor = site.app.test_client()
    before = visitor.get("/")
    assert "Bureau Hulp" in before.text
    assert save(admin).status_code == 303
    # A page that a visitor kept is not the same any more.
    again = visitor.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert again.status_code == 200
    page = soup(again.text)
    assert texts(page, ".lead") == ["Alles voor ons dorp."]
    assert one(page, "meta[name=description]")["content"] == "Alles voor ons dorp."
    assert texts(page, ".examples a") == ["moestuin", "subsidie", say("home.example.1")]
    footer = texts(page, "#hulp")[0]
    assert "Ans de Wit" in footer
    assert "030 765 43 21" in footer
    assert "hulp@dorp.nl" in visitor.get("/toegankelijkheid").text
    assert "hulp@dorp.nl" in visitor.get("/crawler").text
    assert site.store.acts.recent(1)[0].act == "texts"
    assert ACTS["texts"] in admin.get("/beheer/logboek").text


def test_letters_end_with_the_contact_of_the_site(site: Site, admin: FlaskClient) -> None:
    save(admin)
    site.store.accounts.add("Bo", "moderator", email="bo@dorp.nl")
    site.store.mails.add("sign-in", "bo@dorp.nl", site.clock())
    (letter,) = site.post_mail()
    assert "030 765 43 21 hulp@dorp.nl" in letter.text


def test_an_empty_field_is_our_own_text_again(site: Site, admin: FlaskClient) -> None:
    save(admin)
    save(admin, **dict.fromkeys(TYPED, ""))
    page = soup(site.app.test_client().get("/").text)
    assert texts(page, ".lead") == [say("home.intro")]
    assert "Bureau Hulp" in texts(page, "#hulp")[0]


def test_a_contact_is_one_person(site: Site) -> None:
    contact = contact_of(site.settings, {"contact_email": "hulp@dorp.nl"})
    assert (contact.name, contact.phone, contact.email) == ("", "", "hulp@dorp.nl")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("contact_email", "geen adres"),
        ("intro", "a" * 301),
        ("examples", "een\ntwee\ndrie\nvier"),
        ("examples", "a" * 61),
        ("contact_name", "a" * 101),
    ],
)
def test_what_is_wrong_is_told(site: Site, admin: FlaskClient, field: str, typed: str) -> None:
    answer = save(admin, **{field: typed})
    assert answer.status_code == 422
    assert one(soup(answer.text), f"#{field}").get("aria-invalid") == "true"
    assert site.store.texts.all() == {}


def test_a_name_alone_helps_nobody(site: Site, admin: FlaskClient) -> None:
    answer = save(admin, contact_phone="", contact_email="")
    assert say("texts.contact.error") in answer.text
    assert site.store.texts.all() == {}


def test_of_two_admins_the_last_is_told(site: Site, admin: FlaskClient) -> None:
    other = signed_in_as(site, "admin")
    seen = seen_in(other.get(FORM).text)
    save(admin)
    answer = post(other, FORM, on=FORM, gezien=seen, **(TYPED | {"intro": "Anders."}))
    assert answer.status_code == 422
    assert say("texts.stale") in answer.text
    assert one(soup(answer.text), "#intro").text.strip() == "Anders."
    assert site.store.texts.all()["intro"] == "Alles voor ons dorp."
    # What was typed is kept on the page; with what it shows now it can be saved.
    again = post(
        other, FORM, on=FORM, gezien=seen_in(answer.text), **(TYPED | {"intro": "Anders."})
    )
    assert again.status_code == 303
    assert site.store.texts.all()["intro"] == "Anders."


def test_markup_in_a_text_is_text(site: Site, admin: FlaskClient) -> None:
    save(admin, intro="<b>dik</b>", contact_name="<script>")
    page = soup(site.app.test_client().get("/").text)
    assert texts(page, ".lead") == ["<b>dik</b>"]
    assert "<script>" in texts(page, "#hulp")[0]
    assert page.select(".lead b, #hulp script") == []


def test_nobody_else_changes_the_texts(empty_site: Site) -> None:
    for role in ("partner", "moderator"):
        client = signed_in_as(empty_site, role)
        assert client.get(FORM).status_code == 403
    assert sign_in(empty_site, empty_site.app.test_client()).get(FORM).status_code == 200
