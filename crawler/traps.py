"""Addresses of one form that give the same over and over, as calendars, facets and sessions do. Pure.

In: the texts of the pages of a crawl, with their addresses. Out: whether a next address is of a form
that gives nothing new. The form of an address is its path without numbers and the names of its
parameters; all addresses with the same parameters have a form together too, for a session goes along
to every page. After ``MOST_BARREN`` pages of one form in a row that say what another page of the
crawl said, no more of that form are asked for (threats 2.2). One page that says something new ends
the row. Days do not count: "geen activiteiten op 12 mei 2026" says nothing new.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from crawler.urls import split

MOST_BARREN = 50

_NUMBERS = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]{8,}|\d+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_DAY = re.compile(
    r"\b\d{4}-\d\d?-\d\d?\b|\b\d\d?[-/.]\d\d?[-/.]\d{4}\b"
    r"|\b(?:\d\d?\s+)?(?:jan|feb|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+\d{4})?\b"
    r"|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b"
)


class Traps:
    """What a crawl learned of the forms of addresses."""

    def __init__(self) -> None:
        self._said: dict[bytes, str] = {}
        self._barren: Counter[str] = Counter()

    def note(self, url: str, text: str) -> None:
        """Count a page that was read."""
        words = " ".join(_DAY.sub("", text.lower()).split())
        digest = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=12).digest()
        is_new = self._said.setdefault(digest, url) == url
        for form in _forms(url):
            if is_new:
                del self._barren[form]
            else:
                self._barren[form] += 1

    def is_trap(self, url: str) -> bool:
        """Whether an address is of a form that gave nothing new too often in a row."""
        return any(self._barren[form] >= MOST_BARREN for form in _forms(url))


def _forms(url: str) -> Iterator[str]:
    parts = split(url)
    if parts is None:
        return
    names = sorted({_DIGITS.sub("0", unquote(p.partition("=")[0])) for p in parts.query.split("&")})
    query = "&".join(names)
    path = _NUMBERS.sub("0", parts.path)
    if query or path != parts.path:
        yield f"{path}?{query}"
    if query:
        yield f"?{query}"
