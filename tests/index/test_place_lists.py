"""The lists of places are whole, and what is wrong in one is told."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from index.compounds import is_in_dictionary
from index.labels import LABELS
from index.place_lists import house_gazetteer, place_names, read_places, read_villages
from index.places import Gazetteer, Known, Near, Place, folded
from index.wordlists import WordListError

CORPUS = Path(__file__).parents[2].parent / "shared" / "eval" / "corpus.jsonl.gz"
SELDOM = frozenset(
    [
        "achterveld",
        "achtmaal",
        "beugen",
        "borger",
        "dalem",
        "drachten",
        "dreumel",
        "epen",
        "gasteren",
        "geleen",
        "goor",
        "gulpen",
        "halsteren",
        "heibloem",
        "hekelingen",
        "holten",
        "hoornaar",
        "hulsel",
        "kaag",
        "lijnden",
        "loenen",
        "meppen",
        "overloon",
        "persingen",
        "rolde",
        "sterksel",
        "tolkamer",
        "vlijmen",
        "waarder",
        "wateringen",
        "wouw",
        "zoelen",
    ]
)
"""Words of our lexicon that hardly anybody writes, and villages that many write of."""


def test_the_list_has_all_provinces_and_municipalities() -> None:
    places = house_gazetteer().places
    assert sum(1 for place in places if place.municipality) == 342
    assert len({place.province for place in places}) == 12
    assert place_names()["Deventer"] == "Overijssel"
    assert "provincie Overijssel" in place_names()


def test_villages_are_found_and_municipalities_are_chosen() -> None:
    assert len(place_names()) == 342 + 12
    assert "Waterlandkerkje" not in place_names()


def test_every_village_lies_in_a_municipality_of_today() -> None:
    known = {place for one in read_places() for place in one.places}
    villages = list(read_villages())
    assert len(villages) > 2400
    assert {place for one in villages for place in one.places} <= known


def test_a_village_has_no_name_of_a_municipality_or_province() -> None:
    places = {one.words for one in read_places()}
    assert [one.words for one in read_villages() if one.words in places] == []


def test_a_plain_word_counts_only_behind_others() -> None:
    alone = [one.words[0] for one in read_villages() if len(one.words) == 1 and not one.behind]
    assert [word for word in alone if is_in_dictionary(word) and word not in SELDOM] == []


def test_no_village_is_written_as_a_plain_word() -> None:
    """Nor does one that counts by itself stand in lower case in 24,000 documents."""
    if not CORPUS.exists():
        pytest.skip("the evaluation data are not beside the project")
    alone = {one.words[0] for one in read_villages() if len(one.words) == 1 and not one.behind}
    word = re.compile(r"(?<![\w.@/\-'’])[a-z]{2,}(?![\w@/\-]|\.\w)")
    written = Counter[str]()
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            written.update(word.findall(json.loads(line)["text"]))
    assert {one for one in alone if written[one] > 1} == set()


def test_a_list_that_is_wrong_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "places.txt"
    path.write_text("Zwolle, Deventer", "utf-8")
    with pytest.raises(WordListError, match="line 1: a municipality without a province"):
        list(read_places(path))
    path.write_text("[Overijssel]\nZwolle, , Deventer", "utf-8")
    with pytest.raises(WordListError, match="empty"):
        list(read_places(path))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Vledder, Diever", "line 1: a village without a municipality"),
        ("[Oostwesterveld]\nVledder", "line 1: not a municipality of today"),
        ("[]\nVledder", "line 1: not a municipality of today"),
        ("[Westerveld]\nVledder, , Diever", "line 2: a name that is empty"),
        ("[Westerveld]\nVledder = , Diever", "line 2: a name that is empty"),
    ],
)
def test_a_list_of_villages_that_is_wrong_names_its_line(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "villages.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(WordListError, match=reason):
        list(read_villages(path))


def test_a_small_list_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "places.txt"
    path.write_text("[Zuid = Zuider]\nDorp = Oud Dorp, Best!", "utf-8")
    small = Gazetteer(list(read_places(path)))
    there = (Place("Zuid", "Dorp"),)
    assert [one.places for one in small.named("Het Oud Dorp")] == [there]
    assert list(small.named("In Best")) == []
    assert [one.places for one in small.named("Zuider land")] == [(Place("Zuid"),)]


def test_villages_are_read_with_their_marks(tmp_path: Path) -> None:
    path = tmp_path / "villages.txt"
    path.write_text("[Westerveld]\nVledder?, Sint Jan*\n[Coevorden]\nVledder?", "utf-8")
    one, saint, *ways = read_villages(path)
    drenthe = (Place("Drenthe", "Westerveld"), Place("Drenthe", "Coevorden"))
    assert (one.words, one.places, one.near) == (("vledder",), drenthe, Near.TOWN)
    assert (saint.words, saint.near) == (("sint", "jan"), Near.PROVINCE)
    assert [way.words for way in ways] == [("st", "jan"), ("sint-jan",)]


def test_a_word_is_known_without_its_accents() -> None:
    assert folded("Fryslân") == "fryslan"
    assert folded("'s-Gravenmoer") == "s-gravenmoer"
    assert Known(("a",), ()).near is Near.PROVINCE


def test_every_place_that_was_judged_can_be_chosen() -> None:
    lines = (LABELS / "summary_places.jsonl").read_text("utf-8").splitlines()
    judged = {one["key"]: one["place"] for one in map(json.loads, lines)}
    assert len(judged) == len(lines) == 184
    assert {place for place in judged.values() if place} <= set(place_names())
