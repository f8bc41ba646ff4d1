"""The help pages: true to what the site says, one for each page, with pictures that exist."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

import webapp.messages.names
from tests.webapp.addresses import rules
from tests.webapp.conftest import Site
from tests.webapp.reading import one, soup, texts
from tests.webapp.test_messages import BANNED, LONGEST_SENTENCE, sentences
from webapp import messages
from webapp.assets import FOLDER
from webapp.messages import finding
from webapp.messages.beheer_guides import BEHEER_GUIDES
from webapp.messages.guides import GUIDE_OF, WORDS, Guide
from webapp.messages.partner_guides import PARTNER_GUIDES

ALL = (*BEHEER_GUIDES, *PARTNER_GUIDES)
PICTURES = FOLDER / "guides"
MOST_BYTES = 40_000


def said(guide: Guide) -> Iterator[str]:
    yield from (guide.title, guide.lead, *guide.more)
    for step in guide.steps:
        yield from filter(None, (step.text, step.alt))


def labels() -> set[str]:
    """Everything that the site itself says somewhere."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | tuple):
            for one_of in value.values() if isinstance(value, dict) else value:
                yield from strings(one_of)

    tables = (messages.TEXTS, *vars(webapp.messages.names).values(), *vars(finding).values())
    return {text for table in tables for text in strings(table)}


@pytest.mark.parametrize("guide", ALL, ids=lambda guide: guide.title)
def test_what_a_guide_names_is_there(guide: Guide) -> None:
    named = {name for text in said(guide) for name in re.findall("‘([^’]+)’", text)}
    assert named - labels() == set()


@pytest.mark.parametrize("guide", ALL, ids=lambda guide: guide.title)
def test_guides_are_plain(guide: Guide) -> None:
    for text in said(guide):
        assert all(len(part.split()) <= LONGEST_SENTENCE for part in sentences(text)), text
        assert not [word for word in BANNED if re.search(rf"\b{word}\b", text.lower())], text
        other = r"\b(u|uw)\b" if guide in BEHEER_GUIDES else r"\b(je|jij|jouw)\b"
        assert not re.search(other, text.lower()), text


def test_words_are_explained_plainly() -> None:
    for _, text in WORDS:
        assert all(len(part.split()) <= LONGEST_SENTENCE for part in sentences(text)), text


def test_every_picture_is_there_and_used() -> None:
    used = {step.picture for guide in ALL for step in guide.steps if step.picture}
    there = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert used == set(there)
    assert max(there.values()) <= MOST_BYTES
    assert all(step.alt for guide in ALL for step in guide.steps if step.picture)


def test_every_part_that_is_named_is_there(site: Site) -> None:
    endpoints = {rule.endpoint for rule in rules(site.app)}
    assert GUIDE_OF.keys() <= endpoints | {name.partition(".")[0] for name in endpoints}
    assert set(GUIDE_OF.values()) <= {guide.slug for guide in ALL}


def test_every_page_leads_to_help(site: Site, admin: FlaskClient) -> None:
    for entry in soup(admin.get("/beheer").text).select(".admin-bar nav a")[:-1]:
        page = soup(admin.get(str(entry["href"])).text)
        assert page.select(".who a[href^='/beheer/hulp']"), entry["href"]


def test_an_admin_finds_the_guide_of_a_page(site: Site, admin: FlaskClient) -> None:
    page = soup(admin.get("/beheer/aanmeldingen").text)
    link = one(page, ".who a[href='/beheer/hulp/aanmeldingen']")
    shown = soup(admin.get(str(link["href"])).text)
    guide = next(guide for guide in BEHEER_GUIDES if guide.slug == "aanmeldingen")
    assert texts(shown, "h1") == [guide.title]
    assert texts(shown, ".guide li") == [step.text for step in guide.steps]
    week = soup(admin.get("/beheer/hulp/week").text)
    for way in week.select(".guide a"):
        assert admin.get(str(way["href"])).status_code == 200
    assert one(shown, "main a.button")["href"] == "/beheer/aanmeldingen"
    picture = shown.select(".guide img")[0]
    assert int(str(picture["width"])) > 300
    answer = admin.get(str(picture["src"]))
    assert (answer.status_code, answer.content_type) == (200, "image/png")


def test_all_guides_open(site: Site, admin: FlaskClient, partner: FlaskClient) -> None:
    for client, root, guides in (
        (admin, "/beheer/hulp", BEHEER_GUIDES),
        (partner, "/partner/hulp", PARTNER_GUIDES),
    ):
        listed = [str(link["href"]) for link in soup(client.get(root).text).select(".short a")]
        assert listed == [f"{root}/{guide.slug}" for guide in guides]
        assert all(client.get(address).status_code == 200 for address in listed)
        assert client.get(f"{root}/bestaat-niet").status_code == 404
        for guide in guides:
            assert client.get(guide.address).status_code == 200, guide.slug


def test_partners_have_help_of_their_own(site: Site, partner: FlaskClient) -> None:
    assert partner.get("/beheer/hulp").status_code == 403
    assert one(soup(partner.get("/partner").text), ".who a[href='/partner/hulp/organisatie']")
    assert partner.get("/account").text.count("/partner/hulp/inloggen") == 1
    form = soup(partner.get("/bron-aanmelden").text)
    assert one(form, "main a[href='/partner/hulp/aanmelden']")
