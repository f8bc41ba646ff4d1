"""How well answers fit the grades: four figures for each kind of query, and what to make of none.

In: queries, grades by key, and a callable that answers as a visitor sees it. Out: means overall and
by kind. A first result is right when its grade is 2 or 3, and so is the one that the reciprocal rank
looks for; nDCG looks at all grades (``index.evaluate``). Queries of kind ``none`` have no answer, so
nothing can be gained with them: of these only the number of documents found counts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from index.evaluate import FIRST, Qrels, measure
from tests.relevance.examples import Asked, Searched

RIGHT = 2
"""The lowest grade of a document that largely answers a query."""
NONE = "none"
"""The kind of the queries that no example document answers."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one query, or their means: ``success`` and ``zero`` are then shares."""

    ndcg: float
    mrr: float
    success: float
    zero: float
    queries: int = 1


def score(found: Searched, grades: Mapping[str, int]) -> Scores:
    """Give the figures of one answer."""
    ranking = found.ranking[:FIRST]
    right = {key: grade for key, grade in grades.items() if grade >= RIGHT}
    return Scores(
        ndcg=measure(ranking, grades).ndcg,
        mrr=measure(ranking, right).mrr,
        success=float(bool(ranking) and ranking[0][0] in right),
        zero=float(found.total == 0),
    )


def mean_of(scores: Iterable[Scores]) -> Scores:
    """Give the mean of each figure."""
    all_of = list(scores)
    return Scores(
        ndcg=fmean(one.ndcg for one in all_of),
        mrr=fmean(one.mrr for one in all_of),
        success=fmean(one.success for one in all_of),
        zero=fmean(one.zero for one in all_of),
        queries=len(all_of),
    )


def by_kind(
    asked: Iterable[Asked], judged: Qrels, search: Callable[[str], Searched]
) -> Mapping[str, Scores]:
    """Ask every query that has an answer; give the means by kind, and over all under ``all``."""
    found: dict[str, list[Scores]] = {}
    for one in asked:
        if one.kind != NONE:
            found.setdefault(one.kind, []).append(score(search(one.text), judged[one.id]))
    means = {kind: mean_of(found[kind]) for kind in sorted(found)}
    return {"all": mean_of(one for kind in found.values() for one in kind), **means}


def table(means: Mapping[str, Scores]) -> str:
    """The means as lines of text."""
    lines = [f"{'':13} queries  nDCG@10  MRR@10  first right  nothing found"]
    lines += [
        f"{kind:13} {one.queries:7} {one.ndcg:8.3f} {one.mrr:7.3f} {one.success:12.3f} {one.zero:14.3f}"
        for kind, one in means.items()
    ]
    return "\n".join(lines)
