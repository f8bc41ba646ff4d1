"""The JSON API, version 1: what the pages show, for other programs.

In: the parameters of ``webapp.api_values.Parameters``. Out: JSON; an error is a problem (RFC 9457)
in Dutch that names each parameter that is wrong (``webapp.failures``). It reads only, anybody may
use it from any site (CORS), and answers carry an ETag. ``webapp.openapi`` describes it.
"""

from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.errors import QueryError
from index.query import FacetValue, Query, ResultPage
from library.goals import GOALS
from library.store import StoredDocument
from webapp import per_goal
from webapp.about_pages import ApiOperation, ApiPage
from webapp.api_values import (
    Count,
    Document,
    GoalBest,
    Goals,
    Mistake,
    NoParameters,
    Organisations,
    Parameters,
    PerGoal,
    RequiredWordParameters,
    Results,
    Status,
    Suggestion,
    SuggestionParameters,
    Suggestions,
    WordParameters,
    document_value,
    goal_value,
    results_value,
)
from webapp.documents import passages_for, shown_hit
from webapp.errors import WrongParameters
from webapp.freshness import unless_known
from webapp.messages import PARAMETER_ERRORS, QUERY_ERRORS, say
from webapp.openapi import EXAMPLES, OPERATIONS, description
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services

blueprint = Blueprint("api", __name__)
PREFIX = "/api/v1"
EXPOSED = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
_MANY = frozenset({"doel", "organisatie", "soort", "thema", "plaats", "taal"})
Model = TypeVar("Model", bound=BaseModel)


@blueprint.after_app_request
def from_any_site(answer: Response) -> Response:
    """Let scripts on any site read the API, its errors included (CORS): there is nothing private."""
    if request.path.startswith(f"{PREFIX}/"):
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED
    return answer


@blueprint.get(f"{PREFIX}/zoeken")
@role("public")
def search() -> AnyResponse:
    """Search."""
    parameters = read(Parameters, request.args)
    return unless_known(lambda: _json(_results(parameters)))


def _results(parameters: Parameters) -> Results:
    try:
        answer = services().index.search(parameters.query())
    except QueryError as error:
        raise WrongParameters([Mistake(veld="q", uitleg=QUERY_ERRORS[error.code])]) from error
    return results_value(answer, parameters, _site(), _next(answer, parameters))


@blueprint.get(f"{PREFIX}/per-doel")
@role("public")
def best_per_goal() -> AnyResponse:
    """Give the best document for each goal."""
    text = read(RequiredWordParameters, request.args).q
    return unless_known(lambda: _json(_per_goal(text)))


def _per_goal(text: str) -> PerGoal:
    query, index = Query(text.strip()), services().index
    try:
        answer = index.search(query)
    except QueryError as error:
        raise WrongParameters([Mistake(veld="q", uitleg=QUERY_ERRORS[error.code])]) from error
    return PerGoal(
        doelen=tuple(
            GoalBest(
                doel=one.goal.number,
                aantal=one.count,
                document=document_value(one.hit, _site()),
            )
            for one in per_goal.best_of_goals(query, answer, index)
        )
    )


def _next(answer: ResultPage, parameters: Parameters) -> str | None:
    """The address of the next page, while there is one that can be reached."""
    if parameters.p * parameters.per_bladzijde >= answer.listed:
        return None
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "p"]
    return f"{_site()}{PREFIX}/zoeken?{urlencode([*pairs, ('p', parameters.p + 1)])}"


@blueprint.get(f"{PREFIX}/documenten/<anything:document_id>")
@role("public")
def document(document_id: str) -> AnyResponse:
    """Give one document, with fragments for the words in ``q``."""
    text = read(WordParameters, request.args).q
    stored = services().store.documents.find(document_id)
    if stored is None:
        raise NotFound
    if stored.removed_at is not None:
        raise Gone
    return unless_known(
        lambda: _json(_document(stored, text)),
        stored.revision,
        stored.checked_at,
    )


