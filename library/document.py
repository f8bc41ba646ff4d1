"""A document: one piece of knowledge, the contract between crawler and index.

In: what a crawler extracted or an import file held. Out: a frozen value that the store keeps and
the index reads. Times are aware and in UTC; sizes are bytes; pages count from 1.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal, get_args

Kind = Literal[
    "handreiking",
    "verhaal",
    "nieuws",
    "regeling",
    "onderzoek",
    "wet",
    "format",
    "bijeenkomst",
    "overig",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Evidence = Literal[
    "meta", "json-ld", "time", "url", "text", "pdf", "file", "header", "sitemap", "import"
]
"""Where a date of publication was found, from the page's own metadata down to the sitemap."""

Confidence = Literal["high", "fair", "low"]
_CONFIDENCE: dict[Evidence, Confidence] = {
    **dict.fromkeys(("meta", "json-ld", "import"), "high"),
    **dict.fromkeys(("time", "text"), "fair"),
}

Directive = Literal["noindex", "nofollow", "noarchive", "nosnippet"]
"""What a page asks of search engines; of a document only the last two can be there, for a page
that asks not to be found gives none."""


@dataclass(frozen=True, slots=True)
class Published:
    """The day a document was published, with the place where that was found."""

    day: date
    evidence: Evidence

    @property
    def confidence(self) -> Confidence:
        """How far the day can be trusted: stated for machines, shown to people, or derived."""
        return _CONFIDENCE.get(self.evidence, "low")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that can be pointed at: text under a heading, or one page of a PDF.

    ``heading`` is empty for text before the first heading; ``anchor`` is the fragment id on the
    page (without ``#``) and ``page`` the number of the PDF page, where there is one.
    """

    text: str
    heading: str = ""
    anchor: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One piece of knowledge.

    ``id`` is the identity: ``id_of(canonical_url)`` for a crawled document, the ``id`` of its line
    for an imported one. ``goals`` holds goals that came with an import; goals that the classifier
    finds are not kept here. ``visible_text`` is all text a reader can see, boilerplate included
    (the main text loses lists: threats, decision 13); it is empty where ``sections`` hold it all.
    ``is_listing`` marks a page that only leads to others: an overview, teasers, the start of a site.
    ``author`` is an organisation that wrote it, where the document names one; a person never is.
    ``pages_without_text`` counts the pages of a PDF that are pictures of text. ``duplicate_of`` is the
    id of the best copy of the same text, ``replaced_by`` of the newest generation of the same page;
    ``perhaps_replaced_by`` too, for a page that has no date itself. The store finds these three by
    comparing all documents; whoever keeps a document has no say in them.
    """

    id: str
    url: str
    canonical_url: str
    title: str
    sections: tuple[Section, ...]
    organisation: str
    kind: Kind = "overig"
    language: str = "nl"
    published: Published | None = None
    media_type: str = "text/html"
    size: int = 0
    content_hash: str = ""
    fetched_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    visible_text: str = ""
    goals: tuple[int, ...] = ()
    attached_to: str | None = None
    is_example: bool = False
    is_listing: bool = False
    author: str = ""
    directives: tuple[Directive, ...] = ()
    pages_without_text: int = 0
    duplicate_of: str | None = None
    replaced_by: str | None = None
    perhaps_replaced_by: str | None = None

    @property
    def pages(self) -> int:
        """The number of the last page; 0 for what has no pages."""
        return max((section.page or 0 for section in self.sections), default=0)

    @property
    def text(self) -> str:
        """All sections as one text, headings included, parts divided by an empty line."""
        parts = (part for section in self.sections for part in (section.heading, section.text))
        return "\n\n".join(part for part in parts if part)


def id_of(canonical_url: str) -> str:
    """The id of a crawled document: 80 bits of SHA-256 of its canonical URL, as 20 hex digits."""
    return hashlib.sha256(canonical_url.encode()).hexdigest()[:20]


def content_hash_of(title: str, sections: tuple[Section, ...]) -> str:
    """SHA-256 over title and sections, so that a changed layout is no changed document."""
    digest = hashlib.sha256()
    for part in (title, *(p for s in sections for p in (s.heading, s.anchor or "", s.text))):
        digest.update(part.encode())
        digest.update(b"\x00")
    return digest.hexdigest()
