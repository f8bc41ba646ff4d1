"""The page of one document: what we may show of it, why we tagged it, and the way to its source.

In: the id, and the question of the result list that it was opened from, so that there is a way
back without a cookie. The whole text is shown of our own examples, and of sources whose
owner permits it; of all others fragments (pages 3.3). A document that is gone leaves a tombstone.
"""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from limits import RateLimitItemPerHour
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as AnyResponse

from index.classify import IMPORTED
from index.corrected import CERTAIN, JUDGED, corrected
from index.errors import IndexUnavailable, QueryError
from index.evidence import evidence_of
from index.hits import hit_of_document
from index.places import Place, province_name
from index.query import Fragment, GoalTag, Hit, ThemeTag
from library.document import Document
from library.store import StoredDocument
from webapp import formats, hits, linked_data, relations, tagging
from webapp.document_pages import DocumentPage, GoalReason, GonePage, Shown
from webapp.freshness import unless_known
from webapp.goal_pages import GoalJudging
from webapp.limits import hold_off
from webapp.messages import KINDS, WHY, say
from webapp.pages import Excerpt
from webapp.proofs import stateless
from webapp.question import Question, read_question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services

blueprint = Blueprint("documents", __name__)
MOST_WAYS = 10
MOST_WORDS = 4
"""Words that are shown for a theme."""
HELPS, OUTDATED = "helpt", "klopt-niet"
OPINIONS_PER_HOUR = RateLimitItemPerHour(30)
TOMBSTONE_STAYS = timedelta(days=90)
_SAID = "gedaan"
"""The parameter of the page after an opinion, which says so and does not count as opened again."""


class AnyText(BaseConverter):
    """The rest of the path, whatever it holds: an imported id may have slashes."""

    regex = "(?s:.+)"
    part_isolating = False


@blueprint.get("/document/<anything:document_id>")
@role("public")
def document(document_id: str) -> AnyResponse:
    question = read_question(request.args)
    stored = services().store.documents.find(document_id)
    if stored is None:
        raise NotFound
    if stored.removed_at is not None:
        return _tombstone(stored, question)
    if question.text and _SAID not in request.args:
        services().counting.opened(question.text, document_id, stored.document.organisation)
    if tagging.may_judge(stored):
        return _for_judge(stored, question)
    return unless_known(
        lambda: render(_page(stored, shown_hit(stored, question.text), question)),
        stored.revision,
        stored.checked_at,
    )


