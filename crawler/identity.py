"""Which addresses are one page, though they are written in another way. Pure.

In: two addresses, the identity rule of a source, and what was seen on a host before. Out: a key
that the spellings of one page share, and whether a page has to be fetched to know that it is one.

Sites answer to more spellings than they mean: with and without ``www.``, http and https, with and
without a slash at the end, ``+`` and ``%20``, in capitals, with ``index.html``, with parameters in
another order. None of it can be relied on: a host may give another page at ``/A`` than at ``/a``,
and the http copy of a page may say something else. So two addresses with one key are fetched and
compared first. What was found is counted for each host and way of spelling: after ``ENOUGH`` pairs
that were the same page, and none that was not, the next is no longer fetched.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.urls import split
from library.document import Document

ENOUGH = 3
"""Pairs of pages before a way of spelling is believed; one pair may be two pages by chance alike."""

SAME_PAGE = 0.9
"""Resemblance of the texts of one page, fetched twice: a counter or a date may differ."""

_INDEX_PAGES = frozenset(
    (
        *("index.html", "index.htm", "index.php", "index.asp", "index.aspx", "index.jsp", "index"),
        *("default.html", "default.htm", "default.asp", "default.aspx", "home", "home.html"),
        *("home.htm", "home.aspx", "home.php", "start", "startpagina", "homepage"),
    )
)


def _https(url: str) -> str:
    return re.sub(r"^http:", "https:", url)


def _without_www(url: str) -> str:
    return re.sub(r"^(https?://)www\.", r"\1", url)


def _without_index_page(url: str) -> str:
    address, mark, query = url.partition("?")
    folder, _, last = address.rpartition("/")
    is_index = last.lower() in _INDEX_PAGES and not folder.endswith("/")
    return (f"{folder}/" if is_index else address) + mark + query


def _without_slash(url: str) -> str:
    address, mark, query = url.partition("?")
    return address.rstrip("/") + mark + query


def _one_space(url: str) -> str:
    return url.replace("+", "%20")


def _in_order(url: str) -> str:
    address, mark, query = url.partition("?")
    return address + mark + "&".join(sorted(query.split("&")))


_SPELLINGS: Mapping[str, Callable[[str], str]] = {
    "scheme": _https,
    "www": _without_www,
    "index-page": _without_index_page,
    "slash": _without_slash,
    "space": _one_space,
    "capitals": str.lower,
    "order": _in_order,
}
"""Ways to write one address, in the order in which they are undone."""


def key_of(url: str, rule: str | None = None) -> str:
    """What the spellings of one page share: what the rule of the source finds, or one spelling."""
    if (identity := by_rule(url, rule)) is not None:
        return identity
    return _spelled(url, frozenset(_SPELLINGS))


def by_rule(url: str, rule: str | None) -> str | None:
    """What the identity rule of a source finds in an address: a number that stays when a title goes.

    A rule is a regular expression with a group, such as ``/(\\d+)\\.aspx``.
    """
    found = _pattern(rule).search(url) if rule else None
    return None if found is None else "id " + " ".join(part or "" for part in found.groups())


@lru_cache(maxsize=64)
def _pattern(rule: str) -> re.Pattern[str]:
    return re.compile(rule)


def _spelled(url: str, names: frozenset[str]) -> str:
    for name, undo in _SPELLINGS.items():
        if name in names:
            url = undo(url)
    return url


def differences(one: str, other: str) -> frozenset[str]:
    """The ways of spelling in which two addresses with one key differ."""
    everything = frozenset(_SPELLINGS)
    return frozenset(
        name
        for name in everything
        if _spelled(one, everything - {name}) != _spelled(other, everything - {name})
    )


def preferred(known: str, other: str) -> str:
    """Which of two spellings of one page is its address: https, or else the one we had."""
    is_safer = other.startswith("https:") and known.startswith("http:")
    return other if is_safer else known


def is_one_page(one: Document, other: Document) -> bool:
    """Whether two documents, found at two spellings of an address, are one."""
    if one.content_hash == other.content_hash:
        return True
    # Loaded late: numpy takes 7 MB, and most crawls have nothing to compare.
    from crawler.duplicates import resemblance, shingles_of

    return resemblance(shingles_of(one.text), shingles_of(other.text)) >= SAME_PAGE


@dataclass(slots=True)
class Spellings:
    """What was seen of each host: how many pairs in one way of spelling were one page, or two."""

    seen: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    def note(self, one: str, other: str, *, same: bool) -> tuple[str, str] | None:
        """Count a pair that was fetched and compared; give its host and way, when it shows one."""
        names = differences(one, other)
        if len(names) != 1:
            return None
        (name,) = names
        way = _host(one), name
        agreeing, contrary = self.seen.get(way, (0, 0))
        self.seen[way] = (agreeing + 1, contrary) if same else (agreeing, contrary + 1)
        return way

    def are_one(self, one: str, other: str) -> bool:
        """Whether two addresses with one key may be taken for one page without a look."""
        names = differences(one, other)
        return bool(names) and all(self._is_believed(_host(one), name) for name in names)

    def _is_believed(self, host: str, name: str) -> bool:
        agreeing, contrary = self.seen.get((host, name), (0, 0))
        return agreeing >= ENOUGH and contrary == 0


def _host(url: str) -> str:
    parts = split(url)
    return "" if parts is None else parts.host.removeprefix("www.")
