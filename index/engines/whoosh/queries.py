"""A question as sets of documents: what it counts, and what it lists below that.

Counted is what holds every word in a form that counts, as text; a filler need not be held. Where that gives too few, words that
stand around the text count as well, then documents with one word less, and so on to one word.
Listed below is what any alternative of any word finds. Phrases must stand in either, and nothing
that was excluded.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.alternatives import Alternative
from index.engines.base import Question
from index.engines.whoosh.found import (
    NONE,
    Documents,
    Found,
    in_all,
    in_any,
    memberships,
    united,
    without,
)
from index.engines.whoosh.words import Word, Words

ENOUGH = 10
"""With fewer documents than this that hold all words, those that hold fewer are counted too."""


class Match(NamedTuple):
    """What a question finds.

    ``needed`` is how many of the ``asked`` words each counted document holds, and ``holds_all``
    whether these are all of them; words that are only said around others are not among these. Words
    and phrases score.
    """

    words: Sequence[Word]
    phrases: Sequence[Word]
    counted: Documents
    needed: int
    asked: int

    @property
    def scored(self) -> list[Found]:
        return [one.found for one in (*self.words, *self.phrases)]

    @property
    def holds_all(self) -> bool:
        return self.needed == self.asked

    def titled(self, size: int) -> Documents:
        """The documents whose title holds every word and phrase."""
        return in_all([one.titled for one in (*self.words, *self.phrases)], size)


def match(question: Question, words: Words) -> Match:
    """Find what is counted."""
    size = words.terms.size
    every = [words.word(group.alternatives) for group in question.groups]
    asked = [one for one, group in zip(every, question.groups, strict=True) if not group.is_filler]
    phrases = [words.word(as_word(phrase)) for phrase in question.phrases]
    if not (asked or phrases):
        everything = Documents(words.terms.everything)
        return Match((), (), _allowed(question, words, everything), 0, 0)
    if question.any_word and asked and not phrases:
        anything = in_any([one.seen for one in asked], size)
        return Match(every, (), _allowed(question, words, anything), 1, len(asked))
    if not (question.any_word and asked):
        holding = in_all([one.counted for one in (*asked, *phrases)], size)
        counted = _allowed(question, words, holding)
        if len(counted) >= ENOUGH or not asked:
            return Match(every, phrases, counted, len(asked), len(asked))
    counted, needed = _fewer(question, words, asked, phrases)
    return Match(every, phrases, counted, needed, len(asked))


def holding(question: Question, words: Words) -> int:
    """Count what holds every word, however few that are."""
    asked = [words.word(group.alternatives) for group in question.groups if not group.is_filler]
    asked += [words.word(as_word(phrase)) for phrase in question.phrases]
    return len(_allowed(question, words, in_all([one.counted for one in asked], words.terms.size)))


def below(question: Question, words: Words, found: Match) -> Documents:
    """Everything that is found and not counted: with phrases what holds those, else any word."""
    size = words.terms.size
    if found.phrases:
        everything = in_all([one.counted for one in found.phrases], size)
    elif found.needed == 1 and all(one.found.numbers is one.counted.numbers for one in found.words):
        return Documents(NONE)
    else:
        everything = in_any([Documents(one.found.numbers) for one in found.words], size)
    return without(_allowed(question, words, everything), found.counted.numbers, size)


def _fewer(
    question: Question, words: Words, asked: Sequence[Word], phrases: Sequence[Word]
) -> tuple[Documents, int]:
    """What holds as many words as enough documents do, and how many words that are.

    Beside a phrase all words are optional.
    """
    size = words.terms.size
    held = memberships([one.seen for one in asked], size)
    if phrases:
        some = in_all([one.counted for one in phrases], size)
    else:
        some = Documents(np.flatnonzero(held > 0))
    numbers = _allowed(question, words, some).numbers
    held = held.take(numbers)
    fewest = 0 if phrases else 1
    most = 1 if question.any_word else len(asked)
    needed = next(
        (few for few in range(most, fewest, -1) if np.count_nonzero(held >= few) >= ENOUGH), fewest
    )
    return Documents(numbers[held >= needed]), needed


def _allowed(question: Question, words: Words, found: Documents) -> Documents:
    """Found documents without those that hold, as text, anything that was excluded."""
    if not question.excluded:
        return found
    size = words.terms.size
    unwanted = united([words.terms.spread(one).written for one in question.excluded], size)
    return without(found, unwanted, size)


def as_word(phrase: tuple[str, ...]) -> tuple[Alternative, ...]:
    """Terms that stand together, as a word with no other way to find it."""
    return (Alternative(phrase, 1.0, "stem"),)
