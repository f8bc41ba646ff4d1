"""What is learned follows from the labels alone, the same every time, and is measured honestly."""

import math
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.classify import Classifier
from index.goal_figures import (
    Figures,
    calibration_error,
    compare,
    confusion,
    figures_of,
    reliability,
)
from index.model import read_figures, read_model
from index.train import best_limit, fit_curve, matter_of, train
from tests.index.labelled import labelled

DAY = date(2026, 11, 23)
FEW = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("model")
    train(labelled()[-FEW:], DAY, rounds=1).write(made)
    return made


def test_what_was_learned_is_known_again(folder: Path) -> None:
    classifier = Classifier(read_model(folder))
    taught = [one for one in labelled()[-FEW:] if one.goals]
    found = [{tag.number for tag in classifier(one.document)} for one in taught]
    right = sum(bool(tags & one.goals) for tags, one in zip(found, taught, strict=True))
    assert right > 0.8 * len(taught)


def test_the_report_tells_what_there_is_to_tell(folder: Path) -> None:
    figures = read_figures(folder)
    assert figures["documents"] == FEW
    assert [documents for documents, _ in figures["learning_curve"]] == [27, 54, 81, 108]
    assert set(figures["collections"]) <= {"examples", "summaries", "written"}
    assert len(figures["confusion"]) == 6
    assert sum(pairs for _, _, pairs in figures["reliability"]) == FEW * 5
    assert 0 < figures["calibration_error"] < 0.2
    for one in figures["goals"]:
        counted = Figures(one["both"], one["only_tag"], one["only_label"])
        assert one["precision"] == pytest.approx(counted.precision, abs=0.001)
        assert one["f1"] == pytest.approx(counted.f1, abs=0.001)
        assert counted.both + counted.only_label == one["labels"]
    assert figures["macro_f1"] > figures["macro_f1_always"]


def test_the_model_of_the_house_was_learned_from_all_labels_here() -> None:
    collections = read_figures()["collections"]
    assert sum(collections[name][0] for name in ("written", "examples", "summaries")) == len(
        labelled()
    )


def test_figures_by_hand() -> None:
    tags, labels = np.array([1, 1, 0, 0, 1], bool), np.array([1, 0, 1, 0, 1], bool)
    figures = compare(tags, labels)
    assert figures == Figures(both=2, only_tag=1, only_label=1)
    assert figures.precision == figures.recall == pytest.approx(2 / 3)
    assert figures.f1 == pytest.approx(2 / 3)
    assert Figures(only_tag=3).precision == Figures(only_label=3).recall == Figures().f1 == 0.0


def test_confusion_by_hand() -> None:
    labels = np.zeros((4, 5), bool)
    tags = np.zeros((1, 4, 5), bool)
    labels[0, 0] = tags[0, 0, 0] = True  # right
    labels[1, 1] = tags[0, 1, 4] = True  # the fifth in place of the second
    labels[2, 2] = True  # nothing in place of the third
    tags[0, 3, 3] = True  # the fourth where there is none
    found = confusion(tags, labels)
    assert (found[0][0], found[1][4], found[2][5], found[5][3]) == (1, 1, 1, 1)
    assert sum(map(sum, found)) == 4
    assert [one.both for one in figures_of(tags, labels)] == [1, 0, 0, 0, 0]


def test_reliability_by_hand() -> None:
    chances = np.array([[[0.15, 0.15], [0.95, 0.85]]])
    labels = np.array([[False, True], [True, True]])
    tenths = reliability(chances, labels)
    expected = [(0.15, 0.5, 2), (0.85, 1.0, 1), (0.95, 1.0, 1)]
    assert [pytest.approx(one) for one in tenths] == expected
    assert calibration_error(tenths) == pytest.approx((0.35 * 2 + 0.15 + 0.05) / 4)


def test_the_limit_is_the_best_one_that_is_precise_enough() -> None:
    values = np.array([4.0, 3.0, 2.0, 1.0, 0.0])
    labels = np.array([1, 1, 0, 1, 0], bool)
    assert best_limit(values, labels, precise=0.9) == 2.5
    assert best_limit(values, labels, precise=0.0) == 0.5
    assert best_limit(values, ~labels, precise=0.9) < 0.5
    assert best_limit(values, np.zeros(5, bool)) == math.inf


def test_the_curve_rises_with_the_value_and_is_even_where_labels_are() -> None:
    values = np.arange(41) / 10
    intercept, slope = fit_curve(values, values > 2.0)
    assert slope > 0
    assert 1 / (1 + math.exp(-(intercept + slope * 2.05))) == pytest.approx(0.5, abs=0.1)


def test_a_goal_is_wanted_by_the_share_of_the_judges_that_gave_it() -> None:
    said = (frozenset({1, 2}), frozenset({2, 3}))
    one = replace(labelled()[0], goals=said[0], judgments=said)
    other = replace(labelled()[1], goals=frozenset({4}), judgments=())
    third = replace(one, goals=frozenset({2}), judgments=(*said, frozenset({2})))
    matter = matter_of([one, other, third])
    assert matter.wanted[:2].tolist() == [[0.5, 1.0, 0.5, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0]]
    assert matter.wanted[2].tolist() == pytest.approx([1 / 3, 1, 1 / 3, 0, 0])
    assert matter.labels[0].tolist() == [True, True, False, False, False]
    assert matter.labels[2].tolist() == [False, True, False, False, False]


def test_documents_that_say_the_same_are_judged_together() -> None:
    one = labelled()[0]
    matter = matter_of([one, labelled()[1], one])
    assert matter.groups == [0, 1, 0]


def test_figures_are_toml() -> None:
    text = train(labelled()[-40:], DAY, rounds=1).figures
    assert tomllib.loads(text)["measured_on"] == DAY
