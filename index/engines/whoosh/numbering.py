"""Texts to numbers of pieces: what stands between two spaces is analysed once, and then known.

In: texts. Out: for each text the numbers of its pieces, and for every number its words with their
terms. A piece means the same wherever it stands, as no word has a space in it. What several words
say as a whole (``index.wholes``) may run from one piece into the next: there the pieces that it
touches are taken together, and get a number as one.

In a quarter of the texts of 24,012 documents of eval something may be said together. Analysed from front
to end they took 5.6 of the 8.6 s that the numbers of all texts took; as it is here it is 1.9 of 4.7.
"""

import re
from array import array
from collections import deque
from collections.abc import Callable, Sequence

from index import analysis, wholes
from index.letters import LONGEST_WORD

MOST_PIECES = 400_000
"""Pieces that are remembered from one batch to the next; 113,231 pieces take 22 MB."""
_LONGEST = 2 * LONGEST_WORD
"""Letters of a piece that is remembered: a longer one is of no language, and would fill the memory."""
_AROUND = '()[]"“”.,;:!?…'
"""Signs that change nothing of the one word that they stand around."""
_SPACE = re.compile(r"\s")


class Vocabulary:
    """Numbers of pieces; for each piece its words, and for each word its terms."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self.exact: dict[str, int] = {}
        self.piece_words = array("I")
        self.word_terms = array("I")
        self.word_exact = array("I")
        self.word_parts = array("I")
        self.part_terms = array("I")
        self._by_language: dict[str, _Pieces] = {}

    @property
    def is_full(self) -> bool:
        """Whether it is better to begin a new one."""
        return len(self.piece_words) > MOST_PIECES

    def numbers(self, text: str, language: str) -> list[int]:
        """Give the pieces of a text."""
        if language not in self._by_language:
            self._by_language[language] = _Pieces(language, self._add)
        return self._by_language[language].of(text)

    def _add(self, words: Sequence[analysis.Word]) -> int:
        """Give a piece with these words its number."""
        for word in words:
            self.word_terms.append(self.terms.setdefault(word.term, len(self.terms)))
            self.word_exact.append(self.exact.setdefault(word.exact, len(self.exact)))
            for part in word.parts:
                self.part_terms.append(self.terms.setdefault(part, len(self.terms)))
            self.word_parts.append(len(word.parts))
        self.piece_words.append(len(words))
        return len(self.piece_words) - 1


class _Pieces:
    """The pieces of texts in one language.

    Some are loose: a whole may stand there that runs into other pieces, or what stands around them
    decides whether there is one. Their own numbers are without any whole; those are looked for in
    each text that has such a piece.
    """

    def __init__(self, language: str, add: Callable[[Sequence[analysis.Word]], int]) -> None:
        self._language = language
        self._analyse = analysis.analyser(language)
        self._add = add
        self._known = _Numbers(self._learn)
        self._together: dict[tuple[str, tuple[wholes.Whole, ...]], int] = {}
        self._loose: dict[int, tuple[str, ...]] = {}
        """Loose pieces with the words in them that wholes begin with."""
        self._signed: set[int] = set()
        """Those of them that have a sign at which there may be a whole."""

    def of(self, text: str) -> list[int]:
        """Give the numbers of the pieces of a text."""
        found = list(map(self._known.__getitem__, text.split()))
        if self._loose.keys().isdisjoint(found):
            return found
        loose = self._loose.keys() & found
        begins = [word for number in loose for word in self._loose[number]]
        signs = not self._signed.isdisjoint(loose)
        together = wholes.find(text, begins, signs=signs)
        return self._joined(text, found, deque(together), signs=signs)

    def _joined(
        self, text: str, apart: list[int], found: deque[wholes.Whole], *, signs: bool
    ) -> list[int]:
        """Put pieces together that are touched by wholes: those at signs too, or those at words."""
        numbers: list[int] = []
        done = taken = 0
        while found:
            start = _border_before(text, found[0].start, done)
            until = taken + len(text[done:start].split())
            numbers += apart[taken:until]
            number, done = self._stretch(text, start, found, signs=signs)
            numbers.append(number)
            taken = until + len(text[start:done].split())
        numbers += apart[taken:]
        return numbers

    def _stretch(
        self, text: str, start: int, found: deque[wholes.Whole], *, signs: bool
    ) -> tuple[int, int]:
        """A number for the first wholes and the pieces that they touch, and where those end."""
        inside: list[wholes.Whole] = []
        end = start
        while True:
            while found and (found[0].start < end or not inside):
                one = found.popleft()
                end = max(end, _border_after(text, one.end))
                inside.append(one._replace(start=one.start - start, end=one.end - start))
            number = self._number_of(text[start:end], inside, signs=signs, is_last=end == len(text))
            if number is not None:
                return number, end
            # Twice as much, so that no text makes this slow.
            end = _border_after(text, min(len(text), end + end - start))

    def _number_of(
        self, text: str, found: list[wholes.Whole], *, signs: bool, is_last: bool
    ) -> int | None:
        """A number for some pieces; nothing when a whole belongs to a word behind them."""
        key = text, tuple(found)
        number = self._together.get(key)
        if number is None:
            every = found if signs else sorted([*found, *wholes.find(text, ())])
            words = analysis.with_wholes(text, every, self._language)
            if not (is_last or _are_settled(words, every)):
                return None
            number = self._add([word for word, _, _ in words])
            if len(text) <= _LONGEST and not is_last:
                self._together[key] = number
        return number

    def _learn(self, piece: str) -> int:
        bare = piece.strip(_AROUND)
        if not bare.isalnum() or bare in wholes.TRIGGERS:
            return self._learn_signs(piece)
        if bare != piece:
            return self._known[bare]
        word = self._analyse(piece)
        return self._add([word] if word else [])

    def _learn_signs(self, piece: str) -> int:
        """Learn what is no plain word, or what a whole begins with."""
        said = analysis.words(piece)
        begins = tuple(wholes.TRIGGERS.keys() & said)
        found = wholes.find(piece, ())
        words = analysis.with_wholes(piece, found, self._language)
        has_signs = wholes.is_open(piece) or not _are_settled(words, found)
        if not (begins or has_signs):
            return self._add([word for word, _, _ in words])
        number = self._add([word for word in map(self._analyse, said) if word])
        self._loose[number] = begins
        if has_signs or found:
            self._signed.add(number)
        return number


class _Numbers(dict[str, int]):
    """Numbers of pieces that are learned when they are first asked for."""

    def __init__(self, learn: Callable[[str], int]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, piece: str) -> int:
        number = self._learn(piece)
        if len(piece) <= _LONGEST:
            self[piece] = number
        return number


def _are_settled(
    words: Sequence[tuple[analysis.Word, int, int]], found: Sequence[wholes.Whole]
) -> bool:
    """Whether every whole has its word: the first content word that begins where it does or later."""
    return not found or (bool(words) and words[-1][1] >= found[-1].start)


def _border_before(text: str, place: int, least: int) -> int:
    """Where the piece begins that has a place in it."""
    while place > least and not text[place - 1].isspace():
        place -= 1
    return place


def _border_after(text: str, place: int) -> int:
    """Where the piece ends that has the letter before a place in it."""
    space = _SPACE.search(text, place)
    return space.start() if space else len(text)
