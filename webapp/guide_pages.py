"""What the help pages for admins and partners may show."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import AdminPage, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidesPage(AdminPage):
    """All help pages, and the words that they use."""

    template: ClassVar[str] = "guides/all.html"
    guides: tuple[tuple[Link, str], ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what it shows and its size in pixels."""

    address: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class GuideStep:
    """Something to do, with what is seen then and the way to where it is done."""

    text: str
    picture: Picture | None
    way: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidePage(AdminPage):
    """How one task is done."""

    template: ClassVar[str] = "guides/one.html"
    lead: str
    steps: tuple[GuideStep, ...]
    more: tuple[str, ...]
    address: str
    all_guides: str
