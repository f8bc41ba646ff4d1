"""What the first page and the page with results may show; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import Counted, GoalItem, HitItem, Link, Page


@dataclass(frozen=True, slots=True)
class GoalBest:
    """The best document for a goal, and the way to all of them."""

    name: str
    item: HitItem
    all: Link


@dataclass(frozen=True, slots=True)
class Choice:
    """A checkbox or radio button in a filter."""

    value: str
    label: str
    count: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with checkboxes: those in sight, and the rest behind "Toon alle"."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The filter on years, with what is wrong at each field."""

    first: str
    last: str
    first_error: str
    last_error: str
    undated: bool
    undated_label: str
    years: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The numbers below a list; an empty text in ``numbers`` is a gap.

    ``less`` leads from what is counted to what fits less, ``better`` back.
    """

    numbers: tuple[Link, ...]
    current: str
    previous: str
    following: str
    less: Link | None
    better: Link | None
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """What helps when nothing was found."""

    without_filters: str
    without_filters_address: str
    plain: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """The first page."""

    template: ClassVar[str] = "home.html"
    goals: tuple[GoalItem, ...]
    examples: tuple[Link, ...]
    newest: tuple[HitItem, ...]
    organisations: tuple[Counted, ...]
    all_text: str
    all_organisations: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage(Page):
    """The answer to a question. ``errors`` are (text, id of the field) pairs.

    ``picked`` are what people chose to be first, ``below`` the hits that are not counted. ``own_address`` is the whole address, to mail or
    keep.
    """

    template: ClassVar[str] = "results.html"
    count: str
    message: str
    errors: tuple[Link, ...]
    notes: tuple[str, ...]
    facets: tuple[Facet, ...]
    period: Period
    sorts: tuple[Choice, ...]
    chosen: str
    clear: str
    is_open: bool
    chips: tuple[Link, ...]
    hits: tuple[HitItem, ...]
    below: tuple[HitItem, ...]
    start: int
    pages: Pages | None
    nothing: Nothing | None
    goals: tuple[GoalItem, ...]
    own_address: str = ""
    follow: str = ""
    meant: Counted | None = None
    per_goal: Link | None = None
    best: tuple[GoalBest, ...] = ()
    picked: tuple[HitItem, ...] = ()
