"""A document in passages, and the fragments of them that a result shows.

In: a document and what a question looks for. Out: passages (a section, or one page of a PDF), the
pages that hold what is looked for, and at most two fragments of about 200 characters from the
passages that match best, as pieces of text with a mark: no HTML is made here. A fragment begins and
ends at the border of a sentence or, where none is near, of a word, with "…" for what was cut.

Only what matches is looked at closely: the words of a document are a set, in which the terms of a
question are looked up (``index.pieces``), and the borders of a fragment are found around its marks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from operator import contains, itemgetter
from typing import NamedTuple

from index import analysis, wholes
from index.pieces import Pieces, glossary_of
from index.query import Fragment
from index.wanted import Row, Shown, Wanted, beside, worth
from library.document import Document

LENGTH = 200
"""Characters of a fragment: two lines on a wide screen."""
MOST = 2
MOST_PAGES = 5
"""Pages that are named: "Gevonden op blz. 4, 11, 12, 30 en 31"."""
READ = 12_000
"""Characters that are looked through for one hit, so that a report of 300 pages costs no more than
a long page. The passages that look best are read first."""

# The sign comes first: where that can be any of some signs, a search skips to the next of them.
_SENTENCE_END = re.compile(r"[.!?…:\n](?:(?<!\n)['\"’”)]*\s+|(?<=\n)\s*\n\s*)")
_STOPS = ".!?:…"
_SPACE = re.compile(r"\s")
_NEAR = 60
"""Characters to look back and forth for the border of a sentence."""
_BETWEEN = 40
"""Characters between two words that stand together, stop words included: "recht om uit te dagen"."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a document that can be pointed at."""

    text: str
    heading: str = ""
    anchor: str | None = None
    page: int | None = None


class Found(NamedTuple):
    """The best fragments, and the pages of a PDF that hold what is looked for, in their order."""

    fragments: tuple[Fragment, ...] = ()
    pages: tuple[int, ...] = ()


_Mark = tuple[int, int, Shown, frozenset[str]]
"""A match: where the word begins and ends in the whole text, what it shows, and its terms. A plain
tuple, as there are many."""


class _Window(NamedTuple):
    """Marks that one fragment can show; the best compares as largest, of equal ones the first."""

    value: int
    number: int
    minus_start: int
    first: int
    last: int
    shown: Shown
    passage: int


def passages(document: Document) -> tuple[Passage, ...]:
    """Give the parts of a document that have text."""
    return tuple(
        Passage(section.text, section.heading, section.anchor, section.page)
        for section in document.sections
        if section.text.strip()
    )


