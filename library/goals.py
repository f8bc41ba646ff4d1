"""The five goals: what they are called, what they mean, and the words that point at them.

In: ``goals.toml`` beside this module. Out: ``GOALS``, frozen, in the order of their numbers. A file
that cannot be right is a ``GoalsError`` that says which goal and which entry is wrong.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from library.errors import KennisbankError

GOALS_FILE = Path(__file__).with_suffix(".toml")

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class GoalsError(KennisbankError):
    """The file with the goals is wrong."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of the coalition.

    ``name`` is the slogan, ``label`` the short name for filters; ``explanation`` has three Dutch
    sentences. ``strong``, ``ordinary`` and ``negative`` are terms as written, one or more words.
    """

    number: int
    slug: str
    name: str
    label: str
    explanation: tuple[str, str, str]
    strong: tuple[str, ...]
    ordinary: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """All that the file holds: the goals, and titles that tell that a page serves none of them."""

    goals: tuple[Goal, ...]
    without_goal: tuple[str, ...]


class _GoalEntry(BaseModel):
    """A goal as the file writes it."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[int, Field(ge=1)]
    slug: _Slug
    name: _Text
    label: _Text
    explanation: tuple[_Text, _Text, _Text]
    strong: Annotated[tuple[_Text, ...], Field(min_length=1)]
    ordinary: tuple[_Text, ...] = ()
    negative: tuple[_Text, ...] = ()

    @model_validator(mode="after")
    def _no_term_twice(self) -> Self:
        counted = Counter(term.lower() for term in self.strong + self.ordinary + self.negative)
        twice = [term for term, count in counted.items() if count > 1]
        if twice:
            raise ValueError(f"these terms are written twice: {', '.join(twice)}")
        return self


class _File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    without_goal: tuple[_Text, ...] = ()
    goals: Annotated[tuple[_GoalEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _numbered_and_distinct(self) -> Self:
        if [entry.number for entry in self.goals] != list(range(1, len(self.goals) + 1)):
            raise ValueError("the goals must be numbered 1, 2, 3 and so on, in that order")
        if len({entry.slug for entry in self.goals}) < len(self.goals):
            raise ValueError("two goals have the same slug")
        return self


def read_goals(path: Path) -> Rubric:
    """Read the goals from a file; raise ``GoalsError`` in plain words when it is wrong."""
    try:
        read = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise GoalsError(f"{path.name}: {_in_plain_words(error)}") from error
    except (OSError, ValueError) as error:
        raise GoalsError(f"{path.name} cannot be read: {error}") from error
    goals = tuple(Goal(**entry.model_dump()) for entry in read.goals)
    return Rubric(goals, read.without_goal)


def _in_plain_words(error: ValidationError) -> str:
    """The first thing that is wrong, with its place: ``goal 2, slug: Field required``."""
    first = error.errors()[0]
    place = list(first["loc"])
    if len(place) > 1 and place[0] == "goals":
        place = [f"goal {int(place[1]) + 1}", *place[2:]]
    reason = first["msg"].removeprefix("Value error, ")
    return f"{', '.join(map(str, place))}: {reason}" if place else reason


def goal(number: int) -> Goal:
    """The goal with this number; ``KeyError`` when there is none."""
    return _BY_NUMBER[number]


def goal_by_slug(slug: str) -> Goal | None:
    """The goal whose page has this slug, if there is one."""
    return _BY_SLUG.get(slug)


RUBRIC = read_goals(GOALS_FILE)
GOALS: tuple[Goal, ...] = RUBRIC.goals
_BY_NUMBER = {entry.number: entry for entry in GOALS}
_BY_SLUG = {entry.slug: entry for entry in GOALS}
