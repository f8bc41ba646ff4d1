"""The goals are complete, carry their exact names, and a broken file says what is wrong."""

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from library.goals import GOALS, GOALS_FILE, RUBRIC, GoalsError, goal, goal_by_slug, read_goals


def test_the_slogans_are_exact() -> None:
    assert [(entry.number, entry.name, entry.label) for entry in GOALS] == [
        (1, "Samen = normaal", "Samen normaal"),
        (2, "Bewoners zijn de beste oplossers", "Zeggenschap"),
        (3, "Geen concurrentiewetgeving, maar samenwerkingswetten", "Wetten en regels"),
        (4, "Nieuwe financieringsmodellen zijn nodig", "Geld"),
        (
            5,
            "Alles wat nodig is om te weten voor bewonerscollectieven, is er al",
            "Kennis en steun",
        ),
    ]


def test_every_explanation_is_three_short_sentences() -> None:
    for entry in GOALS:
        assert len(entry.explanation) == 3
        for sentence in entry.explanation:
            assert sentence.endswith(".")
            assert len(sentence.split()) <= 18


def test_a_goal_is_found_by_number_and_by_slug() -> None:
    assert goal(4).slug == "geld"
    assert goal_by_slug("geld") is goal(4)
    assert goal_by_slug("geluk") is None
    with pytest.raises(KeyError):
        goal(6)


def test_no_term_is_strong_for_two_goals() -> None:
    strong = [term.lower() for entry in GOALS for term in entry.strong]
    assert sorted(set(strong)) == sorted(strong)


def test_a_goal_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        goal(1).name = "Samen"  # type: ignore[misc]  # That it cannot be written is the test.


def test_pages_without_a_goal_are_listed() -> None:
    assert "vacature" in RUBRIC.without_goal


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('slug = "geld"', "", "goal 4, slug: Field required"),
        ('slug = "geld"', 'slug = "Geld!"', "goal 4, slug: "),
        ('slug = "geld"', 'slug = "zeggenschap"', "two goals have the same slug"),
        ("number = 5", "number = 7", "the goals must be numbered 1, 2, 3"),
        ("number = 5", 'number = "vijf"', "goal 5, number: "),
        ('"toolkit"', '"toolkit", "Handboek"', "goal 5: these terms are written twice: handboek"),
        ("[[goals]]", "[[doelen]]", "doelen"),
        ("number = 5", "number = ", "cannot be read: Invalid value"),
    ],
)
def test_a_broken_file_says_what_is_wrong(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = GOALS_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "goals.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GoalsError, match=re.escape(reason)):
        read_goals(path)


def test_a_missing_file_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(GoalsError, match=r"^goals\.toml cannot be read: [^\n]+$"):
        read_goals(tmp_path / "goals.toml")
