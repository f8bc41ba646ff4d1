"""Learn the weights of goals from labelled documents, and measure how good they are.

In: ``Labelled`` documents. Out: a ``Model`` with limits and curves, and its figures; ``write`` puts
both in a folder. The same documents give the same bytes: seeds are fixed, weights are rounded.

For each goal by itself a logistic regression with a penalty on the size of its weights, solved over the
likeness of documents to each other (``index.fitting``), as there are fewer documents than terms. What
judges disagree on is learned by the share of them that gave it. The limit of a goal is where F1 is best
among limits at which ``PRECISE`` of the tags are right, as a wrong tag misleads more than an absent one
does. Limits and curves are set on values of documents that the weights were learned without.

Figures are those of nested cross-validation: every document is judged by weights and a limit set
without it, in ten folds, twice over. Documents that say nearly the same stay in one fold. Only the
rarity of terms is counted over all documents; labels play no part in that.

Tried, as the mean average precision of the goals without any limit. On 488 labels words, the rubric and
the kind give 0.885; with the terms of the lead (``index.signs``) 0.897. On 796 labels that is 0.904;
with words as written 0.912, with pairs of them too 0.917. Left out, as they add nothing to that: letters
of words in threes to fives (0.919), the rubric's terms in the lead and their share among the goals, a
second model over the values of all goals, penalties from a fifth to three times this one. On 1,408
labels, most of them of real pages, which are harder, all that gives 0.902; with the words of the title
as written and those of the address 0.905. Left out there: cues of style (0.903 and less), the words of
themes (0.896), weights by how differently a word stands with a goal and without it (0.899 and less),
likeness squared or by distance (0.905). Meanings of words learned from 24,000 other texts (latent
semantic indexing) harm: 0.871 to 0.892 in place of 0.895. On 3,907 labels, with the kind that a crawl
guesses, 0.908; with groups of words (``index.word_groups``) 0.910, as with 89 groups of 7,300 words in
place of 42 of 1,000. Left out there: the chances of each kind by ``index.facets`` in place of the guess
(0.910, and 0.913 with groups), which would tie the weights of a site to those of facets. With the
kind that a judge gave, which no site knows, it would be 0.912, and 0.916 with groups.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fitting import Rows, Shares, fit_each
from index.goal_figures import Flags, Report, macro
from index.labels import Labelled
from index.model import (
    FIGURES_FILE,
    WEIGHTS_FILE,
    Beside,
    Curve,
    Model,
    Numbers,
    Vector,
    beside_goals,
    blocks_of,
    rarity_of,
    strengths_of,
    write_weights,
)
from index.rubric import Score, Subject
from index.signs import Reader, Signs
from index.strengths import Strengths
from library.document import Document
from library.goals import GOALS

FOLDS, INNER_FOLDS, ROUNDS = 10, 5, 2
FREEDOM = 15.0
"""How large weights may be: the inverse of the penalty. From 10 to 40 it makes no difference."""
LEAST_DOCUMENTS = {"w:": 2, "t:": 2, "l:": 2, "r:": 3, "b:": 3, "h:": 2, "u:": 2, "c:": 2}
"""Documents that must have a term: one that stands in a single document teaches nothing of others."""
PRECISE = 0.857
"""The share of right tags that a limit is set for. On documents it was not set on 0.854 to 0.90 of the
tags of each goal were right, with a macro F1 of 0.812; with 0.865 here 0.862 to 0.90 and 0.809."""
ALIKE = 0.8
"""Likeness, of 1, from which two documents are taken to say the same."""
SHARES = (0.25, 0.5, 0.75)
"""Parts of the documents that the learning curve is measured with."""
PULL = 0.1
"""Weight of the penalty on a curve: with a few dozen documents one is easily too steep."""
ODDS_STEPS = 50

Picked = NDArray[np.int64]


class Matter(NamedTuple):
    """Labelled documents as numbers: the strengths of the terms of each, how alike they are to each other
    and which belong together, and their labels, a column for each goal: those that are settled, and which
    share of the judges gave it."""

    signs: list[Signs]
    strengths: Strengths
    likeness: Rows
    groups: list[int]
    labels: Flags
    wanted: Rows
    terms: dict[str, int]
    frequency: Vector

    @property
    def served(self) -> Flags:
        """Which documents may have a goal or a theme at all: those that are knowledge by their title."""
        return np.array([not one.is_no_knowledge for one in self.signs])


@dataclass(frozen=True)
class Trained:
    """A model, how many documents had each of its terms, and its figures as TOML.

    ``tags`` are those that cross-validation gave, for each round, document and goal.
    """

    model: Model
    frequency: dict[str, int]
    figures: str
    tags: Flags

    def write(self, folder: Path) -> None:
        """Put it in a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FIGURES_FILE).write_text(self.figures, encoding="utf-8")
        write_weights(self.model, self.frequency, folder / WEIGHTS_FILE)


