"""Offering a source: by a partner, by anybody, what is wrong, and what happens afterwards."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from library.mail import Letter
from tests.webapp.conftest import Site, post, sign_in, signed_in_as, token
from tests.webapp.reading import one, soup, texts
from tests.webapp.test_trial import FOUND
from webapp.messages import SUBMISSION_STATES, reason, say

FORM = "/bron-aanmelden"
FIELDS: dict[str, Any] = {
    "adressen": "https://dorp.nl/kennis/",
    "bereik": "section",
    "lezen": "ja",
    "naam": "Ans de Wit",
    "email": "ans@dorp.nl",
    "stap": "versturen",
}


def send(client: FlaskClient, **changes: Any) -> TestResponse:
    proof = token(client.get(FORM).text)
    return client.post(FORM, data={"csrf_token": proof, **(FIELDS | changes)})


def path_in(letter: Letter) -> str:
    found = re.search(r"http://localhost:8000(/aanmelding/\S+)", letter.text)
    assert found is not None
    return found[1]


def offered(site: Site, **changes: Any) -> str:
    """Offer and confirm as anybody may; give the path of the status page."""
    client = site.app.test_client()
    assert send(client, **changes).status_code == 200
    (letter,) = site.post_mail()
    path = path_in(letter)
    post(client, f"{path}/bevestigen", on=path)
    return path


def test_anybody_offers_and_confirms_by_mail(site: Site, client: FlaskClient) -> None:
    answer = send(client)
    assert say("src.confirm") in answer.text
    assert "Set-Cookie" not in answer.headers
    assert site.store.jobs.open() == ()
    (letter,) = site.post_mail()
    assert letter.to == "ans@dorp.nl"
    assert "https://dorp.nl/kennis/" in letter.text
    path = path_in(letter)
    assert say("status.confirm.text") in client.get(path).text
    assert site.store.jobs.open() == ()
    done = post(client, f"{path}/bevestigen", on=path)
    page = soup(client.get(done.location).text)
    assert texts(page, ".message") == [say("src.done")]
    assert texts(page, "dd b") == [SUBMISSION_STATES["new"]]
    assert say("status.trying") in page.get_text()
    (job,) = site.store.jobs.open()
    assert (job.handler, job.arguments) == ("try", {"url": "https://dorp.nl/kennis/"})
    (received,) = site.post_mail()
    assert "nummer is 1" in received.text
    for _ in range(3):
        post(client, f"{path}/bevestigen", on=path)
    assert (len(site.store.jobs.open()), site.post_mail()) == (1, [])


def test_a_partner_offers_several_at_once(site: Site, partner: FlaskClient) -> None:
    page = partner.get(FORM).text
    assert say("src.name") not in page
    lines = " dorp.nl/een \n\nhttps://www.dorp.nl/twee#kop\nhttps://stad.nl/a.pdf?x=1"
    answer = send(partner, adressen=lines, doel=["1", "4"])
    shown = soup(partner.get(answer.location).text)
    wanted = ["https://dorp.nl/een", "https://www.dorp.nl/twee", "https://stad.nl/a.pdf?x=1"]
    assert texts(shown, "section h2")[:3] == wanted
    assert len(site.store.jobs.open()) == 3
    (first, *_) = site.store.submissions.of_batch(1)
    assert (first.organisation, first.goals, first.name) == ("LSA bewoners", (1, 4), "Een partner")
    again = send(partner, adressen=lines)
    assert again.location.partition("/aanmelding/")[2]
    assert len(site.store.submissions.in_states(("new",))) == 3
    home = soup(partner.get("/partner").text)
    assert [text.split()[0] for text in texts(home, ".short li")] == wanted
    other = signed_in_as(site, "partner", "Ander").get("/partner").text
    assert "dorp.nl" not in other


def test_the_answers_are_looked_at_before_they_are_sent(site: Site, client: FlaskClient) -> None:
    site.store.sources.add(name="Dorp", url="https://dorp.nl/", scope="site")
    checked = send(client, stap="nakijken", opmerking="Groet <b>", doel="2")
    page = soup(checked.text)
    assert texts(page, "h1") == [say("src.check")]
    assert texts(page, ".message") == [say("src.known", url="https://dorp.nl/kennis/")]
    assert "Groet <b>" in one(page, "dl").get_text()
    hidden = {str(field["name"]): str(field["value"]) for field in page.select("form input")}
    assert site.store.submissions.counts() == {}
    back = soup(client.post(FORM, data=hidden | {"stap": "wijzigen"}).text)
    assert one(back, "#adressen").get_text().strip() == "https://dorp.nl/kennis/"
    assert one(back, "input[value='2'][checked]")
    assert one(back, "input[value=section][checked]")
    client.post(FORM, data=hidden | {"stap": "versturen"})
    assert site.store.submissions.counts() == {"unconfirmed": 1}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"adressen": " \n "}, "adressen"),
        ({"adressen": "https://dorp.nl/\nniets bijzonders"}, "adressen"),
        ({"adressen": "javascript:alert(1)"}, "adressen"),
        ({"adressen": "file:///etc/passwd"}, "adressen"),
        ({"adressen": "https://ans:geheim@dorp.nl/"}, "adressen"),
        ({"adressen": "http://localhost/"}, "adressen"),
        ({"adressen": "https://dorp.nl/" + "a" * 3000}, "adressen"),
        ({"adressen": "\n".join(f"https://a{n}.nl/" for n in range(21))}, "adressen"),
        ({"bereik": "alles"}, "bereik"),
        ({"lezen": ""}, "lezen"),
        ({"naam": " "}, "naam"),
        ({"email": "ans"}, "email"),
        ({"opmerking": "a" * 2001}, "opmerking"),
        ({"organisatie": "a" * 101}, "organisatie"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    site: Site, client: FlaskClient, changes: dict[str, str], field: str
) -> None:
    answer = send(client, **changes)
    page = soup(answer.text)
    assert answer.status_code == 422
    assert [str(link["href"]) for link in page.select(".summary a")] == [f"#{field}"]
    assert one(page, f"#{field}-fout").get_text() in one(page, ".summary").get_text()
    assert site.store.submissions.counts() == {}
    assert site.store.mails.waiting() == 0


def test_a_flood_of_forms_is_held_off(site: Site, partner: FlaskClient) -> None:
    statuses = [send(partner, adressen=f"https://a{n}.nl/").status_code for n in range(1000 // 50)]
    assert statuses == [303] * 5 + [429] * 15
    assert site.store.submissions.counts() == {"new": 5}


def test_more_than_can_be_looked_at_is_told(site: Site, partner: FlaskClient) -> None:
    send(partner, adressen="\n".join(f"https://a{n}.nl/" for n in range(20)))
    answer = send(partner, adressen="https://nog.nl/")
    assert answer.status_code == 422
    assert say("src.many.open", n=20) in answer.text


def test_what_was_found_is_shown_to_who_offered_it(site: Site) -> None:
    path = offered(site, adressen="https://dorp.nl/")
    site.store.submissions.tried("https://dorp.nl/", FOUND)
    page = soup(site.app.test_client().get(path).text)
    assert texts(page, "dd b") == [say("state.looking")]
    assert say("status.start", reason=reason("fetched")) in texts(page, "section li")
    assert "Het plan <b>" in one(page, ".short").get_text()


def test_a_trial_that_failed_is_told(site: Site) -> None:
    path = offered(site)
    (job,) = site.store.jobs.open()
    site.store.jobs.claim("worker", site.clock())
    site.store.jobs.fail(site.store.jobs.get(job.id), "mis", site.clock())
    assert say("status.failed") in site.app.test_client().get(path).text


def test_taking_it_back(site: Site, client: FlaskClient) -> None:
    path = offered(site)
    answer = post(client, f"{path}/intrekken", on=path, nummer="1")
    assert say("status.withdrawn") in client.get(answer.location).text
    assert site.store.submissions.get(1).state == "withdrawn"
    assert post(client, f"{path}/intrekken", on=FORM, nummer="99").status_code == 404


def test_a_judgement_is_not_taken_back_by_who_offered(site: Site, client: FlaskClient) -> None:
    path = offered(site)
    site.store.submissions.change(1, "new", "declined", site.clock(), reason="goals")
    post(client, f"{path}/intrekken", on=FORM, nummer="1")
    assert site.store.submissions.get(1).state == "declined"


def test_a_question_is_answered(site: Site, client: FlaskClient) -> None:
    path = offered(site)
    site.store.submissions.change(1, "new", "asked", site.clock(), message="Wie zijn jullie?")
    page = client.get(path).text
    assert "Wie zijn jullie?" in page
    empty = post(client, f"{path}/antwoorden", on=path, nummer="1", antwoord=" ")
    assert say("status.answer.error") in empty.text
    post(client, f"{path}/antwoorden", on=path, nummer="1", antwoord="Een dorpsbond.")
    found = site.store.submissions.get(1)
    (note,) = site.store.submissions.notes(1)
    assert (found.state, note.text, note.account_id) == ("new", "Een dorpsbond.", None)


def test_the_status_page_is_for_who_has_its_link(site: Site, client: FlaskClient) -> None:
    path = offered(site)
    assert client.get(path[:-2]).status_code == 404
    assert client.get("/aanmelding/1").status_code == 404
    assert client.get(path).headers["Cache-Control"] == "no-store"
    site.clock.forward(days=1)
    assert client.get(path).status_code == 200


def test_the_form_of_a_visitor_is_no_good_for_who_is_signed_in(
    site: Site, client: FlaskClient, partner: FlaskClient
) -> None:
    proof = token(client.get(FORM).text)
    answer = partner.post(FORM, data={"csrf_token": proof, **FIELDS})
    assert answer.status_code == 400
    assert site.store.submissions.counts() == {}


def test_who_is_removed_is_not_named_in_what_was_offered(site: Site, admin: FlaskClient) -> None:
    partner = signed_in_as(site, "partner")
    send(partner)
    post(admin, "/beheer/mensen/2/verwijderen", on="/beheer/mensen/2/verwijderen")
    found = site.store.submissions.get(1)
    assert (found.name, found.email, found.account_id) == ("", "", None)


def test_an_admin_without_mail_address_offers_too(site: Site) -> None:
    answer = send(sign_in(site, site.app.test_client()))
    assert answer.status_code == 303
    assert site.post_mail() == []


def test_who_offered_it_is_mailed_what_was_found_once(site: Site, partner: FlaskClient) -> None:
    lines = "https://dorp.nl/een\nhttps://dorp.nl/twee"
    send(partner, adressen=lines)
    site.post_mail()
    urls = lines.split()
    for one_by_one in site.store.submissions.of_batch(1):
        assert one_by_one.job_id is not None
    site.store.keep_trial(urls[0], FOUND, site.clock())
    assert site.post_mail() == []  # The other address is still looked at.
    site.store.keep_trial(urls[1], FOUND | {"start": "http-404", "samples": []}, site.clock())
    (letter,) = site.post_mail()
    assert say("mail.tried") in letter.text
    assert say("status.start", reason=reason("http-404")) in letter.text
    assert say("status.pages", n="1.240") in letter.text
    site.store.keep_trial(urls[1], FOUND, site.clock())
    assert site.post_mail() == []


def test_a_mailbox_that_confirmed_nothing_is_not_mailed_what_was_found(site: Site) -> None:
    send(site.app.test_client())
    site.post_mail()
    site.store.keep_trial("https://dorp.nl/kennis/", FOUND, site.clock())
    assert site.post_mail() == []


def test_an_address_is_corrected_and_looked_at_again(site: Site, client: FlaskClient) -> None:
    path = offered(site)
    site.store.submissions.tried("https://dorp.nl/kennis/", FOUND)
    fields = {"nummer": "1", "adres": "dorp.nl/nieuw/", "bereik": "site"}
    answer = post(client, f"{path}/verbeteren", on=path, **fields)
    page = soup(client.get(answer.location).text)
    assert texts(page, ".message") == [say("status.corrected")]
    assert texts(page, "h2")[0] == "https://dorp.nl/nieuw/"
    corrected = site.store.submissions.get(1)
    assert (corrected.scope, corrected.trial, corrected.state) == ("site", None, "new")
    urls = [job.arguments["url"] for job in site.store.jobs.open()]
    assert urls == ["https://dorp.nl/kennis/", "https://dorp.nl/nieuw/"]


@pytest.mark.parametrize(
    "fields", [{"adres": "geen adres"}, {"adres": "a.nl\nb.nl"}, {"adres": ""}, {"bereik": "x"}]
)
def test_a_wrong_correction_is_told(
    site: Site, client: FlaskClient, fields: dict[str, str]
) -> None:
    path = offered(site)
    chosen = {"nummer": "1", "adres": "dorp.nl", "bereik": "site"} | fields
    assert texts(soup(post(client, f"{path}/verbeteren", on=path, **chosen).text), ".message")
    assert site.store.submissions.get(1).url == "https://dorp.nl/kennis/"


def test_what_was_judged_is_not_corrected(site: Site, client: FlaskClient) -> None:
    path = offered(site)
    proof = token(client.get(path).text)
    site.store.submissions.change(1, "new", "approved", site.clock())
    fields = {"csrf_token": proof, "nummer": "1", "adres": "evil.nl", "bereik": "site"}
    assert client.post(f"{path}/verbeteren", data=fields).location == path
    assert site.store.submissions.get(1).url == "https://dorp.nl/kennis/"
