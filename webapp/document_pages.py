"""What the page of a document may show, there or gone; as in ``webapp.pages``."""

from dataclasses import dataclass
from typing import ClassVar

from webapp.goal_pages import GoalJudging
from webapp.pages import Excerpt, HitItem, Link, Note, Page


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of a document: a heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoalReason:
    """A goal of a document, and why: words of the text, or what else is known, and where they stand."""

    link: Link
    words: tuple[str, ...]
    said: str
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage(Page):
    """One document, with what we may show of it."""

    template: ClassVar[str] = "document.html"
    item: HitItem
    back: str
    open_text: str
    excerpts: tuple[Excerpt, ...]
    goals: tuple[GoalReason, ...]
    text_note: str
    text: tuple[Shown, ...]
    facts: tuple[tuple[str, str], ...]
    checked: str
    own: str = ""
    thanks: str = ""
    why: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    copies: tuple[Link, ...] = ()
    alike: tuple[HitItem, ...] = ()
    judging: GoalJudging | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage(Page):
    """The tombstone of a document that is not there any more."""

    template: ClassVar[str] = "gone.html"
    back: str
    lines: tuple[str, ...]
