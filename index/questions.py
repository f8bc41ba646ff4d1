"""The text of a query, read into what an engine matches.

In: a ``Query``, with what the collection knows of its words and what people changed about finding.
Out: a ``Question``.
"""

from collections.abc import Iterator

from index import analysis
from index.alternatives import WEIGHTS, Weights
from index.engines.base import Question
from index.errors import QueryError
from index.expansion import expand
from index.improvements import NONE, Improvements
from index.query import MAX_WORDS, Clause, Query, parse
from index.vocabulary import Vocabulary


def read(
    query: Query,
    *,
    text: str | None = None,
    strict: bool = True,
    vocabulary: Vocabulary | None = None,
    weights: Weights = WEIGHTS,
    improvements: Improvements = NONE,
) -> Question:
    """Read the text of a query into what an engine matches.

    Too many content words are a ``QueryError``, or are left out when not ``strict``. Phrases and
    what is excluded are taken as they are typed.
    """
    clauses = parse(query.text if text is None else text)
    words = [c.text for c in clauses if not c.is_phrase and not c.excluded]
    groups = expand(
        words,
        synonyms=improvements.synonyms,
        vocabulary=vocabulary,
        weights=weights,
        as_written=improvements.as_written,
    )
    phrases = _terms(c for c in clauses if c.is_phrase and not c.excluded)
    excluded = _terms(c for c in clauses if c.excluded)
    if len(groups) + sum(map(len, (*phrases, *excluded))) > MAX_WORDS:
        if strict:
            raise QueryError("too_many_words", f"A query has at most {MAX_WORDS} words.")
        groups = groups[:MAX_WORDS]
    return Question(query, groups, phrases, excluded)


def _terms(clauses: Iterator[Clause]) -> tuple[tuple[str, ...], ...]:
    found = (tuple(analysis.terms(clause.text)) for clause in clauses)
    return tuple(terms for terms in found if terms)