def _for_judge(stored: StoredDocument, question: Question) -> Response:
    """The page with the goals as they are now, and the buttons; it is for one person alone."""
    tags = tagging.tags_of(stored)
    hit = replace(shown_hit(stored, question.text), goals=tags)
    answer = render(_page(stored, hit, question, tagging.form_of(stored, tags)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/document/<anything:document_id>")
@role("public")
@stateless
def opinion(document_id: str) -> AnyResponse:
    """Count what a reader says; a form from another site is refused, a token would tell no more."""
    said = request.form.get("oordeel")
    if said not in {HELPS, OUTDATED}:
        raise BadRequest
    here = services()
    stored = here.store.documents.find(document_id)
    if stored is None or stored.removed_at is not None:
        raise NotFound
    hold_off("opinion", OPINIONS_PER_HOUR)
    here.store.opinions.add(document_id, here.clock().date(), helps=said == HELPS)
    question = read_question(request.args)
    path = hits.document_address(document_id)
    return redirect(question.address(path, **{_SAID: said}), HTTPStatus.SEE_OTHER)


def _tombstone(stored: StoredDocument, question: Question) -> Response:
    """Say for 90 days that it is gone; its text is not shown, and after purging not even known."""
    assert stored.removed_at is not None
    if services().clock() - stored.removed_at > TOMBSTONE_STAYS:
        raise NotFound
    title, organisation = stored.document.title, stored.document.organisation
    known = bool(title) and not stored.document.is_example
    lines = [say("doc.gone", organisation=organisation) if known else say("doc.gone.here")]
    if known:
        lines.append(say("doc.gone.title", title=title))
    lines.append(say("doc.gone.since", date=formats.day_of(stored.removed_at)))
    page = GonePage(
        title=say("gone.h1"), is_indexable=False, back=_back(question), lines=tuple(lines)
    )
    return render(page, HTTPStatus.GONE)


def shown_hit(stored: StoredDocument, text: str) -> Hit:
    """A document with what the index knows of it: goals, and fragments for the words of a text.

    A document that waits for its turn there has neither yet. The store is newer than the index, so
    the store tells all else, and what people said of the goals.
    """
    document = stored.document
    try:
        found = services().index.lookup(document.id, text)
    except QueryError:
        found = services().index.lookup(document.id)
    except IndexUnavailable:
        found = None
    hit = hit_of_document(document)
    if found is None:
        return replace(hit, goals=corrected((), stored.judged))
    return replace(
        hit,
        fragments=found.fragments,
        goals=corrected(found.goals, stored.judged),
        themes=found.themes,
        place=found.place,
        phase=found.phase,
        audience=found.audience,
        kind=found.kind,
    )


def _page(
    stored: StoredDocument, hit: Hit, question: Question, judging: GoalJudging | None = None
) -> DocumentPage:
    document = stored.document
    item = hits.hit_item(hit)
    folded = relations.folded_into(document)
    is_shown = (document.is_example or _is_permitted(stored)) and not document.directives
    text = _text(document) if is_shown else ()
    return DocumentPage(
        title=item.title,
        example=say("example.document") if document.is_example else "",
        is_indexable=not document.is_example,
        query=question.text,
        item=item,
        back=_back(question),
        open_text=_open_text(document),
        excerpts=_excerpts(hit, document, question),
        goals=tuple(_goal_reason(tag, document) for tag in hit.goals),
        judging=judging,
        text_note=_text_note(document, text),
        text=text,
        facts=_facts(stored, hit, item.day),
        checked=say("doc.checked", date=formats.day_of(stored.checked_at)),
        own=question.address(hits.document_address(document.id)),
        why=_why(document, question),
        thanks=say("doc.opinion.thanks") if request.args.get(_SAID) in {HELPS, OUTDATED} else "",
        notes=relations.notes_of(document, services().clock().date()),
        copies=relations.copies_of(document, folded),
        alike=tuple(hits.hit_item(one) for one in relations.alike(document, folded)),
        data=None
        if document.is_example
        else linked_data.of_document(hit, services().settings.site_url),
    )


def _is_permitted(stored: StoredDocument) -> bool:
    """Whether the owner of the source lets people read the text here."""
    sources = services().store.sources
    return stored.source_id is not None and sources.get(stored.source_id).shows_text


def _back(question: Question) -> str:
    return "" if question.is_empty else question.address()


def _open_text(document: Document) -> str:
    organisation = document.organisation
    if hits.is_web_page(document.media_type):
        return say("doc.open.web", organisation=organisation)
    name, size = hits.type_name(document.media_type), formats.size(document.size)
    if size:
        return say("doc.open.file.size", type=name, organisation=organisation, size=size)
    return say("doc.open.file", type=name, organisation=organisation)


def _excerpts(hit: Hit, document: Document, question: Question) -> tuple[Excerpt, ...]:
    if not question.text:
        return ()
    return tuple(hits.excerpt(fragment, document.url) for fragment in hit.fragments)


def _why(document: Document, question: Question) -> tuple[str, ...]:
    """By which words the document is a result of the question, each way once."""
    if not question.text:
        return ()
    try:
        ways = services().index.why(question.query(), document.id)
    except (QueryError, IndexUnavailable):
        return ()
    said = (WHY[one.kind].format(word=one.word, found=one.found) for one in ways)
    return tuple(dict.fromkeys(said))[:MOST_WAYS]


def _goal_reason(tag: GoalTag, document: Document) -> GoalReason:
    """Why a document has a goal: what a person said, or the words, with where they stand."""
    words = () if tag.evidence in {IMPORTED, JUDGED} else tag.evidence
    said = say("doc.goals.given") if tag.evidence == IMPORTED else ""
    if not said and tag.probability == CERTAIN:
        said = say("doc.goals.judged")
    excerpts = passages_for(document, tag)
    return GoalReason(
        link=hits.goal_link(tag),
        words=words,
        said=said,
        excerpts=tuple(hits.excerpt(one, document.url) for one in excerpts),
    )


def passages_for(document: Document, tag: GoalTag) -> tuple[Fragment, ...]:
    """The places of the words of a tag, unless the page asks for no snippets."""
    if tag.evidence in {IMPORTED, JUDGED} or "nosnippet" in document.directives:
        return ()
    return evidence_of(document, tag.evidence)


def _text_note(document: Document, text: tuple[Shown, ...]) -> str:
    if not text:
        is_shown = "nosnippet" not in document.directives
        return say("doc.fragments.only") if is_shown else say("doc.fragments.none")
    is_web = hits.is_web_page(document.media_type)
    return say("doc.text.web") if is_web else say("doc.text.file")


def _text(document: Document) -> tuple[Shown, ...]:
    return tuple(
        Shown(
            section.heading
            or (say("doc.found.page", page=section.page) if section.page is not None else ""),
            tuple(part.strip() for part in section.text.split("\n") if part.strip()),
        )
        for section in document.sections
    )


def _facts(stored: StoredDocument, hit: Hit, day: str) -> tuple[tuple[str, str], ...]:
    facts = [
        (say("doc.source"), stored.document.organisation),
        (say("doc.kind"), KINDS[hit.kind]),
    ]
    if hit.themes:
        facts.append((say("doc.theme"), "; ".join(map(_theme, hit.themes))))
    if hit.place:
        facts.append((say("doc.place"), _place(hit.place)))
    return (
        *facts,
        (say("doc.published"), day),
        (say("doc.added"), formats.day_of(stored.added_at)),
    )


def _theme(tag: ThemeTag) -> str:
    """A theme with the words that told it."""
    words = ", ".join(tag.evidence[:MOST_WORDS])
    return say("doc.theme.because", theme=formats.sentence(tag.name), words=words)


def _place(place: Place) -> str:
    if not place.municipality:
        return formats.sentence(province_name(place.province))
    return say("doc.place.in", municipality=place.municipality, province=place.province)
