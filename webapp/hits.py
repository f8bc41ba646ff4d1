"""Hits -> items of a list, the same on the results, home and goal pages."""

from collections.abc import Iterable
from urllib.parse import quote

from index.query import Copy, FacetValue, Fragment, GoalTag, Hit, ResultPage
from library.goals import GOALS, Goal
from webapp import formats
from webapp.links import file_name, host_of, outward, passage
from webapp.messages import KINDS, OTHER_TYPE, TYPES, say
from webapp.pages import Counted, Excerpt, GoalItem, HitItem, Link
from webapp.question import Question

_GOALS = {goal.number: goal for goal in GOALS}
_WEB = frozenset({"text/html", "application/xhtml+xml", ""})


AMONG = 3
"""Times as many hits as are shown, to choose from."""


def knowledge_first(found: Iterable[Hit], most: int) -> tuple[Hit, ...]:
    """The first of a list; what tells something goes before overviews, vacancies and contact pages."""
    return tuple(sorted(found, key=lambda hit: hit.kind == "overig")[:most])


def hit_item(hit: Hit, question: Question | None = None) -> HitItem:
    """Make the item of a hit; ``question`` leads back from the document page to its list."""
    return HitItem(
        title=title_of(hit.title, hit.url),
        address=(question or Question()).address(document_address(hit.id)),
        language="" if hit.language == "nl" else hit.language,
        kind_of_file=kind_of_file(hit.media_type, hit.pages, hit.size),
        organisation=hit.organisation,
        day=formats.day(hit.published) if hit.published else say("badge.nodate"),
        excerpts=tuple(excerpt(fragment, hit.url) for fragment in hit.fragments),
        found_on=_found_on(hit),
        goals=tuple(goal_link(tag) for tag in hit.goals if tag.number in _GOALS),
        source=_source(hit),
        host=host_of(hit.url),
        also=tuple(_also(copy, hit) for copy in hit.also_at),
    )


def _also(copy: Copy, hit: Hit) -> Link:
    """Lead to a document that the hit stands for, and say which that is."""
    if copy.is_older:
        text = say("hit.older")
    elif copy.organisation == hit.organisation:
        text = say("hit.again")
    else:
        text = say("hit.also", organisation=copy.organisation)
    return Link(text, document_address(copy.id))


def title_of(title: str, url: str) -> str:
    """The title, else the name of the file, never nothing."""
    return title.strip() or file_name(url) or say("hit.untitled")


def document_address(document_id: str) -> str:
    """The path of a document's page; an imported id may hold any character."""
    return f"/document/{quote(document_id)}"


def organisation_address(name: str) -> str:
    """The path of the page of an organisation."""
    return f"/organisatie/{quote(name, safe='')}"


def goal_address(goal: Goal) -> str:
    return f"/doel/{goal.slug}"


def goal_link(tag: GoalTag) -> Link:
    """Link to the page of a goal by its number and short name."""
    goal = _GOALS[tag.number]
    return Link(say("hit.goal", number=goal.number, label=goal.label), goal_address(goal))


def is_web_page(media_type: str) -> bool:
    """Whether it is a page to go to rather than a file to open."""
    return media_type in _WEB


def type_name(media_type: str) -> str:
    """PDF, Webpagina and so on."""
    return TYPES.get(media_type or "text/html", OTHER_TYPE)


def kind_of_file(media_type: str, pages: int, size: int) -> str:
    """PDF · 24 bladzijden · 1,2 MB; the size of a web page says nothing to a reader."""
    parts = [type_name(media_type)]
    if pages:
        parts.append(say("badge.page") if pages == 1 else say("badge.pages", n=pages))
    if size and not is_web_page(media_type):
        parts.append(formats.size(size))
    return " · ".join(parts)


def excerpt(fragment: Fragment, url: str) -> Excerpt:
    """A fragment with its place in the document."""
    page = fragment.page
    place = fragment.heading if page is None else say("doc.found.page", page=page)
    return Excerpt(fragment.pieces, place, passage(url, fragment) or "")


def _source(hit: Hit) -> str:
    """Where the source is, at the place where the words are when those were found there."""
    found = next((one for one in hit.fragments if any(marked for _, marked in one.pieces)), None)
    return (passage(hit.url, found) if found else outward(hit.url)) or ""


def _found_on(hit: Hit) -> str:
    fragments = {fragment.page for fragment in hit.fragments if fragment.page is not None}
    pages = sorted(hit.pages_found or fragments)
    return say("hit.pages", pages=formats.listed([str(page) for page in pages])) if pages else ""


def goal_items(answer: ResultPage | None) -> tuple[GoalItem, ...]:
    """The five goals, with their counts where the index could tell them."""
    counts = {value.value: value.count for value in answer.facets.get("goal", ())} if answer else {}
    return tuple(
        GoalItem(
            goal,
            goal_address(goal),
            documents_in_words(counts.get(str(goal.number), 0)) if answer else "",
        )
        for goal in GOALS
    )


def documents_in_words(count: int) -> str:
    """1 document, 1.240 documenten."""
    if count == 0:
        return say("count.noquery.0")
    return say("count.noquery.1") if count == 1 else say("count.noquery", n=formats.number(count))


def organisations(values: Iterable[FacetValue], goals: tuple[int, ...] = ()) -> tuple[Counted, ...]:
    """Organisations with their counts, each leading to its documents."""
    return tuple(
        Counted(
            v.value,
            formats.number(v.count),
            Question(goals=goals, organisations=(v.value,)).address()
            if goals
            else organisation_address(v.value),
        )
        for v in values
    )


def kinds(
    values: Iterable[FacetValue],
    goals: tuple[int, ...] = (),
    organisations: tuple[str, ...] = (),
) -> tuple[Counted, ...]:
    """Kinds of document with their counts, each leading to its documents."""
    return tuple(
        Counted(
            KINDS[v.value],
            formats.number(v.count),
            Question(goals=goals, kinds=(v.value,), organisations=organisations).address(),
        )
        for v in values
        if v.value in KINDS
    )
