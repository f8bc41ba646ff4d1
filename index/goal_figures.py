"""How good goals are that were given by a program: figures over labels, and their report.

In: tags and labels as tables of flags, a row for each document and a column for each goal; tags of
several rounds of cross-validation one behind the other. Out: precision, recall, F1, confusion, how
far probabilities come true, and all of it as TOML that stands beside the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.labels import Labelled, agreement
from index.model import Curve
from library.goals import GOALS

Flags = NDArray[np.bool_]
Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """How often tags and labels agree."""

    both: int = 0
    only_tag: int = 0
    only_label: int = 0

    @property
    def precision(self) -> float:
        """Share of the tags that a judge gave too."""
        return self.both / (self.both + self.only_tag) if self.both else 0.0

    @property
    def recall(self) -> float:
        """Share of the judge's goals that got a tag."""
        return self.both / (self.both + self.only_label) if self.both else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        wrong = self.only_tag + self.only_label
        return 2 * self.both / (2 * self.both + wrong) if self.both else 0.0


def compare(tags: Flags, labels: Flags) -> Figures:
    """Count tags and labels, document by document."""
    return Figures(
        int((tags & labels).sum()), int((tags & ~labels).sum()), int((labels & ~tags).sum())
    )


def figures_of(tags: Flags, labels: Flags) -> list[Figures]:
    """The figures of each goal over all rounds."""
    return [
        compare(tags[:, :, at], np.broadcast_to(labels[:, at], tags.shape[:2]))
        for at in range(len(GOALS))
    ]


def macro(tags: Flags, labels: Flags) -> float:
    """The mean F1 over the goals."""
    return sum(one.f1 for one in figures_of(tags, labels)) / len(GOALS)


def confusion(tags: Flags, labels: Flags) -> list[list[int]]:
    """How often a label went with a tag, where they differ; the last row and column are none.

    A document counts where its label has its tag, and else at each tag that it got in its place.
    """
    width = labels.shape[1]
    found = np.zeros((width + 1, width + 1), int)
    for one_round in tags:
        for given, wanted in zip(one_round, labels, strict=True):
            missed = np.flatnonzero(wanted & ~given).tolist()
            extra = np.flatnonzero(given & ~wanted).tolist()
            for goal in np.flatnonzero(wanted & given).tolist():
                found[goal, goal] += 1
            for goal in missed or ([width] if extra or not wanted.any() else []):
                for tag in extra or [width]:
                    found[goal, tag] += 1
    cells: list[list[int]] = found.tolist()
    return cells


def reliability(chances: Chances, labels: Flags) -> list[tuple[float, float, int]]:
    """In tenths of the chance that was told: its mean, how often a judge gave the goal, and how many
    pairs of document and goal that were."""
    told = np.concatenate([one.ravel() for one in chances])
    given = np.tile(labels.ravel(), len(chances))
    tenth = np.minimum((told * 10).astype(int), 9)
    return [
        (float(told[here].mean()), float(given[here].mean()), int(here.sum()))
        for here in (tenth == number for number in range(10))
        if here.any()
    ]


def calibration_error(tenths: Sequence[tuple[float, float, int]]) -> float:
    """How far the chance that was told is from what came true, in the mean over all pairs."""
    pairs = sum(number for _, _, number in tenths)
    return sum(abs(told - true) * number for told, true, number in tenths) / pairs


@dataclass(frozen=True)
class Report:
    """What there is to tell of a model; tags are those of documents that it was learned without.

    ``curve`` has pairs: documents that were learned from, and the macro F1 that they gave.
    """

    version: str
    day: date
    labelled: Sequence[Labelled]
    labels: Flags
    tags: Flags
    chances: Chances
    by_terms: Flags
    curves: Sequence[Curve]
    curve: Sequence[tuple[int, float]]

    def text(self) -> str:
        """All of it as TOML."""
        return "\n".join(
            [*_COMMENT, "", *self._of_all(), *self._of_collections(), *self._of_goals()]
        )

    def _of_all(self) -> list[str]:
        always = np.ones_like(self.by_terms)
        told = ", ".join(f"[{documents}, {value:.3f}]" for documents, value in self.curve)
        tenths = reliability(self.chances, self.labels)
        reliable = ", ".join(f"[{p:.3f}, {true:.3f}, {number}]" for p, true, number in tenths)
        return [
            f'version = "{self.version}"',
            f"measured_on = {self.day.isoformat()}",
            f"documents = {len(self.labelled)}",
            f"rounds = {len(self.tags)}",
            f"macro_f1 = {macro(self.tags, self.labels):.3f}",
            f"macro_f1_terms = {macro(self.by_terms, self.labels):.3f}",
            f"macro_f1_always = {macro(always, self.labels):.3f}",
            f"without_goal = {int((~self.labels.any(axis=1)).sum())}",
            f"learning_curve = [{told}]",
            "# In tenths of the probability: its mean, the share a judge agreed with, and how many.",
            f"reliability = [{reliable}]",
            f"calibration_error = {calibration_error(tenths):.3f}",
            "# A row for each goal that a judge gave and one for none; a column for each tag and none.",
            f"confusion = {confusion(self.tags, self.labels)}",
        ]

    def _of_collections(self) -> list[str]:
        names = np.array([one.collection for one in self.labelled])
        found = [
            "",
            "# The same by collection: documents, and the macro F1 on them.",
            "[collections]",
        ]
        for name in sorted(set(names.tolist())):
            here = names == name
            value = macro(self.tags[:, here], self.labels[here])
            found.append(f'"{name}" = [{int(here.sum())}, {value:.3f}]')
        return found

    def _of_goals(self) -> list[str]:
        agreed = agreement(self.labelled)
        mine = figures_of(self.tags, self.labels)
        terms = figures_of(self.by_terms, self.labels)
        always = figures_of(np.ones_like(self.by_terms), self.labels)
        found = []
        for at, goal in enumerate(GOALS):
            one, known = mine[at], self.curves[at]
            found += [
                "",
                "[[goals]]",
                f"number = {goal.number}",
                f"limit = {known.limit:.4f}",
                f"intercept = {known.intercept:.4f}",
                f"slope = {known.slope:.4f}",
                f"labels = {int(self.labels[:, at].sum())}",
                f"both = {one.both}",
                f"only_tag = {one.only_tag}",
                f"only_label = {one.only_label}",
                f"precision = {one.precision:.3f}",
                f"recall = {one.recall:.3f}",
                f"f1 = {one.f1:.3f}",
                f"f1_terms = {terms[at].f1:.3f}",
                f"f1_always = {always[at].f1:.3f}",
                f"agreement = {agreed[goal.number]:.2f}",
            ]
        return [*found, ""]


_COMMENT = (
    "# Written by `kennisbank train-goals`; not edited by hand. Figures are those of nested",
    "# cross-validation (index/train.py). Beside them: `f1_terms`, what the terms of the rubric give",
    "# alone, and `f1_always`, what giving the goal to every document gives; giving it to none, as the",
    "# majority of labels says for each goal, has an F1 of 0. `agreement` is Cohen's kappa of two",
    "# judgments.",
)