class Readable:
    """Passages made ready to be looked through; what was worked out is kept for the next question.

    Of a text that is longer than ``READ``, a part is made ready for each question anew.
    """

    def __init__(self, parts: Sequence[Passage], language: str = "nl") -> None:
        self._parts = parts
        self._language = language if language in analysis.LANGUAGES else "nl"
        # Each part begins behind the space that joins it to the one before.
        self._ends = list(accumulate(len(part.text) + 1 for part in parts))

    @cached_property
    def _text(self) -> str:
        return " ".join(part.text for part in self._parts)

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces(self._text)

    @cached_property
    def _wholes(self) -> list[wholes.Whole]:
        """What several words of the text say together."""
        return wholes.find(self._text, analysis.words(self._text))

    def find(self, wanted: Wanted) -> Found:
        """Give the best fragments; the beginning of the first passage when nothing matches."""
        if not wanted.terms:
            return self._beginning()
        if self._ends and self._ends[-1] > READ:
            best = Readable(list(_promising(self._parts, wanted)), self._language)
            return best._find(wanted) or self._beginning()
        return self._find(wanted) or self._beginning()

    def _beginning(self) -> Found:
        return Found(tuple(fragment_of(part, 0, ()) for part in self._parts[:1]))

    def _find(self, wanted: Wanted) -> Found | None:
        marks = self._marks(wanted)
        if not marks:
            return None
        chosen = _choose(self._windows(marks), alone=len(self._parts) == 1)
        return Found(tuple(self._show(window, marks) for window in chosen), self._pages(marks))

    def _show(self, window: _Window, marks: Sequence[_Mark]) -> Fragment:
        begin = self._ends[window.passage - 1] if window.passage else 0
        inside = [(a - begin, b - begin) for a, b, _, _ in marks[window.first : window.last]]
        return fragment_of(self._parts[window.passage], inside[0][0], inside)

    def _marks(self, wanted: Wanted) -> list[_Mark]:
        """Find the words that are looked for, in order, as far as they are worth a mark."""
        pieces = self._pieces
        marks: list[_Mark] = []
        everything = 0
        for piece in glossary_of(self._language).holding(pieces.all, wanted.sought):
            words = wanted.inside(piece, self._language)
            if words:
                places = pieces.places(piece)
                for start, end, shown, terms in words:
                    marks += [(place + start, place + end, shown, terms) for place in places]
                    everything |= shown
        # No two begin at the same place.
        marks.sort()
        for row in wanted.rows:
            everything |= self._join(marks, row)
        if wanted.wholes:
            everything |= self._join_wholes(marks, wanted)
        worth_it = beside(everything)
        if worth_it == everything:
            return marks
        return [(a, b, shown & worth_it, terms) for a, b, shown, terms in marks if shown & worth_it]

    def _join(self, marks: list[_Mark], row: Row) -> Shown:
        """Let marks that stand in a row show what was asked; give what they show."""
        head, size = row.terms[0], len(row.terms)
        joined = 0
        for first in [place for place, mark in enumerate(marks) if head in mark[3]]:
            run = marks[first : first + size]
            fits = len(run) == size and all(map(contains, [mark[3] for mark in run], row.terms))
            if fits and all(self._are_neighbours(*pair) for pair in pairwise(run)):
                joined = row.shown
                marks[first : first + size] = [(a, b, old | joined, has) for a, b, old, has in run]
        return joined

    def _join_wholes(self, marks: list[_Mark], wanted: Wanted) -> Shown:
        """Let one mark stand where several words say together what was asked."""
        found = [
            (one.start, one.end, wanted.terms[one.term], frozenset((one.term,)))
            for one in self._wholes
            if one.term in wanted.wholes
        ]
        apart = sorted((*marks, *found), key=itemgetter(0))
        marks.clear()
        joined = 0
        for start, end, shown, terms in apart:
            if marks and start < marks[-1][1]:
                first, last, before, others = marks.pop()
                marks.append((first, max(last, end), before | shown, others | terms))
            else:
                marks.append((start, end, shown, terms))
            joined |= shown
        return joined

    def _are_neighbours(self, one: _Mark, other: _Mark) -> bool:
        end, start = one[1], other[0]
        return start <= end + _BETWEEN and not analysis.terms(self._text[end:start])

    def _windows(self, marks: Sequence[_Mark]) -> list[_Window]:
        """Give the windows that are not within another; each begins with a mark."""
        windows = []
        last = 0
        for first, (start, _, _, _) in enumerate(marks):
            passage = bisect_right(self._ends, start)
            limit = min(start + LENGTH, self._ends[passage])
            before, last = last, max(last, first + 1)
            while last < len(marks) and marks[last][1] <= limit:
                last += 1
            if last > before:
                shown = 0
                for mark in marks[first:last]:
                    shown |= mark[2]
                value = worth(shown)
                windows.append(_Window(value, last - first, -start, first, last, shown, passage))
        return windows

    def _pages(self, marks: Iterable[_Mark]) -> tuple[int, ...]:
        """The pages that show most of the question, in their order."""
        pages: dict[int, Shown] = {}
        for start, _, shown, _ in marks if any(part.page for part in self._parts) else ():
            page = self._parts[bisect_right(self._ends, start)].page
            if page is not None:
                pages[page] = pages.get(page, 0) | shown
        best = sorted(pages, key=lambda page: (-worth(pages[page]), page))
        return tuple(sorted(best[:MOST_PAGES]))


def fragments(parts: Sequence[Passage], wanted: Wanted) -> tuple[Fragment, ...]:
    """Give the best fragments of passages that are looked through once."""
    return Readable(parts).find(wanted).fragments


