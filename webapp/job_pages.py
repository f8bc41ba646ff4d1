"""What the pages about jobs and the index may show; as in ``webapp.pages``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage, Counted


@dataclass(frozen=True, slots=True)
class StepItem:
    """A step of a job. ``percent`` is ``None`` while nobody knows the total."""

    name: str
    state: str
    percent: int | None = None
    progress: str = ""


@dataclass(frozen=True, slots=True)
class JobItem:
    """A job as its page, its row in a list and its JSON tell it.

    ``said`` is what a screen reader hears: it changes at the start, at every tenth part and at the
    end, not at every tick. ``rows`` are the sources that are crawled first, the most errors on top.
    """

    number: int
    name: str
    address: str
    state: str
    is_open: bool
    is_stopping: bool
    is_pausing: bool
    is_paused: bool
    steps: tuple[StepItem, ...]
    progress: str
    left: str
    counts: tuple[Counted, ...]
    reasons: tuple[str, ...]
    message: str
    error: str
    said: str
    created: str
    started: str
    ended: str
    as_of: str
    result: str
    rows: tuple[tuple[Counted, ...], ...] = ()
    accept: str = ""
    builds_index: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: which sort, how high it begins and how high it is."""

    sort: str
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One crawl in the chart."""

    left: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The last crawls: a sentence that says what they tell, a picture, and the same as a table."""

    told: str
    sorts: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...]
    first: str
    last: str
    most: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsPage(AdminPage):
    """The index, what runs, what ran. ``seen`` is the generation that the page tells of."""

    template: ClassVar[str] = "admin/jobs.html"
    note: str
    problem: str
    facts: tuple[tuple[str, str], ...]
    seen: str
    is_held: bool
    other: str
    running: tuple[JobItem, ...]
    jobs: tuple[JobItem, ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobPage(AdminPage):
    """One job, live. ``seen`` is for the button that wants a refused index all the same."""

    template: ClassVar[str] = "admin/job.html"
    job: JobItem
    note: str
    seen: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexPage(AdminPage):
    """The question before the index is made again; ``seen`` is the last run that was there."""

    template: ClassVar[str] = "admin/reindex.html"
    seen: int
    choices: tuple[tuple[str, str, str], ...]
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedPage(AdminPage):
    """Searches that a new index must answer; ``seen`` is a print of them as they are now."""

    template: ClassVar[str] = "admin/pinned.html"
    note: str
    seen: str
    typed: str
    errors: Mapping[str, str]
    now: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class FindingItem:
    """What needs a person: how bad it is, what it is, and where something can be done about it."""

    grade: str
    is_fault: bool
    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthPage(AdminPage):
    """How the installation is."""

    template: ClassVar[str] = "admin/health.html"
    as_of: str
    findings: tuple[FindingItem, ...]
    facts: tuple[tuple[str, str], ...]
    failed: tuple[JobItem, ...]
