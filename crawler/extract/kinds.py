"""What kind of document a page is, by signals that a person can check.

In: address, title, JSON-LD types and text of a document. Out: one of ``library.document.KINDS``. The
signals are data, in ``kinds.toml``. A list of links to other pages is "overig", whatever it is
called: "Nieuws" above forty teasers is no news.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from crawler.extract.blocks import Block
from library.document import Kind

_TABLE = Path(__file__).parent / "kinds.toml"
_TYPE, _TITLE = 3, 2
_MOST_TEXT, _ENOUGH = 2.0, 0.5
_SAMPLE, _SHORTEST = 600, 50
"""Words that are looked at, and that a shorter text counts as."""

_QUOTED = 0.3
_LIST_LINKS = 3
_LIST_GAP = 400
"""Characters without a link."""
_LIST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class _Signals:
    kind: Kind
    path: re.Pattern[str]
    title: re.Pattern[str]
    types: frozenset[str]
    address: int
    text: re.Pattern[str]
    usual: float
    weight: float

    def of_text(self, sample: str) -> float:
        """How far the words of a text speak for this kind."""
        length = max(_SHORTEST, sample.count(" ") + 1)
        found: float = sum(1 for _ in self.text.finditer(sample))
        if self.kind == "verhaal":
            found += _QUOTED * sum(sample.count(mark) for mark in '"“”‘')
        return min(_MOST_TEXT, max(0.0, (100 * found / length - self.usual) * self.weight))


def kind_of(address: str, title: str, types: Iterable[str] = (), text: str = "") -> Kind:
    """The kind with the most signals; "overig" where there are hardly any.

    Right on 67 of the 120 documents of the domain set (titles and texts are summaries there), on 157
    of the 194 pages of the examples and on 53 of the 57 pages of the gold set; without the words of
    the text on 48, 138 and 51.
    """
    path = urlsplit(address).path
    folders = _spaced(path.rpartition("/")[0])
    known = set(types)
    sample = " ".join(text.lower().split()[:_SAMPLE])
    scores = {
        signals.kind: _TYPE * bool(known & signals.types)
        + _TITLE * bool(signals.title.search(title.lower()))
        + signals.address
        * bool(signals.path.search(_spaced(path) if signals.kind == "overig" else folders))
        + signals.of_text(sample)
        for signals in _signals()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= scores["overig"] + _ENOUGH else "overig"


def _spaced(path: str) -> str:
    return re.sub(r"[-_+/.]+", " ", unquote(path)).lower()


def is_listing(blocks: Iterable[Block]) -> bool:
    """Whether a page leads to others and says little itself: an overview, or teasers.

    At least three pieces of its content hold a link (files to download are none), between two of
    them never stands much text, and a fair part of all is link. On the 235 web pages of the examples (45 overviews and starts of
    sites, in eight layouts) this finds 42 of the 45 and no other page; limits from 300 to 400
    characters and from 0.10 to 0.15 gave the same.
    """
    content = [b for b in blocks if b.is_content and b.level != 1]
    gap, longest, links = 0.0, 0.0, 0
    for block in content:
        own = len(block.text) - block.linked
        if block.linked and not block.has_file:
            # What stands beside a link is half before it, half after it.
            longest, gap, links = max(longest, gap + own / 2), own / 2, links + 1
        else:
            gap += own
    length = sum(len(block.text) for block in content)
    linked = sum(block.linked for block in content if not block.has_file)
    return (
        links >= _LIST_LINKS and max(longest, gap) <= _LIST_GAP and linked >= _LIST_SHARE * length
    )


@cache
def _signals() -> tuple[_Signals, ...]:
    table = tomllib.loads(_TABLE.read_text("utf-8"))
    return tuple(
        _Signals(
            cast("Kind", kind),
            _pattern(words["path"]),
            _pattern(words["title"]),
            frozenset(words["type"]),
            words["address"],
            _pattern(words["text"]),
            words["usual"],
            words["weight"],
        )
        for kind, words in table.items()
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    """One pattern for all words; one that matches nothing for none."""
    return re.compile("|".join(_word_pattern(word) for word in words) or r"(?!)")


def _word_pattern(word: str) -> str:
    """The spelling of a word in the table, as its own first lines explain it."""
    if word == "?":
        return r"\?$"
    before = {"^": "^", "*": ""}.get(word[0], r"\b")
    after = r"\b" if word.endswith("$") else ""
    return before + re.escape(word.lstrip("^*").rstrip("$")) + after
