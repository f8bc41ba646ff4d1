"""What else is told of a document: its themes, its kind, the phase and the reader it is for, its place.

In: what a document shows (``index.signs``). Out: ``Facets``. Themes work as goals do: any number of
them, each with its evidence, and no evidence, no theme. Of kind, phase and reader one value is chosen,
the one with most weight, and for phase and reader that may be none. Weights come from labelled
documents, as those of the goals do, and stand in ``data/facets`` with their figures. The place is
looked up and not learned (``index.about_place``).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.model import MOST_STRONG, Beside, Model, Vector, read_figures, read_model
from index.places import Place
from index.query import ThemeTag
from index.signs import Signs
from index.style import NAMES
from index.themes import FIRST_NUMBER, THEME_NAMES, THEMES
from index.wordlists import FOLDER
from library.document import KINDS, Kind

HOUSE = FOLDER / "facets"
"""The model that comes with the program."""
ENTRIES = "values"

PHASES = ("idee", "start", "doorgroei", "verduurzaming", "overdracht of stoppen")
AUDIENCES = ("initiatiefnemer", "bestuur", "vrijwilliger", "gemeente", "fonds")
NONE = ""
AXES: Mapping[str, tuple[str, ...]] = {
    "theme": THEME_NAMES,
    "kind": KINDS,
    "phase": (*PHASES, NONE),
    "audience": (*AUDIENCES, NONE),
}
"""The facets that are learned, each with its values."""
RUBRIC = tuple(theme.number for theme in THEMES)


class Column(NamedTuple):
    """A value that is learned, and its number in the model."""

    number: int
    axis: str
    value: str


COLUMNS: tuple[Column, ...] = tuple(
    Column(FIRST_NUMBER + 100 * at + place, axis, value)
    for at, (axis, values) in enumerate(AXES.items())
    for place, value in enumerate(values)
)


@dataclass(frozen=True, slots=True)
class Facets:
    """What was found of one document; ``kind`` is not there where nothing was looked for,
    nor in the index, where the document has it."""

    themes: tuple[ThemeTag, ...] = ()
    kind: Kind | None = None
    phase: str = NONE
    audience: str = NONE
    place: Place | None = None


def chosen(axis: str, values: Mapping[int, float]) -> str:
    """The value of a facet with most weight."""
    columns = [column for column in COLUMNS if column.axis == axis]
    return max(columns, key=lambda column: values[column.number]).value


OF_THEME = ("score", "strong", "title", "lead", "other")
"""What the words of a theme tell: how much, how many strong ones, in the title, in the lead; and how
much those of the theme that tells most beside it."""
SHORTEST_TEXT = 30
"""Pieces that a shorter text counts as, where it is told how often something stands in it."""
GUESS = 0.3
"""What the crawler's guess of the kind counts."""


def beside(signs: Signs) -> Vector:
    """The signs beside the terms, in the order of their names."""
    found: list[float] = []
    values = [max(signs.scores[number].value, 0.0) for number in RUBRIC]
    most, next_to_it = sorted(values)[:-3:-1]
    for number, value in zip(RUBRIC, values, strict=True):
        score = signs.scores[number]
        other = next_to_it if value == most else most
        strong = min(len(score.strong), MOST_STRONG) / MOST_STRONG
        lead = min(len(score.strong_in_lead), MOST_STRONG) / MOST_STRONG
        found += (math.log1p(value), strong, float(score.in_title), lead, math.log1p(other))
    document = signs.document
    found += (GUESS * (document.kind == kind) for kind in KINDS)
    found += (GUESS * document.is_listing, GUESS * signs.is_no_knowledge)
    length = max(SHORTEST_TEXT, len(signs.pieces))
    found += (math.log1p(100 * times / length) for times in signs.style)
    return np.array(found, float)


BESIDE = Beside(
    [
        *(f"rubric:{number}:{what}" for number in RUBRIC for what in OF_THEME),
        *(f"kind:{kind}" for kind in KINDS),
        "page:listing",
        "page:no-knowledge",
        *(f"style:{name}" for name in NAMES),
    ],
    beside,
)


@cache
def read_facet_model(folder: Path = HOUSE) -> Model:
    """Read the weights of the facets."""
    return read_model(folder, ENTRIES, BESIDE)


def read_facet_figures(folder: Path = HOUSE) -> dict[str, Any]:
    """Read how good they are."""
    return read_figures(folder)
