"""Where a page leads: its links, resolved and normalised.

In: the tree of a page and its address. Out: at most 1,000 different ``Link``s in the order of the
page, and the feeds that its head names. Every address is read by the WHATWG parser (threats, decision 8) against the first
``base href``; what is not http(s), or cannot be read, is no link. A fragment is dropped, because
it never leads to another page.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from crawler.extract.link import MAX_LINKS, Link, absolute

_MAX_TEXT = 300
_MAX_NODES = 200
_MAX_FEEDS = 5
_FEED = re.compile(r"application/(?:rss|atom)\+xml", re.IGNORECASE)
_REACTIONS = re.compile("comment|reactie", re.IGNORECASE)
_UNFOLLOWED = {"nofollow", "ugc", "sponsored"}


def links_of(soup: BeautifulSoup, address: str) -> tuple[Link, ...]:
    """The links of a page that was found at ``address``, its feeds first."""
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
    return (*_feeds(soup, base), *found.values())


def _feeds(soup: BeautifulSoup, base: str) -> Iterator[Link]:
    """The feeds that a page names in its head; those of reactions hold no knowledge."""
    for tag in soup.find_all("link", rel="alternate", type=_FEED, href=True, limit=_MAX_FEEDS):
        url, title = absolute(_value(tag, "href"), base), _short(_value(tag, "title"))
        if url is not None and _REACTIONS.search(f"{url} {title}") is None:
            yield Link(url, title, is_feed=True)


def base_of(soup: BeautifulSoup, address: str) -> str:
    """The address that relative links start from."""
    tag = soup.find("base", href=True)
    if isinstance(tag, Tag) and (base := absolute(_value(tag, "href"), address)) is not None:
        return base
    return address


def _link(tag: Tag, base: str) -> Link | None:
    url = absolute(_value(tag, "href"), base)
    if url is None:
        return None
    relations = set(_value(tag, "rel").lower().split())
    return Link(url, _text_of(tag), nofollow=not relations.isdisjoint(_UNFOLLOWED))


def _text_of(tag: Tag) -> str:
    """What a reader sees of the link: its words, or else what its picture says."""
    words, pictures = [], [""]
    for node in _inside(tag):
        if isinstance(node, NavigableString):
            words.append(str(node)[:_MAX_TEXT])
        elif isinstance(node, Tag) and node.name == "img":
            pictures.append(_value(node, "alt")[:_MAX_TEXT])
    texts = ("".join(words), " ".join(pictures), _value(tag, "title")[:_MAX_TEXT])
    return next((short for text in texts if (short := _short(text))), "")


def _inside(tag: Tag) -> Iterator[PageElement]:
    """The first nodes below a tag: a link that is never closed may hold the rest of the page."""
    waiting = [iter(tag.contents)]
    for _ in range(_MAX_NODES):
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            if not waiting:
                return
        else:
            yield node
            if isinstance(node, Tag):
                waiting.append(iter(node.contents))


def _short(text: str) -> str:
    return " ".join(text.split())[:_MAX_TEXT].rstrip()


def _value(tag: Tag, name: str) -> str:
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value or "")
