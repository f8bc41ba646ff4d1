"""What a question looks for in a text, and what it is worth to see it.

In: the groups and phrases of a question, and pieces of text. Out: for each piece the words in it
that are looked for, with what they show. One ``Wanted`` serves all hits of a search and remembers
what it said, since the hits of one search hold the same words.

What is shown is a ``Shown``: a number with one bit for each word or phrase of the question and each
``Rank``, so that what stands together is put together by one operation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from index import analysis
from index.alternatives import WordGroup, terms_of
from index.pieces import Sought

Shown = int


class Rank(IntEnum):
    """How a word is what was asked, better ones first."""

    TYPED = 0
    """The word as typed, in any form, or the words of a phrase."""
    MEANT = 1
    """A synonym, the word written as one or apart, as it was probably meant, or a look-alike."""
    INSIDE = 2
    """A compound that holds one of these: subsidieregeling for subsidie."""
    PART = 3
    """Part of the compound that was asked, or of words in a row: huis for buurthuis."""
    SHARED = 4
    """A compound that has such a part too: huiswerk for buurthuis."""


_RANKS = len(Rank)
_VALUES = (12, 9, 8, 2, 1)
"""What it is worth to show a word of the question by each rank. Two that are meant are worth more
than one as typed; parts of both are not worth one of them."""
_ANY = (1 << _RANKS) - 1
_LOOSE = 1 << Rank.PART | 1 << Rank.SHARED

_KINDS: Mapping[str, Rank] = {
    "stem": Rank.TYPED,
    "synonym": Rank.MEANT,
    "joined": Rank.MEANT,
    "split": Rank.MEANT,
    "corrected": Rank.MEANT,
    "whole": Rank.TYPED,
    "language": Rank.TYPED,
    "lookalike": Rank.MEANT,
}


class Inside(NamedTuple):
    """A word in a piece of text, ``piece[start:end]``, with its terms and what it shows."""

    start: int
    end: int
    shown: Shown
    terms: frozenset[str]


class Row(NamedTuple):
    """Terms that show something where they stand in a row."""

    terms: tuple[str, ...]
    shown: Shown


class Wanted:
    """The terms of a question with what each of them shows.

    ``rows`` are those that must stand together, ``wholes`` those that several words of a text have
    together (``index.wholes``).
    """

    def __init__(
        self,
        terms: Mapping[str, Shown],
        rows: tuple[Row, ...] = (),
        wholes: frozenset[str] = frozenset(),
    ) -> None:
        self.terms = terms
        self.rows = rows
        self.wholes = wholes
        self.sought = Sought(terms)
        self._rows_from: dict[str, list[Row]] = {}
        for row in rows:
            self._rows_from.setdefault(row.terms[0], []).append(row)
        every = max((shown.bit_length() for shown in terms.values()), default=0) // _RANKS + 1
        # The bit of the first rank of each word of the question.
        self._first = sum(1 << (_RANKS * number) for number in range(every))
        self._known: dict[tuple[str, str], tuple[Inside, ...]] = {}

    def inside(self, piece: str, language: str = "nl") -> tuple[Inside, ...]:
        """Give the words in a piece of text that are looked for."""
        key = piece, language
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._find(piece, language))
        return found

    def _find(self, piece: str, language: str) -> Iterator[Inside]:
        for term, _, start, end, parts in _tokens(piece, language, analysis.protected()):
            shown = self.terms.get(term, 0)
            within = 0
            for part in parts:
                within |= self.terms.get(part, 0)
                for row in self._rows_from.get(part, ()):
                    within |= row.shown if all(one in parts for one in row.terms) else 0
            if within:
                whole = within >> Rank.TYPED | within >> Rank.MEANT
                shown |= (whole & self._first) << Rank.INSIDE
                shown |= (within >> Rank.PART & self._first) << Rank.SHARED
            if shown:
                yield Inside(start, end, shown, frozenset((term, *parts)))


def wanted_of(groups: Sequence[WordGroup], phrases: Iterable[Sequence[str]] = ()) -> Wanted:
    """Give what the words and phrases of a question look for."""
    terms: dict[str, Shown] = {}
    rows: list[Row] = []

    def want(wanted: Sequence[str], number: int, rank: Rank) -> None:
        if len(wanted) > 1:
            rows.append(Row(tuple(wanted), _bit(number, rank)))
            rank = Rank.PART
        for term in wanted:
            terms[term] = terms.get(term, 0) | _bit(number, rank)

    for number, group in enumerate(groups):
        for one in group.alternatives:
            if one.kind in _KINDS:
                want(one.terms, number, _KINDS[one.kind])
        for term in terms_of(group):
            if not terms.get(term, 0) >> _RANKS * number & _ANY:
                want((term,), number, Rank.PART)
    for number, phrase in enumerate(phrases, start=len(groups)):
        want(phrase, number, Rank.TYPED)
    every = (one for group in groups for one in group.alternatives)
    wholes = frozenset(term for one in every if one.kind == "whole" for term in one.terms)
    return Wanted(terms, tuple(rows), wholes)


def _bit(number: int, rank: Rank) -> Shown:
    return 1 << (_RANKS * number + rank)


@lru_cache(maxsize=10_000)
def worth(shown: Shown) -> int:
    """What it is worth to show all this: for each word of the question its best rank."""
    value = 0
    while shown:
        best = shown & -shown & _ANY
        value += _VALUES[best.bit_length() - 1] if best else 0
        shown >>= _RANKS
    return value


@lru_cache(maxsize=10_000)
def beside(shown: Shown) -> Shown:
    """What is worth a mark in a document that shows all this.

    Parts of a word are not, where the document has the word itself or what was meant by it; nor are
    other compounds of these parts, where it has the parts.
    """
    kept, number = 0, 0
    while shown >> number:
        ranks = shown >> number & _ANY
        if ranks & ~_LOOSE:
            ranks &= ~_LOOSE
        elif ranks & 1 << Rank.PART:
            ranks = 1 << Rank.PART
        kept |= ranks << number
        number += _RANKS
    return kept


@lru_cache(maxsize=20_000)
def _tokens(piece: str, language: str, whole: frozenset[str]) -> tuple[analysis.Token, ...]:
    with analysis.protecting(whole):
        return tuple(analysis.tokens(piece, language))
