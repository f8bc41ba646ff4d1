"""Completion while typing, and "did you mean": what a visitor may want to ask.

In: what may be offered (``index.offered``) and a way to count what a text finds. Out: suggestions
for what was typed so far, and a better spelling of a whole question; only what finds something.

One sorted list of all offers, folded and without spaces: "buurt hu" and "buurthu" begin the same
things, and what begins with a text stands side by side. Between the last two words also a link of a
compound is tried (dorp raad: dorpsraad). Where that gives too little, the last word is completed by
itself behind the words before it, and the whole is offered when documents have all of it. Where even
that gives nothing, offers that share most 3-grams with the text are compared with it letter by
letter, as long as it is: one wrong letter is forgiven in four letters, two in six, the first too.

Measured in one run on 120 documents with the 128 beginnings of eight questions, each asked for the
first time: the slowest twentieth takes 0.85 of what a search for the same letters takes, the median
a hundredth of it.
"""

import heapq
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from index.analysis import normalise, term_of, words
from index.compounds import LINKS
from index.offered import Kind, Suggestion
from index.spelling import LONG, SHORTEST, distance

LIMIT = 8
TITLES = 3
"""Suggestions that are kept for titles, where there are that many."""
LIKELY = 40
"""Offers that share most 3-grams, whose distance is worked out."""
TRIED = 4
"""Completions of a last word that are tried with the words before it."""
RARE = 2
"""A word in so many documents at most may be a mistake of theirs."""
OFTEN = 10
"""A word must be in so many times as many documents to be meant by a rare one."""
_END = "\U0010ffff"
_ORDER: Mapping[Kind, int] = {"query": 3, "name": 2, "goal": 2, "word": 1, "title": 0}

Finds = Callable[[str], int]
"""How many documents have all words of a text."""


