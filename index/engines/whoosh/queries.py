"""A question as Whoosh's query objects, built directly: visitors never reach Whoosh's parser.

Whoosh scores fields apart and adds them up, so a word that is in the title counts in ``text``
and a little more in ``title``; with one field of everything to match, "all words" is one
intersection. Alternatives of a word (synonyms, joined forms) count as one word: the best of them.
"""

from collections.abc import Iterable, Sequence

from whoosh import query as whoosh

from index.engines.base import Question
from index.engines.whoosh.alternatives import Best
from index.expansion import PART_WEIGHT, WordGroup
from index.schema import WEIGHTS

EXTRAS = ("title", "headings")
"""Fields whose words are all in ``text`` as well: they add to the score and match nothing new."""


def all_words(question: Question) -> whoosh.Query:
    """What holds every word and every phrase, in the words that were written as text."""
    words = [_whole(group, ("organisation",)) for group in question.groups]
    return _and([*words, *_phrases(question)])


def any_word(question: Question) -> whoosh.Query:
    """What holds every phrase or, without phrases, any word, in all text that a reader sees."""
    words = [_any_part(group, ("organisation", "visible")) for group in question.groups]
    if not question.phrases:
        return _or(words)
    phrases = _and(_phrases(question))
    return whoosh.AndMaybe(phrases, _or(words)) if words else phrases


def excluded(question: Question) -> whoosh.Query | None:
    """What holds anything that was excluded."""
    if not question.excluded:
        return None
    return _or([_together(terms, 1.0, ("organisation",)) for terms in question.excluded])


def _whole(group: WordGroup, fields: Sequence[str]) -> whoosh.Query:
    """A word in any accepted form; its parts and its exact form only add to the score."""
    extras = [*_parts(group, fields), _term("exact", group.exact, 1.0)]
    return whoosh.AndMaybe(_group(group, fields), _or(extras))


def _any_part(group: WordGroup, fields: Sequence[str]) -> whoosh.Query:
    """The same, matched by a part of a compound as well."""
    exact = _term("exact", group.exact, 1.0)
    return _or([_group(group, fields), *_parts(group, fields), exact])


def _parts(group: WordGroup, fields: Sequence[str]) -> list[whoosh.Query]:
    return [_together((part,), PART_WEIGHT, fields) for part in group.parts]


def _group(group: WordGroup, fields: Sequence[str]) -> whoosh.Query:
    found = [_together(one.terms, one.weight, fields) for one in group.alternatives]
    return found[0] if len(found) == 1 else Best(found)


def _phrases(question: Question) -> list[whoosh.Query]:
    return [_together(terms, 1.0, ("organisation",)) for terms in question.phrases]


def _together(terms: tuple[str, ...], weight: float, fields: Sequence[str]) -> whoosh.Query:
    if len(terms) > 1:
        return whoosh.Phrase("text", list(terms), boost=weight * WEIGHTS["text"])
    term = terms[0]
    text = whoosh.AndMaybe(
        _term("text", term, weight), _or([_term(name, term, weight) for name in EXTRAS])
    )
    return _or([text, *(_term(name, term, weight) for name in fields)])


def _term(field: str, term: str, weight: float) -> whoosh.Query:
    return whoosh.Term(field, term, boost=weight * WEIGHTS[field])


def _and(queries: Iterable[whoosh.Query]) -> whoosh.Query:
    found = list(queries)
    return found[0] if len(found) == 1 else whoosh.And(found)


def _or(queries: Iterable[whoosh.Query]) -> whoosh.Query:
    found = list(queries)
    return found[0] if len(found) == 1 else whoosh.Or(found)
