"""Following a search by mail: nothing without the link, news once, and an end with one click."""

import pytest
from flask.testing import FlaskClient

from tests.webapp.conftest import NOW, Site, document, token
from tests.webapp.reading import one, soup, texts
from webapp.messages import say

SEARCH = "/volgen?q=moestuin&soort=verhaal"
EMAIL = "ans@dorp.nl"


def ask(client: FlaskClient, email: str = EMAIL, search: str = SEARCH) -> int:
    proof = token(client.get(search).text)
    return client.post(search, data={"csrf_token": proof, "email": email}).status_code


def link_in(text: str) -> str:
    return "/volgen/" + text.partition("/volgen/")[2].split()[0]


def press(client: FlaskClient, link: str) -> str:
    proof = token(client.get(link).text)
    answer = client.post(link, data={"csrf_token": proof})
    assert answer.status_code == 200
    return answer.text


def follow(site: Site) -> FlaskClient:
    """Follow from a day on which what is there is no longer new."""
    site.clock.forward(days=1)
    client = site.app.test_client()
    assert ask(client) == 200
    (letter,) = site.post_mail()
    press(client, link_in(letter.text))
    return client


def test_the_results_lead_to_the_form(client: FlaskClient) -> None:
    page = soup(client.get("/zoeken?q=moestuin&soort=verhaal&p=2").text)
    assert SEARCH in [link["href"] for link in page.select(".keep a")]
    form = soup(client.get(SEARCH).text)
    assert "U volgt: zoeken naar ‘moestuin’, met gekozen filters." in texts(form, "main p")


def test_nothing_is_kept_before_the_link_is_opened(site: Site, client: FlaskClient) -> None:
    assert ask(client) == 200
    (letter,) = site.post_mail()
    assert letter.to == EMAIL
    assert letter.stop == ""
    assert "zoeken naar ‘moestuin’" in letter.text
    link = link_in(letter.text)
    page = client.get(link)  # As a program does that looks whether links are safe.
    assert one(soup(page.text), "main button").text == say("follow.confirm.button")
    site.clock.forward(days=8)
    assert site.post_mail() == []


def test_what_is_new_comes_once(site: Site) -> None:
    follow(site)
    site.clock.forward(days=7)
    assert site.post_mail() == []
    now = site.clock.now
    site.put(
        document("nieuw", "Een moestuin.", title="Nieuwe tuin", kind="verhaal", fetched_at=now),
        document("ander", "Een moestuin, als regel.", kind="regeling", fetched_at=now),
    )
    site.clock.forward(days=7)
    (letter,) = site.post_mail()
    assert letter.subject == "Nieuw in de kennisbank: zoeken naar ‘moestuin’, met gekozen filters"
    assert "Nieuwe tuin (LSA bewoners)" in letter.text
    assert "als regel" not in letter.text
    assert "/zoeken?q=moestuin&soort=verhaal" in letter.text
    site.clock.forward(days=7)
    assert site.post_mail() == []


def test_one_click_ends_it_for_a_reader_and_for_a_mail_program(site: Site) -> None:
    client = follow(site)
    site.clock.forward(days=7)
    now = site.clock.now
    site.put(document("nieuw", "Een moestuin.", kind="verhaal", fetched_at=now))
    (letter,) = site.post_mail()
    assert letter.stop in letter.text
    path = link_in(letter.stop)
    assert one(soup(client.get(path).text), "main button").text == say("follow.stop.button")
    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert site.store.follows.find(1) is None
    assert texts(soup(client.get(path).text), "h1") == [say("follow.stopped.h1")]


@pytest.mark.parametrize("email", ["", "ans", "ans@dorp", "a@b.nl, c@d.nl"])
def test_a_wrong_address_is_told_beside_its_field(client: FlaskClient, email: str) -> None:
    proof = token(client.get(SEARCH).text)
    answer = client.post(SEARCH, data={"csrf_token": proof, "email": email})
    assert answer.status_code == 422
    assert texts(soup(answer.text), ".error") == [say("email.error")]


def test_a_form_that_is_not_ours_and_a_link_that_is_not_ours(client: FlaskClient) -> None:
    assert client.post(SEARCH, data={"email": EMAIL}).status_code == 400
    for path in ("/volgen/x", "/volgen/stop/x"):
        assert client.get(path).status_code == 404
    assert client.post("/volgen/stop/x").status_code == 404


def test_nobody_is_flooded_with_mail(site: Site, client: FlaskClient) -> None:
    codes = [ask(client, search=f"/volgen?q=woord{number}") for number in range(4)]
    assert codes == [200, 200, 200, 429]
    assert len(site.post_mail()) == 3


def test_whoever_follows_much_hears_that_it_is_enough(site: Site, client: FlaskClient) -> None:
    for number in range(20):
        site.store.follows.add(EMAIL, f"q={number}", NOW)
    ask(client)
    (letter,) = site.post_mail()
    page = soup(press(client, link_in(letter.text)))
    assert texts(page, "h1") == [say("follow.full.h1")]
