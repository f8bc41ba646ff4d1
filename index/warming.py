"""Make a generation warm before visitors search it, so that nobody pays its cold start.

In: the words that this process was asked, the words of the generation, and a way to ask it. Out:
nothing; what was asked once is in the caches of the generation afterwards.

What is kept of visitors is single words, in the memory of this process and nowhere else: not who
asked them, not when, not which words stood together. They are gone when the process ends.
"""

import heapq
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping

from index.analysis import word_of
from index.pieces import glossary_of

MOST_ASKED = 500
"""Different words that are remembered. Asking so many of 24,012 documents takes 1.5 s."""
COMMON = 100
"""Words of the collection that are asked as well: those in most documents are the slowest."""
FIRST = 50
"""The words that are asked once more at the end, so that a cache that is full keeps them."""
LEARNED = 30_000
"""The words in most documents, analysed before a text that is shown has them. Of eval these are half
of all words, learned in 0.7 s; a hit that is shown for the first time then takes a fifth less."""
_AT_ONCE = 1_000
LONGEST = 10.0
"""Seconds that visitors go on in the old generation at most, once the new one could be searched."""
_STOP_WORDS = 300
"""So many of the commonest words may be stop words, which nothing is found by."""


class AskedWords:
    """The words that were asked, as many as are remembered; the one longest ago is forgotten."""

    def __init__(self, most: int = MOST_ASKED) -> None:
        self._most = most
        self._times: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, words: Iterable[str]) -> None:
        """Remember that each of some words was asked once more."""
        with self._lock:
            for word in words:
                self._times[word] = self._times.pop(word, 0) + 1
            while len(self._times) > self._most:
                self._times.popitem(last=False)

    def most_asked(self) -> list[str]:
        """Give the words, the one that was asked most often first."""
        with self._lock:
            return sorted(self._times, key=self._times.__getitem__, reverse=True)


def commonest(vocabulary: Mapping[str, int], number: int = COMMON) -> list[str]:
    """Give the words that most documents have, without stop words."""
    words = heapq.nlargest(number + _STOP_WORDS, vocabulary, key=vocabulary.__getitem__)
    return [word for word in words if word_of(word)][:number]


def learn(vocabulary: Mapping[str, int], *, stopped: Callable[[], bool]) -> None:
    """Analyse the words that most documents have, as they will stand in texts that are shown."""
    words = heapq.nlargest(LEARNED, vocabulary, key=vocabulary.__getitem__)
    for first in range(0, len(words), _AT_ONCE):
        if stopped():
            return
        glossary_of("nl").learn(words[first : first + _AT_ONCE])


def warm(
    ask: Callable[[str], object],
    asked: list[str],
    common: list[str],
    *,
    stopped: Callable[[], bool],
    longest: float = LONGEST,
) -> int:
    """Ask the words, the most wanted first, until all are asked or it took long enough.

    Gives the number of words that were asked.
    """
    end = time.monotonic() + longest
    done = 0
    for word in (*asked, *common, *asked[:FIRST]):
        if stopped() or time.monotonic() > end:
            break
        ask(word)
        done += 1
    return done
