"""A link as a value, and how its address is read.

It stands apart from ``crawler.links``, which finds the links of a page: a crawl takes links from its
parser child, and needs no parser for that itself.
"""

from dataclasses import dataclass
from datetime import datetime

from ada_url import URL

MAX_LINKS = 1000
_MAX_URL = 2048


@dataclass(frozen=True, slots=True)
class Link:
    """A link to ``url``, absolute and normalised, shown as ``text``.

    ``is_feed`` tells that the page names it as its feed; ``changed_at`` is what a feed says of it.
    """

    url: str
    text: str = ""
    nofollow: bool = False
    is_feed: bool = False
    changed_at: datetime | None = None


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
