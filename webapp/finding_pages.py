"""What the pages that improve finding may show; as in ``webapp.pages``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage, Link


@dataclass(frozen=True, slots=True)
class ImprovementItem:
    """One thing that people changed: in words, by whom, and what is the matter with it."""

    number: int
    text: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ImprovementKind:
    """A kind with all that is live of it; ``slug`` is its place in addresses."""

    slug: str
    name: str
    text: str
    items: tuple[ImprovementItem, ...]


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """A change that was made, and whether it can be undone."""

    number: int
    text: str
    by: str
    can_be_undone: bool
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPage(AdminPage):
    """All that people changed about finding."""

    template: ClassVar[str] = "admin/finding.html"
    message: str
    kinds: tuple[ImprovementKind, ...]
    changes: tuple[ChangeItem, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; with ``choices`` one of these is chosen."""

    name: str
    label: str
    hint: str
    value: str
    error: str
    type: str = "text"
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementFormPage(AdminPage):
    """The form that adds one."""

    template: ClassVar[str] = "admin/improvement_form.html"
    text: str
    action: str
    fields: tuple[Field, ...]
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RankedItem:
    """A result in a preview, and how its place changes."""

    title: str
    address: str
    organisation: str
    mark: str


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """The first results of one query, now and as they would be."""

    query: str
    why: str
    before: tuple[RankedItem, ...]
    before_count: str
    after: tuple[RankedItem, ...]
    after_count: str
    lost: str


@dataclass(frozen=True, slots=True)
class MeasuredItem:
    """How good the answers to one query are, now and as they would be."""

    query: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementTrialPage(AdminPage):
    """What a change would do, before anybody agrees."""

    template: ClassVar[str] = "admin/improvement_trial.html"
    text: str
    notes: tuple[str, ...]
    conclusion: str
    compared: tuple[ComparedItem, ...]
    measured_text: str
    measured: tuple[MeasuredItem, ...]
    below: str
    suggestions: str
    suggested: tuple[tuple[str, str], ...]
    action: str
    seen: int
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GradedHit:
    """A result to judge; ``grade`` is what was said of it before, or empty."""

    id: str
    link: Link
    organisation: str
    excerpt: str
    grade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingPage(AdminPage):
    """Judging the results of a query."""

    template: ClassVar[str] = "admin/grading.html"
    message: str
    error: str
    query: str
    hits: tuple[GradedHit, ...]
    earlier: tuple[GradedHit, ...]
    todo: tuple[Link, ...]
    done: tuple[tuple[Link, str], ...]
    grades: tuple[tuple[str, str], ...]
    figure: str
    floor: str
    floor_error: str
    floor_hint: str
    may_set_floor: bool
