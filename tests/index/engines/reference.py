"""The same questions put to Whoosh's own searcher: matchers, one document at a time.

What the arrays of ``index.engines.whoosh`` are compared with. One thing is put right: Whoosh's
matcher for "the best of" takes the score of another, later document into account.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import query as whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.matching import DisjunctionMaxMatcher
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from index.engines.base import Question
from index.engines.whoosh.fields import make_schema
from index.expansion import WordGroup
from index.schema import K1, WEIGHTS, B


class Reference:
    """Whoosh's searcher over the files of one generation."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder), readonly=True)
        self.reader = FileIndex(storage, schema=make_schema()).reader()
        self._weighting = BM25F(B=B, K1=K1)
        self._searcher = Searcher(self.reader, weighting=self._weighting)

    def scores(self, query: whoosh.Query) -> dict[int, float]:
        """Walk everything that matches."""
        scores: dict[int, float] = {}
        context = SearchContext(weighting=self._weighting)
        for searcher, offset in self._searcher.leaf_searchers():
            if not searcher.doc_count_all():
                continue
            matcher = query.matcher(searcher, context)
            while matcher.is_active():
                scores[offset + matcher.id()] = matcher.score()
                matcher.next()
        return scores


class _BestMatcher(DisjunctionMaxMatcher):  # type: ignore[misc]  # Whoosh has no types
    def score(self) -> float:
        a, b = self.a, self.b
        if a.is_active() and b.is_active() and a.id() != b.id():
            return float(a.score() if a.id() < b.id() else b.score())
        return float(super().score())


class _Best(whoosh.DisjunctionMax):  # type: ignore[misc]  # Whoosh has no types
    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Any:
        def size_of(query: Any) -> int:
            return int(query.estimate_size(searcher.reader()))

        return self._tree_matcher(subs, _BestMatcher, searcher, context, size_of)


def all_words(question: Question) -> whoosh.Query:
    words = [_group(group, ("organisation",)) for group in question.groups]
    return _and([*words, *_phrases(question)])


def any_word(question: Question) -> whoosh.Query:
    words = [_group(group, ("organisation", "visible")) for group in question.groups]
    if not question.phrases:
        return _or(words)
    phrases = _and(_phrases(question))
    return whoosh.AndMaybe(phrases, _or(words)) if words else phrases


def excluded(question: Question) -> whoosh.Query:
    return _or([_together(terms, 1.0, ("organisation",)) for terms in question.excluded])


def _group(group: WordGroup, fields: Sequence[str]) -> whoosh.Query:
    found = [_together(one.terms, one.weight, fields) for one in group.alternatives]
    return found[0] if len(found) == 1 else _Best(found)


def _phrases(question: Question) -> list[whoosh.Query]:
    return [_together(terms, 1.0, ("organisation",)) for terms in question.phrases]


def _together(terms: tuple[str, ...], weight: float, fields: Sequence[str]) -> whoosh.Query:
    if len(terms) > 1:
        return whoosh.Phrase("text", list(terms), boost=weight * WEIGHTS["text"])
    # Title and headings match nothing that the text does not. "And maybe", which says so, loses
    # their scores inside other matchers: it moves its second part too little.
    return _or([_term(name, terms[0], weight) for name in ("text", "title", "headings", *fields)])


def _term(field: str, term: str, weight: float) -> whoosh.Query:
    return whoosh.Term(field, term, boost=weight * WEIGHTS[field])


def _and(queries: Iterable[whoosh.Query]) -> whoosh.Query:
    found = list(queries)
    return found[0] if len(found) == 1 else whoosh.And(found)


def _or(queries: Iterable[whoosh.Query]) -> whoosh.Query:
    found = list(queries)
    return found[0] if len(found) == 1 else whoosh.Or(found)
