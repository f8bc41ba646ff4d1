"""Reading a page as a browser does, for tests that look at structure."""

from bs4 import BeautifulSoup, Tag


def soup(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "lxml")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """The one element that a selector finds."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} x {selector}"
    return found[0]


def texts(page: BeautifulSoup | Tag, selector: str) -> list[str]:
    """The texts of all that a selector finds, white space as one reads it."""
    return [" ".join(found.get_text(" ").split()) for found in page.select(selector)]
