"""Where a page leads: its links, resolved and normalised.

In: the tree of a page and its address. Out: at most 1,000 different ``Link``s in the order of the
page. Every address is read by the WHATWG parser (threats, decision 8) against the first
``base href``; what is not http(s), or cannot be read, is no link. A fragment is dropped, because
it never leads to another page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ada_url import URL
from bs4 import BeautifulSoup, Tag

MAX_LINKS = 1000
_MAX_URL = 2048
_MAX_TEXT = 300
_UNFOLLOWED = {"nofollow", "ugc", "sponsored"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link to ``url``, absolute and normalised, shown as ``text``."""

    url: str
    text: str = ""
    nofollow: bool = False


def links_of(soup: BeautifulSoup, address: str) -> tuple[Link, ...]:
    """The links of a page that was found at ``address``."""
    found: dict[str, Link] = {}
    base = base_of(soup, address)
    for tag in soup.find_all(["a", "area"], href=True):
        if (link := _link(tag, base)) is None:
            continue
        earlier = found.get(link.url)
        if earlier is None:
            found[link.url] = link
        elif earlier.nofollow and not link.nofollow:
            found[link.url] = Link(link.url, earlier.text or link.text)
        if len(found) == MAX_LINKS:
            break
    return tuple(found.values())


def base_of(soup: BeautifulSoup, address: str) -> str:
    """The address that relative links start from."""
    tag = soup.find("base", href=True)
    if isinstance(tag, Tag) and (base := absolute(_value(tag, "href"), address)) is not None:
        return base
    return address


def absolute(href: str, base: str) -> str | None:
    """``href`` as an absolute http(s) address without fragment; None when it is no such thing."""
    if len(href) > _MAX_URL:
        return None
    try:
        url = URL(href, base=base)
    except (ValueError, UnicodeError):
        return None
    if url.protocol not in {"http:", "https:"}:
        return None
    url.hash = ""
    return str(url.href) if len(url.href) <= _MAX_URL else None


def _link(tag: Tag, base: str) -> Link | None:
    url = absolute(_value(tag, "href"), base)
    if url is None:
        return None
    relations = set(_value(tag, "rel").lower().split())
    return Link(url, _text_of(tag), nofollow=not relations.isdisjoint(_UNFOLLOWED))


def _text_of(tag: Tag) -> str:
    """What a reader sees of the link: its words, or else what its picture says."""
    words = _short(tag.stripped_strings)
    if words:
        return words
    images = tag.find_all("img", alt=True, limit=3)
    return _short(_value(image, "alt") for image in images) or _short([_value(tag, "title")])


def _short(parts: Iterator[str] | list[str]) -> str:
    """Join until it is long enough: an unclosed link may hold the rest of the page."""
    text = ""
    for part in parts:
        text = f"{text} {part}"
        if len(text) > _MAX_TEXT:
            break
    return re.sub(r"\s+", " ", text).strip()[:_MAX_TEXT]


def _value(tag: Tag, name: str) -> str:
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value or "")
