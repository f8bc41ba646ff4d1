"""What the child process tells its parent: plain facts, in a shape that JSON can carry.

The parent takes these for what a page says, no more: it makes the ``Document`` itself, so that a
page that breaks the parser cannot choose an id, an organisation or an address of ours.
"""

from dataclasses import dataclass
from typing import NamedTuple

from crawler.extract.link import Link
from library.document import Directive, Kind, Published, Section


class Selectors(NamedTuple):
    """Where a source says that things are on its pages; empty where our own judgement holds."""

    title: str = ""
    date: str = ""
    content: str = ""
    left_out: str = ""


NO_SELECTORS = Selectors()


@dataclass(frozen=True, slots=True)
class Ask:
    """What the child needs to know about a body. ``today`` is an ISO day.

    ``repeated`` are the fingerprints of blocks that many pages of the site have.
    """

    address: str
    media_type: str
    charset: str | None
    organisation: str
    today: str
    repeated: tuple[int, ...] = ()
    selectors: Selectors = NO_SELECTORS


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in a body. An empty ``language`` means that there was no text to tell by.

    ``media_type`` is what the body turned out to be, where only its content tells (a zip); empty
    where it is what was asked. ``author`` is an organisation, never a person. ``directives`` are
    what the page asks of search engines; ``prints`` are the fingerprints of its blocks, by which
    the repeated ones of a site are known, and ``teaches`` tells whether it counts for that
    (``crawler.extract.prints``).
    """

    title: str
    sections: tuple[Section, ...]
    visible_text: str = ""
    language: str = ""
    kind: Kind = "overig"
    published: Published | None = None
    canonical: str | None = None
    directives: tuple[Directive, ...] = ()
    is_listing: bool = False
    links: tuple[Link, ...] = ()
    media_type: str = ""
    author: str = ""
    pages_without_text: int = 0
    prints: tuple[int, ...] = ()
    teaches: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason code of ``crawler.extract.outcomes.REASONS``, with a word for the log."""

    failure: str
    detail: str = ""


class Unreadable(Exception):
    """A body that is not read; ``reason`` is the code, ``detail`` a word for the log."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail
