"""Documents that say the same: how alike two texts are, which copy is shown, what is out of date.

In: ``Copy``s, a document each with the words of its text. Out: for each that must not stand on its
own a ``Relation`` to the document that stands in its place. Pure; ``crawler.grouping`` finds the
few documents that have to be looked at together.

Two texts are compared by their shingles, every three words in a row: resemblance is the share of
all shingles that both have (Broder, 1997). Candidates are found by MinHash in bands, so that nobody
compares every document with every other. Three things can be the matter:

* the same text, on one site or with several partners: the best copy is shown (``best_of``);
* an older generation of one guidance page: same site, same topic in the title, text that went on
  from it, and another date. The newest is shown;
* a page like that without any date: it is shown, and marked as perhaps out of date.

Nothing is folded over a chain: each document that is folded is itself like the one in its place.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from library.document import Document, Kind

SAME, SAME_ON_ONE_SITE = 0.6, 0.8
"""Resemblance from which two texts are the same; pages of one site share more than what they say.

Measured on the 266 texts of the examples. Of 1,300 near copies (an introduction of a sixth or a
notice added, a fifth left out, cut to three quarters, one in 25 words changed) the least resembles
its original 0.60, one in a hundred less than 0.63; of 35,000 pairs of different pages none more
than 0.33, and of those that are no overview none more than 0.24, two generations of one page.
"""

GENERATION = 0.15
"""Resemblance from which two pages of one site with one topic are generations of one page.

Other pages of one site with one topic do not occur in the examples; two pages on one law resemble
each other at most 0.07.
"""

FEWEST_WORDS = 20
"""Of a shorter text nearly the same is not enough: it has to be the same, under the same title."""

BANDS, ROWS = 20, 3
"""A pair of resemblance 0.6 shares a band in 99.4 % of cases, one of 0.3 in 42 %, one of 0.1 in 2 %;
generations are found by their title, not by this."""

GUIDANCE: frozenset[Kind] = frozenset({"handreiking", "regeling", "format", "wet", "overig"})
"""Kinds of which a page has generations; news, stories and reports of another year are others."""

_SHINGLE = 3
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20\d\d)(?!\d)")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+[^|–—-]+$")

Hashes = NDArray[np.uint64]
RelationKind = Literal["duplicate_of", "replaced_by", "perhaps_replaced_by"]

_chance = np.random.default_rng(20261123)
_FACTORS: Hashes = _chance.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_ADDED: Hashes = _chance.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)


@dataclass(frozen=True)
class Copy:
    """A document among those that may say the same. ``added_at`` is when we first had it."""

    document: Document
    added_at: datetime

    @cached_property
    def shingles(self) -> Hashes:
        return shingles_of(self.document.text)

    @cached_property
    def site(self) -> str:
        return site_of(self.document)

    @cached_property
    def topic(self) -> str:
        return topic_of(self.document)

    @cached_property
    def words(self) -> list[str]:
        return self.document.text.split()

    @cached_property
    def day(self) -> date | None:
        """The day of publication, or the start of the year that title or address names."""
        document = self.document
        if document.published is not None:
            return document.published.day
        years = [
            int(year) for text in (document.title, document.url) for year in _YEAR.findall(text)
        ]
        past = [year for year in years if year <= document.fetched_at.year]
        return date(max(past), 1, 1) if past else None


@dataclass(frozen=True, slots=True)
class Relation:
    """What stands in the place of a document, or beside it when that is not sure."""

    kind: RelationKind
    document_id: str


def shingles_of(text: str) -> Hashes:
    """Every three words in a row as one number, each once, sorted."""
    words = np.fromiter(
        (zlib.crc32(word.encode("utf-8", "replace")) for word in _WORD.findall(text.lower())),
        dtype=np.uint64,
    )
    if len(words) < _SHINGLE:
        return np.unique(words)
    first, second, third = words[:-2], words[1:-1], words[2:]
    return np.unique(_mixed(_mixed(_mixed(first) + second) + third))


def _mixed(numbers: Hashes) -> Hashes:
    """The finish of splitmix64: every bit of the number changes about half of the result."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def resemblance(one: Hashes, other: Hashes) -> float:
    """The share of all shingles of two texts that both have, from 0 to 1."""
    if not len(one) or not len(other):
        return 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)


def likeness(one: "Copy", other: "Copy") -> float:
    """How alike the texts of two documents are, from 0 to 1."""
    if one.document.content_hash == other.document.content_hash:
        return 1.0
    return resemblance(one.shingles, other.shingles)


