"""Why a document is a result: by which of its words it has each word of the question.

In: the explanation of an engine, which knows terms, and the document. Out: ``Why`` values with words
as people wrote them, which a page can put into a sentence: "'dorpshuis' staat er als synoniem van
'buurthuis'". They are made on request, for one document: its text is read once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from index.alternatives import Kind
from index.analysis import Token, tokens
from index.engines.base import Explanation, Reason
from library.document import Document

LEAST_SHARE = 0.02
"""A way that gives less of the score of its word is not worth telling: look-alikes are many."""

How = Kind | Literal["inside"]

_LEADING: tuple[How, ...] = (
    "exact",
    "stem",
    "whole",
    "corrected",
    "joined",
    "split",
    "inside",
    "synonym",
    "language",
    "part",
    "lookalike",
)
"""Kinds in the order in which they say why: of one word in the text the first is told."""


@dataclass(frozen=True, slots=True)
class Why:
    """One way in which a document has a word of the question.

    ``word`` is the word as typed, ``found`` what stands in the document, ``kind`` how the one is the
    other: exact (as typed), stem (another form), whole (a name, date or article of a law),
    corrected, joined (typed apart, written as one), split (the reverse), inside (a compound that holds
    it), synonym, language (in English or Frisian), part (of the compound that was typed),
    lookalike. ``score`` is its part of the score of the document.
    """

    word: str
    found: str
    kind: How
    score: float


def why(explanation: Explanation, document: Document) -> tuple[Why, ...]:
    """Tell the ways, words in the order they were typed, the weightiest way of each first."""
    text = _Text(document)
    ways: dict[str, dict[str, Why]] = {}
    for reason in _telling(explanation.reasons):
        found = text.written(reason)
        one = Why(reason.word, found, text.how(reason), reason.score * explanation.prior)
        of_word = ways.setdefault(reason.word, {})
        known = of_word.get(found.casefold())
        of_word[found.casefold()] = one if known is None else _both(known, one)
    return tuple(
        one
        for of_word in ways.values()
        for one in sorted(of_word.values(), key=lambda one: -one.score)
    )


def _telling(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """The reasons that give a part of the score of their word that is worth telling."""
    kept = tuple(reasons)
    totals: dict[str, float] = {}
    for reason in kept:
        totals[reason.word] = totals.get(reason.word, 0.0) + reason.score
    for reason in kept:
        if reason.score > LEAST_SHARE * totals[reason.word]:
            yield reason


def _both(one: Why, other: Why) -> Why:
    """Two ways by one word of the text: the form as typed is also a form, and scores as both."""
    first = min(one, other, key=lambda way: _LEADING.index(way.kind))
    return Why(first.word, first.found, first.kind, one.score + other.score)


class _Text:
    """The words of a document, by their terms."""

    def __init__(self, document: Document) -> None:
        parts = [document.title, *(p for s in document.sections for p in (s.heading, s.text))]
        parts += [document.organisation, document.visible_text]
        self._parts = [(part, list(tokens(part, document.language))) for part in parts if part]
        self._first: Mapping[str, tuple[str, Token]] = {
            term: (text, token)
            for text, found in reversed(self._parts)
            for token in reversed(found)
            for term in token.parts
        } | {
            token.term: (text, token)
            for text, found in reversed(self._parts)
            for token in reversed(found)
        }

    def written(self, reason: Reason) -> str:
        """What stands in the document for the terms of a reason; the terms where that is unclear."""
        terms = reason.alternative.terms
        if reason.alternative.field == "exact":
            return terms[0]
        if len(terms) > 1:
            return self._row(terms)
        if terms[0] not in self._first:
            return terms[0]
        text, token = self._first[terms[0]]
        return text[token.start : token.end]

    def how(self, reason: Reason) -> How:
        """The kind of a reason; a word may stand inside a compound only."""
        kind, term = reason.alternative.kind, reason.alternative.terms[0]
        is_inside = term in self._first and self._first[term][1].term != term
        return "inside" if kind == "stem" and is_inside else kind

    def _row(self, terms: tuple[str, ...]) -> str:
        for text, found in self._parts:
            for at in range(len(found) - len(terms) + 1):
                row = found[at : at + len(terms)]
                if all(t in (one.term, *one.parts) for t, one in zip(terms, row, strict=True)):
                    return text[row[0].start : row[-1].end]
        return " ".join(terms)
