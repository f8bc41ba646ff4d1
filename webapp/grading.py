"""Judging results: a query, what it finds, and how well each answer helps, from 0 to 3.

In: the grades that a moderator or admin ticks. Out: judgments in the store, by which every change of
finding is measured (``index.judged``), and the floor below which an admin is warned. Queries are kept
in the form in which searches are counted, and not when they may tell of a person.
"""

from collections.abc import Iterator
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from index import Hit, Query
from index.improvements import BadImprovement, checked
from index.judged import floor_of
from library.searches import countable
from library.store.improvements import ChangedMeanwhile
from webapp import formats
from webapp.acts import write_act
from webapp.finding_pages import GradedHit, GradingPage
from webapp.hits import document_address, title_of
from webapp.improvement_changes import change, measure_again
from webapp.insight import DAYS, days_ago
from webapp.messages import FINDING_ERRORS, GRADES, say
from webapp.pages import Link
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import may, role
from webapp.services import answer_to, services
from webapp.sessions import me

blueprint = Blueprint("grading", __name__, url_prefix="/beheer/beoordelen")
DEPTH = 10
"""Results that are judged: what nDCG@10 looks at."""
MOST_TODO = 20
PREFIX = "oordeel-"
MESSAGES = {"grens": say("grading.floor.done")}


@blueprint.get("")
@role("moderator")
def grading() -> Response:
    return _page(request.args.get("q", ""), "")


def _page(typed: str, floor_error: str) -> Response:
    query = countable(typed)
    hits, earlier = _hits(query) if query else ((), ())
    here = services()
    floor = floor_of(here.store)
    return render(
        GradingPage(
            title=say("grading.h1"),
            here="grading",
            name=me().name,
            message=_message(),
            error=say("grading.personal") if typed.strip() and not query else "",
            query=query,
            hits=hits,
            earlier=earlier,
            todo=tuple(_todo()),
            done=tuple(_judged()),
            grades=tuple((str(grade), text) for grade, text in GRADES.items()),
            figure=_figure(),
            floor="" if floor is None else formats.figure(floor),
            floor_error=floor_error,
            floor_hint=say(
                "grading.floor.hint",
                now=say("grading.floor.none") if floor is None else formats.figure(floor),
            ),
            may_set_floor=may("grading.set_floor"),
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if floor_error else HTTPStatus.OK,
    )


def _message() -> str:
    done = request.args.get("gedaan", "")
    if done == "ja":
        return say("grading.saved", n=formats.number(services().store.judgments.count()))
    return MESSAGES.get(done, "")


def _figure() -> str:
    latest = services().store.judgments.latest()
    if latest is None:
        return say("grading.figure.none")
    return say(
        "grading.figure.text",
        ndcg=formats.figure(latest.ndcg),
        n=formats.number(latest.queries),
        day=formats.day_of(latest.at),
    )


def _hits(query: str) -> tuple[tuple[GradedHit, ...], tuple[GradedHit, ...]]:
    """The first results, and what was judged before and is not among them."""
    index, grades = services().index, services().store.judgments.of(query)
    answer = answer_to(Query(text=query, limit=DEPTH))
    first = answer.hits if answer else ()
    others = set(grades) - {hit.id for hit in first}
    known = (index.lookup(document_id, query) for document_id in sorted(others)) if answer else ()
    return (
        tuple(_graded(hit, grades) for hit in first),
        tuple(_graded(hit, grades) for hit in known if hit is not None),
    )


def _graded(hit: Hit, grades: dict[str, int]) -> GradedHit:
    return GradedHit(
        id=hit.id,
        link=Link(title_of(hit.title, hit.url), document_address(hit.id)),
        organisation=hit.organisation,
        excerpt=hit.fragments[0].text if hit.fragments else "",
        grade=str(grades.get(hit.id, "")),
    )


def _todo() -> Iterator[Link]:
    """What is searched most and was never judged."""
    store = services().store
    known = store.judgments.all()
    asked = (one.query for one in store.searches.frequent(days_ago(DAYS)))
    for query in [query for query in asked if query not in known][:MOST_TODO]:
        yield Link(query, Question(text=query).address("/beheer/beoordelen"))


def _judged() -> Iterator[tuple[Link, str]]:
    for query, grades in services().store.judgments.all().items():
        number = formats.number(len(grades))
        count = say("grading.count.1") if len(grades) == 1 else say("grading.count", n=number)
        yield Link(query, Question(text=query).address("/beheer/beoordelen")), count


@blueprint.post("")
@role("moderator")
def grade() -> AnyResponse:
    query = countable(request.form.get("q", ""))
    if not query:
        return _page(request.form.get("q", ""), "")
    store = services().store
    if request.form.get("stap") == "vergeten":
        with store.transaction():
            store.judgments.remove(query)
            write_act("grade-forget", f"query:{query}")
    else:
        grades = dict(_ticked())
        with store.transaction():
            store.judgments.add(query, grades, services().clock(), me().id)
            write_act("grade", f"query:{query}", number=str(len(grades)))
    measure_again()
    question = Question(text=query)
    return redirect(question.address("/beheer/beoordelen", gedaan="ja"), HTTPStatus.SEE_OTHER)


def _ticked() -> Iterator[tuple[str, int]]:
    """The grades in the form, of documents that we have."""
    store = services().store
    for name, value in request.form.items():
        document_id = name.removeprefix(PREFIX)
        if (
            document_id != name
            and value in set(map(str, GRADES))
            and store.documents.find(document_id)
        ):
            yield document_id, int(value)


@blueprint.post("/grens")
@role("admin")
def set_floor() -> AnyResponse:
    current = services().store.improvements.current()
    old = next((one for one in current if one.kind == "floor"), None)
    try:
        value = checked("floor", {"ndcg": request.form.get("grens", "")})
    except BadImprovement as error:
        return _page("", FINDING_ERRORS[error.code])
    if old is None or old.value != value:
        try:
            change(("floor", value), old, seen=services().store.improvements.revision())
        except ChangedMeanwhile:
            return redirect("/beheer/beoordelen", HTTPStatus.SEE_OTHER)
    return redirect("/beheer/beoordelen?gedaan=grens", HTTPStatus.SEE_OTHER)
