"""Blocks that repeat across a site, known by fingerprints: menus, "meer van onze leden", cookie text.

In: the blocks of pages. Out: a number per block, and which numbers many pages of a site share. A
site that marks its content with ``main`` or ``article`` needs little of this; many do not. The
numbers of a page depend on its bytes alone, and what is repeated depends on the numbers of all
pages of a source alone, so the order of fetching makes no difference and extracting again gives
the same once more.

Digits count as one, for a view counter differs at each visit. Pages with one title count once, for
three generations of one guidance page are not a site full of repetition; overviews and archives do
not count, for they repeat what is text elsewhere. The first lines below a title always stay: "laatste
nieuws" shows them on each page of the site, and they are text on their own.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The parent counts prints too, and needs no parser for that.
    from crawler.extract.blocks import Block

FEWEST_PAGES = 4
LONG_SHARE, SHORT_SHARE = 0.1, 0.3
"""Of the pages of a site: a sentence on a tenth of them is furniture, a word ("Gratis") may not be."""

ENOUGH_PAGES = 20
"""A sentence on this many pages is furniture of a part of a site, however large the site is."""

MOST_PRINTS = 2_000
_LONG_WORDS, _LONG_LETTERS = 4, 25
_WHOLE_TEXT, _WHOLE_TEXTS = 400, 3
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def print_of(text: str) -> int:
    """The fingerprint of a text: 62 bits of BLAKE2 of its words, and one that says it is long."""
    words = _WORD.findall(_DIGITS.sub("0", text.lower()))
    plain = " ".join(words)
    is_long = len(words) >= _LONG_WORDS and len(plain) >= _LONG_LETTERS
    digest = hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2 << 1 | is_long


def prints_of(blocks: "Sequence[Block]") -> tuple[int, ...]:
    """The fingerprints of a page, sorted.

    What the page itself marks as furniture is left out, and so are headings: they go with the text
    below them.
    """
    own = {print_of(block.text) for block in blocks if not block.level and not block.repeated}
    return tuple(sorted(own)[:MOST_PRINTS])


def has_texts_of_others(blocks: "Sequence[Block]") -> bool:
    """Whether it shows other pages whole: an archive, with their titles as links above their texts."""
    lengths: list[int] = []
    below_link = False
    for block in blocks:
        if block.level:
            below_link = block.mostly_link
            lengths += [0] * below_link
        elif below_link:
            lengths[-1] += len(block.text)
    return sum(1 for length in lengths if length >= _WHOLE_TEXT) >= _WHOLE_TEXTS


def repeated_among(pages: Iterable[tuple[str, Iterable[int]]]) -> tuple[int, ...]:
    """Which fingerprints are repeated, from the title and the fingerprints of each page."""
    by_title: dict[str, set[int]] = {}
    for title, prints in pages:
        by_title.setdefault(_DIGITS.sub("0", title.lower()), set()).update(prints)
    counts = Counter(number for prints in by_title.values() for number in prints)
    long = max(FEWEST_PAGES, min(ENOUGH_PAGES, ceil(LONG_SHARE * len(by_title))))
    short = max(FEWEST_PAGES, ceil(SHORT_SHARE * len(by_title)))
    found = [n for n, count in counts.items() if count >= (long if n & 1 else short)]
    return tuple(sorted(sorted(found, key=lambda n: (-counts[n], n))[:MOST_PRINTS]))


def marked(blocks: "Sequence[Block]", repeated: Iterable[int]) -> "list[Block]":
    """The blocks of a page, with a mark on those that many pages of the site have."""
    known = frozenset(repeated)
    if not known:
        return list(blocks)
    return [
        replace(block, shared=not block.level and print_of(block.text) in known) for block in blocks
    ]