class Suggester:
    """Answers for one generation; safe to share between threads."""

    def __init__(
        self, offers: Iterable[Suggestion], vocabulary: Mapping[str, int], finds: Finds
    ) -> None:
        keyed = sorted(((_key(one.text), one) for one in offers), key=itemgetter(0))
        self._keys = [key for key, _ in keyed]
        self._offers = [one for _, one in keyed]
        self._vocabulary = vocabulary
        self._finds = lru_cache(maxsize=10_000)(finds)
        self._grams = _Grams(self._keys)
        self._beginning = lru_cache(maxsize=5_000)(self._begins)

    def complete(self, text: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """Give what may be meant by a text that is not finished."""
        typed = words(text)
        if not typed:
            return ()
        found = list(self._joined(typed))
        if len(found) < limit:
            found += self._last_word(text, typed)
        if not found:
            found += self._near(_key(text))
        return tuple(_chosen(_different(found), limit))

    def did_you_mean(self, text: str) -> str | None:
        """Give a text that finds more, when words of this one are unknown or rare."""
        typed = words(text)
        better = [self._meant(word) for word in typed]
        candidates = [" ".join(better)] if better != typed else []
        candidates += self._together(better)
        before = self._finds(text) if candidates else 0
        best = max(candidates, key=self._finds, default="")
        return best if best and self._finds(best) > before else None

    def _joined(self, typed: Sequence[str]) -> Iterator[Suggestion]:
        """What begins with the words, written apart or together."""
        first, last = _key(" ".join(typed[:-1])), normalise(typed[-1])
        for link in LINKS if first else LINKS[:1]:
            yield from self._beginning(first + link + last)

    def _begins(self, key: str) -> list[Suggestion]:
        """The best of what begins with a key."""
        start = bisect_left(self._keys, key)
        end = bisect_left(self._keys, key + _END, lo=start)
        found = heapq.nlargest(4 * LIMIT, self._offers[start:end], key=_rank)
        titles = (one for one in self._offers[start:end] if one.kind == "title")
        found += heapq.nlargest(TITLES, titles, key=_rank)
        return [one for one in found if self._yields(one)]

    def _yields(self, one: Suggestion) -> bool:
        """Whether something is found by it; words and titles come from documents."""
        return one.kind in ("word", "title") or self._finds(one.text) > 0

    def _last_word(self, text: str, typed: Sequence[str]) -> Iterator[Suggestion]:
        """The last word completed behind what stands before it, as typed."""
        if len(typed) < 2:
            return
        before = text[: text.rindex(typed[-1])]
        ends = [one for one in self._beginning(normalise(typed[-1])) if one.kind != "title"]
        for one in _different(ends)[:TRIED]:
            whole = before + one.text
            count = self._finds(whole)
            if count:
                yield Suggestion(" ".join(whole.split()), "word", count)

    def _near(self, key: str) -> Iterator[Suggestion]:
        """What begins nearly as the text does."""
        most = _mistakes(key)
        near = []
        for place in self._grams.likely(key) if most else ():
            found = self._keys[place]
            lengths = range(len(key) - most, len(key) + most + 1)
            away = min(distance(key, found[:length], most) for length in lengths)
            if away <= most:
                near.append((away, self._offers[place]))
        least = min((away for away, _ in near), default=0)
        nearest = sorted((one for away, one in near if away == least), key=_rank, reverse=True)
        yield from (one for one in nearest if self._yields(one))

    def _meant(self, word: str) -> str:
        """A word, or the known one that was probably meant by it."""
        key = normalise(word)
        known = self._vocabulary.get(key, 0)
        most = _mistakes(key)
        if known > RARE or not most or not key.isalpha() or not term_of(word):
            return word
        best = (most + 1, 0, word)
        for place in self._grams.likely(key, whole=True):
            one = self._offers[place]
            if one.kind != "word" or one.count < max(1, OFTEN * known) or one.text == word:
                continue
            best = min(best, (distance(key, self._keys[place], most), -one.count, one.text))
        return best[2] if best[0] <= most else word

    def _together(self, typed: Sequence[str]) -> Iterator[str]:
        """The text with two neighbours written as the compound that they make."""
        for place in range(len(typed) - 1):
            first, last = map(normalise, typed[place : place + 2])
            for link in LINKS:
                if self._vocabulary.get(first + link + last, 0) > RARE:
                    joined = typed[place].lower() + link + typed[place + 1].lower()
                    yield " ".join((*typed[:place], joined, *typed[place + 2 :]))


class _Grams:
    """For each 3-gram the places of the keys that begin with letters that have it."""

    def __init__(self, keys: Sequence[str]) -> None:
        places: dict[str, array[int]] = {}
        for place, key in enumerate(keys):
            for gram in _grams(key):
                places.setdefault(gram, array("I")).append(place)
        self._places = {gram: np.array(found, np.uint32) for gram, found in places.items()}
        self._lengths: NDArray[np.float32] = np.array([len(key) for key in keys], np.float32)

    def likely(self, key: str, *, whole: bool = False) -> list[int]:
        """The places that share most, for a whole word those of its length first."""
        found = [self._places[gram] for gram in _grams(key) if gram in self._places]
        if not found:
            return []
        places, shared = np.unique(np.concatenate(found), return_counts=True)
        score = shared.astype(np.float32)
        if whole:
            score -= np.abs(self._lengths[places] - len(key))
        if len(places) > LIKELY:
            best = np.argpartition(-score, LIKELY)[:LIKELY]
            places = places[best]
        return [int(place) for place in places]


def _grams(key: str) -> set[str]:
    framed = f" {key[:_READ]}"
    return {framed[place : place + 3] for place in range(len(framed) - 2)}


_READ = 24
"""Letters of a key that 3-grams are made of: nobody types further without choosing."""


def _key(text: str) -> str:
    return "".join(map(normalise, words(text)))


def _mistakes(key: str) -> int:
    """How many letters may be wrong."""
    return 0 if len(key) < SHORTEST else 1 if len(key) < LONG else 2


def _rank(offer: Suggestion) -> tuple[int, int, int]:
    return _ORDER[offer.kind], offer.count, -len(offer.text.replace(" ", ""))


def _different(found: Iterable[Suggestion]) -> list[Suggestion]:
    """The first of those that are the same word: buurthuis, buurthuizen and buurt huis."""
    chosen: dict[str, Suggestion] = {}
    for one in found:
        chosen.setdefault(term_of(_key(one.text)), one)
    return list(chosen.values())


def _chosen(found: Sequence[Suggestion], limit: int) -> Iterator[Suggestion]:
    titles = [one for one in found if one.kind == "title"][: min(TITLES, limit)]
    others = [one for one in found if one.kind != "title"][: limit - len(titles)]
    more = [one for one in found if one.kind == "title"][len(titles) : limit - len(others)]
    yield from (*others, *titles, *more)
