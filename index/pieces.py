"""Which pieces of a text, from one space to the next, hold one of the terms that are looked for.

In: a text and terms. Out: the pieces that have one of the terms in them, and where they stand. No
word has a space in it, so a piece means the same wherever it stands; each is analysed once and
remembered with the terms that it has. Looking for a term is then an operation on two sets. For a
text of 1,400 characters and a question of 16 terms, mean of 1,000 hits of eval in one run: 18
microseconds to take the text apart, which is kept, and 3 to look, where analysis of the text
takes 200.
"""

import threading
from collections.abc import Iterable
from functools import lru_cache, reduce

from index import analysis

_DIVIDERS = (("\n", " "), ("\t", " "), ("\u00a0", " "), (". ", "  "), (", ", "  "), (": ", "  "),
             ("(", " "), (")", " "), ("-", " "), ("/", " "))  # fmt: skip
"""What never stands in a word, in the order to take it out. Few signs, as each costs a pass over
the text: what is left makes a piece of its own ("huis?") that is analysed like any other."""


class Pieces:
    """The pieces of one text. Places in it are those of the text as given."""

    __slots__ = ("_between", "all")

    def __init__(self, text: str) -> None:
        lower = text.lower()
        # A few capital letters become two small ones, and would move the places behind them.
        kept = lower if len(lower) == len(text) else text
        self._between = reduce(lambda one, pair: one.replace(*pair), _DIVIDERS, f" {kept} ")
        self.all = frozenset(self._between.split(" "))

    def places(self, piece: str) -> list[int]:
        """Where a piece begins."""
        alone = f" {piece} "
        found = []
        # The space before the text makes up for the one before the piece.
        place = self._between.find(alone)
        while place >= 0:
            found.append(place)
            place = self._between.find(alone, place + len(piece) + 1)
        return found


class _Known:
    """Pieces that were analysed, and for each term the pieces that have it."""

    def __init__(self) -> None:
        self.pieces: set[str] = set()
        self.of_term: dict[str, set[str]] = {}


class Sought:
    """Terms that are looked for in one text after another, and the known pieces that have them."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = frozenset(terms)
        self._seen: tuple[_Known, int] | None = None
        self._holders: list[set[str]] = []

    def among(self, known: _Known) -> list[set[str]]:
        """Give the pieces that have each of the terms that any piece has."""
        # The number of terms first: one that is counted has its pieces already.
        seen = known, len(known.of_term)
        if seen != self._seen:
            found = map(known.of_term.get, self.terms)
            self._holders = [holders for holders in found if holders is not None]
            self._seen = seen
        return self._holders


class Glossary:
    """Remembers what was analysed, up to so many pieces; then it begins anew."""

    def __init__(self, language: str = "nl", most: int = analysis.CACHED_WORDS) -> None:
        self._language = language
        self._most = most
        self._known = _Known()
        self._lock = threading.Lock()

    def learn(self, pieces: Iterable[str]) -> None:
        """Analyse pieces before a text has them."""
        known = self._known
        self._learn(known, {piece for piece in pieces if len(piece) <= analysis.LONGEST_WORD})

    def holding(self, pieces: frozenset[str], sought: Sought) -> set[str]:
        """Give those of the pieces that have one of the terms."""
        known = self._known
        found: set[str] = set()
        new = pieces - known.pieces
        if new:
            # What is longer is no word of a language, and would fill the memory.
            long = {piece for piece in new if len(piece) > analysis.LONGEST_WORD}
            self._learn(known, new - long)
            found.update(one for one in long if not sought.terms.isdisjoint(self._terms(one)))
        for holders in sought.among(known):
            if not pieces.isdisjoint(holders):
                found |= pieces & holders
        return found

    def _learn(self, known: _Known, new: Iterable[str]) -> None:
        judged = [(piece, self._terms(piece)) for piece in new]
        with self._lock:
            for piece, found in judged:
                for term in found:
                    known.of_term.setdefault(term, set()).add(piece)
                # Last, so that whoever sees the piece as known also finds it with its terms.
                known.pieces.add(piece)
            if len(known.pieces) > self._most:
                self._known = _Known()

    def _terms(self, piece: str) -> list[str]:
        return analysis.index_terms(piece, self._language)


def glossary_of(language: str) -> Glossary:
    """The glossary of this process for texts in a language, with the words that are kept whole."""
    return _glossary_of((language, analysis.protected()))


@lru_cache(maxsize=2 * len(analysis.LANGUAGES))
def _glossary_of(kept_for: tuple[str, frozenset[str]]) -> Glossary:
    return Glossary(kept_for[0])
