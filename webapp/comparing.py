"""A change of finding -> what it would do: the first results now and then, and how good they are.

In: the improvements that are live, those that would be, and the words of the change. Out: what differs
for these words, the most used queries and the judged ones, each asked of the index as it is and as it
would be. Nothing is changed by looking.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index import Hit, Index, Query, ResultPage
from index.evaluate import Evaluation
from index.judged import measure
from index.searcher import Trial
from library.store import Improvement
from webapp import formats
from webapp.finding_pages import ComparedItem, MeasuredItem, RankedItem
from webapp.hits import document_address, title_of
from webapp.messages import say

FIRST = 5
"""Results of each query that are put side by side."""
MOST_USED = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would do. ``before`` and ``after`` are nothing when nothing was judged."""

    compared: tuple[ComparedItem, ...]
    looked: int
    before: Evaluation | None
    after: Evaluation | None

    @property
    def measured(self) -> tuple[MeasuredItem, ...]:
        """The figures of all judged queries together, then of those that change."""
        if self.before is None or self.after is None:
            return ()
        overall = _measured(
            say("finding.ndcg.all"), self.before.overall.ndcg, self.after.overall.ndcg
        )
        changed = (
            _measured(query, one.ndcg, self.after.by_query[query].ndcg)
            for query, one in self.before.by_query.items()
        )
        return (overall, *(one for one in changed if one.before != one.after))


def compare(
    index: Index,
    before: Sequence[Improvement],
    after: Sequence[Improvement],
    queries: Mapping[str, str],
    judgments: Mapping[str, Mapping[str, int]],
) -> Difference:
    """Ask everything twice; ``queries`` come with why each is looked at."""
    with index.trial(before) as now, index.trial(after) as then:
        compared = tuple(_compared(queries, now, then))
        measured = measure(judgments, now.rank) if judgments else None
        if measured is None or not measured.overall.queries:
            return Difference(compared, len(queries), None, None)
        return Difference(compared, len(queries), measured, measure(judgments, then.rank))


def _compared(queries: Mapping[str, str], now: Trial, then: Trial) -> Iterator[ComparedItem]:
    for text, why in queries.items():
        query = Query(text=text, limit=FIRST)
        before, after = now.search(query), then.search(query)
        if _seen(before) != _seen(after):
            yield _item(text, why, before, after)


def _seen(page: ResultPage) -> tuple[object, ...]:
    return (page.total, [hit.id for hit in page.chosen], [hit.id for hit in _first(page)])


def _first(page: ResultPage) -> list[Hit]:
    """The first of a page, what people chose before the rest."""
    chosen = {hit.id for hit in page.chosen}
    return [*page.chosen, *(hit for hit in page.hits if hit.id not in chosen)][:FIRST]


def _item(text: str, why: str, before: ResultPage, after: ResultPage) -> ComparedItem:
    old = {hit.id: place for place, hit in enumerate(_first(before))}
    new = {hit.id: place for place, hit in enumerate(_first(after))}
    lost = [_title(hit) for hit in _first(before) if hit.id not in new]
    titles = formats.listed([f"'{title}'" for title in lost])
    return ComparedItem(
        query=text,
        why=why,
        before=tuple(_ranked(hit, "") for hit in _first(before)),
        before_count=_count(before),
        after=tuple(_ranked(hit, _mark(old.get(hit.id), new[hit.id])) for hit in _first(after)),
        after_count=_count(after),
        lost=say("finding.trial.lost", n=FIRST, titles=titles) if lost else "",
    )


def _count(page: ResultPage) -> str:
    if not page.total:
        return say("finding.trial.like" if _first(page) else "finding.trial.nothing")
    return say("finding.trial.found", n=formats.number(page.total))


def _mark(old: int | None, new: int) -> str:
    if old is None:
        return say("finding.trial.new")
    if old == new:
        return ""
    return say("finding.trial.up") if new < old else say("finding.trial.down")


def _ranked(hit: Hit, mark: str) -> RankedItem:
    return RankedItem(_title(hit), document_address(hit.id), hit.organisation, mark)


def _title(hit: Hit) -> str:
    return title_of(hit.title, hit.url)


def _measured(query: str, before: float, after: float) -> MeasuredItem:
    return MeasuredItem(query, formats.figure(before), formats.figure(after))
