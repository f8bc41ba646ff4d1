"""What says the same, which copy is shown, and what is an older generation of a page."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest

from crawler.duplicates import (
    SAME,
    Copy,
    Relation,
    bands_of,
    best_of,
    relations_of,
    resemblance,
    shingles_of,
)
from examples.sites import load_sites
from library.document import Document, Published, Section, content_hash_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SPEECH = (
    "Bewoners die samen een dorpshuis beheren, hebben elk jaar dezelfde vragen. Wie betaalt de"
    " energie, wie heeft de sleutel, en wie staat er achter de bar als iedereen op vakantie is? Wij"
    " vroegen het aan besturen in het hele land en schreven op wat bij hen werkte. Begin met een"
    " lijst van alle taken, verdeel die over kleine groepen en spreek af wanneer u elkaar ziet."
)
OTHER = (
    "De gemeente geeft subsidie aan groepen die hun eigen straat vergroenen. Een aanvraag is een"
    " bladzijde lang en u hoort binnen acht weken of zij wordt toegekend. Stuur een tekening mee"
    " van de plek zoals die nu is en van wat u ervan wilt maken, met de namen van wie meedoet."
)


def copy(name: str, text: str = SPEECH, day: date | None = None, **fields: Any) -> Copy:
    title = fields.pop("title", "Een dorpshuis beheren")
    host = fields.pop("host", "dorp.example")
    url = f"https://{host}/{name}"
    sections = (Section(text),)
    document = Document(
        id=name,
        url=url,
        canonical_url=url,
        title=title,
        sections=sections,
        organisation=fields.pop("organisation", host),
        published=None if day is None else Published(day, "meta"),
        content_hash=content_hash_of(title, sections),
        fetched_at=NOW,
        kind=fields.pop("kind", "handreiking"),
    )
    return Copy(replace(document, **fields), NOW)


def relations(*copies: Copy) -> dict[str, tuple[str, str]]:
    return {one: (r.kind, r.document_id) for one, r in relations_of(copies).items()}


def texts_of_examples() -> list[tuple[str, str]]:
    """Title and text of every page that is no overview, each once."""
    found = {
        page.body: page.title
        for site in load_sites()
        for page in site.pages
        if not page.is_listing and len(page.body.split()) >= 60
    }
    return [(title, text) for text, title in found.items()]


def near_copies(text: str, other: str, chance: random.Random) -> list[str]:
    words, strange = text.split(), other.split()
    fifth = len(words) // 5
    at = chance.randrange(len(words) - fifth)
    return [
        " ".join(strange[: len(words) // 6] + words),
        " ".join(words[:at] + words[at + fifth :]),
        " ".join(words[: len(words) * 3 // 4]),
        " ".join(chance.choice(strange) if chance.random() < 0.04 else word for word in words),
        f"{text} Deel dit bericht met uw netwerk. Meer weten? Neem contact op met het bestuur.",
    ]


def test_near_copies_are_found_and_different_pages_never_taken_for_one() -> None:
    chance = random.Random(20261123)
    texts = texts_of_examples()
    assert len(texts) > 150
    found = missed = 0
    for number, (_, text) in enumerate(texts):
        own = shingles_of(text)
        for near in near_copies(text, texts[number - 1][1], chance):
            shingles = shingles_of(near)
            shares_band = not set(bands_of(own)).isdisjoint(bands_of(shingles))
            hit = shares_band and resemblance(own, shingles) >= SAME
            found, missed = found + hit, missed + (not hit)
    assert found / (found + missed) >= 0.99
    shingles_by_page = [shingles_of(text) for _, text in texts]
    most = max(resemblance(a, b) for a, b in combinations(shingles_by_page, 2))
    assert most < SAME / 2


def test_the_same_text_with_two_partners_is_shown_where_it_came_from() -> None:
    origin = copy("a", day=date(2024, 4, 13), organisation="LSA")
    later = copy("b", f"{SPEECH} Lees meer bij LSA.", date(2024, 4, 20), host="vsb.example")
    undated = copy("c", host="doen.example")
    expected = {"b": ("duplicate_of", "a"), "c": ("duplicate_of", "a")}
    assert relations(later, undated, origin) == expected


def test_who_wrote_it_comes_before_who_was_first() -> None:
    first = copy("a", day=date(2024, 1, 1), host="lsa.example", author="VSBfonds")
    writer = copy("b", day=date(2024, 2, 1), organisation="VSBfonds", author="VSBfonds")
    assert best_of([first, writer]) is writer


def test_of_one_organisation_a_page_comes_before_a_file_and_then_the_newest() -> None:
    file = copy("a", day=date(2025, 1, 1), media_type="application/pdf")
    old, new = copy("b", day=date(2020, 1, 1)), copy("c", day=date(2021, 1, 1))
    assert best_of([file, old, new]) is new


def test_nothing_is_folded_over_a_chain() -> None:
    words = [f"woord{n}" for n in range(200)]
    first = copy("a", " ".join(words[:120]), host="a.example", day=date(2020, 1, 1))
    middle = copy("b", " ".join(words[20:140]), host="b.example", day=date(2021, 1, 1))
    last = copy("c", " ".join(words[40:160]), host="c.example", day=date(2022, 1, 1))
    assert resemblance(first.shingles, last.shingles) < SAME
    assert relations(first, middle, last) == {"b": ("duplicate_of", "a")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(copy("a"), copy("b", OTHER, host="b.example"), id="another text"),
        pytest.param(copy("a"), copy("b", is_listing=True), id="an overview"),
        pytest.param(copy("a"), copy("b", is_example=True), id="an invented example"),
        pytest.param(
            copy("a", "Tot dan!", title="Overleg"),
            copy("b", "Tot dan!", title="Feest", host="b.example"),
            id="a short text under another title",
        ),
        pytest.param(
            copy("a", kind="bijeenkomst", day=date(2026, 3, 1)),
            copy("b", kind="bijeenkomst", day=date(2026, 4, 1)),
            id="a meeting on another day",
        ),
    ],
)
def test_what_stands_on_its_own(one: Copy, other: Copy) -> None:
    assert relations(one, other) == {}


def test_the_newest_generation_is_shown_and_an_undated_one_marked() -> None:
    old = copy("oud", f"{SPEECH} Wij kregen 3000 aanvragen.", date(2019, 5, 1), title="Procedure")
    new = copy("nieuw", f"{SPEECH} Het waren er 3500. {OTHER}", date(2024, 5, 1), title="Procedure")
    undated = copy("los", SPEECH[:200] + OTHER, title="Procedure")
    expected = {"oud": ("replaced_by", "nieuw"), "los": ("perhaps_replaced_by", "nieuw")}
    assert relations(old, new, undated) == expected


def test_a_year_in_title_or_address_dates_a_generation() -> None:
    old = copy("aanvragen-2019", SPEECH + OTHER[:80], title="Aanvragen 2019")
    new = copy("aanvragen", SPEECH + OTHER, date(2025, 2, 3), title="Aanvragen")
    assert relations(old, new) == {"aanvragen-2019": ("replaced_by", "aanvragen")}


def test_news_has_no_generations() -> None:
    old = copy("a", SPEECH, date(2019, 5, 1), kind="nieuws")
    new = copy("b", f"{SPEECH} {OTHER}", date(2024, 5, 1), kind="nieuws")
    assert relations(old, new) == {}


def test_a_relation_tells_what_stands_in_the_place() -> None:
    assert relations_of([copy("a"), copy("b")]) == {"b": Relation("duplicate_of", "a")}
