"""The weights by which signs become goals: a linear model that people can read.

In: ``Signs`` of a document. Out: for every goal a number whose sign and size tell how sure it is; a
limit; a probability. The weights are learned from labelled documents (``index.train``), and kept in
two text files of one folder: ``weights.txt``, a line for each term, and ``model.toml`` with limits,
curves and figures. Only numpy is needed to use them.

A term counts by the logarithm of what it weighs in the document times its rarity. The terms of a
document together have one length, so that a long text is no surer than a short one, and so have those of its
lead, its words as written, its pairs of words, its title as written, its address and its groups of words. Beside the terms
stand what the rubric found (score, number of strong terms, title), the kind of the document, whether it only leads to others, and whether its title tells that it is no knowledge.
"""

import hashlib
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.signs import Signs
from index.wordlists import FOLDER, WordListError, read_lines
from library.document import KINDS

HOUSE = FOLDER / "goals"
"""The model that comes with the program."""
WEIGHTS_FILE, FIGURES_FILE = "weights.txt", "model.toml"
BESIDE = 0.15
"""What a sign beside the terms counts: of 0, 0.1, 0.15, 0.2 and 0.3 the best, with little between."""
MOST_STRONG = 4
MOST_TELLING = 100
"""Terms of each goal that are shown as evidence, beside those of the rubric: the ones that weigh most."""
BLOCKS = {"w:": 0, "t:": 0, "l:": 1, "r:": 2, "b:": 3, "h:": 4, "u:": 5, "c:": 6}
"""What the name of a term begins with (``index.signs``), and with which others it has one length."""
COUNTS = np.array([1.0, 1.0, 1.0, 1.0, 0.7, 0.7, 0.4])
"""The length of each block: what a title and an address are named by counts less than what is said. On 1,408
labels the macro F1 of the goals is 0.806 with 1 there, 0.812 with 0.7, 0.798 without them. Groups of
words count less still: from 0.3 to 0.5 it makes no difference."""
OF_TERMS = 2
"""Blocks below this one are of terms that can be shown as evidence."""
SCALE = 1000
"""Weights are kept as whole thousandths, so that the file is the same on every machine."""
SHORTEST = 1e-9
SUREST = 0.999
"""Only a person is certain: what we find ourselves never has a probability of 1."""

Vector = NDArray[np.float64]
Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Curve:
    """What a tag needs, and the line of its log odds."""

    limit: float
    intercept: float
    slope: float

    def probability(self, value: float) -> float:
        """How likely it is that a judge would give the goal too."""
        odds = self.intercept + self.slope * value
        chance = 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))
        return min(round(chance, 3), SUREST)


@dataclass(frozen=True)
class Model:
    """Weights for each goal, by feature.

    ``terms`` numbers the features of terms, ``rarity`` and ``blocks`` are by that number;
    ``weights`` has a row for each of them and then for each of ``beside``; ``bias`` has one number
    for each goal. What is told of goals here may be other values of a document as well, with other
    ``signs`` beside their terms (``index.facets``).
    """

    goals: tuple[int, ...]
    terms: Mapping[str, int]
    rarity: Vector
    weights: Vector
    bias: Vector
    curves: Mapping[int, Curve]
    version: str = ""
    signs: "Beside | None" = None

    def values(self, signs: Signs) -> dict[int, float]:
        """For each goal what its signs add up to."""
        numbers, strengths = strengths_of(signs, self.rarity, self.blocks)
        found = strengths @ self.weights[numbers] + self.bias
        found += self.beside.of(signs) @ self.weights[len(self.terms) :]
        return dict(zip(self.goals, found.tolist(), strict=True))

    def telling(self, signs: Signs, goal: int, most: int) -> list[str]:
        """The words that speak most for a goal, as they stand in the text."""
        numbers, strengths = strengths_of(signs, self.rarity, self.blocks)
        at = self.goals.index(goal)
        told = strengths * self.weights[numbers, at]
        told[self.blocks[numbers] >= OF_TERMS] = 0.0
        told[self.weights[numbers, at] < self.least_shown[at]] = 0.0
        words = []
        for place in np.argsort(-told, kind="stable")[: 2 * most]:
            word = signs.written(int(numbers[place])) if told[place] > 0 else ""
            if len(word) > MOST_STRONG and not word[0].isdigit():
                words.append(word)
        return list(dict.fromkeys(words))[:most]

    def numbered(self, terms: Mapping[str, int]) -> "Model":
        """The same model for a reader with more terms, those of this one among them."""
        rarity, weights = np.zeros(len(terms)), np.zeros((len(terms), len(self.goals)))
        places = [terms[name] for name in self.terms]
        own = list(self.terms.values())
        # Without rarity a term has no strength, so those of others change nothing.
        rarity[places] = self.rarity[own]
        weights[places] = self.weights[own]
        rows = np.vstack((weights, self.weights[len(self.terms) :]))
        return replace(self, terms=terms, rarity=rarity, weights=rows)

    @cached_property
    def least_shown(self) -> Vector:
        """What a term must weigh for each goal, so that a reader sees why: as much as the last of the
        ``MOST_TELLING``. Many a word tells a little ("vandaag"), and a rare one much of one text."""
        weights = -np.sort(-self.weights[: len(self.blocks)][self.blocks < OF_TERMS], axis=0)
        found: Vector = weights[min(MOST_TELLING, len(weights)) - 1]
        return np.maximum(found, SHORTEST)

    @cached_property
    def beside(self) -> "Beside":
        """The signs beside the terms."""
        return self.signs or beside_goals(self.goals)

    @cached_property
    def blocks(self) -> Numbers:
        """With which others each term has one length."""
        return blocks_of(self.terms)

    @cached_property
    def digest(self) -> str:
        """Names what the model says of documents."""
        said = hashlib.sha256(self.weights.tobytes() + self.bias.tobytes())
        said.update(repr((sorted(self.terms), sorted(self.curves.items()))).encode())
        return said.hexdigest()[:12]