def bands_of(shingles: Hashes) -> tuple[int, ...]:
    """Numbers of which like texts share at least one; a short text shares one with its equals."""
    if not len(shingles):
        return ()
    if len(shingles) < FEWEST_WORDS:
        return (zlib.crc32(shingles.tobytes()),)
    least = [
        int(((shingles * a + b) >> np.uint64(1)).min())
        for a, b in zip(_FACTORS, _ADDED, strict=True)
    ]
    rows = (tuple(least[at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS))
    return tuple(zlib.crc32(repr((n, row)).encode()) for n, row in enumerate(rows))


def site_of(document: Document) -> str:
    """The host of a document without ``www.``."""
    host = document.canonical_url.split("://")[-1].partition("/")[0]
    return host.removeprefix("www.")


def topic_of(document: Document) -> str:
    """What a title is about: without years, the name of the site, and signs."""
    title = _YEAR.sub(" ", _SITE_NAME.sub("", document.title.lower()))
    return " ".join(_WORD.findall(title))


def relations_of(copies: Sequence[Copy]) -> Mapping[str, Relation]:
    """Which of these documents do not stand on their own, by id."""
    relations = dict(_generations(copies))
    left = [copy for copy in copies if relations.get(copy.document.id) is None]
    while (group := _first_group(left)) is not None:
        best = best_of(group)
        folded = [copy for copy in group if copy is not best and is_same(copy, best)]
        for copy in folded:
            relations[copy.document.id] = Relation("duplicate_of", best.document.id)
        done = {best.document.id, *(copy.document.id for copy in folded)}
        left = [copy for copy in left if copy.document.id not in done]
    return relations


def _first_group(copies: Sequence[Copy]) -> list[Copy] | None:
    """The first documents that hang together by being the same, two or more; None when none do."""
    return next((group for group in _groups(copies, is_same) if len(group) > 1), None)


def _groups(copies: Sequence[Copy], are_one: Callable[[Copy, Copy], bool]) -> Iterator[list[Copy]]:
    """Documents that hang together, in the order in which they came."""
    leader = list(range(len(copies)))

    def lead(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for one, other in combinations(range(len(copies)), 2):
        if lead(one) != lead(other) and are_one(copies[one], copies[other]):
            leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
    members: dict[int, list[Copy]] = {}
    for at, copy in enumerate(copies):
        members.setdefault(lead(at), []).append(copy)
    yield from members.values()


def is_same(one: Copy, other: Copy) -> bool:
    """Whether two documents say the same. An overview is never the same as what it leads to."""
    if one.document.is_listing != other.document.is_listing or _is_another_day(one, other):
        return False
    if one.document.is_example != other.document.is_example:
        return False
    if one.document.content_hash == other.document.content_hash:
        return True
    if min(len(one.shingles), len(other.shingles)) < FEWEST_WORDS:
        return bool(one.words) and one.words == other.words and one.topic == other.topic
    least = SAME_ON_ONE_SITE if one.site == other.site else SAME
    return resemblance(one.shingles, other.shingles) >= least


def _is_another_day(one: Copy, other: Copy) -> bool:
    """Whether they announce meetings that are held every year, or month, in the same words."""
    return one.document.kind == other.document.kind == "bijeenkomst" and one.day != other.day


def _are_generations(one: Copy, other: Copy) -> bool:
    """Whether two documents are one guidance page at two times."""
    kinds = {one.document.kind, other.document.kind}
    if one.site != other.site or not one.topic or one.topic != other.topic or not kinds <= GUIDANCE:
        return False
    if one.document.is_listing or other.document.is_listing or one.day == other.day:
        return False
    if one.document.content_hash == other.document.content_hash:
        return False
    return resemblance(one.shingles, other.shingles) >= GENERATION


def _generations(copies: Sequence[Copy]) -> Iterator[tuple[str, Relation]]:
    for group in _groups(copies, _are_generations):
        dated = [copy for copy in group if copy.day is not None]
        if len(group) < 2 or not dated:
            continue
        newest = max(dated, key=lambda copy: (copy.day, copy.added_at, copy.document.id))
        for copy in group:
            if copy is newest or not _are_generations(copy, newest):
                continue
            kind: RelationKind = "replaced_by" if copy.day is not None else "perhaps_replaced_by"
            if copy.day is None and is_same(copy, newest):
                kind = "duplicate_of"
            yield copy.document.id, Relation(kind, newest.document.id)


def best_of(copies: Iterable[Copy]) -> Copy:
    """The copy that is shown.

    Of each organisation a page before a file, then its newest, its longest, what we had first. Among organisations:
    who wrote it, as far as the documents name an author; then who published it first, for that is
    where it came from, a known day before an unknown one; then the longest, then what we had first.
    """
    own: dict[str, Copy] = {}
    for copy in copies:
        name = copy.document.organisation
        own[name] = min(own.get(name, copy), copy, key=_order_within)
    return min(own.values(), key=_order_among)


_FIRST, _LAST = date.min, date.max
_Order = tuple[bool, int, int, datetime, str]


def _order_within(copy: Copy) -> _Order:
    day = copy.day or _FIRST
    return copy.document.media_type != "text/html", -day.toordinal(), *_last_resort(copy)


def _order_among(copy: Copy) -> _Order:
    document = copy.document
    wrote_it = bool(document.author) and document.author.lower() == document.organisation.lower()
    return not wrote_it, (copy.day or _LAST).toordinal(), *_last_resort(copy)


def _last_resort(copy: Copy) -> tuple[int, datetime, str]:
    return -len(copy.shingles), copy.added_at.astimezone(UTC), copy.document.id
