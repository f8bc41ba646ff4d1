"""The first steps of a new site, and the test mail."""

import re

from flask.testing import FlaskClient

from tests.webapp.conftest import Site, document, post, sign_in, signed_in_as
from tests.webapp.reading import soup, texts
from tests.webapp.test_site_texts import save
from webapp.messages import say

MAIL = "/beheer/proefmail"


def steps(client: FlaskClient) -> list[tuple[str, bool]]:
    """The steps on the overview, with whether they are done."""
    page = soup(client.get("/beheer").text)
    return [
        (text.text, "done" in (item.get("class") or ""))
        for item in page.select(".first li")
        for text in item.select("a")
    ]


def test_a_new_site_tells_what_to_do_first(empty_site: Site) -> None:
    client = sign_in(empty_site, empty_site.app.test_client())
    shown = steps(client)
    assert len(shown) == 6
    assert not any(is_done for _, is_done in shown)
    assert say("admin.contact") in client.get("/beheer").text
    for item in soup(client.get("/beheer").text).select(".first a"):
        assert client.get(str(item["href"]).partition("#")[0]).status_code == 200


def test_the_list_knows_what_is_done_and_goes(empty_site: Site) -> None:
    site = empty_site
    client = signed_in_as(site, "admin")

    def todo() -> list[str]:
        return [text for text, is_done in steps(client) if not is_done]

    save(client)
    assert say("admin.contact") not in client.get("/beheer").text
    me = next(one for one in site.store.accounts.all() if one.email)
    site.store.codes.new_recovery(me.id)
    assert todo() == [say("first.mail"), say("first.source"), say("first.second")]
    signed_in_as(site, "admin")
    source = site.store.sources.all()[0]
    site.put(document("a", "tekst"), source_id=source.id)
    site.store.marks.add("test-mail")
    assert steps(client) == []
    site.store.sources.add(name="Verzonnen", url="http://127.0.0.1:1/", is_example=True)
    assert todo() == [say("first.examples")]


def test_the_help_page_has_the_same_steps_in_the_same_order(empty_site: Site) -> None:
    site = empty_site
    client = signed_in_as(site, "admin")
    site.put(document("a", "tekst"), source_id=site.store.sources.all()[0].id)
    site.store.sources.add(name="Verzonnen", url="http://127.0.0.1:1/", is_example=True)
    listed = [text for text, _ in steps(client)]
    assert len(listed) == 7
    guide = texts(soup(client.get("/beheer/hulp/beginnen").text), ".guide li")
    named = [name for step in guide for name in re.findall("‘([^’]+)’", step)]
    assert [name for name in named if name in listed] == listed
    # Beside these there is only where the list is found.
    assert len(guide) == 1 + len(listed)


def test_a_test_mail_is_sent_and_confirmed(site: Site) -> None:
    client = signed_in_as(site, "admin")
    answer = post(client, MAIL, on=MAIL, email="bo@dorp.nl")
    assert say("mailtest.waits") in client.get(answer.location).text
    (letter,) = site.post_mail()
    assert letter.to == "bo@dorp.nl"
    assert say("mailtest.gone") in client.get(answer.location).text
    found = re.search(r"http://localhost:8000(/beheer/proefmail/\S+)", letter.text)
    assert found is not None
    assert site.app.test_client().get(found[1]).status_code == 403
    assert not site.store.marks.has("test-mail")
    client.get(found[1])
    assert not site.store.marks.has("test-mail")  # Programs open links by themselves.
    assert post(client, found[1], on=found[1]).location == "/beheer"
    assert site.store.marks.has("test-mail")
    assert say("mailtest.done") in client.get(MAIL).text


def test_why_a_test_mail_does_not_go_is_told(site: Site, admin: FlaskClient) -> None:
    post(admin, MAIL, on=MAIL, email="bo@dorp.nl")
    waiting = site.store.mails.take(site.clock())
    assert waiting is not None
    site.store.mails.failed(waiting.id, "ConnectionRefusedError: 111")
    told = texts(soup(admin.get(MAIL).text), ".message")
    assert told == [say("mailtest.problem", error="ConnectionRefusedError: 111")]


def test_what_is_no_address_or_no_link_of_ours(site: Site, admin: FlaskClient) -> None:
    answer = post(admin, MAIL, on=MAIL, email="bo")
    assert (answer.status_code, site.store.mails.waiting()) == (422, 0)
    assert admin.get(f"{MAIL}/verzonnen").status_code == 404


def test_a_mailbox_is_not_flooded(site: Site, admin: FlaskClient) -> None:
    seen = []
    for n in range(7):
        seen.append(post(admin, MAIL, on=MAIL, email=f"bo{n}@dorp.nl").status_code)
    assert seen == [303] * 5 + [429] * 2
