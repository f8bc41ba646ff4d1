"""What the pages about submissions may show: the form, its check, the status, and the moderators' queue.

As in ``webapp.pages``: frozen values with texts that are ready to be read; templates escape them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from library.goals import Goal
from webapp.pages import AdminPage, Link, PrivatePage
from webapp.trial_pages import SampleItem


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitPage(PrivatePage):
    """The form; ``typed`` and ``errors`` are by the names of its fields."""

    template: ClassVar[str] = "submissions/form.html"
    typed: Mapping[str, str]
    chosen: frozenset[int]
    errors: Mapping[str, str]
    goals: tuple[Goal, ...]
    scopes: tuple[tuple[str, str], ...]
    is_known: bool
    sender: tuple[str, ...]
    can_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(PrivatePage):
    """The answers once more, before they are sent; ``fields`` are what the form sends again."""

    template: ClassVar[str] = "submissions/check.html"
    warnings: tuple[str, ...]
    answers: tuple[tuple[str, tuple[str, ...]], ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SubmissionItem:
    """One address as its submitter sees it."""

    number: int
    url: str
    state: str
    dates: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    question: str
    found: tuple[str, ...]
    samples: tuple[SampleItem, ...]
    scope: str
    can_change: bool
    can_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage(PrivatePage):
    """What became of the addresses of one form."""

    template: ClassVar[str] = "submissions/status.html"
    address: str
    message: str
    must_confirm: bool
    next_step: str
    reach: str
    scopes: tuple[tuple[str, str], ...]
    items: tuple[SubmissionItem, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """A state with its number, above the queue."""

    text: str
    count: str
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One submission in the queue; ``seen`` is its number with the state that is shown."""

    number: int
    seen: str
    url: str
    address: str
    facts: tuple[str, ...]
    warnings: tuple[str, ...]
    samples: tuple[SampleItem, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with a bar; ``percent`` is its length beside the longest."""

    text: str
    count: str
    percent: int


@dataclass(frozen=True, slots=True)
class WaitingTimes:
    """How long submissions wait: in a sentence, and as bars that are a table."""

    told: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage(AdminPage):
    """The submissions that wait for a judgement, or had one."""

    template: ClassVar[str] = "admin/submissions.html"
    message: str
    tabs: tuple[Tab, ...]
    state: str
    organisations: tuple[str, ...]
    goals: tuple[Goal, ...]
    asked: Mapping[str, str]
    items: tuple[QueueItem, ...]
    can_judge: bool
    waiting: WaitingTimes | None


@dataclass(frozen=True, slots=True)
class NoteItem:
    """What somebody said about a submission; one's own can be changed."""

    number: int
    who: str
    when: str
    text: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgePage(AdminPage):
    """One submission with all that is known of it."""

    template: ClassVar[str] = "admin/submission.html"
    message: str
    number: int
    seen: str
    url: str
    outward: str
    state: str
    facts: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    first_samples: tuple[SampleItem, ...]
    samples: tuple[SampleItem, ...]
    notes: tuple[NoteItem, ...]
    removed_notes: tuple[NoteItem, ...]
    history: tuple[str, ...]
    can_judge: bool
    can_approve: bool
    second: str
    following: Link | None
    can_undo: bool
    can_try: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage(AdminPage):
    """A judgement before it is carried out: its reason, and the mail that will be sent."""

    template: ClassVar[str] = "admin/decision.html"
    decision: str
    chosen: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    mails: tuple[tuple[str, str], ...]
    asks_text: bool
    asks_organisation: bool
    is_ready: bool
    awaits_second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """What somebody did; ``subject`` leads to what it was about, where there is such a page."""

    at: str
    who: str
    act: str
    subject: Link
    details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage(AdminPage):
    """What people did below /beheer."""

    template: ClassVar[str] = "admin/log.html"
    rows: tuple[LogRow, ...]
