"""The first page and the results: Query -> ResultPage -> page.

Reading the question stands in ``webapp.question``, building the results page in
``webapp.results``; here is only what a request leads to.
"""

import time
from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from index.errors import IndexUnavailable, QueryError
from index.query import Query
from library.store.search_parts import Part
from webapp import formats, hits, linked_data
from webapp.freshness import unless_known
from webapp.insight import DAYS, days_ago
from webapp.messages import QUERY_ERRORS, say
from webapp.pages import Link
from webapp.paging import last_page
from webapp.question import Question, is_clean, read_question
from webapp.rendering import render
from webapp.results import failed_page, results_page
from webapp.roles import role
from webapp.search_pages import HomePage
from webapp.services import answer_to, has_examples, services
from webapp.site_texts import site_texts

blueprint = Blueprint("search", __name__)
NEWEST = 5
PARTNERS = 12
"""Organisations on the first page; all of them stand on /over."""
BOX = "bron"
"""The parameter that says on whose site a search box stands (pages 3.12)."""
EXAMPLES = ("home.example.1", "home.example.2", "home.example.3")


@blueprint.get("/")
@role("public")
def home() -> AnyResponse:
    with_examples, asked = has_examples(), _examples()
    return unless_known(lambda: _home(asked, with_examples=with_examples), with_examples, asked)


def _home(asked: tuple[str, ...], *, with_examples: bool) -> Response:
    answer = answer_to(Query(sort="new", limit=hits.AMONG * NEWEST))
    newest = hits.knowledge_first(answer.hits if answer else (), NEWEST)
    organisations = answer.facets.get("organisation", ()) if answer else ()
    return render(
        HomePage(
            title=say("site.title"),
            example=say("example.site") if with_examples else "",
            goals=hits.goal_items(answer),
            examples=tuple(Link(text, Question(text=text).address()) for text in asked),
            newest=tuple(hits.hit_item(hit) for hit in newest),
            all_text=say("home.all", n=formats.number(answer.total)) if answer else "",
            organisations=hits.organisations(organisations[:PARTNERS]),
            all_organisations=_all_organisations(len(organisations)),
            data=linked_data.of_site(services().settings.site_url, site_texts().intro),
        )
    )


def _examples() -> tuple[str, ...]:
    """What an admin chose, then what is searched and found most, then three questions of our own."""
    chosen = site_texts().examples
    asked = services().store.searches.frequent(days_ago(DAYS))
    found = [one.query for one in asked if not one.counts.empty]
    return tuple(dict.fromkeys((*chosen, *found, *(say(key) for key in EXAMPLES))))[: len(EXAMPLES)]


def _all_organisations(count: int) -> str:
    return say("home.partners.all", n=formats.number(count)) if count > PARTNERS else ""


@blueprint.get("/zoeken")
@role("public")
def results() -> AnyResponse:
    question, box = read_question(request.args), _box()
    asked = MultiDict(pair for pair in request.args.items(multi=True) if pair != (BOX, box))
    if not is_clean(asked, question):
        more = {BOX: box} if box else {}
        return redirect(question.address(**more), HTTPStatus.FOUND)
    return unless_known(lambda: _results(question, box))


def _box() -> str:
    """The organisation on whose site the search box stands; empty for any that we do not know."""
    named = request.args.get(BOX, "")
    return named if named and named in _organisations() else ""


def _organisations() -> frozenset[str]:
    return frozenset(source.organisation for source in services().store.sources.all())


def _parts(question: Question, box: str) -> Iterator[tuple[Part, str]]:
    """The parts of the site that a search was limited to, and whose box it came from.

    An organisation in an address may be anything that somebody typed; only those we know count.
    """
    known = _organisations() if question.organisations else frozenset()
    yield from (("goal", str(number)) for number in question.goals)
    yield from (("organisation", name) for name in question.organisations if name in known)
    if box:
        yield "box", box


def _results(question: Question, box: str) -> AnyResponse:
    began = time.perf_counter()
    try:
        answer = services().index.search(question.query())
    except QueryError as error:
        return render(failed_page(question, QUERY_ERRORS[error.code]), HTTPStatus.BAD_REQUEST)
    except IndexUnavailable:
        return render(failed_page(question, say("error.engine")), HTTPStatus.SERVICE_UNAVAILABLE)
    # The view per goal is another look at a search that was counted.
    if question.text and question.page == 1 and not question.per_goal:
        services().counting.searched(
            question.text,
            found=bool(answer.total or answer.chosen),
            within=_parts(question, box),
            organisations={hit.organisation for hit in (*answer.chosen, *answer.hits)},
            seconds=time.perf_counter() - began,
        )
    if question.page > last_page(answer):
        return redirect(question.on_page(last_page(answer)).address(), HTTPStatus.FOUND)
    return render(
        results_page(question, answer, services().index, site=services().settings.site_url)
    )
