"""For a question that finds much: the best document for each goal, one after the other.

In: the question, and what the index found for it. Out: for each goal that has documents among them the
best one, and how many there are; a link to this view where it helps. Each goal is a search of its own
with the filters of the question, so that the document is the one that stands first when a visitor
chooses that goal.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index import Index
from index.query import Hit, Query, ResultPage
from library.goals import GOALS, Goal
from webapp import formats, hits
from webapp.messages import say
from webapp.pages import Link
from webapp.question import PER_PAGE, Question
from webapp.search_pages import GoalBest

LEAST_GOALS = 3
"""Goals among the results from which the view says more than the list does."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best document for a goal among so many."""

    goal: Goal
    count: int
    hit: Hit


def best_of_goals(query: Query, answer: ResultPage, index: Index) -> Iterator[Best]:
    """The best document of each goal; of those goals that the question chose, where it did."""
    counts = {value.value: value.count for value in answer.facets.get("goal", ())}
    for goal in GOALS:
        count = counts.get(str(goal.number), 0)
        if count and goal.number in (query.goals or (goal.number,)):
            found = index.search(replace(query, goals=(goal.number,), offset=0, limit=1))
            if found.hits:
                yield Best(goal, count, found.hits[0])


def shown(question: Question, answer: ResultPage, index: Index) -> tuple[GoalBest, ...]:
    """The view, when it was asked for."""
    if not question.per_goal:
        return ()
    listed = replace(question, per_goal=False, page=1)
    return tuple(
        GoalBest(
            name=say("hit.goal", number=one.goal.number, label=one.goal.label),
            item=hits.hit_item(one.hit, question),
            all=Link(_all(one), replace(listed, goals=(one.goal.number,)).address()),
        )
        for one in best_of_goals(question.query(), answer, index)
    )


def _all(one: Best) -> str:
    if one.count == 1:
        return say("per-goal.only", goal=one.goal.label)
    return say("per-goal.all", n=formats.number(one.count), goal=one.goal.label)


def way_to(question: Question, answer: ResultPage) -> Link | None:
    """The link to the view from a list of more than a page, or the way back from it."""
    first = replace(question, page=1, per_goal=not question.per_goal)
    if question.per_goal:
        return Link(say("per-goal.back"), first.address())
    goals = sum(value.count > 0 for value in answer.facets.get("goal", ()))
    is_broad = answer.matched == "all" and answer.total > PER_PAGE and goals >= LEAST_GOALS
    if not (question.text and is_broad) or question.goals or question.page > 1:
        return None
    return Link(say("per-goal.show"), first.address())
