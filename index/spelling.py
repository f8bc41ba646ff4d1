"""Words that nobody wrote: the nearest word of the collection for what the index does not know.

In: a word as typed and the vocabulary, words as they are written with the number of documents that
have them. Out: the nearest word, or nothing. Nearest is one letter more, fewer, other or changed
places with its neighbour; from six letters on two such changes. Of equally near words the one in
most documents wins.

Every word of the vocabulary within two letters of the length is looked at, but only by a mask of
its letters: one change alters two letters of the mask at most. Distances are worked out for the
few hundred that are left: 10 ms for a word, in a vocabulary of 65,000.

Measured with BM25, nDCG@10 without and with correction: 506 questions 0.610 and 0.617, the same
with a spelling mistake in each 0.440 and 0.580, 50 questions of residents' collectives 0.810 and
0.821. A compound of known parts is left alone: correcting those too gives 0.618, 0.578 and 0.821.
"""

from collections.abc import Iterator, Mapping

from index.analysis import normalise

SHORTEST = 4
"""Letters of a word that may be wrong: shorter ones are near to everything."""
LONG = 6
"""Letters of a word in which two mistakes are looked for."""


class Speller:
    """Finds nearest words in one vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for word in vocabulary:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_length.setdefault(len(word), []).append((_letters(word), word))

    def nearest(self, typed: str) -> str | None:
        """The word that was probably meant; nothing for a known word or a short one."""
        word = normalise(typed)
        if len(word) < SHORTEST or not word.isalpha() or word in self.vocabulary:
            return None
        most = 2 if len(word) >= LONG else 1
        best: tuple[int, int, str] | None = None
        for found in self._within(word, most):
            away = distance(word, found, most)
            if away <= most:
                ranked = (away, -self.vocabulary[found], found)
                best = ranked if best is None else min(best, ranked)
        return None if best is None else best[2]

    def _within(self, word: str, most: int) -> Iterator[str]:
        """The words that may be near enough, by their letters."""
        letters, changed = _letters(word), 2 * most
        for length in range(len(word) - most, len(word) + most + 1):
            for mask, found in self._by_length.get(length, ()):
                if (mask ^ letters).bit_count() <= changed:
                    yield found


def _letters(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
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
