"""What a page says of itself in JSON-LD (schema.org).

In: the tree of a page. Out: the types of the things it describes, and the dates and titles of the
page itself. A script that is no JSON is passed over: many sites carry a broken one, and a reader
misses nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

_MAX_SCRIPT = 500_000
_MAX_NODES = 5_000
_ARTICLES = frozenset(
    (
        *("Article", "NewsArticle", "BlogPosting", "Report", "ScholarlyArticle"),
        *("TechArticle", "HowTo", "FAQPage"),
    )
)
_ORGANISATIONS = frozenset(
    (
        *("Organization", "NGO", "GovernmentOrganization", "NewsMediaOrganization"),
        *("EducationalOrganization", "ResearchOrganization", "Corporation", "LocalBusiness"),
    )
)
_PAGES = frozenset({"WebPage", "ItemPage", "AboutPage", "QAPage", "CreativeWork"})


@dataclass(frozen=True, slots=True)
class Linked:
    """``types`` of all things on the page, ``dates`` of publication, the best one first.

    ``author`` is the organisation that wrote the page. Names of persons are not read: nobody needs
    them to find a document, and what is not there cannot leak.
    """

    types: frozenset[str] = frozenset()
    dates: tuple[str, ...] = ()
    author: str = ""


def linked_of(soup: BeautifulSoup) -> Linked:
    """Gather what the JSON-LD of a page tells."""
    nodes = list(_nodes(soup))
    types = frozenset(name for node in nodes for name in _types(node))
    dates = [
        str(node["datePublished"])
        for wanted in (_ARTICLES, _PAGES)
        for node in nodes
        if wanted.intersection(_types(node)) and isinstance(node.get("datePublished"), str)
    ]
    return Linked(types, tuple(dates), next(_organisations(nodes), ""))


def _organisations(nodes: list[dict[str, object]]) -> Iterator[str]:
    """The names of the organisations that articles name as their authors."""
    known = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    for node in nodes:
        authors = node.get("author") if _ARTICLES.intersection(_types(node)) else None
        for author in authors if isinstance(authors, list) else [authors]:
            if not isinstance(author, dict):
                continue
            named = author if "name" in author else known.get(str(author.get("@id")), {})
            is_organisation = _ORGANISATIONS.intersection(_types(named))
            if is_organisation and isinstance(name := named.get("name"), str):
                yield name


def _nodes(soup: BeautifulSoup) -> Iterator[dict[str, object]]:
    """Every object of every script, without recursion and not without end."""
    waiting = list(_values(soup))
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting.extend(item for item in value.values() if isinstance(item, dict | list))
        elif isinstance(value, list):
            waiting.extend(item for item in value[:1000] if isinstance(item, dict | list))


def _values(soup: BeautifulSoup) -> Iterator[object]:
    for script in soup.find_all("script", type="application/ld+json", limit=50):
        text = script.get_text()
        if len(text) > _MAX_SCRIPT:
            continue
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _types(node: dict[str, object]) -> tuple[str, ...]:
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(name.rpartition("/")[2] for name in names if isinstance(name, str))
