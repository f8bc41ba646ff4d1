"""Weights that were learned here stand beside the shipped ones, and there is always a way back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.classify import house_classifier
from index.goal_models import MOST_KEPT, SHIPPED, GoalModels
from index.train import Trained, train
from tests.index.labelled import labelled

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(labelled()[-60:], DAY, rounds=1)


def test_without_weights_of_its_own_a_site_uses_the_shipped_ones(tmp_path: Path) -> None:
    models = GoalModels(tmp_path / "goals")
    assert models.names() == ()
    assert models.report(SHIPPED) == {}
    assert models.in_use().classifier is house_classifier()
    models.choose(SHIPPED)
    assert models.in_use().name == SHIPPED


def test_weights_are_kept_chosen_and_left_again(tmp_path: Path, trained: Trained) -> None:
    models = GoalModels(tmp_path / "goals")
    name = models.add(trained, {"judged": ["a"]})
    assert (models.names(), models.in_use().name) == ((name,), SHIPPED)
    models.choose(name)
    used = GoalModels(tmp_path / "goals").in_use()
    assert (used.name, used.problem) == (name, "")
    assert used.classifier.model.version == trained.model.version
    assert models.report(name) == {"judged": ["a"]}
    models.choose(SHIPPED)
    assert models.in_use().classifier is house_classifier()


def test_the_oldest_go_but_never_the_chosen(tmp_path: Path, trained: Trained) -> None:
    models = GoalModels(tmp_path)
    first = models.add(trained, {})
    models.choose(first)
    for _ in range(MOST_KEPT + 1):
        last = models.add(trained, {})
    assert models.names()[0] == last
    assert len(models.names()) == MOST_KEPT + 1
    assert models.in_use().name == first


def test_weights_of_another_version_are_not_used(tmp_path: Path, trained: Trained) -> None:
    models = GoalModels(tmp_path)
    name = models.add(replace(trained, figures="documents = 1"), {})
    models.choose(name)
    used = models.in_use()
    assert used.name == SHIPPED
    assert used.classifier is house_classifier()
    assert used.problem != ""
