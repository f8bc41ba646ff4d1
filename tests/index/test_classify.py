"""Documents get the goals that their words point at, and can show those words."""

import math
from pathlib import Path

import pytest

from index.analysis import terms
from index.classify import (
    LIMITS,
    LIMITS_FILE,
    SUREST,
    Lexicon,
    Limit,
    classify,
    read_limits,
    scores,
)
from index.query import GoalTag
from index.wordlists import WordListError
from library.document import Document, Section
from library.goals import GOALS, Goal

OPEN = {goal.number: Limit(0.0, 0.0, 1.0) for goal in GOALS}
"""Limits that let through whatever has evidence, so that these tests outlive the next tuning."""


def a_goal(number: int, strong: str, ordinary: str = "", negative: str = "") -> Goal:
    split = (
        tuple(part for part in words.split("|") if part) for words in (strong, ordinary, negative)
    )
    return Goal(number, f"doel-{number}", "", "", ("", "", ""), *split)


def a_document(title: str, *sections: Section | str, goals: tuple[int, ...] = ()) -> Document:
    parts = tuple(Section(part) if isinstance(part, str) else part for part in sections)
    return Document("d", "http://d/", "http://d/", title, parts, "Dorp (voorbeeld)", goals=goals)


MONEY = (
    a_goal(4, "subsidie|buurtfonds|structurele financiering|financiering", "geld", "hypotheek"),
)


def test_the_tag_shows_the_words_as_they_stand_in_the_text() -> None:
    document = a_document("Nieuws", "De Subsidies en structurele\nfinanciering kosten geld.")
    (tag,) = classify(document, goals=MONEY, limits=OPEN)
    assert tag.number == 4
    assert tag.evidence == ("structurele\nfinanciering", "Subsidies", "geld")


def test_one_strong_term_in_the_text_is_not_enough_but_in_the_title_it_is() -> None:
    text = "Er is geld, geld en nog eens geld, en een subsidie, en nog een subsidie."
    assert classify(a_document("Nieuws", text), goals=MONEY, limits=OPEN) == ()
    (tag,) = classify(a_document("Subsidie", "Nieuws."), goals=MONEY, limits=OPEN)
    assert tag.evidence == ("Subsidie",)


def test_the_longest_term_counts_once() -> None:
    (score,) = scores(a_document("Nieuws", "structurele financiering"), MONEY).values()
    assert score.strong == {"structurele financiering"}


def test_a_term_counts_inside_a_longer_word() -> None:
    document = a_document("Nieuws", "De subsidieaanvraag bij het Coöperatiebuurtfonds.")
    (tag,) = classify(document, goals=MONEY, limits=OPEN)
    assert set(tag.evidence) == {"subsidieaanvraag", "Coöperatiebuurtfonds"}


@pytest.mark.parametrize("word", ["promotie", "emotie", "moties"])
def test_a_term_does_not_count_where_it_stands_by_chance(word: str) -> None:
    (score,) = scores(a_document("Nieuws", word), (a_goal(1, "motie"),)).values()
    assert bool(score.strong) == (word == "moties")


def test_places_weigh_as_the_rubric_says() -> None:
    filler = "woord " * 300
    goals = (a_goal(1, "commons", "buren", "statuten"),)

    def points(*sections: Section | str, title: str = "Nieuws") -> float:
        document = a_document(title, *sections)
        (score,) = scores(document, goals).values()
        length = len(terms(title)) + len(terms(document.text))
        return round(score.value * math.sqrt(length), 6)

    assert points("", title="Commons") == 9
    assert points(Section("", heading="Commons")) == 9
    assert points("commons") == 6
    assert points(filler + "commons") == 3
    assert points("buren") == 2
    assert points("buren statuten") == 0


def test_the_length_divides_by_its_root() -> None:
    (short,) = scores(a_document("", "commons " + "woord " * 3), (a_goal(1, "commons"),)).values()
    (long,) = scores(a_document("", "commons " + "woord " * 15), (a_goal(1, "commons"),)).values()
    assert short.value == pytest.approx(2 * long.value)


def test_a_score_below_the_limit_gives_no_tag() -> None:
    document = a_document("Subsidie", "woord " * 20)
    limit = {4: Limit(100.0, 0.0, 1.0)}
    assert classify(document, goals=MONEY, limits=limit) == ()


def test_the_surest_goal_comes_first() -> None:
    goals = (a_goal(1, "commons"), a_goal(2, "subsidie|fonds"))
    document = a_document("Commons en subsidie", "Fonds, " + "woord " * 40)
    first, second = classify(document, goals=goals, limits=OPEN)
    assert (first.number, second.number) == (2, 1)
    assert SUREST >= first.probability > second.probability > 0.5


def test_goals_that_came_with_the_document_win() -> None:
    document = a_document("Subsidie", "subsidie en buurtfonds", goals=(3, 1))
    assert classify(document) == (
        GoalTag(1, 1.0, ("aangeleverd",)),
        GoalTag(3, 1.0, ("aangeleverd",)),
    )


@pytest.mark.parametrize(
    "title", ["Vacature: projectleider fondsen", "Privacyverklaring", "Bestuursleden gezocht"]
)
def test_a_page_that_is_no_knowledge_has_no_goal(title: str) -> None:
    text = "Subsidie, fonds, financiering, btw, statuten, handleiding en training."
    assert classify(a_document(title, text), limits=OPEN) == ()
    assert classify(a_document("Subsidie en btw", text), limits=OPEN) != ()


def test_an_empty_document_has_no_goal() -> None:
    assert classify(a_document("")) == ()


@pytest.mark.parametrize(
    ("number", "title", "text"),
    [
        (1, "Burendag in de wijk", "Bewoners ontmoeten elkaar. Zo groeit de saamhorigheid."),
        (2, "Het uitdaagrecht", "Met het right to challenge krijgen bewoners zeggenschap."),
        (3, "De WBTR en uw statuten", "De notaris kent de wetgeving over aansprakelijkheid."),
        (4, "Subsidie voor uw plan", "Een fonds of lening helpt bij de financiering."),
        (5, "Handleiding en training", "Een adviseur denkt mee. Er is een stappenplan."),
    ],
)
def test_every_goal_is_found_with_the_limits_of_the_house(
    number: int, title: str, text: str
) -> None:
    assert number in {tag.number for tag in classify(a_document(title, text))}


def test_a_sequence_is_found_only_when_it_is_whole() -> None:
    lexicon = Lexicon((a_goal(2, "right to challenge|zelfbeheer"),))
    found = terms("the right to be, het right to challenge en zelfbeheer")
    places = [index for index, _ in lexicon.matches(found)]
    assert [found[place] for place in places] == ["right", "zelfbeheer"]
    assert found[places[0] + 2] == terms("challenge")[0]


def test_the_limits_cover_every_goal() -> None:
    assert set(LIMITS) == {goal.number for goal in GOALS}
    assert read_limits(LIMITS_FILE) == LIMITS


@pytest.mark.parametrize("content", ["goals = 3", "[[goals]]\nnumber = 1", "goals = [", ""])
def test_broken_limits_are_an_error_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WordListError, match=r"^limits\.toml cannot be read: [^\n]+$"):
        read_limits(path)


def test_no_term_of_several_words_shrinks_to_one_that_stands_everywhere() -> None:
    """The phrase "niets over ons zonder ons" would leave "zonder" behind its stop words."""
    written = [words for goal in GOALS for words in (*goal.strong, *goal.ordinary, *goal.negative)]
    shrunk = [words for words in written if len(terms(words)) < min(2, len(words.split()))]
    assert shrunk == []
