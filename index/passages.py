"""A document in passages, and the fragments of them that a result shows.

In: a document and the terms that a query looks for. Out: passages (a section, or one page of a
PDF), and at most two fragments of about 200 characters from those that match best, as pieces of
text with a mark: no HTML is made here. A fragment begins and ends at the border of a sentence or,
where none is near, of a word, with "…" for what was cut.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from index import analysis
from index.pieces import PIECES
from index.query import Fragment
from library.document import Document

LENGTH = 200
"""Characters of a fragment: two lines on a wide screen."""
MOST = 2
READ = 12_000
"""Characters that are looked through for one hit, so that a report of 300 pages costs no more than
a long page. The passages that look best are read first."""

_SPACE = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"[.!?…:]['\"”’)]*\s+|\n\s*\n\s*")
_NEAR = 60
"""Characters to look back and forth for the border of a sentence."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document that can be pointed at."""

    text: str
    heading: str = ""
    anchor: str | None = None
    page: int | None = None


class _Mark(NamedTuple):
    """A match: where a word stands that was looked for, and the terms that it has."""

    terms: tuple[str, ...]
    start: int
    end: int


class _Window(NamedTuple):
    """A stretch of a passage around matches, with the terms that make it a good one."""

    passage: Passage
    marks: tuple[_Mark, ...]
    terms: frozenset[str]


def passages(document: Document) -> tuple[Passage, ...]:
    """Give the parts of a document that have text."""
    return tuple(
        Passage(section.text, section.heading, section.anchor, section.page)
        for section in document.sections
        if section.text.strip()
    )


def fragments(parts: Sequence[Passage], terms: Collection[str]) -> tuple[Fragment, ...]:
    """Give the best fragments; the beginning of the first passage when nothing matches."""
    wanted = frozenset(terms)
    windows = [window for part in _promising(parts, wanted) for window in _windows(part, wanted)]
    chosen: list[_Window] = []
    while windows and len(chosen) < MOST:
        seen = frozenset().union(*(window.terms for window in chosen))
        best = max(windows, key=lambda w: (len(w.terms - seen), len(w.terms), len(w.marks)))
        chosen.append(best)
        windows = [w for w in windows if not _overlap(w, best)]
        if not any(window.terms - seen - best.terms for window in windows) and len(parts) == 1:
            break
    if not chosen and parts:
        return (_fragment(parts[0], 0, ()),)
    return tuple(_fragment(w.passage, w.marks[0].start, w.marks) for w in chosen)


def _promising(parts: Sequence[Passage], terms: frozenset[str]) -> Iterator[Passage]:
    """Give passages, those with most terms first, until enough text is read.

    A look at raw letters: the first four of a term stand in most forms of its word.
    """
    if len(parts) == 1 and len(parts[0].text) <= READ:
        yield from parts if terms else ()
        return
    heads = {term[:4] for term in terms}

    def rank(part: Passage) -> int:
        text = part.text.casefold()
        return -sum(head in text for head in heads)

    left = READ
    for part in sorted(parts, key=rank) if terms else ():
        if left <= 0:
            return
        yield part if len(part.text) <= left else _cut(part, left, heads)
        left -= len(part.text)


def _cut(part: Passage, length: int, heads: Collection[str]) -> Passage:
    """The part of a long passage from shortly before the first place that looks like a match."""
    text = part.text.casefold()
    places = [place for place in map(text.find, heads) if place >= 0]
    start = max(0, min(places, default=0) - LENGTH)
    return Passage(part.text[start : start + length], part.heading, part.anchor, part.page)


def _windows(part: Passage, terms: frozenset[str]) -> Iterator[_Window]:
    marks = _marks(part.text, terms)
    ends = [mark.end for mark in marks]
    for first, mark in enumerate(marks):
        last = bisect_left(ends, mark.start + LENGTH)
        inside = tuple(marks[first : max(last, first + 1)])
        yield _Window(part, inside, frozenset(term for mark in inside for term in mark.terms))


def _marks(text: str, terms: frozenset[str]) -> list[_Mark]:
    """Find the words that have one of the terms, without analysing the others."""
    marks = []
    for piece in PIECES.with_terms(set(text.split()), terms):
        found = [
            (token, (token.term, *token.parts))
            for token in analysis.tokens(piece)
            if token.term in terms or not terms.isdisjoint(token.parts)
        ]
        for start in _places(text, piece):
            marks += [_Mark(has, start + one.start, start + one.end) for one, has in found]
    return sorted(marks, key=attrgetter("start"))


def _places(text: str, piece: str) -> Iterator[int]:
    """Where a piece stands between spaces."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if text[start - 1 : start].strip() == "" and text[end : end + 1].strip() == "":
            yield start
            start = text.find(piece, end)
        else:
            start = text.find(piece, start + 1)


def _overlap(one: _Window, other: _Window) -> bool:
    return one.passage is other.passage and abs(one.marks[0].start - other.marks[0].start) < LENGTH


def _fragment(part: Passage, first: int, marks: Sequence[_Mark]) -> Fragment:
    start = _start(part.text, first)
    end = _end(part.text, start, marks[-1].end if marks else start)
    pieces = _pieces(part.text, start, end, marks)
    return Fragment(tuple(pieces), page=part.page, anchor=part.anchor, heading=part.heading)


def _start(text: str, first: int) -> int:
    """Begin at the sentence of the first match when that is near, or else some words before."""
    earliest = max(0, first - _NEAR)
    borders = [m.end() for m in _SENTENCE_END.finditer(text, max(0, earliest - 4), first)]
    if borders and borders[-1] >= earliest:
        return borders[-1]
    if earliest == 0:
        return len(text[:first]) - len(text[:first].lstrip())
    space = re.compile(r"\s").search(text, earliest, first)
    return space.end() if space else first


def _end(text: str, start: int, last: int) -> int:
    """End at a sentence near the wanted length, or else at the last whole word."""
    latest = max(start + LENGTH, last)
    if len(text) <= latest + _NEAR // 2:
        return len(text.rstrip())
    borders = [m for m in _SENTENCE_END.finditer(text, start, latest) if m.end() >= last]
    if borders and borders[-1].end() >= latest - _NEAR:
        return borders[-1].start() + len(borders[-1][0].rstrip())
    space = max(text.rfind(" ", last, latest + 1), text.rfind("\n", last, latest + 1))
    return space if space > start else latest


def _pieces(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Iterator[tuple[str, bool]]:
    before = text[:start].rstrip()
    place = start
    paragraph = text.count("\n", len(before), start) > 1
    lead = "… " if before and before[-1] not in ".!?:…" and not paragraph else ""
    for mark in marks:
        if mark.end > end or mark.start < place:
            continue
        gap = lead + _SPACE.sub(" ", text[place : mark.start])
        if gap:
            yield gap, False
        yield _SPACE.sub(" ", text[mark.start : mark.end]), True
        place, lead = mark.end, ""
    rest = lead + _SPACE.sub(" ", text[place:end])
    if text[end:].strip() and (not rest or rest[-1] not in ".!?:…"):
        rest += " …"
    if rest:
        yield rest, False
