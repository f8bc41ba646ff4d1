"""Source -> document: fetch politely, stay on the public internet, give every address a reason.

In: a ``Source`` and the frontier in the store. Out: documents in the store and one outcome for each
address. The modules: ``urls`` and ``outcomes`` are the words; ``guard`` and ``fetch`` speak to the
network; ``robots``, ``politeness`` and ``frontier`` decide whether, when and what; ``sitemaps``,
``links`` and ``extract`` read what came; ``pages`` asks, ``crawl`` is the loop, ``recording`` and
``removals`` say what it changes, ``tasks`` ties it to the store; ``changes`` tells what is a change,
``duplicates`` and ``grouping`` what says the same; ``again`` reads kept bodies once more; ``once``,
``trial`` and ``explanation`` answer questions.

This is the door. It opens when it is used: the parser child imports the package too, and must not
load the database and the network behind it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.again import Reread, read_all_again
    from crawler.explanation import REASONS, document_at, explain
    from crawler.extract.kinds import kind_of
    from crawler.grouping import group_documents
    from crawler.once import extract_once, fetch_once
    from crawler.sources import add_source
    from crawler.tasks import CrawlSummary, crawl_source
    from crawler.trial import WARNINGS, Trial, try_site
    from crawler.urls import BadAddress, canonical_url

__all__ = [
    "REASONS",
    "WARNINGS",
    "BadAddress",
    "CrawlSummary",
    "Reread",
    "Trial",
    "add_source",
    "canonical_url",
    "crawl_source",
    "document_at",
    "explain",
    "extract_once",
    "fetch_once",
    "group_documents",
    "kind_of",
    "read_all_again",
    "try_site",
]

_PLACES = {
    "REASONS": "explanation",
    "add_source": "sources",
    "BadAddress": "urls",
    "CrawlSummary": "tasks",
    "canonical_url": "urls",
    "crawl_source": "tasks",
    "document_at": "explanation",
    "explain": "explanation",
    "extract_once": "once",
    "fetch_once": "once",
    "group_documents": "grouping",
    "kind_of": "extract.kinds",
    "Reread": "again",
    "read_all_again": "again",
    "Trial": "trial",
    "WARNINGS": "trial",
    "try_site": "trial",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
