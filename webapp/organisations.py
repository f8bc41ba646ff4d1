"""The page of one organisation: what it shared, newest first, by goal and by kind.

In: its name in the address. Out: its documents, where its own site is, and a search in what it
shared. An organisation without documents has no page.
"""

from flask import Blueprint
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.query import FacetValue, Query
from library.goals import GOALS
from webapp import formats, hits
from webapp.browse_pages import OrganisationPage
from webapp.freshness import unless_known
from webapp.links import host_of, outward
from webapp.messages import say
from webapp.pages import Counted, Link
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, services

blueprint = Blueprint("organisations", __name__)
NEWEST = 10


@blueprint.get("/organisatie/<anything:name>")
@role("public")
def organisation(name: str) -> AnyResponse:
    return unless_known(lambda: render(_page(name)))


def _page(name: str) -> OrganisationPage:
    answer = answer_to(Query(organisations=(name,), sort="new", limit=NEWEST))
    if answer is None or not answer.total:
        raise NotFound
    only = Question(organisations=(name,))
    is_example = any(hit.is_example for hit in answer.hits)
    rest = answer.total > len(answer.hits)
    return OrganisationPage(
        title=name,
        is_indexable=not is_example,
        example=say("example.list") if is_example else "",
        feed=only.address("/zoeken.atom"),
        name=name,
        count=hits.documents_in_words(answer.total),
        sites=tuple(_sites(name)),
        newest=tuple(hits.hit_item(hit, only) for hit in answer.hits),
        all_text=say("home.all", n=formats.number(answer.total)) if rest else "",
        all_address=only.address(),
        goals=tuple(_goals(name, answer.facets.get("goal", ()))),
        kinds=hits.kinds(answer.facets.get("kind", ()), organisations=(name,)),
    )


def _sites(name: str) -> list[Link]:
    """The sites that its documents come from."""
    sources = (one for one in services().store.sources.all() if one.name == name)
    found = {host_of(one.url): outward(one.url) for one in sources if not one.is_example}
    return [Link(host, address) for host, address in sorted(found.items()) if host and address]


def _goals(name: str, values: tuple[FacetValue, ...]) -> list[Counted]:
    counts = {value.value: value.count for value in values}
    return [
        Counted(
            goal.label,
            formats.number(counts[str(goal.number)]),
            Question(goals=(goal.number,), organisations=(name,)).address(),
        )
        for goal in GOALS
        if counts.get(str(goal.number))
    ]
