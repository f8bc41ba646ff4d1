"""The labelled documents: whole, about documents that exist, and as well agreed on as is told."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from library.document import KINDS
from library.goals import GOALS
from tests.relevance.examples import authored

FOLDER = Path(__file__).parents[2] / "index" / "data" / "labels"
THEMES = {
    "wonen",
    "zorg en welzijn",
    "energie en klimaat",
    "groen en voedsel",
    "ontmoetingsplek en vastgoed",
    "armoede en werk",
    "mobiliteit",
    "cultuur en erfgoed",
    "jeugd",
    "veiligheid",
    "digitaal",
}
PHASES = {"", "idee", "start", "doorgroei", "verduurzaming", "overdracht of stoppen"}
AUDIENCES = {"", "initiatiefnemer", "bestuur", "vrijwilliger", "gemeente", "fonds"}
KAPPAS = {1: 0.93, 2: 0.96, 3: 0.98, 4: 0.96, 5: 0.98}
"""What README.md of the labels tells of the agreement."""


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    lines = (FOLDER / "examples.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_example_document_is_labelled_once(labels: list[dict[str, Any]]) -> None:
    assert Counter(one["key"] for one in labels) == Counter(key for key, _, _ in authored())


def test_labels_are_of_the_rubric(labels: list[dict[str, Any]]) -> None:
    numbers = {goal.number for goal in GOALS}
    for one in labels:
        for goals in (one["goals"], one["goals_second"]):
            assert goals == sorted(set(goals) & numbers), one
            assert len(goals) <= 3, one
        assert one["kind"] in KINDS, one
        assert set(one["themes"]) <= THEMES, one
        assert one["phase"] in PHASES, one
        assert one["audience"] in AUDIENCES, one


@pytest.mark.parametrize("goal", KAPPAS)
def test_the_two_passes_agree_as_is_told(goal: int, labels: list[dict[str, Any]]) -> None:
    pairs = [(goal in one["goals"], goal in one["goals_second"]) for one in labels]
    same = sum(first is second for first, second in pairs) / len(pairs)
    shares = [sum(column) / len(pairs) for column in zip(*pairs, strict=True)]
    by_chance = shares[0] * shares[1] + (1 - shares[0]) * (1 - shares[1])
    assert round((same - by_chance) / (1 - by_chance), 2) == KAPPAS[goal]
