"""Bytes of a page or file to text and metadata; parsing happens in a limited child process.

``extract`` does one body; ``Parser`` keeps its child for many. Both give ``Extracted`` or
``NotExtracted``, never an error for what a page may hold. The child imports this package too, and
must not load what only its parent needs.
"""

import dataclasses
import hashlib
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from crawler.extract.facts import Selectors
from crawler.extract.link import Link
from crawler.extract.outcomes import REASONS, Extracted, NotExtracted, Rules
from crawler.outcomes import Fetched

if TYPE_CHECKING:
    from crawler.extract.parser import Parser, ParserError
    from library.store.sources import Source

EXTRACTION_VERSION = 2
"""Raise it by hand with every change that makes other documents of the same bytes.

The next crawl of each source then extracts again from the kept bodies, for pages that did not
change too.
"""

__all__ = [
    "EXTRACTION_VERSION",
    "REASONS",
    "Extracted",
    "Link",
    "NotExtracted",
    "Parser",
    "ParserError",
    "Rules",
    "extract",
    "extraction_of",
    "rules_of",
]


def __getattr__(name: str) -> Any:
    if name not in {"Parser", "ParserError"}:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found = getattr(import_module("crawler.extract.parser"), name)
    return found


def rules_of(source: "Source") -> Rules:
    """What a source decides about its documents."""
    return Rules(
        organisation=source.organisation,
        languages=source.languages,
        kept_parameters=source.kept_parameters,
        is_example=source.is_example,
        selectors=Selectors(
            source.title_selector,
            source.date_selector,
            source.content_selector,
            source.left_out_selector,
        ),
    )


def extraction_of(source: "Source", version: int) -> str:
    """The name of a way of reading: a page that was read in another way is read again.

    It changes with the version, and with every rule of the source that makes other documents or
    follows other links.
    """
    links = source.scope, source.path_rules, source.deepest
    rules = dataclasses.astuple(rules_of(source)), links
    return f"{version}-{hashlib.sha256(repr(rules).encode()).hexdigest()[:16]}"


def extract(
    fetched: Fetched,
    *,
    source: "Source",
    parser: "Parser | None" = None,
    repeated: Sequence[int] = (),
) -> Extracted | NotExtracted:
    """Extract one body; without a ``parser`` in a child of its own, which takes a second."""
    if parser is not None:
        return parser.parse(fetched, rules_of(source), repeated)
    from crawler.extract.parser import Parser

    with Parser() as own:
        return own.parse(fetched, rules_of(source), repeated)
