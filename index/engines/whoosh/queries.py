"""A question as sets of found documents, worked out term by term.

Fields are scored apart and added up, so a word that is in the title counts in ``text`` and a little
more in ``title``; with one field of everything to match, "all words" is one intersection.
Alternatives of a word (synonyms, joined forms) count as one word: the best of them.
"""

from index.engines.base import Question
from index.engines.whoosh.found import Found, either, every, optional, strongest
from index.engines.whoosh.terms import Terms
from index.expansion import PART_WEIGHT, WordGroup

WRITTEN = ("text", "title", "headings", "organisation")
"""Fields of what was written as text, and by whom. The words of title and headings are all in
``text`` as well: they add to the score and match nothing new."""
SEEN = (*WRITTEN, "visible")
"""All that a reader sees."""


def all_words(question: Question, terms: Terms) -> Found:
    """What holds every word and every phrase, in the words that were written as text."""
    words = [_whole(group, terms, WRITTEN) for group in question.groups]
    return every([*words, *_phrases(question, terms)], terms.size)


def any_word(question: Question, terms: Terms) -> Found:
    """What holds every phrase or, without phrases, any word, in all text that a reader sees."""
    words = either([_any_part(group, terms, SEEN) for group in question.groups], terms.size)
    if not question.phrases:
        return words
    return optional(every(_phrases(question, terms), terms.size), words, terms.size)


def excluded(question: Question, terms: Terms) -> Found:
    """What holds anything that was excluded."""
    return either([_together(one, terms, WRITTEN) for one in question.excluded], terms.size)


def _whole(group: WordGroup, terms: Terms, fields: tuple[str, ...]) -> Found:
    """A word in any accepted form; its parts and its exact form only add to the score."""
    extras = either(_extras(group, terms, fields), terms.size)
    return optional(_group(group, terms, fields), extras, terms.size)


def _any_part(group: WordGroup, terms: Terms, fields: tuple[str, ...]) -> Found:
    """The same, matched by a part of a compound as well."""
    return either([_group(group, terms, fields), *_extras(group, terms, fields)], terms.size)


def _extras(group: WordGroup, terms: Terms, fields: tuple[str, ...]) -> list[Found]:
    parts = [terms.word(part, fields).times(PART_WEIGHT) for part in group.parts]
    return [*parts, terms.word(group.exact, ("exact",))]


def _group(group: WordGroup, terms: Terms, fields: tuple[str, ...]) -> Found:
    found = [_together(one.terms, terms, fields).times(one.weight) for one in group.alternatives]
    return strongest(found, terms.size)


def _phrases(question: Question, terms: Terms) -> list[Found]:
    return [_together(one, terms, WRITTEN) for one in question.phrases]


def _together(wanted: tuple[str, ...], terms: Terms, fields: tuple[str, ...]) -> Found:
    if len(wanted) > 1:
        return terms.phrase(wanted)
    return terms.word(wanted[0], fields)