def _document(stored: StoredDocument, text: str) -> Document:
    hit = shown_hit(stored, text)
    places = {tag.number: passages_for(stored.document, tag) for tag in hit.goals}
    return document_value(hit, _site(), places)


@blueprint.get(f"{PREFIX}/suggesties")
@role("public")
def suggestions() -> AnyResponse:
    """Complete what somebody types."""
    wanted = read(SuggestionParameters, request.args)
    return unless_known(lambda: _json(_suggestions(wanted)))


def _suggestions(wanted: SuggestionParameters) -> Suggestions:
    found = services().index.complete(wanted.q, wanted.aantal)
    return Suggestions(
        suggesties=tuple(Suggestion(tekst=one.text, soort=one.kind) for one in found)
    )


@blueprint.get(f"{PREFIX}/doelen")
@role("public")
def goals() -> AnyResponse:
    """The five goals, with the number of their documents."""
    read(NoParameters, request.args)
    return unless_known(lambda: _json(_goals(_facet("goal"))))


def _goals(counted: tuple[FacetValue, ...]) -> Goals:
    counts = {one.value: one.count for one in counted}
    return Goals(
        doelen=tuple(goal_value(one, counts.get(str(one.number), 0), _site()) for one in GOALS)
    )


@blueprint.get(f"{PREFIX}/organisaties")
@role("public")
def organisations() -> AnyResponse:
    """The organisations that have documents."""
    read(NoParameters, request.args)
    return unless_known(
        lambda: _json(
            Organisations(
                organisaties=tuple(
                    Count(waarde=one.value, aantal=one.count) for one in _facet("organisation")
                )
            )
        )
    )


def _facet(name: str) -> tuple[FacetValue, ...]:
    return tuple(services().index.search(Query(limit=0)).facets.get(name, ()))


@blueprint.get(f"{PREFIX}/status")
@role("public")
def status() -> AnyResponse:
    """Tell whether and what one can search now."""
    read(NoParameters, request.args)
    found = services().index.status()
    return unless_known(
        lambda: _json(
            Status(
                documenten=found.documents,
                bijgewerkt=found.built_at,
                zoeken="ja" if found.generation else "nee",
            )
        )
    )


@blueprint.get(f"{PREFIX}/openapi.json")
@role("public")
def openapi() -> AnyResponse:
    """Describe the API to programs."""
    return unless_known(lambda: Response(description(_site()), content_type="application/json"))


@blueprint.get("/api")
@role("public")
def page() -> AnyResponse:
    """Describe the API to people."""
    return unless_known(lambda: render(_page()))


def _page() -> ApiPage:
    return ApiPage(
        title=say("api.h1"),
        address=f"{_site()}{PREFIX}",
        operations=tuple(
            ApiOperation(
                one.summary,
                f"{PREFIX}{one.path}",
                tuple((name, text) for name, text, _ in one.parameters),
            )
            for one in OPERATIONS
        ),
        examples=tuple(f"curl '{_site()}{PREFIX}{path}'" for path in EXAMPLES),
    )


def read(model: type[Model], arguments: MultiDict[str, str]) -> Model:
    """Read the parameters of a request; raise ``WrongParameters`` with all that is wrong."""
    given: dict[str, Any] = {}
    for name, values in arguments.lists():
        given[name] = tuple(values) if name in _MANY or len(values) > 1 else values[0]
    try:
        return model(**given)
    except ValidationError as error:
        raise WrongParameters(list(map(_mistake, error.errors()))) from error


def _mistake(error: Any) -> Mistake:
    text = PARAMETER_ERRORS.get(error["type"], PARAMETER_ERRORS[""])
    return Mistake(veld=str(error["loc"][0]), uitleg=text.format(**error.get("ctx", {})))


def _site() -> str:
    return services().settings.site_url


def _json(value: BaseModel) -> Response:
    return Response(value.model_dump_json(), content_type="application/json")
