"""The pages of the five goals: what a goal means, and what there is for it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.errors import IndexUnavailable
from index.query import Hit, Query
from library.goals import Goal, goal_by_slug
from webapp import formats, hits, linked_data
from webapp.browse_pages import GoalPage, GoalsPage
from webapp.freshness import unless_known
from webapp.messages import say
from webapp.pages import HitItem
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, has_examples, services
from webapp.years import line_of

blueprint = Blueprint("goals", __name__)
MOST = 5
"""Documents in each list."""
MOST_LOOKED = 100
"""Documents that were opened most, among which those of one goal are looked for."""
MOST_TERMS = 10
"""Words of a goal that are looked for: a question has at most 16."""
RANKED = 30
SURE = 0.8
"""A goal that is less sure than this makes no document an example of that goal."""


@blueprint.get("/doelen")
@role("public")
def goals() -> AnyResponse:
    return unless_known(_goals)


def _goals() -> Response:
    items = hits.goal_items(answer_to(Query(limit=1)))
    return render(GoalsPage(title=say("goals.h1"), here="goals", goals=items))


@blueprint.get("/doel/<slug>")
@role("public")
def goal(slug: str) -> AnyResponse:
    entry = goal_by_slug(slug)
    if entry is None:
        raise NotFound
    with_examples = has_examples()
    opened = tuple(document_id for document_id, _ in services().store.openings.most()[:MOST_LOOKED])
    return unless_known(
        lambda: render(_page(entry, opened, with_examples=with_examples)), with_examples, opened
    )


def _page(entry: Goal, opened: tuple[str, ...], *, with_examples: bool) -> GoalPage:
    answer = answer_to(Query(goals=(entry.number,), sort="new", limit=hits.AMONG * MOST))
    only = (entry.number,)
    newest = hits.knowledge_first(answer.hits if answer else (), MOST)
    facets = answer.facets if answer else {}
    total = answer.total if answer else 0
    return GoalPage(
        title=f"{say('goal.number', number=entry.number)}: {entry.label}",
        here="goals",
        feed=f"{hits.goal_address(entry)}.atom",
        example=say("example.site") if newest and with_examples else "",
        goal=entry,
        best=_items(_best(entry), only),
        newest=_items(newest, only),
        used=_items(islice(_used(entry, opened), MOST), only),
        years=line_of(facets.get("year", ()), answer.undated) if answer else None,
        all_text=say("home.all", n=formats.number(total)) if total > len(newest) else "",
        all_address=Question(goals=only).address(),
        organisations=hits.organisations(facets.get("organisation", ()), only),
        kinds=hits.kinds(facets.get("kind", ()), only),
        data=linked_data.of_goal(entry, services().settings.site_url),
    )


def _items(found: Iterable[Hit], only: tuple[int, ...]) -> tuple[HitItem, ...]:
    return tuple(hits.hit_item(hit, Question(goals=only)) for hit in found)


def _best(entry: Goal) -> tuple[Hit, ...]:
    """The documents that are most about a goal: found by its first terms, the sure ones first."""
    text = " ".join([term for term in entry.strong if " " not in term][:MOST_TERMS])
    answer = answer_to(Query(text, goals=(entry.number,), limit=RANKED))
    # What stands below has no more than a part of one of the words.
    found = answer.hits[: answer.total] if answer else ()
    sure = sorted(found, key=lambda hit: not _is_sure(hit, entry.number))
    return hits.knowledge_first(sure[: hits.AMONG * MOST], MOST)


def _is_sure(hit: Hit, number: int) -> bool:
    return any(tag.number == number and tag.probability >= SURE for tag in hit.goals)


def _used(entry: Goal, opened: Iterable[str]) -> Iterator[Hit]:
    """What many opened from the results of a search, the most opened first."""
    for document_id in opened:
        try:
            hit = services().index.lookup(document_id)
        except IndexUnavailable:
            return
        if hit is not None and any(tag.number == entry.number for tag in hit.goals):
            yield hit
