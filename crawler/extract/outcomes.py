"""What became of a fetched body: ``Extracted`` or ``NotExtracted``, frozen values.

``Extracted`` always holds the links; its document is None where the page must not be one, with the
reason beside it. ``NotExtracted`` means that nothing of the body could be used. ``REASONS`` is the
one table of codes with an English sentence. ``Rules`` is what a source has to say on extraction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from crawler.extract.facts import NO_SELECTORS, Selectors
from crawler.extract.link import Link
from library.document import Directive, Document

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # Why a page gave no document, though its links are known.
        "noindex": "The page asks not to be found.",
        "other-language": "The page is in a language that this source is not indexed in.",
        "no-text": "There is no text in it.",
        "scanned-pdf": "The PDF holds pictures of pages, without text in them.",
        # Why nothing could be used.
        "unsupported-type": "This type of file is not read.",
        "too-large": "The file is larger than the limit.",
        "too-complex": "It is built of more parts than we take on.",
        "legacy-office": "It is a Word, Excel or PowerPoint file of before 2007, which is not read.",
        "broken-file": "The file is damaged.",
        "encrypted-file": "The file is locked with a password.",
        "bomb": "Unpacked it is far larger than it looks.",
        "broken-pdf": "The PDF is damaged.",
        "encrypted-pdf": "The PDF is locked with a password.",
        "too-many-pages": "The PDF has more pages than we take on.",
        "too-much-text": "There is more text in it than we take on.",
        "parser-timeout": "Reading it took too long.",
        "parser-memory": "Reading it took too much memory.",
        "parser-died": "The program that reads it stopped in the middle.",
        "parser-error": "The program that reads it could not make sense of it.",
    }
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a source decides about its documents. ``languages`` are those that are kept."""

    organisation: str
    languages: tuple[str, ...] = ("nl", "fy")
    kept_parameters: tuple[str, ...] | None = None
    is_example: bool = False
    selectors: Selectors = NO_SELECTORS


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a page gave.

    ``canonical`` is the address that the page names as its own, absolute and normalised.
    ``directives`` are what page and server ask of us. ``document`` is None for the reason in
    ``document_reason``, which is empty otherwise. ``prints`` are the fingerprints of the blocks of
    the page, sorted; ``teaches`` tells whether the repeated blocks of a site may be learned from it.
    """

    document: Document | None
    links: tuple[Link, ...] = ()
    canonical: str | None = None
    directives: frozenset[Directive] = frozenset()
    document_reason: str = ""
    prints: tuple[int, ...] = ()
    teaches: bool = False


@dataclass(frozen=True, slots=True)
class NotExtracted:
    """Nothing of the body could be used. ``detail`` is for the log."""

    reason: str
    detail: str = ""
