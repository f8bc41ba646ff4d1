"""Where a source says that title, date and content are, and what is none of them: CSS selectors.

In: the tree of a page and the selectors, checked before by ``library.source_rules``. Out: what they
point at; nothing where they point at nothing, and then our own judgement holds.
"""

from datetime import date

from bs4 import BeautifulSoup, Tag

from crawler.extract.days import days_in, is_plausible
from crawler.extract.text import one_line
from library.document import Evidence, Published

_LONGEST = 1000


def without(soup: BeautifulSoup, selector: str) -> bool:
    """Take out of the page what is no main text; tell whether there was anything."""
    found = soup.select(selector) if selector else []
    for tag in found:
        # What stood inside something that is out already is gone with it.
        if not tag.decomposed:
            tag.decompose()
    return bool(found)


def title_at(soup: BeautifulSoup, selector: str) -> str:
    """The words of the first element that the selector points at."""
    tag = _first(soup, selector)
    return one_line(tag.get_text(" ")[:_LONGEST]) if tag is not None else ""


def date_at(soup: BeautifulSoup, selector: str, today: date) -> Published | None:
    """The first day in the first element that the selector points at: for machines, or in words."""
    tag = _first(soup, selector)
    if tag is None:
        return None
    stated = str(tag.get("datetime") or tag.get("content") or "")
    places: tuple[tuple[str, Evidence], ...] = (
        (stated, "time"),
        (tag.get_text(" ")[:_LONGEST], "text"),
    )
    for text, evidence in places:
        for day in days_in(text):
            if is_plausible(day, today):
                return Published(day, evidence)
    return None


def content_at(soup: BeautifulSoup, selector: str) -> Tag | None:
    """The element that holds the main text."""
    return _first(soup, selector)


def _first(soup: BeautifulSoup, selector: str) -> Tag | None:
    return soup.select_one(selector) if selector else None