def _promising(parts: Sequence[Passage], wanted: Wanted) -> Iterator[Passage]:
    """Give passages, those with most terms first, until enough text is read.

    A look at raw letters: the first four of a term stand in most forms of its word.
    """
    heads: dict[str, int] = {}
    for term, shown in wanted.terms.items():
        heads[term[:4]] = max(worth(shown), heads.get(term[:4], 0))

    def value(part: Passage) -> int:
        text = part.text.lower()
        return sum(value for head, value in heads.items() if head in text)

    left = READ
    for part in sorted(parts, key=value, reverse=True):
        if left <= 0:
            return
        yield part if len(part.text) <= left else _cut(part, left, heads)
        left -= len(part.text)


def _cut(part: Passage, length: int, heads: Iterable[str]) -> Passage:
    """The part of a long passage from shortly before the first place that looks like a match."""
    text = part.text.lower()
    places = [place for place in map(text.find, heads) if place >= 0]
    start = max(0, min(places, default=0) - LENGTH)
    return Passage(part.text[start : start + length], part.heading, part.anchor, part.page)


def _choose(windows: list[_Window], *, alone: bool) -> list[_Window]:
    """Give the best window and then the one that adds most to it.

    Where there is one passage only, more of the same is not worth a second fragment.
    """
    best = max(windows)
    chosen, seen = [best], best.shown
    for _ in range(MOST - 1):
        windows = [window for window in windows if not _overlap(window, chosen[-1])]
        if not windows:
            break
        best = max(windows, key=lambda window: (worth(seen | window.shown), window))
        if alone and worth(seen | best.shown) == worth(seen):
            break
        chosen.append(best)
        seen |= best.shown
    return chosen


def _overlap(one: _Window, other: _Window) -> bool:
    return one.passage == other.passage and abs(one.minus_start - other.minus_start) < LENGTH


def fragment_of(part: Passage, first: int, marks: Sequence[tuple[int, int]]) -> Fragment:
    """The fragment of a passage from shortly before a place, with these places marked in it."""
    start = _start(part.text, first)
    end = _end(part.text, start, marks[-1][1] if marks else start)
    pieces = _pieces(part.text, start, end, marks)
    return Fragment(tuple(pieces), page=part.page, anchor=part.anchor, heading=part.heading)


def _start(text: str, first: int) -> int:
    """Begin at the sentence of the first match when that is near, or else some words before."""
    earliest = max(0, first - _NEAR)
    borders = [m.end() for m in _SENTENCE_END.finditer(text, max(0, earliest - 4), first)]
    if borders and borders[-1] >= earliest:
        return borders[-1]
    if earliest == 0:
        return first - len(text[:first].lstrip())
    space = _SPACE.search(text, earliest, first)
    return space.end() if space else first


def _end(text: str, start: int, last: int) -> int:
    """End at a sentence near the wanted length, or else at the last whole word."""
    latest = max(start + LENGTH, last)
    if len(text) <= latest + _NEAR // 2:
        return len(text.rstrip())
    borders = list(_SENTENCE_END.finditer(text, max(start, latest - 2 * _NEAR), latest))
    if borders and borders[-1].end() >= max(last, latest - _NEAR):
        return borders[-1].start() + len(borders[-1][0].rstrip())
    space = max(text.rfind(" ", last, latest + 1), text.rfind("\n", last, latest + 1))
    return space if space > start else latest


def _pieces(
    text: str, start: int, end: int, marks: Iterable[tuple[int, int]]
) -> Iterator[tuple[str, bool]]:
    place = start
    lead = "… " if _is_cut(text, start) else ""
    for begin, close in marks:
        if close > end or begin < place:
            continue
        gap = lead + _spaced(text[place:begin])
        if gap:
            yield gap, False
        yield text[begin:close], True
        place, lead = close, ""
    rest = lead + _spaced(text[place:end])
    if text[end:].strip() and (not rest or rest[-1] not in _STOPS):
        rest += " …"
    if rest:
        yield rest, False


def _is_cut(text: str, start: int) -> bool:
    """Whether what begins here goes on from what stands before it."""
    before = text[:start].rstrip()
    if not before or before[-1] in _STOPS:
        return False
    return text.count("\n", len(before), start) < 2


def _spaced(text: str) -> str:
    """The text with one space for all white space that stands together."""
    words = " ".join(text.split())
    if not words:
        return text and " "
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"
