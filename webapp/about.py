"""Fixed pages: what this is, how to search, what we keep of whom. They say what is true today."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from index.query import Query
from webapp.freshness import unless_known
from webapp.hits import organisations
from webapp.messages import say
from webapp.pages import AboutPage, HelpPage, PrivacyPage
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, has_examples

blueprint = Blueprint("about", __name__)


@blueprint.get("/over")
@role("public")
def about() -> AnyResponse:
    with_examples = has_examples()
    return unless_known(lambda: _about(with_examples=with_examples), with_examples)


def _about(*, with_examples: bool) -> Response:
    answer = answer_to(Query(limit=1))
    partners = answer.facets.get("organisation", ()) if answer else ()
    return render(
        AboutPage(
            title=say("about.h1"),
            here="about",
            example=say("example.site") if with_examples else "",
            organisations=organisations(partners),
        )
    )


@blueprint.get("/hulp-bij-zoeken")
@role("public")
def help_with_search() -> Response:
    return render(HelpPage(title=say("helping.h1"), here="help"))


@blueprint.get("/privacy")
@role("public")
def privacy() -> Response:
    return render(PrivacyPage(title=say("privacy.h1")))