def blocks_of(terms: Mapping[str, int]) -> Numbers:
    """The block of each of the numbered terms."""
    return np.array([BLOCKS[name[:2]] for name in sorted(terms, key=terms.__getitem__)], np.intp)


def strengths_of(signs: Signs, rarity: Vector, blocks: Numbers) -> tuple[NDArray[np.int64], Vector]:
    """The terms of a document and how much each of them says there; those of one block together as
    long as it counts."""
    numbers = np.fromiter(signs.counts.keys(), np.int64, len(signs.counts))
    strengths = np.log1p(np.fromiter(signs.counts.values(), np.float64, len(signs.counts)))
    strengths *= rarity[numbers]
    block = blocks[numbers]
    lengths = np.sqrt(np.bincount(block, strengths * strengths, minlength=len(COUNTS)))
    return numbers, strengths * (COUNTS / np.maximum(lengths, SHORTEST))[block]


class Beside(NamedTuple):
    """Signs beside the terms: their names, and what gives them in that order."""

    names: Sequence[str]
    of: Callable[[Signs], Vector]


def beside_goals(goals: Sequence[int]) -> Beside:
    """The signs beside the terms for goals."""
    return Beside(names_beside(goals), partial(beside, goals=goals))


def names_beside(goals: Sequence[int]) -> list[str]:
    """The names of the signs beside the terms."""
    rubric = [f"rubric:{goal}:{what}" for goal in goals for what in ("score", "strong", "title")]
    return [*rubric, *(f"kind:{kind}" for kind in KINDS), "page:listing", "page:no-knowledge"]


def beside(signs: Signs, goals: Sequence[int]) -> Vector:
    """The signs beside the terms, in the order of their names."""
    found: list[float] = []
    for goal in goals:
        score = signs.scores[goal]
        strong = min(len(score.strong), MOST_STRONG) / MOST_STRONG
        found += (math.log1p(max(score.value, 0.0)), strong, float(score.in_title))
    found += (float(signs.document.kind == kind) for kind in KINDS)
    found += (float(signs.document.is_listing), float(signs.is_no_knowledge))
    return BESIDE * np.array(found)


def write_weights(model: Model, frequency: Mapping[str, int], path: Path) -> None:
    """Write a line for each feature: its name, how many documents had it, and its weights."""
    names = [*sorted(model.terms, key=model.terms.__getitem__), *model.beside.names]
    lines = [
        "# Written by `kennisbank train-goals`; not edited by hand. What a word says of each goal, or",
        "# value: its name (w: anywhere, t: in the title, l: in the lead, r: as written, b: two side by",
        "# side, h: as written in the title, u: in the address, c: a group of words), the documents that",
        "# had it, a weight for each in thousandths. Above zero speaks for it, below zero against it.",
        " ".join(("bias", "0", *(str(_whole(value)) for value in model.bias))),
    ]
    for name, row in zip(names, model.weights, strict=True):
        told = " ".join(str(_whole(value)) for value in row)
        lines.append(f"{name} {frequency.get(name, 0)} {told}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _whole(value: float) -> int:
    return round(float(value) * SCALE)


def rarity_of(documents: int, frequency: NDArray[np.float64]) -> Vector:
    """What a term counts that so many of the documents have."""
    found: Vector = np.log((documents + 1) / (frequency + 0.5))
    return found


def read_figures(folder: Path = HOUSE) -> dict[str, Any]:
    """Read limits, curves and figures of a model."""
    path = folder / FIGURES_FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WordListError(f"{path.name} cannot be read: {error!r}") from error


def read_model(folder: Path = HOUSE, entries: str = "goals", signs: Beside | None = None) -> Model:
    """Read a model; an error names the file that is wrong. ``entries`` is the name of its curves."""
    figures = read_figures(folder)
    path = folder / WEIGHTS_FILE
    try:
        curves = {
            entry["number"]: Curve(entry["limit"], entry["intercept"], entry["slope"])
            for entry in figures[entries]
        }
        rows = [line.text.split() for line in read_lines(path)]
        return _model(rows, curves, figures["documents"], figures["version"], signs)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise WordListError(f"The model in {path.name} cannot be read: {error!r}") from error


def _model(
    rows: list[list[str]],
    curves: Mapping[int, Curve],
    documents: int,
    version: str,
    signs: Beside | None,
) -> Model:
    goals = tuple(sorted(curves))
    names = [row[0] for row in rows[1:]]
    numbers = np.array([[float(cell) for cell in row[1:]] for row in rows])
    terms = [name for name in names if name[:2] in BLOCKS]
    if rows[0][0] != "bias" or names[len(terms) :] != list((signs or beside_goals(goals)).names):
        raise ValueError("its features are not those of this program")
    return Model(
        goals=goals,
        terms={name: number for number, name in enumerate(terms)},
        rarity=rarity_of(documents, numbers[1 : len(terms) + 1, 0]),
        weights=numbers[1:, 1:] / SCALE,
        bias=numbers[0, 1:] / SCALE,
        curves=curves,
        version=version,
        signs=signs,
    )
