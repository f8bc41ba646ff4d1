"""What the pages about submissions may show: the form, its check, the status, and the moderators' queue.

As in ``webapp.pages``: frozen values with texts that are ready to be read; templates escape them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from library.goals import Goal
from webapp.pages import PrivatePage, SampleItem


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
    since: str
    lines: tuple[str, ...]
    question: str
    found: tuple[str, ...]
    samples: tuple[SampleItem, ...]
    can_withdraw: bool
    can_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage(PrivatePage):
    """What became of the addresses of one form."""

    template: ClassVar[str] = "submissions/status.html"
    address: str
    message: str
    must_confirm: bool
    next_step: str
    items: tuple[SubmissionItem, ...]
