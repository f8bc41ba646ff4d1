"""A question as sets of documents: what it counts, and what it lists below that.

Counted is what holds every word in a form that counts, as text. Where that gives too few, words that
stand around the text count as well, then documents with one word less, and so on to one word.
Listed below is what any alternative of any word finds. Phrases must stand in either, and nothing
that was excluded.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.engines.base import Question
from index.engines.whoosh.found import (
    NONE,
    Documents,
    Found,
    Numbers,
    in_all,
    united,
    without,
)
from index.engines.whoosh.terms import Terms, Word
from index.expansion import Alternative

ENOUGH = 10
"""With fewer documents than this that hold all words, those that hold fewer are counted too."""


class Match(NamedTuple):
    """What a question finds.

    ``needed`` is how many of its words each counted document holds, and ``holds_all`` whether these
    are all of them. Words and phrases score.
    """

    words: Sequence[Word]
    phrases: Sequence[Word]
    counted: Numbers
    needed: int

    @property
    def scored(self) -> list[Found]:
        return [one.found for one in (*self.words, *self.phrases)]

    @property
    def holds_all(self) -> bool:
        return self.needed == len(self.words)


def match(question: Question, terms: Terms) -> Match:
    """Find what is counted."""
    words = [terms.word(group.alternatives) for group in question.groups]
    phrases = [terms.word(_as_word(phrase)) for phrase in question.phrases]
    if not (words or phrases):
        return Match((), (), without(terms.everything, excluded(question, terms), terms.size), 0)
    if question.any_word and words:
        return Match(words, phrases, *_holding(1, question, terms, words, phrases))
    counted = _allowed(
        question, terms, in_all([one.counted for one in (*words, *phrases)], terms.size)
    )
    if len(counted) >= ENOUGH or not words:
        return Match(words, phrases, counted, len(words))
    return Match(words, phrases, *_holding(len(words), question, terms, words, phrases))


def below(question: Question, terms: Terms, found: Match) -> Numbers:
    """Everything that is found and not counted: with phrases what holds those, else any word."""
    if found.phrases:
        everything = in_all([one.counted for one in found.phrases], terms.size)
    elif found.needed == 1 and all(one.found.numbers is one.counted.numbers for one in found.words):
        return NONE
    else:
        numbers = united([one.found.numbers for one in found.words], terms.size)
        everything = Documents(numbers)
    return without(_allowed(question, terms, everything), found.counted, terms.size)


def excluded(question: Question, terms: Terms) -> Numbers:
    """What holds anything that was excluded, as text."""
    return united([terms.spread(one).written for one in question.excluded], terms.size)


def _holding(
    most: int,
    question: Question,
    terms: Terms,
    words: Sequence[Word],
    phrases: Sequence[Word],
) -> tuple[Numbers, int]:
    """What holds ``most`` words or, as far as needed for enough, fewer; and how many words.

    Beside a phrase all words are optional.
    """
    held = np.zeros(terms.size, np.uint8)
    for word in words:
        held[word.seen.numbers] += 1
    if phrases:
        some = in_all([one.counted for one in phrases], terms.size)
    else:
        some = Documents(np.flatnonzero(held))
    numbers = _allowed(question, terms, some)
    held = held[numbers]
    fewest = 0 if phrases else 1
    needed = next(
        (few for few in range(most, fewest, -1) if np.count_nonzero(held >= few) >= ENOUGH), fewest
    )
    return numbers[held >= needed], needed


def _allowed(question: Question, terms: Terms, found: Documents) -> Numbers:
    """Found documents without what was excluded."""
    if not question.excluded:
        return found.numbers
    return without(found.numbers, excluded(question, terms), terms.size)


def _as_word(phrase: tuple[str, ...]) -> tuple[Alternative, ...]:
    return (Alternative(phrase, 1.0, "stem"),)
