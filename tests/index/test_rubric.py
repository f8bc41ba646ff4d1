"""The terms of the rubric are found where they stand, and weigh as the rubric says."""

import math

import pytest

from index.analysis import terms
from index.rubric import Lexicon
from index.signs import Reader
from library.document import Section
from library.goals import GOALS
from tests.index.labelled import a_document, a_goal

MONEY = a_goal(4, "subsidie|buurtfonds|structurele financiering|financiering", "geld", "hypotheek")


def test_evidence_are_the_words_as_they_stand_in_the_text_the_heaviest_first() -> None:
    document = a_document("Nieuws", "De «Subsidies» en structurele\nfinanciering kosten geld.")
    score = Reader((MONEY,), lambda _: None).read(document).scores[4]
    assert score.evidence == ("structurele financiering", "Subsidies", "geld")


def test_one_strong_term_in_the_text_is_not_enough_but_in_the_title_it_is() -> None:
    reader = Reader((MONEY,), lambda _: None)
    text = "Er is geld, geld en nog eens geld, en een subsidie, en nog een subsidie."
    assert not reader.read(a_document("Nieuws", text)).scores[4].is_grounded
    assert reader.read(a_document("Subsidie", "Nieuws.")).scores[4].is_grounded


def test_the_longest_term_counts_once() -> None:
    reader = Reader((MONEY,), lambda _: None)
    score = reader.read(a_document("Nieuws", "structurele financiering")).scores[4]
    assert score.strong == {"structurele financiering"}


def test_a_term_counts_inside_a_longer_word() -> None:
    document = a_document("Nieuws", "De subsidieaanvraag bij het Coöperatiebuurtfonds.")
    score = Reader((MONEY,), lambda _: None).read(document).scores[4]
    assert set(score.evidence) == {"subsidieaanvraag", "Coöperatiebuurtfonds"}


@pytest.mark.parametrize("word", ["promotie", "emotie", "moties"])
def test_a_term_does_not_count_where_it_stands_by_chance(word: str) -> None:
    reader = Reader((a_goal(1, "motie"),), lambda _: None)
    score = reader.read(a_document("Nieuws", word)).scores[1]
    assert bool(score.strong) == (word == "moties")


def test_places_weigh_as_the_rubric_says() -> None:
    filler = "woord " * 300
    reader = Reader((a_goal(1, "commons", "buren", "statuten"),), lambda _: None)

    def points(*sections: Section | str, title: str = "Nieuws") -> float:
        document = a_document(title, *sections)
        length = len(terms(title)) + len(terms(document.text))
        return float(round(reader.read(document).scores[1].value * math.sqrt(length), 6))

    assert points("", title="Commons") == 9
    assert points(Section("", heading="Commons")) == 9
    assert points("commons") == 6
    assert points(filler + "commons") == 3
    assert points("buren") == 2
    assert points("buren statuten") == 0


def test_the_length_divides_by_its_root() -> None:
    reader = Reader((a_goal(1, "commons"),), lambda _: None)
    short = reader.read(a_document("", "commons " + "woord " * 3)).scores[1]
    long = reader.read(a_document("", "commons " + "woord " * 15)).scores[1]
    assert short.value == pytest.approx(2 * long.value)


def test_a_sequence_is_found_only_when_it_is_whole() -> None:
    lexicon = Lexicon((a_goal(2, "right to challenge|zelfbeheer"),))
    found = terms("the right to be, het right to challenge en zelfbeheer")
    places = [index for index, _ in lexicon.matches(found)]
    assert [found[place] for place in places] == ["right", "zelfbeheer"]
    assert found[places[0] + 2] == terms("challenge")[0]


def test_no_term_of_several_words_shrinks_to_one_that_stands_everywhere() -> None:
    """The phrase "niets over ons zonder ons" would leave "zonder" behind its stop words."""
    written = [words for goal in GOALS for words in (*goal.strong, *goal.ordinary, *goal.negative)]
    shrunk = [words for words in written if len(terms(words)) < min(2, len(words.split()))]
    assert shrunk == []
