"""What the pages about accounts may show: signing in, one's own account, and the people of a site.

As in ``webapp.pages``: frozen values with texts that are ready to be read; templates escape them.
"""

from dataclasses import dataclass
from typing import ClassVar

from webapp.app_codes import Squares
from webapp.insight_pages import ReportSection
from webapp.pages import AdminPage, Counted, Link, PrivatePage
from webapp.source_pages import SourceItem


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLinkPage(PrivatePage):
    """Where one asks for a link by mail, or uses a passkey."""

    template: ClassVar[str] = "account/ask_link.html"
    can_mail: bool
    typed: str
    error: str
    passkey_error: str
    options: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseLinkPage(PrivatePage):
    """The button that uses a one-time link."""

    template: ClassVar[str] = "account/use_link.html"
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepPage(PrivatePage):
    """What an admin who came by mail must still do: use a second factor, or make the first one.

    With ``is_again`` somebody who is wholly signed in proves it again.
    """

    template: ClassVar[str] = "account/second_step.html"
    is_new: bool
    is_again: bool
    has_passkey: bool
    has_app: bool
    has_spare: bool
    error: str
    options: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppPage(PrivatePage):
    """Setting up an app that makes codes; ``proof`` holds the seed of its secret."""

    template: ClassVar[str] = "account/app.html"
    link: str
    secret: str
    squares: Squares
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage(AdminPage):
    """New recovery codes, shown once."""

    template: ClassVar[str] = "account/recovery.html"
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PasskeyItem:
    """A passkey as its owner knows it."""

    id: str
    name: str
    added: str
    used: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage(AdminPage):
    """One's own account."""

    template: ClassVar[str] = "account/account.html"
    facts: tuple[tuple[str, str], ...]
    passkeys: tuple[PasskeyItem, ...]
    options: str
    error: str
    needs_proof: bool
    needs_codes: bool
    app_added: str
    app_used: str
    recovery: str


@dataclass(frozen=True, slots=True)
class PersonItem:
    """Somebody with an account."""

    number: int
    name: str
    facts: tuple[str, ...]
    is_closed: bool
    can_be_invited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(AdminPage):
    """Who may sign in, and the form that invites somebody."""

    template: ClassVar[str] = "admin/people.html"
    message: str
    people: tuple[PersonItem, ...]
    roles: tuple[tuple[str, str], ...]
    organisations: tuple[str, ...]
    typed: dict[str, str]
    errors: dict[str, str]
    can_mail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerPage(AdminPage):
    """What an organisation has in the knowledge base."""

    template: ClassVar[str] = "partner/home.html"
    message: str
    sources: tuple[SourceItem, ...]
    submissions: tuple[Counted, ...]
    report: tuple[ReportSection, ...]
    has_monthly_mail: bool
    to_judge: tuple[Link, ...]
    all_documents: str
