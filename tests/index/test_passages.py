"""Fragments: the best places, whole words, marks where words match in any form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import terms
from index.passages import LENGTH, Passage, fragments, passages
from index.query import Fragment
from library.document import Section
from tests.index.made import document

FILLER = "Dit is gewone tekst over heel andere dingen die er niet toe doen. " * 20


def made(query: str, *texts: str) -> tuple[Fragment, ...]:
    return fragments([Passage(text) for text in texts], terms(query))


def marked(fragment: Fragment) -> list[str]:
    return [text for text, is_match in fragment.pieces if is_match]


def test_passages_are_sections_with_text() -> None:
    one = document("a", Section("x", "Kop", "kop"), Section(" \n"), Section("y", page=4))
    assert passages(one) == (Passage("x", "Kop", "kop"), Passage("y", page=4))


def test_forms_of_a_word_are_marked() -> None:
    (fragment,) = made("vrijwilliger", "De vrijwilligers zijn er.")
    assert fragment.pieces == (("De ", False), ("vrijwilligers", True), (" zijn er.", False))


def test_a_compound_is_marked_whole_when_a_part_matches() -> None:
    (fragment,) = made("subsidie", "De subsidieregelingen sluiten.")
    assert marked(fragment) == ["subsidieregelingen"]


def test_a_fragment_tells_where_it_stands() -> None:
    part = Passage("Over de subsidie.", heading="Geld", anchor="geld", page=7)
    (fragment,) = fragments([part], terms("subsidie"))
    assert (fragment.heading, fragment.anchor, fragment.page) == ("Geld", "geld", 7)


def test_without_a_match_the_beginning_is_shown() -> None:
    (fragment,) = made("onvindbaar", FILLER, "tweede")
    assert fragment.text.startswith("Dit is gewone tekst")
    assert not marked(fragment)
    assert fragments([], terms("huis")) == ()


def test_begins_and_ends_at_sentences() -> None:
    text = f"{FILLER}De subsidie is er voor bewoners. {FILLER}"
    (fragment,) = made("subsidie", text)
    assert fragment.text.startswith("De subsidie")
    assert fragment.text.endswith("doen.")


def test_what_is_cut_is_said() -> None:
    words = "woord " * 100
    (fragment,) = made("subsidie", f"{words}subsidie {words}")
    assert fragment.text.startswith("… woord")
    assert fragment.text.endswith("woord …")
    assert len(fragment.text) < LENGTH + 80


def test_two_fragments_show_different_words() -> None:
    found = made("buurthuis subsidie", f"Het buurthuis. {FILLER}", f"{FILLER} De subsidie.")
    assert sorted(word for fragment in found for word in marked(fragment)) == [
        "buurthuis",
        "subsidie",
    ]


def test_the_place_with_most_words_is_first() -> None:
    both = "Het buurthuis kreeg subsidie voor de tuin."
    found = made("buurthuis subsidie tuin", f"Een buurthuis. {FILLER}", f"{FILLER}{both}")
    assert marked(found[0]) == ["buurthuis", "subsidie", "tuin"]


def test_a_long_report_is_read_where_it_matches() -> None:
    parts = [Passage(FILLER * 3, page=n) for n in range(1, 200)]
    parts[150] = Passage(f"{FILLER * 12} De uitzonderlijke woonlasten. {FILLER}", page=151)
    found = fragments(parts, terms("woonlasten"))
    assert [fragment.page for fragment in found] == [151]
    assert marked(found[0]) == ["woonlasten"]


def test_white_space_is_one_space() -> None:
    (fragment,) = made("huis", "een\n\thuis  van\nsteen")
    assert fragment.text == "een huis van steen"


@pytest.mark.parametrize("text", ["x" * 5000, "subsidie" * 900, "\n" * 500 + "subsidie", "é" * 400])
def test_odd_texts(text: str) -> None:
    for fragment in made("subsidie", text):
        assert fragment.text


@given(st.text(alphabet="abc de.!?\n\t-é subsidie", max_size=700))
def test_a_fragment_is_text_of_its_passage(text: str) -> None:
    for fragment in made("subsidie abc", text):
        inside = " ".join(fragment.text.removeprefix("… ").removesuffix(" …").split())
        assert inside in " ".join(text.split())
        for word in marked(fragment):
            assert set(terms(word)) & set(terms("subsidie abc"))
