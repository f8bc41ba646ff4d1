"""What kind of document a page is, by signals that a person can check.

In: address, title and JSON-LD types of a document. Out: one of ``library.document.KINDS``. The
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
_TYPE, _TITLE, _PATH = 3, 2, 2
_LIST_LINKS = 8
_LIST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Signals:
    kind: Kind
    path: re.Pattern[str]
    title: re.Pattern[str]
    types: frozenset[str]


def kind_of(address: str, title: str, types: Iterable[str] = ()) -> Kind:
    """The kind with the most signals; "overig" where there are none."""
    folders = re.sub(r"[-_+/.]+", " ", unquote(urlsplit(address).path).rpartition("/")[0]).lower()
    known = set(types)
    scores = {
        signals.kind: _TYPE * bool(known & signals.types)
        + _TITLE * bool(signals.title.search(title.lower()))
        + _PATH * bool(signals.path.search(folders))
        for signals in _signals()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] > 0 else "overig"


def is_listing(blocks: Iterable[Block]) -> bool:
    """Whether the content of a page is mostly links to other pages, at least eight of them."""
    content = [block for block in blocks if block.in_region and not block.repeated]
    linked = [block for block in content if block.linked > 0.5 * len(block.text)]
    length = sum(len(block.text) for block in content)
    return (
        len(linked) >= _LIST_LINKS and sum(block.linked for block in linked) >= _LIST_SHARE * length
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
