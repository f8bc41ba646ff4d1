"""A search box for the sites of others: plain HTML that works there without any script of ours.

In: the goals and the organisation that it is limited to. Out: the page where a partner chooses them
and copies the HTML. The box takes the style of the page that it stands on.
"""

from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, render_template, request

from index.query import Query
from library.goals import GOALS
from webapp.messages import say
from webapp.pages import Choice, Page
from webapp.question import Question, read_question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, services

blueprint = Blueprint("search_box", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBoxPage(Page):
    """The choices, and the HTML of the box and of a mere link."""

    template: ClassVar[str] = "search_box.html"
    goals: tuple[Choice, ...]
    organisations: tuple[Choice, ...]
    box: str
    link: str


@blueprint.get("/zoekvak")
@role("public")
def search_box() -> Response:
    question = read_question(request.args)
    limited = Question(goals=question.goals, organisations=question.organisations[:1])
    site = services().settings.site_url
    answer = answer_to(Query(limit=1))
    found = answer.facets.get("organisation", ()) if answer else ()
    names = sorted({value.value for value in found} | set(limited.organisations))
    return render(
        SearchBoxPage(
            title=say("box.h1"),
            goals=tuple(
                Choice(str(one.number), one.label, "", one.number in limited.goals) for one in GOALS
            ),
            organisations=tuple(
                Choice(name, name, "", name in limited.organisations) for name in names
            ),
            box=_html("box", site, limited),
            link=_html("link", site, limited),
        )
    )


def _html(name: str, site: str, question: Question) -> str:
    return render_template(
        f"parts/embedded_{name}.html",
        action=f"{site}/zoeken",
        address=site + question.address(),
        fields=question.pairs(),
    ).strip()
