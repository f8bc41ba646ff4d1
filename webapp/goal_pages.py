"""What the form that judges goals, and the pages about their quality, may show.

As in ``webapp.pages``: frozen values with texts that are ready to be read; templates escape them.
"""

from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage, Link


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal that somebody can confirm, remove or add; ``state`` tells who gave it."""

    number: int
    label: str
    is_given: bool
    state: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody said of the goals of a document, and where that is undone, if one may."""

    text: str
    undo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalJudging:
    """The form for who may judge the goals of a document.

    ``shown`` are the goals that the form was made with; ``back`` is where it leads afterwards.
    """

    address: str
    shown: str
    choices: tuple[GoalChoice, ...]
    reasons: tuple[tuple[str, str], ...]
    history: tuple[Judged, ...] = ()
    back: str = ""
    done: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its part of 100."""

    text: str
    width: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """How well one goal is given; ``alone`` is the F1 of the terms of the rubric alone."""

    label: str
    labels: str
    precision: Bar
    recall: Bar
    f1: Bar
    alone: str


@dataclass(frozen=True, slots=True)
class Cell:
    """How often a label went with a tag."""

    text: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many documents have a goal, or none."""

    label: str
    count: Bar
    address: str


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A document to judge, with the words that its goals came from, and the buttons."""

    link: Link
    organisation: str
    seen: str
    judging: GoalJudging


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """How far judges agree on a goal: those of the labels of the program, and people on this site."""

    label: str
    labels: str
    here: str


@dataclass(frozen=True, slots=True)
class WeightsItem:
    """A set of weights; an empty name is the shipped one."""

    name: str
    text: str
    is_used: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalQualityPage(AdminPage):
    """How good the goals are, and what makes them better."""

    template: ClassVar[str] = "admin/goals.html"
    message: str
    error: str
    problem: str
    summary: str
    rows: tuple[GoalRow, ...]
    mistakes: str
    headings: tuple[str, ...]
    confusion: tuple[tuple[str, tuple[Cell, ...]], ...]
    counted: str
    counts: tuple[CountRow, ...]
    without: tuple[Link, ...]
    to_judge: tuple[ToJudge, ...]
    second: tuple[ToJudge, ...]
    agreed: str
    agreement: tuple[AgreementRow, ...]
    learning: str
    is_enough: bool
    weights: tuple[WeightsItem, ...]
    recent: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was measured before and after: precision, recall and F1."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that gets other goals."""

    link: Link
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedPage(AdminPage):
    """What new weights change; ``weights`` is their name, empty when they are not there any more."""

    template: ClassVar[str] = "admin/goals_learned.html"
    number: int
    weights: str
    is_used: bool
    summary: str
    changes: str
    rows: tuple[Compared, ...]
    fresh: tuple[Compared, ...]
    changed: tuple[Changed, ...]
