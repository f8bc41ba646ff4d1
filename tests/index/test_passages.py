"""Fragments: the best places, whole words, marks where words match in any form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import index_terms, terms
from index.expansion import expand
from index.passages import LENGTH, MOST_PAGES, Passage, Readable, fragments, passages
from index.query import Fragment
from index.synonyms import Synonyms
from index.wanted import Wanted, wanted_of
from library.document import Section
from tests.index.made import document

FILLER = "Dit is gewone tekst over heel andere dingen die er niet toe doen. " * 20


def wanted(query: str) -> Wanted:
    synonyms: Synonyms = {("vog",): {tuple(terms("verklaring gedrag")): 0.9, ("bewijs",): 0.6}}
    return wanted_of(expand([query], synonyms=synonyms))


def made(query: str, *texts: str) -> tuple[Fragment, ...]:
    return fragments([Passage(text) for text in texts], wanted(query))


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
    (fragment,) = fragments([part], wanted("subsidie"))
    assert (fragment.heading, fragment.anchor, fragment.page) == ("Geld", "geld", 7)


def test_without_a_match_the_beginning_is_shown() -> None:
    (fragment,) = made("onvindbaar", FILLER, "tweede")
    assert fragment.text.startswith("Dit is gewone tekst")
    assert not marked(fragment)
    assert fragments([], wanted("huis")) == ()


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
    found = fragments(parts, wanted("woonlasten"))
    assert [fragment.page for fragment in found] == [151]
    assert marked(found[0]) == ["woonlasten"]


def test_parts_of_a_word_are_marked_where_the_word_is_not() -> None:
    (fragment,) = made("buurthuis", "Het buurthuis helpt met huiswerk in een huis in de buurt.")
    assert marked(fragment) == ["buurthuis"]
    (fragment,) = made("buurthuis", "Wij helpen met huiswerk in een huis in de buurt.")
    assert marked(fragment) == ["huis", "buurt"]
    (fragment,) = made("buurthuis", "Wij helpen met huiswerk.")
    assert marked(fragment) == ["huiswerk"]


def test_a_part_that_was_asked_too_is_marked() -> None:
    (fragment,) = made("buurthuis huis", "Het buurthuis is een huis in de buurt.")
    assert marked(fragment) == ["buurthuis", "huis"]


def test_words_of_a_row_are_marked_where_they_stand_together() -> None:
    text = "Een verklaring is nodig. Vraag de verklaring over gedrag aan, want gedrag telt."
    assert marked(made("vog", text)[0]) == ["verklaring", "gedrag"]
    assert made("vog", text)[0].text.startswith("Vraag de verklaring over gedrag")
    assert marked(made("buurthuis", "De buurt koopt een huis. Zij koopt een buurt huis.")[0]) == [
        "buurt",
        "huis",
    ]


def test_what_words_say_together_is_one_mark() -> None:
    (fragment,) = made("13 april 2024", "Op zaterdag 13-04-2024, in april, om 13 uur.")
    assert marked(fragment) == ["13-04-2024", "april", "13"]
    assert marked(made("2024-04-13", "De dag is 13 april 2024.")[0]) == ["13 april 2024"]


def test_a_text_is_read_in_its_language() -> None:
    part = Passage("All these communities.")
    found = Readable([part], "en").find(wanted("community"))
    assert marked(found.fragments[0]) == ["communities"]
    assert not marked(Readable([part]).find(wanted("community")).fragments[0])


def test_a_word_as_typed_goes_before_a_synonym_and_that_before_a_part() -> None:
    found = made("vog", f"Een bewijs. {FILLER}", f"{FILLER} Uw gedrag.", f"{FILLER} De VOG.")
    assert [marked(one) for one in found] == [["VOG"], ["bewijs"]]
    assert marked(made("vog", f"Een verklaring. {FILLER}", f"{FILLER} Een bewijs.")[0]) == [
        "bewijs"
    ]


def test_the_pages_with_most_of_the_question_are_told() -> None:
    texts = [
        "Niets.",
        "De tuin.",
        "De subsidie.",
        "Subsidie voor de tuin.",
        "Tuinen.",
        "Tuin",
        "tuin",
    ]
    parts = [Passage(text, page=page) for page, text in enumerate(texts, start=1)]
    found = Readable(parts).find(wanted("subsidie tuin"))
    assert found.pages == (2, 3, 4, 5, 6)
    assert len(found.pages) == MOST_PAGES
    assert Readable([Passage("De tuin.")]).find(wanted("tuin")).pages == ()


def test_what_is_kept_answers_the_next_question_too() -> None:
    kept = Readable([Passage("Het huis."), Passage("De tuin.")])
    for query in ("huis", "tuin", "onvindbaar", "huis tuin", ""):
        assert kept.find(wanted(query)) == Readable(
            [Passage("Het huis."), Passage("De tuin.")]
        ).find(wanted(query))


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
            assert set(index_terms(word)) & set(terms("subsidie abc"))
