"""A search box for the sites of others: plain HTML that works there without any script of ours.

In: the goals and the organisation that it is limited to, and the language of its label. Out: the page
where a partner chooses them and copies the HTML: a form, which takes the style of the page that it
stands on; a frame with our own small page for sites that are sources here; or a mere link.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, render_template, request

from index.query import Query
from library.goals import GOALS
from library.store import Source
from webapp.headers import may_be_framed_by
from webapp.messages import BOX_LABELS, LANGUAGES, say
from webapp.pages import Page
from webapp.question import Question, read_question
from webapp.rendering import render
from webapp.roles import role
from webapp.search import BOX
from webapp.search_pages import Choice
from webapp.services import answer_to, services

blueprint = Blueprint("search_box", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchBoxPage(Page):
    """The choices, and the HTML of the box, of the frame and of a mere link."""

    template: ClassVar[str] = "search_box.html"
    goals: tuple[Choice, ...]
    organisations: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    hosts: tuple[Choice, ...]
    box: str
    frame: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FramedBoxPage(Page):
    """The box as a page of its own, small enough for a frame; its results open outside the frame."""

    template: ClassVar[str] = "framed_box.html"
    language: str
    label: str
    button: str
    fields: tuple[tuple[str, str], ...]


@blueprint.get("/zoekvak")
@role("public")
def search_box() -> Response:
    limited, language, host = _limited(), _language(), _host()
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
            languages=tuple(
                Choice(code, LANGUAGES[code], "", code == language) for code in BOX_LABELS
            ),
            hosts=tuple(Choice(name, name, "", name == host) for name in _hosts()),
            box=_html("box", limited, language, host),
            frame=_html("frame", limited, language, host),
            link=_html("link", limited, language, host),
        )
    )


@blueprint.get("/ingebed")
@role("public")
def framed_box() -> Response:
    may_be_framed_by(["'self'", *origins_of(services().store.sources.all())])
    language = _language()
    label, button = BOX_LABELS[language]
    return render(
        FramedBoxPage(
            title=label,
            is_indexable=False,
            language=language,
            label=label,
            button=button,
            fields=(*_limited().pairs(), *_told(_host())),
        )
    )


def origins_of(sources: Iterable[Source]) -> list[str]:
    """Origins of the sites that are a source, with and without www; they may frame the box."""
    parts = {urlsplit(source.url)[:2] for source in sources if not source.is_example}
    bare = {(scheme, host.removeprefix("www.")) for scheme, host in parts}
    return sorted(f"{scheme}://{www}{host}" for scheme, host in bare for www in ("", "www."))


def _limited() -> Question:
    question = read_question(request.args)
    return Question(goals=question.goals, organisations=question.organisations[:1])


def _hosts() -> list[str]:
    """The organisations on whose site a box may stand that is counted by itself."""
    sources = services().store.sources.all()
    return sorted({source.organisation for source in sources if not source.is_example})


def _host() -> str:
    named = request.args.get(BOX, "")
    return named if named in _hosts() else ""


def _told(host: str) -> list[tuple[str, str]]:
    return [(BOX, host)] if host else []


def _language() -> str:
    asked = request.args.get("opschrift", "nl")
    return asked if asked in BOX_LABELS else "nl"


def _html(name: str, limited: Question, language: str, host: str) -> str:
    site = services().settings.site_url
    label, button = BOX_LABELS[language]
    fields = [*limited.pairs(), *_told(host)]
    chosen = [*fields, *([("opschrift", language)] if language != "nl" else [])]
    return render_template(
        f"parts/embedded_{name}.html",
        action=f"{site}/zoeken",
        address=f"{site}/zoeken{'?' if fields else ''}{urlencode(fields)}",
        frame=f"{site}/ingebed{'?' if chosen else ''}{urlencode(chosen)}",
        fields=fields,
        language=language,
        label=label,
        button=button,
    ).strip()
