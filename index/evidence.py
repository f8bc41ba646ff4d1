"""Where the words stand that made a document serve a goal: the passages that people may check.

In: a document and the evidence of a tag, words as they stand in its text, those that weigh most first.
Out: at most three fragments of about 200 characters in which these words are marked. A word that
stands in no section is shown in its heading, or in the title. It is worked out when it is shown, from
one document, so that no index has to keep it and it always is what the text says.
"""

import re
from collections.abc import Iterator, Sequence

from index.passages import LENGTH, Passage, fragment_of
from index.query import Fragment
from library.document import Document

MOST = 3
"""Fragments for one goal: enough to judge by, with two goals still one screen of a phone."""

BEFORE = 40
"""Characters before a word in which another may stand that it is part of: right to challenge."""


def evidence_of(document: Document, words: Sequence[str]) -> tuple[Fragment, ...]:
    """Give the places of the words, as few fragments as show most of them."""
    patterns = {word: _pattern(word) for word in words if word.split()}
    seen: set[str] = set()
    found: list[Fragment] = []
    for word, pattern in patterns.items():
        place = None if word in seen or len(found) == MOST else _first(document, pattern)
        if place is None:
            continue
        part, start = place
        marks = []
        for other, its in patterns.items():
            inside = list(_inside(its, part.text, start))
            marks += inside
            if inside:
                seen.add(other)
        marks = _apart(marks)
        found.append(fragment_of(part, marks[0][0], marks))
    return tuple(found)


def _inside(pattern: re.Pattern[str], text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where a word stands shortly before a place, or in the fragment that follows."""
    for match in pattern.finditer(text, max(0, start - BEFORE)):
        if match.end() > start + LENGTH:
            return
        yield match.span()


def _pattern(words: str) -> re.Pattern[str]:
    """The words in a row, whatever signs and spaces stand between them."""
    between = r"\W*\s\W*".join(map(re.escape, words.split()))
    return re.compile(rf"(?<!\w){between}(?!\w)", re.IGNORECASE)


def _first(document: Document, pattern: re.Pattern[str]) -> tuple[Passage, int] | None:
    """The first place in the text, or else in a heading or the title."""
    for part in _parts(document):
        match = pattern.search(part.text)
        if match is not None:
            return part, match.start()
    return None


def _parts(document: Document) -> Iterator[Passage]:
    for one in document.sections:
        yield Passage(one.text, one.heading, one.anchor, one.page)
    for one in document.sections:
        yield Passage(one.heading, one.heading, one.anchor, one.page)
    yield Passage(document.title)


def _apart(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks in their order, of those that overlap the longest."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
