"""What each page may show: one frozen dataclass per template, all texts ready to be read.

Here stand the kinds of page and what pages of several subjects hold; what the pages of one subject show
is beside it, in the module whose name ends in ``_pages``.

In: what the views of this package made of hits, documents and jobs. Out: a value for
``webapp.rendering.render``. Nothing here is HTML; the templates escape every field. An address in
a ``Link`` or ``url`` field is our own path, or has passed ``webapp.links.outward``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from library.goals import Goal


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A text with a number, and where it leads when it leads somewhere."""

    text: str
    count: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class GoalItem:
    """A goal with the number of its documents; the number is empty while nobody knows it."""

    goal: Goal
    address: str
    count: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A fragment: pieces with a mark whether they match, and the place at the source."""

    pieces: tuple[tuple[str, bool], ...]
    place: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about a document, and where to go for it."""

    text: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class HitItem:
    """One result in a list."""

    title: str
    address: str
    language: str
    kind_of_file: str
    organisation: str
    day: str
    excerpts: tuple[Excerpt, ...] = ()
    found_on: str = ""
    goals: tuple[Link, ...] = ()
    source: str = ""
    host: str = ""
    also: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What every page has.

    ``example`` is the banner text on a page that shows invented things; ``feed`` is the address of
    the feed with the same documents; ``data`` is what it tells search engines (``linked_data``).
    """

    template: ClassVar[str]
    title: str
    example: str = ""
    is_indexable: bool = True
    here: str = ""
    query: str = ""
    feed: str = ""
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """Something is wrong; the search field is there to go on."""

    template: ClassVar[str] = "error.html"
    is_indexable: bool = False
    text: str
    must_sign_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage(Page):
    """One message with nothing to do, for who just signed out or used an old link."""

    template: ClassVar[str] = "notice.html"
    is_indexable: bool = False
    lines: tuple[str, ...]
    to_sign_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivatePage(Page):
    """A page outside /beheer that is for one person alone; ``proof`` is the token of its forms."""

    is_indexable: bool = False
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminPage(Page):
    """What every page for somebody with an account has."""

    is_indexable: bool = False
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(AdminPage):
    """The question before a button does something: what it does, the button, and the way back."""

    template: ClassVar[str] = "admin/confirm.html"
    texts: tuple[str, ...]
    action: str
    button: str
    back: str
