"""What the child process tells its parent: plain facts, in a shape that JSON can carry.

The parent takes these for what a page says, no more: it makes the ``Document`` itself, so that a
page that breaks the parser cannot choose an id, an organisation or an address of ours.
"""

from dataclasses import dataclass

from crawler.links import Link
from library.document import Kind, Published, Section


@dataclass(frozen=True, slots=True)
class Ask:
    """What the child needs to know about a body. ``today`` is an ISO day."""

    address: str
    media_type: str
    charset: str | None
    organisation: str
    today: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found in a body. An empty ``language`` means that there was no text to tell by."""

    title: str
    sections: tuple[Section, ...]
    visible_text: str = ""
    language: str = ""
    kind: Kind = "overig"
    published: Published | None = None
    canonical: str | None = None
    noindex: bool = False
    nofollow: bool = False
    is_listing: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A reason code of ``crawler.extract.outcomes.REASONS``, with a word for the log."""

    failure: str
    detail: str = ""
