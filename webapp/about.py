"""Fixed pages: what this is, how to search, what we keep of whom. They say what is true today."""

from flask import Blueprint, Response

from webapp import formats
from webapp.messages import say
from webapp.pages import AboutPage, Counted, HelpPage, PrivacyPage
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services

blueprint = Blueprint("about", __name__)


@blueprint.get("/over")
@role("public")
def about() -> Response:
    store = services().store
    organisations = tuple(
        Counted(name, formats.number(count), Question(organisations=(name,)).address())
        for name, count in store.documents.count_by_organisation().items()
    )
    has_examples = any(source.is_example for source in store.sources.all())
    return render(
        AboutPage(
            title=say("about.h1"),
            here="about",
            example=say("example.site") if has_examples else "",
            organisations=organisations,
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
