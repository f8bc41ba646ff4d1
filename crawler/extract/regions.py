"""Where on a page its title and its content are, by what the page marks.

In: the tree of a page. Out: elements of it. ``main`` and ``article`` mark the content, and so do
the comments that TYPO3 writes for search engines; many pages mark nothing.
"""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Comment, Tag

from crawler.extract.text import one_line

TYPO3 = re.compile(r"^\s*TYPO3SEARCH_(begin|end)\s*$")


def is_marked_by_typo3(soup: BeautifulSoup) -> bool:
    """Whether TYPO3 tells in comments what is content."""
    return soup.find(string=lambda text: isinstance(text, Comment) and _is_begin(text)) is not None


def _is_begin(comment: str) -> bool:
    found = TYPO3.search(comment)
    return found is not None and found[1] == "begin"


def region_of(soup: BeautifulSoup) -> Tag | None:
    """The element that the page marks as its content; None when it marks none.

    ``main`` tells it; where there is none, the one ``article``, for several are a list of teasers.
    """
    marked: list[Tag] = list(soup.find_all("main", limit=2))
    for name, value in (("role", "main"), ("itemprop", "articleBody")):
        marked = marked or list(soup.find_all(attrs={name: value}, limit=2))
    if not marked:
        articles = soup.find_all("article", limit=50)
        marked = [tag for tag in articles if tag.find_parent("article") is None]
    return marked[0] if len(marked) == 1 else None


def around_title(soup: BeautifulSoup) -> frozenset[int]:
    """The elements that hold the title, by identity: they hold the content, whatever their name.

    Sites in ASP.NET put the whole page in one form, and some in one table.
    """
    title = title_tag(soup)
    return frozenset(id(tag) for tag in title.parents) if title is not None else frozenset()


def title_tag(soup: BeautifulSoup) -> Tag | None:
    """The element that shows the title: what is marked as that, or a first heading.

    Of several the one inside the content goes first, then one that the ``title`` of the page agrees
    with.
    """
    named = one_line(soup.title.get_text()[:1000]).lower() if soup.title is not None else ""
    marked = _filled(soup.find_all(itemprop="headline", limit=2))
    if len(marked) == 1 and not words_of(marked[0], "content"):
        return marked[0]
    for level in ("h1", "h2", "h3"):
        found = _filled(soup.find_all(level, limit=20))
        agreed = [tag for tag in found if one_line(tag.get_text()[:1000]).lower() in named]
        inside = [tag for tag in found if tag.find_parent(["main", "article"]) is not None]
        best = [*inside, *agreed, *found] if level == "h1" else agreed
        if best:
            return best[0]
    bold = _filled(soup.find_all(["b", "strong"], limit=50))
    return next((tag for tag in bold if _is_text(tag, named)), None)


def _is_text(tag: Tag, text: str) -> bool:
    return bool(text) and one_line(tag.get_text()[:1000]).lower() == text


def _filled(tags: Iterable[Tag]) -> list[Tag]:
    return [tag for tag in tags if tag.get_text(strip=True)]


def opened_by_buttons(soup: BeautifulSoup) -> frozenset[str]:
    """The ids of parts that a button or link on the page unfolds."""
    names = ("aria-controls", "data-target", "data-bs-target")
    tags = soup.find_all(lambda tag: any(tag.has_attr(name) for name in names), limit=2000)
    values = (words_of(tag, name).removeprefix("#") for tag in tags for name in names)
    return frozenset(value for value in values if value)


def words_of(tag: Tag, name: str) -> str:
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value or "")
