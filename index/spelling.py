"""Words that nobody wrote: what was probably meant by a word that the collection does not know.

In: a word as typed and the vocabulary, words as they are written with the number of documents that
have them. Out: the nearest words, the best first, or the words that were typed as one. Nearest is
one letter more, fewer, other or changed places with its neighbour; from six letters on two such
changes. Of equally near words the one in most documents comes first.

Every word of the vocabulary within two letters of the length is looked at, but only by two masks, of
its letters and of its pairs of letters, as arrays. Distances are worked out for the few that are
left: 3 to 6 ms for a word, in a vocabulary of 65,000.

Measured with BM25, nDCG@10 without and with correction: 506 questions 0.610 and 0.617, the same
with a spelling mistake in each 0.440 and 0.580, 50 questions of residents' collectives 0.810 and
0.821.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis import STOPWORDS, normalise
from index.analysis import words as split
from library.document import Document

SHORTEST = 4
"""Letters of a word that may be wrong: shorter ones are near to everything."""
LONG = 6
"""Letters of a word in which two mistakes are looked for."""
MOST = 3
"""Words that are given for one: the best, and others as near."""
SHORTEST_PIECE = 4
"""Letters of a word that was typed together with another."""
SHORTEST_STOP_WORD = 3
"""Letters of a stop word that was: shorter ones begin and end too many words."""
MOST_PIECES = 3
_READ, _READ_WORDS = 10, 2000
"""Documents, and words of each, that are read to see how a word is written: 10 ms."""
OFTEN = 2
"""Documents that must have each of the words that were typed as one, so that a slip in one document
takes nothing apart."""


class Speller:
    """Finds nearest words in one vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        by_length: dict[int, list[str]] = {}
        for word in vocabulary:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                by_length.setdefault(len(word), []).append(word)
        self._by_length = {length: _Words(words) for length, words in by_length.items()}

    def nearest(self, typed: str, most: int = 2) -> tuple[str, ...]:
        """The words that were probably meant, ``most`` changes away at most.

        Nothing for a known word or a short one.
        """
        word = normalise(typed)
        if len(word) < SHORTEST or not word.isalpha() or word in self.vocabulary:
            return ()
        for away in range(1, min(most, 2 if len(word) >= LONG else 1) + 1):
            found = [one for one in self._within(word, away) if distance(word, one, away) <= away]
            if found:
                found.sort(key=lambda one: (-self.vocabulary[one], one))
                return tuple(found[:MOST])
        return ()

    def apart(self, typed: str) -> tuple[str, ...]:
        """The known words that were typed as one, stop words left out; or nothing.

        Fewest words come first, then those whose rarest word is in most documents.
        """
        word = normalise(typed)
        if not word.isalpha() or word in self.vocabulary:
            return ()
        covers = [*self._covers(word, MOST_PIECES), *self._beside_stop_word(word)]
        return min(covers, key=lambda cover: (len(cover), -self._rarest(cover)), default=())

    def _covers(self, word: str, most: int) -> Iterator[tuple[str, ...]]:
        """The ways to write a word as known words, ``most`` at most."""
        if self._is_piece(word):
            yield (word,)
        if most > 1:
            for end in range(SHORTEST_PIECE, len(word) - SHORTEST_PIECE + 1):
                if self._is_piece(word[:end]):
                    for rest in self._covers(word[end:], most - 1):
                        yield (word[:end], *rest)

    def _beside_stop_word(self, word: str) -> Iterator[tuple[str, ...]]:
        for end in range(SHORTEST_STOP_WORD, len(word) - SHORTEST_STOP_WORD + 1):
            one, other = word[:end], word[end:]
            if one in STOPWORDS and self._is_piece(other):
                yield (other,)
            if other in STOPWORDS and self._is_piece(one):
                yield (one,)

    def _is_piece(self, piece: str) -> bool:
        return len(piece) >= SHORTEST_PIECE and self.vocabulary.get(piece, 0) >= OFTEN

    def _rarest(self, cover: tuple[str, ...]) -> int:
        return min(map(self.vocabulary.__getitem__, cover))

    def _within(self, word: str, most: int) -> Iterator[str]:
        """The words that may be near enough."""
        for length in range(len(word) - most, len(word) + most + 1):
            words = self._by_length.get(length)
            if words is not None:
                yield from words.near(word, most)


def as_written(words: str, documents: Iterable[Document]) -> str:
    """Normalised words the way most of the documents write them, accents and capitals included.

    A word with a capital anywhere, as begins a sentence, is one without where that is written too.
    """
    counts: dict[str, Counter[str]] = {word: Counter() for word in words.split()}
    for document in islice(documents, _READ):
        for written in islice(split(f"{document.title} {document.text}"), _READ_WORDS):
            forms = counts.get(normalise(written))
            if forms is not None:
                forms[written] += 1
    return " ".join(_commonest(forms) or word for word, forms in counts.items())


def _commonest(forms: Counter[str]) -> str:
    small = Counter({form: count for form, count in forms.items() if form.islower()})
    return max(small or forms, key=forms.__getitem__, default="")


class _Words:
    """Words of one length, with which letters and which pairs of letters each has, as bits."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._letters = np.array([_letters(word) for word in words], np.uint32)
        self._pairs = np.array([_pairs(word) for word in words], np.uint64)

    def near(self, word: str, most: int) -> Iterator[str]:
        """The words that so many changes may make: one change takes a letter away and adds one, or
        takes away three pairs and adds three."""
        places = np.flatnonzero(_differ(self._pairs, np.uint64(_pairs(word))) <= 6 * most)
        letters = _differ(self._letters[places], np.uint32(_letters(word))) <= 2 * most
        return map(self._words.__getitem__, places[letters].tolist())


def _differ(masks: NDArray[Any], mask: np.unsignedinteger[Any]) -> NDArray[np.uint8]:
    return np.asarray(np.bitwise_count(masks ^ mask))


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
    return mask


def _pairs(word: str) -> int:
    mask = 0
    for one, other in pairwise(word):
        mask |= 1 << ((ord(one) * 27 + ord(other)) & 63)
    return mask


def distance(one: str, other: str, most: int) -> int:
    """How many changes lie between two words; ``most + 1`` when there are more than ``most``.

    Optimal string alignment (Damerau, 1964), cells further than ``most`` from the diagonal left out.
    """
    far = most + 1
    if abs(len(one) - len(other)) > most:
        return far
    before: list[int] = []
    above = [place if place <= most else far for place in range(len(other) + 1)]
    for row, letter in enumerate(one, start=1):
        now = [far] * (len(other) + 1)
        if row <= most:
            now[0] = row
        for column in range(max(1, row - most), min(len(other), row + most) + 1):
            same = letter == other[column - 1]
            cell = min(above[column - 1] + (not same), above[column] + 1, now[column - 1] + 1)
            swapped = row > 1 and column > 1 and letter == other[column - 2]
            if swapped and one[row - 2] == other[column - 1]:
                cell = min(cell, before[column - 2] + 1)
            now[column] = min(cell, far)
        if min(now) > most:
            return far
        before, above = above, now
    return above[len(other)]
