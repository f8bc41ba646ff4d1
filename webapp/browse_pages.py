"""What the pages of a goal or an organisation may show; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from library.goals import Goal
from webapp.pages import Counted, GoalItem, HitItem, Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsPage(Page):
    """The five goals."""

    template: ClassVar[str] = "goals.html"
    goals: tuple[GoalItem, ...]


@dataclass(frozen=True, slots=True)
class YearLine:
    """Documents by year as a line in a drawing of 600 by 160, as a sentence, and as a table."""

    told: str
    points: str
    dots: tuple[tuple[str, str], ...]
    most: str
    first: str
    last: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPage(Page):
    """One goal."""

    template: ClassVar[str] = "goal.html"
    goal: Goal
    best: tuple[HitItem, ...]
    newest: tuple[HitItem, ...]
    used: tuple[HitItem, ...]
    years: YearLine | None
    all_text: str
    all_address: str
    organisations: tuple[Counted, ...]
    kinds: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage(Page):
    """One organisation; ``sites`` are its own."""

    template: ClassVar[str] = "organisation.html"
    name: str
    count: str
    sites: tuple[Link, ...]
    newest: tuple[HitItem, ...]
    all_text: str
    all_address: str
    goals: tuple[Counted, ...]
    kinds: tuple[Counted, ...]
