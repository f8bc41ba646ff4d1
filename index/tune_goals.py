"""Set the limits of the goal classifier on labelled documents: ``python -m index.tune_goals PATH``.

In: JSON lines with ``title``, ``text`` and ``goals``, the goals that a judge gave. Out: for every
goal the score that a tag needs and the line of its probability, written with their figures to
``data/goal_limits.toml``, so that no limit is set by hand.

A limit is the score with the best F1 among documents with enough evidence. Its figures come from
cross-validation: each document is judged with a limit set without it, in five folds, and that five
times over in another order, with fixed seeds. The probability is a logistic curve over the score,
fitted with a light pull towards a flat line on the documents with enough evidence.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from index.classify import LIMITS_FILE, Limit, scores
from index.wordlists import WordListError
from library.document import Document, Section
from library.goals import GOALS

FOLDS = 5
ROUNDS = 5
PULL = 0.1
"""Weight of the penalty on the slope: with a few dozen documents a curve is easily too steep."""


class Case(NamedTuple):
    """One labelled document, for one goal: its score, enough evidence or not, the judge's word."""

    score: float
    grounded: bool
    labelled: bool


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

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.both + other.both,
            self.only_tag + other.only_tag,
            self.only_label + other.only_label,
        )


class Tuned(NamedTuple):
    """The limit of a goal, its cross-validated figures, and those of giving the goal to all."""

    number: int
    limit: Limit
    figures: Figures
    always: Figures


def read_labelled(path: Path) -> list[tuple[Document, frozenset[int]]]:
    """Read labelled documents; the labels are kept apart, so that scoring cannot see them."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found.append(_labelled(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise WordListError(f"{path.name}, line {number}: {error!r}") from error
    return found


def _labelled(entry: dict[str, Any]) -> tuple[Document, frozenset[int]]:
    section = Section(entry["text"])
    document = Document(entry["id"], "", "", entry["title"], (section,), entry["organisation"])
    return document, frozenset(entry["goals"])


def compare(cases: Iterable[Case], limit: float) -> Figures:
    """The figures of tagging every case that has enough evidence and at least this score."""
    total = Figures()
    for case in cases:
        tagged = case.grounded and case.score >= limit
        total += Figures(
            int(tagged and case.labelled),
            int(tagged and not case.labelled),
            int(case.labelled and not tagged),
        )
    return total


def best_limit(cases: Sequence[Case]) -> float:
    """The score with the best F1; of equals the highest, as a wrong tag misleads."""
    candidates = {case.score for case in cases if case.grounded}
    return max(candidates, key=lambda score: (compare(cases, score).f1, score), default=0.0)


def cross_validate(cases: Sequence[Case], *, folds: int = FOLDS, rounds: int = ROUNDS) -> Figures:
    """The summed figures of every case judged with a limit that was set without it."""
    total = Figures()
    for seed in range(rounds):
        order = list(cases)
        random.Random(seed).shuffle(order)  # noqa: S311 - a fixed order, no secret
        for fold in range(folds):
            kept = [case for place, case in enumerate(order) if place % folds != fold]
            total += compare(order[fold::folds], best_limit(kept))
    return total


def fit_curve(cases: Sequence[Case]) -> tuple[float, float]:
    """Intercept and slope of the log odds over the score, by Newton's method."""
    known = [case for case in cases if case.grounded]
    intercept, slope = 0.0, 0.0
    for _ in range(50):
        flat = steep = 0.0
        curve = [[PULL, 0.0], [0.0, PULL]]
        for case in known:
            odds = intercept + slope * case.score
            chance = 1.0 / (1.0 + math.exp(-odds))
            spread = chance * (1.0 - chance)
            flat += case.labelled - chance
            steep += (case.labelled - chance) * case.score
            curve[0][0] += spread
            curve[0][1] += spread * case.score
            curve[1][1] += spread * case.score**2
        flat, steep = flat - PULL * intercept, steep - PULL * slope
        size = curve[0][0] * curve[1][1] - curve[0][1] ** 2
        intercept += (curve[1][1] * flat - curve[0][1] * steep) / size
        slope += (curve[0][0] * steep - curve[0][1] * flat) / size
    return intercept, slope


def tune(labelled: Sequence[tuple[Document, frozenset[int]]]) -> list[Tuned]:
    """Limits and figures for every goal."""
    scored = [(scores(document), labels) for document, labels in labelled]
    found = []
    for goal in GOALS:
        number = goal.number
        cases = [
            Case(score[number].value, score[number].is_grounded, number in labels)
            for score, labels in scored
        ]
        limit = Limit(best_limit(cases), *fit_curve(cases))
        always = Figures(
            sum(case.labelled for case in cases), sum(not case.labelled for case in cases)
        )
        found.append(Tuned(number, limit, cross_validate(cases), always))
    return found


def macro(found: Sequence[Tuned], figures: Callable[[Tuned], Figures]) -> float:
    """The mean F1 over the goals."""
    return sum(figures(tuned).f1 for tuned in found) / len(found)


def report(found: Sequence[Tuned], documents: int, day: date) -> str:
    """Limits and figures as TOML."""
    lines = [
        "# Written by `python -m index.tune_goals`; not edited by hand.",
        "# Figures are cross-validated: five folds, five rounds, seeds 0 to 4. For comparison,",
        "# `f1_always` gives the goal to every document; giving it to none, as the majority of",
        "# labels says for each goal, has an F1 of 0.",
        "",
        f"measured_on = {day.isoformat()}",
        f"documents = {documents}",
        f"macro_f1 = {macro(found, lambda tuned: tuned.figures):.3f}",
        f"macro_f1_always = {macro(found, lambda tuned: tuned.always):.3f}",
    ]
    for number, limit, figures, always in found:
        lines += [
            "",
            "[[goals]]",
            f"number = {number}",
            f"score = {math.floor(limit.score * 1e4) / 1e4:.4f}",  # Rounded down: the case itself stays.
            f"intercept = {limit.intercept:.4f}",
            f"slope = {limit.slope:.4f}",
            f"precision = {figures.precision:.3f}",
            f"recall = {figures.recall:.3f}",
            f"f1 = {figures.f1:.3f}",
            f"f1_always = {always.f1:.3f}",
        ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: read labels, write limits, show them."""
    parser = argparse.ArgumentParser(prog="python -m index.tune_goals", description=__doc__)
    parser.add_argument("labelled", type=Path, help="JSON lines with title, text and goals")
    parser.add_argument("--output", type=Path, default=LIMITS_FILE, help="where the limits go")
    chosen = parser.parse_args(arguments)
    labelled = read_labelled(chosen.labelled)
    written = report(tune(labelled), len(labelled), datetime.now(UTC).date())
    chosen.output.write_text(written, encoding="utf-8")
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
