"""What a page or its server asks of search engines: the robots ``meta`` and ``X-Robots-Tag``.

In: the tree of a page, the value of the header, the moment of the fetch. Out: directives. What is
meant for everybody or for us counts, what is meant for another robot does not; between two that
differ the stricter one holds. ``none`` is ``noindex, nofollow``; ``max-snippet:0`` is ``nosnippet``;
``unavailable_after`` in the past is ``noindex``. An unknown word says nothing.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from library.document import Directive

if TYPE_CHECKING:  # The parent reads the header by this module, and needs no parser for that.
    from bs4 import BeautifulSoup

ROBOT_NAMES = frozenset({"robots", "kennisbank"})
_MEANINGS: dict[str, tuple[Directive, ...]] = {
    "noindex": ("noindex",),
    "nofollow": ("nofollow",),
    "none": ("noindex", "nofollow"),
    "noarchive": ("noarchive",),
    "nocache": ("noarchive",),
    "nosnippet": ("nosnippet",),
    "max-snippet:0": ("nosnippet",),
}
_WITH_VALUE = frozenset(
    {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
)
_UNTIL = re.compile(
    r"unavailable_after\s*:\s*((?:[a-z]+,\s*)?[0-9][^,;]*?)\s*(?=[,;]|$)", re.IGNORECASE
)
_SPACE_IN_VALUE = re.compile(r"(?<=[a-z]):\s+(?=[\w-])")


def of_page(soup: "BeautifulSoup", now: datetime) -> frozenset[Directive]:
    """The directives in the head of a page."""
    found: set[Directive] = set()
    for tag in soup.find_all("meta", attrs={"name": True, "content": True}):
        if str(tag["name"]).strip().lower() in ROBOT_NAMES:
            found |= _meant(str(tag["content"])[:2000], now)
    return frozenset(found)


def of_header(value: str, now: datetime) -> frozenset[Directive]:
    """The directives in an ``X-Robots-Tag``.

    A name before a colon addresses one robot, for all directives up to the next name.
    """
    found: set[Directive] = set()
    for_us = True
    for part in _parts(value[:2000].lower()):
        name, colon, rest = part.partition(":")
        if colon and name.strip() not in _WITH_VALUE:
            for_us = name.strip() in ROBOT_NAMES
            part = rest
        if for_us:
            found |= _meant(part, now)
    return frozenset(found)


def _parts(value: str) -> list[str]:
    """The parts between commas; a comma behind the name of a weekday divides nothing."""
    return re.split(r"(?<!mon)(?<!day)(?<!tue)(?<!wed)(?<!thu)(?<!fri)(?<!sat)(?<!sun),", value)


def _meant(content: str, now: datetime) -> set[Directive]:
    until = _UNTIL.search(content)
    plain = _SPACE_IN_VALUE.sub(":", _UNTIL.sub("", content).lower())
    words = re.split(r"[\s,;]+", plain)
    found = {directive for word in words for directive in _MEANINGS.get(word, ())}
    return found | ({"noindex"} if until and _is_past(until[1], now) else set())


def _is_past(written: str, now: datetime) -> bool:
    """Whether a moment is over; one that cannot be read is not."""
    try:
        moment = datetime.fromisoformat(written.strip().upper())
    except ValueError:
        try:
            moment = parsedate_to_datetime(written)
        except (ValueError, IndexError):
            return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) < now
