"""Learning anew with what people said: it is measured, nothing changes before somebody chooses."""

import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import active_children, set_executable
from typing import Any

import pytest

from index.apart import LearningFailed, train_apart
from index.assess import assess, doubt
from index.classify import Classifier, house_classifier
from index.corrected import corrected
from index.goal_models import SHIPPED, GoalModels
from index.model import HOUSE, read_figures
from index.retrain import retrain
from index.search import Index
from index.tasks import rebuild_index
from library.document import id_of
from library.goals import GOALS
from library.progress import Silent
from library.settings import Settings
from library.store import Store
from tests.index.labelled import labelled

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Stopped(Silent):
    """Somebody pressed stop."""

    def should_stop(self) -> bool:
        return True


@pytest.fixture
def base() -> list[Any]:
    return labelled()[-80:]


@pytest.fixture
def judged(store: Store) -> Store:
    """Thirty documents, of which twelve were judged: all about money, says Ans."""
    ans = store.accounts.add_admin("Ans")
    for number, one in enumerate(labelled()[:30]):
        key = id_of(str(number))
        store.documents.put(replace(one.document, id=key, goals=()))
        if number < 12:
            store.goal_judgments.add(
                key, ans.id, 4, given=True, goals=[4], shown=[], reason="onderwerp", now=NOW
            )
    return store


def numbers(classifier: Classifier, store: Store, key: str) -> set[int]:
    return {tag.number for tag in classifier(store.documents.get(key).document)}


def test_new_weights_are_measured_and_wait_to_be_chosen(
    judged: Store, settings: Settings, base: list[Any]
) -> None:
    models = GoalModels.of(settings)
    told = retrain(judged, models, base, Silent(), NOW, rounds=1)
    assert models.names() == (told["name"],)
    assert models.chosen() == SHIPPED
    assert (told["labels"], len(told["judged"])) == (92, 12)
    shipped = {one["number"]: one for one in read_figures(HOUSE)["goals"]}
    for goal, one in zip(GOALS, told["goals"], strict=True):
        assert one["before"][2] == shipped[goal.number]["f1"]
    new = told["new"]
    assert new["documents"] == 12
    given = [4 in numbers(house_classifier(), judged, key) for key in told["judged"]]
    assert new["before"][1] == pytest.approx(sum(given) / 12, abs=0.001)
    assert all(0 <= value <= 1 for value in new["after"])
    assert told["documents"] == 30
    assert 0 < told["changed"] <= 30
    # A person has the last word, before and after.
    assert all(4 in one["after"] for one in told["shown"] if one["id"] in told["judged"])

    for name in (told["name"], SHIPPED):
        models.choose(name)
        rebuild_index(judged, settings, Silent())
        index = Index(settings.index_folder, check_every=0)
        classifier = models.in_use().classifier
        for stored in judged.documents.live():
            hit = index.lookup(stored.document.id)
            assert hit is not None
            assert hit.goals == corrected(classifier(stored.document), stored.judged)
        index.close()

    models.choose(told["name"])
    again = retrain(judged, models, base, Silent(), NOW, rounds=1)
    assert again["before"] == told["name"]
    assert again["new"] == {"documents": 0}
    assert again["changed"] == 0


def test_who_stops_it_changes_nothing(judged: Store, settings: Settings, base: list[Any]) -> None:
    models = GoalModels.of(settings)
    assert retrain(judged, models, base[:40], Stopped(), NOW, rounds=1) == {}
    assert models.names() == ()


def test_a_process_that_dies_is_told_of(settings: Settings) -> None:
    # One label cannot be divided in folds.
    with pytest.raises(LearningFailed, match=r"with an error \(exit code 1\)"):
        train_apart(labelled()[:1], NOW.date(), Silent(), rounds=1)


class Ending(Silent):
    """Sends a signal to the process that learns, instead of asking it to stop."""

    def __init__(self, number: int) -> None:
        self.number = number

    def should_stop(self) -> bool:
        for process in active_children():
            os.kill(process.pid or 0, self.number)
        return False


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (signal.SIGKILL, r"by the system \(signal 9, Killed\), as it does when memory is short"),
        (signal.SIGTERM, r"from outside or by a fault \(signal 15, Terminated\)"),
    ],
)
def test_a_signal_that_ends_learning_is_named(number: int, told: str) -> None:
    with pytest.raises(LearningFailed, match=told):
        train_apart(labelled(), NOW.date(), Ending(number), rounds=9)
    assert active_children() == []


def test_a_process_that_dies_before_it_knows_what_to_learn() -> None:
    usual = sys.executable
    # It reads nothing, and what there is to learn does not fit in a pipe.
    set_executable("/bin/false")
    try:
        with pytest.raises(LearningFailed, match=r"with an error \(exit code 1\)"):
            train_apart(labelled(), NOW.date(), Silent(), rounds=1)
    finally:
        set_executable(usual)


def test_a_look_at_all_documents(judged: Store) -> None:
    classifier = house_classifier()
    found = assess(judged, classifier, Silent())
    live = {one.document.id: one for one in judged.documents.live()}
    assert found["documents"] == 30
    assert found["goals"]["4"] >= 12
    assert found["without"] == sum(
        not one.judged and not classifier(one.document) for one in live.values()
    )
    teaching = [one for one in live.values() if not (one.judged or one.document.is_listing)]
    assert set(found["unsure"]) == {one.document.id for one in teaching}
    doubts = [doubt(classifier, live[key].document) for key in found["unsure"]]
    assert doubts == sorted(doubts)
