"""What the pages about sources, their rules and their addresses may show; as in ``webapp.pages``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage, Counted, Link


@dataclass(frozen=True, slots=True)
class Fetching:
    """The buttons that fetch a source; ``job`` and ``accept`` are addresses, or empty.

    ``job`` is the page of a crawl that waits or runs, ``accept`` that of removals a crawl held back.
    """

    number: int
    name: str
    job: str
    accept: str


@dataclass(frozen=True, slots=True)
class SourceItem:
    """A source with what came of it."""

    number: int
    name: str
    organisation: str
    url: str
    host: str
    documents: str
    last: str
    state: str
    notes: tuple[str, ...]
    fetching: Fetching


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(AdminPage):
    """All sources."""

    template: ClassVar[str] = "admin/sources.html"
    sources: tuple[SourceItem, ...]


@dataclass(frozen=True, slots=True)
class AddressItem:
    """An address of a source, with what became of it."""

    url: str
    address: str
    reason: str
    found_on: str
    visited: str
    leads_to: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage(AdminPage):
    """What became of every address of a source.

    ``groups`` have a heading and reasons; ``restorable`` tells what a button brings back.
    """

    template: ClassVar[str] = "admin/source.html"
    number: int
    note: str
    fetching: Fetching
    is_paused: bool
    reason: str
    restorable: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[Counted, ...]], ...]
    links: tuple[Counted, ...]
    heading: str
    addresses: tuple[AddressItem, ...]
    following: Link | None
    csv: str
    everything: str


@dataclass(frozen=True, slots=True)
class RuleField:
    """A field of the form with what was typed and what is wrong with it."""

    name: str
    label: str
    hint: str
    typed: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFormPage(AdminPage):
    """The rules of a source; ``seen`` is a print of them as they are now."""

    template: ClassVar[str] = "admin/source_form.html"
    number: int
    seen: str
    fields: Mapping[str, RuleField]
    scopes: tuple[tuple[str, str], ...]
    intervals: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    errors: Mapping[str, str]
    selectors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTrialPage(AdminPage):
    """What would change: each rule before and after, and known addresses that go or come back."""

    template: ClassVar[str] = "admin/source_trial.html"
    number: int
    seen: str
    changes: tuple[tuple[str, str, str], ...]
    lost: str
    lost_examples: tuple[str, ...]
    back: str
    back_examples: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAwayPage(AdminPage):
    """The question before pages go and stay away."""

    template: ClassVar[str] = "admin/take_away.html"
    number: int
    addresses: tuple[tuple[int, str], ...]
    documents: str
    error: str
