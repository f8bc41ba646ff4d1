"""What the first page of an admin may show; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.first_run_pages import FirstSteps
from webapp.job_pages import JobItem
from webapp.pages import AdminPage, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(AdminPage):
    """The first page for an admin."""

    template: ClassVar[str] = "admin/overview.html"
    warnings: tuple[Note, ...]
    health: str
    first_steps: FirstSteps | None
    facts: tuple[tuple[str, str], ...]
    problem: str
    running: tuple[JobItem, ...]
    recent: tuple[JobItem, ...]
    has_examples: bool
