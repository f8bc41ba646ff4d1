"""How good the answers are to the queries that people judged on the site, and whether that is enough.

In: the judgments of a store and a callable that ranks: ``Index.rank``, or one generation before it is
published. Out: figures (``index.evaluate``), and a verdict against the floor that an admin set. A
query of which every answer was found bad has no best order to compare with, so it is left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from index.evaluate import Evaluation, Qrels, Question, Search, evaluate
from library.store import Measurement, Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mean nDCG@10 of the judged queries; ``floor`` is nothing when nobody set one."""

    ndcg: float
    queries: int
    floor: float | None = None

    @property
    def is_below(self) -> bool:
        """Whether a person should look: there are judgments, and answers got worse than agreed."""
        return self.queries > 0 and self.floor is not None and self.ndcg < self.floor


def answerable(judgments: Qrels) -> Qrels:
    """The judgments of queries that have at least one good answer."""
    return {query: grades for query, grades in judgments.items() if any(grades.values())}


def numbered(judgments: Qrels) -> tuple[tuple[Question, ...], Qrels]:
    """The judged queries under names without a space, as a TREC run needs them."""
    named = {
        f"{number}-{'_'.join(query.split())}": query
        for number, query in enumerate(answerable(judgments), start=1)
    }
    questions = tuple(Question(name, query) for name, query in named.items())
    return questions, {name: judgments[query] for name, query in named.items()}


def measure(
    judgments: Mapping[str, Mapping[str, int]],
    rank: Search,
    *,
    each: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask every judged query that has a good answer, and measure the answers."""
    qrels = answerable(judgments)
    questions = tuple(Question(query, query) for query in qrels)
    return evaluate(questions, qrels, rank, each=each)


def floor_of(store: Store) -> float | None:
    """The figure below which a person should look."""
    floors = [one for one in store.improvements.current() if one.kind == "floor"]
    return float(floors[-1].value["ndcg"]) if floors else None


def judge(store: Store, rank: Search) -> Verdict:
    """Measure a ranking by the judgments of a store, against its floor."""
    found = measure(store.judgments.all(), rank).overall
    return Verdict(found.ndcg, found.queries, floor_of(store))


def verdict_of(store: Store) -> Verdict | None:
    """The last measurement against the floor; nothing when nothing was measured."""
    last: Measurement | None = store.judgments.latest()
    return None if last is None else Verdict(last.ndcg, last.queries, floor_of(store))


def keep(store: Store, rank: Search, generation: str, now: datetime) -> Verdict:
    """Measure a ranking and keep the figure, where there are judgments."""
    verdict = judge(store, rank)
    if verdict.queries:
        store.judgments.measured(now, generation, verdict.queries, verdict.ndcg)
    return verdict
