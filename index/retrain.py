"""Learn the weights of the goals anew with what people said on the site, and tell what that changes.

In: the store, the labels that come with the program, and the weights in use. Out: new weights beside
the old, not yet in use, and a report as plain values. Two comparisons are honest: the figures that
cross-validation gave for either, and both on the documents that people judged since the weights in use
were learned: those are new to the old weights, and the new ones judge each of them without it.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from index.apart import train_apart
from index.classify import Classifier
from index.corrected import corrected
from index.goal_figures import Figures, Flags, compare
from index.goal_models import GoalModels, InUse
from index.labels import Labelled
from index.model import read_figures
from index.people_labels import people_labels, text_of, without_judged
from index.train import Trained
from library.goals import GOALS
from library.progress import Progress
from library.store import Store, StoredDocument

ENOUGH = 25
"""Documents that people judged since the weights in use were learned, before learning anew is
offered. From 537 to 716 labels the macro F1 rose by 0.026 (``data/goals/model.toml``), so 25 more give
0.004 or, as they are pages of the site itself, which are known least, somewhat more: fewer cannot be
told from chance. It is also what one volunteer labels for one partner."""
MOST_SHOWN = 50
"""Documents of which the report names the tags before and after."""
TELL_EVERY = 100


def retrain(
    store: Store,
    models: GoalModels,
    base: Sequence[Labelled],
    progress: Progress,
    now: datetime,
    *,
    rounds: int = 1,
) -> Mapping[str, Any]:
    """Learn, compare, keep; give the report with the name of the weights, none when stopped.

    One round of cross-validation and not two: that halves the minutes, and its figures are beside those
    of the weights in use only to see whether something went wrong.
    """
    before, day = models.in_use(), now.date()
    judged = people_labels(store)
    kept = without_judged(base, judged.values())
    progress.phase("learn")
    trained = train_apart([*kept, *judged.values()], day, progress, rounds=rounds)
    if trained is None:
        return {}
    report: dict[str, Any] = {
        "before": before.name,
        "labels": len(kept) + len(judged),
        "judged": sorted(judged),
        "judged_until": now.isoformat(),
        "day": day.isoformat(),
        "goals": _goals(models, before, trained),
        "new": _on_new(before, trained, judged, _learned(models, before, base, judged)),
    }
    report |= _changes(store, before.classifier, Classifier(trained.model), progress)
    if progress.should_stop():
        return {}
    return report | {"name": models.add(trained, report)}


def _goals(models: GoalModels, before: InUse, trained: Trained) -> list[dict[str, Any]]:
    """For each goal precision, recall and F1 by cross-validation, before and after."""
    old = {one["number"]: one for one in read_figures(models.folder_of(before.name))["goals"]}
    new = {one["number"]: one for one in tomllib.loads(trained.figures)["goals"]}
    names = ("precision", "recall", "f1")
    return [
        {
            "number": goal.number,
            "before": [old[goal.number][name] for name in names],
            "after": [new[goal.number][name] for name in names],
        }
        for goal in GOALS
    ]


def _learned(
    models: GoalModels, before: InUse, base: Sequence[Labelled], judged: Mapping[str, Labelled]
) -> set[str]:
    """Which of the judged documents the weights in use were learned from."""
    texts = {text_of(one.document) for one in base}
    known = {key for key, one in judged.items() if text_of(one.document) in texts}
    return known.union(models.report(before.name).get("judged", ()))


def _on_new(
    before: InUse, trained: Trained, judged: Mapping[str, Labelled], learned: Collection[str]
) -> dict[str, Any]:
    """The same on what is new to the old weights; all goals together, as these are few."""
    rows = [at for at, key in enumerate(judged) if key not in learned]
    if not rows:
        return {"documents": 0}
    asked = [list(judged.values())[at] for at in rows]
    labels = _flags([one.goals for one in asked])
    old = _flags([{tag.number for tag in before.classifier(one.document)} for one in asked])
    # Those that people judged stand behind all others.
    new = trained.tags[:, len(trained.tags[0]) - len(judged) :][:, rows]
    return {
        "documents": len(rows),
        "before": _told(compare(old, labels)),
        "after": _told(compare(new, np.broadcast_to(labels, new.shape))),
    }


def _flags(goals: Sequence[Collection[int]]) -> Flags:
    return np.array([[goal.number in one for goal in GOALS] for one in goals], bool)


def _told(figures: Figures) -> list[float]:
    return [round(value, 3) for value in (figures.precision, figures.recall, figures.f1)]


def _changes(
    store: Store, before: Classifier, after: Classifier, progress: Progress
) -> dict[str, Any]:
    """How many documents get other tags, and some of them."""
    progress.phase("compare", store.documents.count())
    changed, done = 0, 0
    shown: list[dict[str, Any]] = []
    for done, stored in enumerate(store.documents.live(), start=1):
        old, new = _tags(before, stored), _tags(after, stored)
        if old != new:
            changed += 1
            if len(shown) < MOST_SHOWN:
                title, key = stored.document.title, stored.document.id
                shown.append({"id": key, "title": title, "before": old, "after": new})
        if done % TELL_EVERY == 0:
            progress.advance(done, {"changed": changed})
            if progress.should_stop():
                break
    progress.advance(done, {"changed": changed})
    return {"documents": done, "changed": changed, "shown": shown}


def _tags(classifier: Classifier, stored: StoredDocument) -> list[int]:
    tags = corrected(classifier(stored.document), stored.judged)
    return sorted(tag.number for tag in tags)
