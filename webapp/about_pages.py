"""What the pages about the site itself and its API may show; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.pages import Counted, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPage(Page):
    """What this is and who take part."""

    template: ClassVar[str] = "about.html"
    organisations: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlerPage(Page):
    """Who visits the sites of others; ``visits`` are hosts with our last visit."""

    template: ClassVar[str] = "crawler.html"
    agent: str
    email: str
    visits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    """How to search."""

    template: ClassVar[str] = "help.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """How far everybody can use the site, and whom to tell when somebody cannot."""

    template: ClassVar[str] = "accessibility.html"
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage(Page):
    """What we keep of whom."""

    template: ClassVar[str] = "privacy.html"


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """One address of the API, with its parameters: names and what they are."""

    text: str
    path: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage(Page):
    """How programs ask us."""

    template: ClassVar[str] = "api.html"
    address: str
    operations: tuple[ApiOperation, ...]
    examples: tuple[str, ...]
