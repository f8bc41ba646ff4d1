"""Compounds come apart where Dutch would, and other words stay whole."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import compounds
from index.compounds import LINKS, MOST_PARTS, SHORT, lexicon, split


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("subsidieaanvraag", "subsidie aanvraag"),
        ("subsidieaanvragen", "subsidie aanvragen"),
        ("bewonerscollectief", "bewoners collectief"),
        ("buurthuizen", "buurt huizen"),
        ("ledenlijst", "leden lijst"),
        ("kascommissie", "kas commissie"),
        ("zonnepanelen", "zonne panelen"),
        ("vrijwilligerswerk", "vrijwilligers werk"),
        ("samenwerkingsovereenkomst", "samenwerking overeenkomst"),
        ("fietsenstalling", "fiets stalling"),
        ("wooncooperatie", "woon cooperatie"),
        ("zorgverzekeringswet", "zorg verzekering wet"),
        ("burennetwerk", "buren netwerk"),
        ("buurtapp", "buurt app"),
        ("gemeenschapszin", "gemeenschap zin"),
        ("eettafel", "eet tafel"),
    ],
)
def test_compounds_come_apart(word: str, parts: str) -> None:
    assert split(word) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    [
        "transport",
        "overleden",
        "gemeente",
        "vereniging",
        "verstrekken",
        "gesproken",
        "maatschappelijk",
        "eenzaamheid",
        "verhuurders",
        "dakloos",
        "betekent",
        "afspraak",
        "covid19pandemie",
        "harderwijk",
        "netwerk",
        "wethouder",
        "brandstichting",
        "samenwerken",
        "meedenken",
        "bestellen",
        "opleggingen",
        "coöperatie",
        "",
    ],
)
def test_other_words_stay_whole(word: str) -> None:
    assert split(word) == ()


@given(st.lists(st.sampled_from(sorted(lexicon().first)[::997]), min_size=1, max_size=6))
def test_parts_cover_the_word_with_links_between(words: list[str]) -> None:
    word = "s".join(words)
    parts = split(word)
    assert len(parts) != 1
    assert len(parts) <= MOST_PARTS
    reached = {0}
    for place, part in enumerate(parts):
        links = LINKS if place else ("",)
        starts = {at + len(link) for at in reached for link in links if word.startswith(link, at)}
        reached = {at + len(part) for at in starts if word.startswith(part, at)}
    assert not parts or len(word) in reached


@given(st.text(alphabet="abdeknorst", max_size=64))
def test_letters_in_any_order_are_split_or_not_at_once(word: str) -> None:
    assert len(split(word)) <= MOST_PARTS


def test_the_lexicon_has_no_short_words_but_those_listed() -> None:
    families = lexicon()
    assert {word for word in families.first if len(word) < 4} <= SHORT
    assert families.first.keys() == families.last.keys()
    assert families.first["subsidie"] > families.first["cooperatie"]


def test_what_is_never_a_part_is_none() -> None:
    families = lexicon()
    assert {"heid", "over", "isme"}.isdisjoint(families.first)


def test_the_lexicon_is_not_read_before_it_is_needed() -> None:
    code = (
        "import kennisbank; from index import compounds; "
        "assert compounds.lexicon.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_stamp_follows_the_lists() -> None:
    assert len(compounds.digest()) == 64
