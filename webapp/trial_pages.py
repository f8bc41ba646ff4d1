"""What the pages may show on which a website is tried; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A page of a website that was tried."""

    title: str
    address: str
    excerpt: str = ""
    day: str = ""
    kind: str = ""
    language: str = ""
    words: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialFormPage(AdminPage):
    """Which website to try."""

    template: ClassVar[str] = "admin/trial_form.html"
    typed: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage(AdminPage):
    """What was found on a website; ``job`` is where its progress is."""

    template: ClassVar[str] = "admin/trial.html"
    job: str
    is_ready: bool
    add: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    samples: tuple[SampleItem, ...]