def train(
    labelled: Sequence[Labelled],
    day: date,
    *,
    rounds: int = ROUNDS,
    tell: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Learn a model from all documents and measure it on those it was learned without."""
    matter = matter_of(labelled)
    tell(f"{len(labelled)} documents, {len(matter.terms)} terms")
    everything = np.arange(len(labelled))
    curves = set_curves(matter, everything)
    judged = cross_validate(matter, rounds, everything)
    tell("measured by cross-validation")
    weights, bias = weights_of(matter, everything)
    goals = tuple(goal.number for goal in GOALS)
    version = f"{day.isoformat()}-{len(labelled)}"
    found = dict(zip(goals, curves, strict=True))
    rarity = rarity_of(len(labelled), matter.frequency)
    model = Model(goals, matter.terms, rarity, weights, bias, found, version)
    frequency = {name: int(matter.frequency[number]) for name, number in matter.terms.items()}
    curve = [
        (learned_from(share, len(labelled)), macro(_at_share(matter, share), matter.labels))
        for share in SHARES
    ]
    curve.append((learned_from(1.0, len(labelled)), macro(judged.tags, matter.labels)))
    tell("measured the learning curve")
    terms_alone = by_terms(matter, GOALS)[None]
    report = Report(version, day, labelled, matter.labels, *judged, terms_alone, curves, curve)
    return Trained(model, frequency, report.text(), judged.tags)


def learned_from(share: float, documents: int) -> int:
    """How many documents a share is, without the fold that is judged."""
    return round(share * documents * (1 - 1 / FOLDS))


def matter_of(labelled: Sequence[Labelled]) -> Matter:
    """Read all documents, with the terms that more than one of them has, and their goals."""
    labels = _flags([one.goals for one in labelled])
    documents = [one.document for one in labelled]
    matter = read_matter(documents, labels, GOALS, beside_goals([goal.number for goal in GOALS]))
    shares = [_flags(one.judgments or [one.goals]).mean(axis=0) for one in labelled]
    return matter._replace(wanted=np.array(shares))


def _flags(given: Sequence[frozenset[int]]) -> Flags:
    found = np.array([[goal.number in goals for goal in GOALS] for goals in given], bool)
    return found.reshape(-1, len(GOALS))


def read_matter(
    documents: Sequence[Document],
    labels: Flags,
    rubric: Sequence[Subject],
    signs_beside: Beside,
    least: Mapping[str, int] = LEAST_DOCUMENTS,
) -> Matter:
    """Read documents with their labels, a column for each value, the terms that point at some, and the
    signs beside all terms; ``least`` tells of each kind of term how many documents must have it, and
    kinds that are not in it are left out."""
    known: dict[str, int] = {}
    reader = Reader((), lambda name: known.setdefault(name, len(known)), rubric)
    signs = [reader.read(document) for document in documents]
    counted = Counter(number for one in signs for number in one.counts)
    kept = sorted(
        name
        for name, number in known.items()
        if name[:2] in least and counted[number] >= least[name[:2]]
    )
    terms = {name: number for number, name in enumerate(kept)}
    renumbered = {known[name]: number for name, number in terms.items()}
    for one in signs:
        one.counts = {renumbered[n]: value for n, value in one.counts.items() if n in renumbered}
    frequency = np.array([counted[known[name]] for name in kept], float)
    rarity = rarity_of(len(documents), frequency)
    blocks = blocks_of(terms)
    strengths = _strengths(signs, blocks, rarity, signs_beside)
    everything, words = np.ones(strengths.columns), np.zeros(strengths.columns)
    words[np.flatnonzero(blocks == 0)] = 1.0
    groups = _groups(strengths.likeness(words))
    likeness = strengths.likeness(everything)
    wanted = labels.astype(float)
    return Matter(signs, strengths, likeness, groups, labels, wanted, terms, frequency)


def _strengths(
    signs: Sequence[Signs], blocks: Numbers, rarity: Vector, signs_beside: Beside
) -> Strengths:
    numbers, values = [], []
    for one in signs:
        found, strong = strengths_of(one, rarity, blocks)
        order = np.argsort(found)
        numbers.append(found[order])
        values.append(strong[order].astype(np.float32))
    beside = np.array([signs_beside.of(one) for one in signs])
    return Strengths(numbers, values, beside, len(blocks))


def _groups(likeness: Rows) -> list[int]:
    """For each document the first one that says nearly the same."""
    return [int(np.argmax(row[: at + 1] >= ALIKE)) for at, row in enumerate(likeness)]


class Judged(NamedTuple):
    """What was judged of documents by what was learned without them, in each round: the tags, and the
    chance of each goal."""

    tags: Flags
    chances: NDArray[np.float64]


def cross_validate(matter: Matter, rounds: int, among: Picked, precise: float = PRECISE) -> Judged:
    """Judge every document by what was learned without it; ``among`` are those to learn from."""
    tags = np.zeros((rounds, *matter.labels.shape), bool)
    served = matter.served
    chances = np.zeros(tags.shape)
    for seed in range(rounds):
        for fold in folds_of(matter, np.arange(len(matter.labels)), FOLDS, seed):
            learned = np.setdiff1d(among, fold)
            curves = set_curves(matter, learned, precise)
            values = judge(matter, learned, fold)
            for goal, curve in enumerate(curves):
                tags[seed, fold, goal] = (values[:, goal] >= curve.limit) & served[fold]
                chances[seed, fold, goal] = [curve.probability(value) for value in values[:, goal]]
    return Judged(tags, chances)


def _at_share(matter: Matter, share: float) -> Flags:
    """Judge by what a part of the documents teaches."""
    order = list(range(len(matter.labels)))
    random.Random(1).shuffle(order)  # noqa: S311 - a fixed order, no secret
    return cross_validate(matter, 1, np.array(sorted(order[: round(share * len(order))]))).tags


def set_curves(matter: Matter, picked: Picked, precise: float = PRECISE) -> list[Curve]:
    """Limits and curves of the goals, on values of documents that were not learned from."""
    values = np.zeros((len(picked), matter.labels.shape[1]))
    place = {document: at for at, document in enumerate(picked.tolist())}
    for fold in folds_of(matter, picked, INNER_FOLDS, seed=100):
        learned = np.setdiff1d(picked, fold)
        values[[place[document] for document in fold.tolist()]] = judge(matter, learned, fold)
    labels = matter.labels[picked]
    return [_curve(values[:, at], labels[:, at], precise) for at in range(labels.shape[1])]


def folds_of(matter: Matter, picked: Picked, folds: int, seed: int) -> list[Picked]:
    """Divide documents at random; those that say the same stay together."""
    groups = sorted({matter.groups[document] for document in picked.tolist()})
    random.Random(seed).shuffle(groups)  # noqa: S311 - a fixed order, no secret
    fold_of = {group: at % folds for at, group in enumerate(groups)}
    found: list[list[int]] = [[] for _ in range(folds)]
    for document in picked.tolist():
        found[fold_of[matter.groups[document]]].append(document)
    return [np.array(fold, np.int64) for fold in found if fold]


def judge(matter: Matter, learned: Picked, asked: Picked) -> Rows:
    """Values of documents by what others taught, a column for each goal."""
    shares, bias = _learn(matter, learned)
    found: Rows = matter.likeness[np.ix_(asked, learned)] @ shares + bias
    return found


def _learn(matter: Matter, picked: Picked) -> Shares:
    wanted = matter.wanted[picked]
    likeness = matter.likeness[np.ix_(picked, picked)]
    return fit_each(likeness, wanted, np.zeros(wanted.shape), FREEDOM)


def weights_of(matter: Matter, picked: Picked) -> tuple[Rows, Vector]:
    shares, bias = _learn(matter, picked)
    return matter.strengths.weigh(shares, picked), bias


def _curve(values: Vector, labels: Flags, precise: float) -> Curve:
    return Curve(best_limit(values, labels, precise), *fit_curve(values, labels))


def best_limit(values: Vector, labels: Flags, precise: float = PRECISE) -> float:
    """The limit with the best F1 among those that are precise enough, or else the most precise
    of those that find a quarter; halfway to the next document below it."""
    order = np.argsort(-values, kind="stable")
    right = np.cumsum(labels[order])
    tagged = np.arange(1, len(order) + 1)
    if not right[-1]:
        return math.inf
    precision, f1 = right / tagged, 2 * right / (tagged + right[-1])
    if (precision >= precise).any():
        last = int(np.argmax(np.where(precision >= precise, f1, -1.0)))
    else:
        last = int(np.argmax(np.where(right >= right[-1] / 4, precision, -1.0)))
    below = order[min(last + 1, len(order) - 1)]
    return float((values[order[last]] + values[below]) / 2)


def fit_curve(values: Vector, labels: Flags) -> tuple[float, float]:
    """Intercept and slope of the log odds over the value (Platt's curve)."""
    rows = np.column_stack((np.ones(len(values)), values))
    found = fit_odds(rows, labels, PULL)
    return float(found[0]), float(found[1])


def fit_odds(rows: NDArray[np.float64], labels: Flags, pull: float) -> Vector:
    """Weights of the columns for the log odds of a label, by Newton's method; ``pull`` is the weight
    of the penalty on their size."""
    found = np.zeros(rows.shape[1])
    for _ in range(ODDS_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -50, 50)))
        spread = chance * (1.0 - chance)
        steep = rows.T @ (labels - chance) - pull * found
        curved = (rows * spread[:, None]).T @ rows + pull * np.eye(len(found))
        found = found + np.linalg.solve(curved, steep)
    return found


def by_terms(matter: Matter, rubric: Sequence[Subject]) -> Flags:
    """What the terms of the rubric give alone, with a limit on their score, cross-validated."""
    tags = np.zeros(matter.labels.shape, bool)
    everything = np.arange(len(matter.labels))
    for at, subject in enumerate(rubric):
        scores: list[Score] = [one.scores[subject.number] for one in matter.signs]
        values = np.array([one.value if one.is_grounded else -1.0 for one in scores])
        for fold in folds_of(matter, everything, FOLDS, seed=0):
            kept = np.setdiff1d(everything, fold)
            limit = best_limit(values[kept], matter.labels[kept, at], precise=0.0)
            tags[fold, at] = values[fold] >= max(limit, 0.0)
    return tags
