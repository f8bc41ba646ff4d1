"""What the pages may show on which an admin sets up the site: the first steps, its texts, a test mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps, where it is done, and where that is explained."""

    text: str
    address: str
    is_done: bool
    guide: str


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The list of first steps, with how many of them are done."""

    told: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsPage(AdminPage):
    """The texts of the site as a form; ``seen`` is how they were, signed."""

    template: ClassVar[str] = "admin/texts.html"
    message: str
    seen: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    lengths: Mapping[str, int]
    intro: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTestPage(AdminPage):
    """Sending a mail to see whether mail works, and what became of it."""

    template: ClassVar[str] = "admin/test_mail.html"
    message: str
    problems: tuple[str, ...]
    can_mail: bool
    typed: str
    error: str
    has_arrived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MailArrivedPage(AdminPage):
    """Where the link in the test mail leads: a button that tells that it came."""

    template: ClassVar[str] = "admin/mail_arrived.html"
    token: str
