"""The pages of the five goals: what a goal means, and what there is for it."""

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.query import Query
from library.goals import Goal, goal_by_slug
from webapp import formats, hits, linked_data
from webapp.freshness import unless_known
from webapp.messages import say
from webapp.pages import GoalPage, GoalsPage
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, has_examples, services

blueprint = Blueprint("goals", __name__)
NEWEST = 5


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
    return unless_known(lambda: render(_page(entry, with_examples=with_examples)), with_examples)


def _page(entry: Goal, *, with_examples: bool) -> GoalPage:
    answer = answer_to(Query(goals=(entry.number,), sort="new", limit=NEWEST))
    only = (entry.number,)
    newest = answer.hits if answer else ()
    facets = answer.facets if answer else {}
    total = answer.total if answer else 0
    return GoalPage(
        title=f"{say('goal.number', number=entry.number)}: {entry.label}",
        here="goals",
        feed=f"{hits.goal_address(entry)}.atom",
        example=say("example.site") if newest and with_examples else "",
        goal=entry,
        newest=tuple(hits.hit_item(hit, Question(goals=only)) for hit in newest),
        all_text=say("home.all", n=formats.number(total)) if total > len(newest) else "",
        all_address=Question(goals=only).address(),
        organisations=hits.organisations(facets.get("organisation", ()), only),
        kinds=hits.kinds(facets.get("kind", ()), only),
        data=linked_data.of_goal(entry, services().settings.site_url),
    )
