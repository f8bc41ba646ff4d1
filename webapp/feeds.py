"""What other programs read of us: feeds, the search plug-in of a browser, the map of the site.

In: the same parameters as ``/zoeken``, or a goal. Out: Atom (RFC 4287), OpenSearch 1.1, sitemaps
(sitemaps.org 0.9) and ``robots.txt`` (RFC 9309), each from a template of ours that escapes all it is
given. A feed has the newest fifty; ids are ``tag:`` URIs (RFC 4151) that stay the same when an
address changes, and ``updated`` is when the document changed at its source. Invented examples are
in no sitemap.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import islice
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.errors import QueryError
from index.query import Hit
from library.goals import GOALS, goal_by_slug
from library.store import StoredDocument
from webapp import hits
from webapp.feed_pages import FeedEntry, FeedPage
from webapp.freshness import unless_known
from webapp.messages import QUERY_ERRORS, say
from webapp.question import Question, is_clean, read_question
from webapp.roles import role
from webapp.services import services

blueprint = Blueprint("feeds", __name__)
NEWEST = 50
TAG_DAY = "2026-01-01"
"""The day in our ``tag:`` URIs: any day on which the name of the site was ours (RFC 4151, 2.1)."""
MOST_IN_MAP = 10_000
"""Addresses in one sitemap; the standard allows 50,000 and 50 MB."""
FIXED_PAGES = ("/", "/doelen", "/over", "/hulp-bij-zoeken", "/toegankelijkheid", "/zoekvak")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get("/zoeken.atom")
@role("public")
def results_feed() -> AnyResponse:
    """The newest results of a question."""
    question = replace(read_question(request.args), page=1, sort="")
    if not is_clean(request.args, question):
        return redirect(question.address("/zoeken.atom"), HTTPStatus.FOUND)
    title = say("feed.title", q=question.text) if question.text else say("feed.title.all")
    return unless_known(lambda: _feed(title, question, question.address("/zoeken.atom")))


@blueprint.get("/doel/<slug>.atom")
@role("public")
def goal_feed(slug: str) -> AnyResponse:
    """The newest documents of a goal."""
    goal = goal_by_slug(slug)
    if goal is None:
        raise NotFound
    title = say("feed.title.goal", label=goal.label)
    return unless_known(lambda: _feed(title, Question(goals=(goal.number,)), request.path))


def _feed(title: str, question: Question, own: str) -> Response:
    query = replace(question.query(), sort="new", offset=0, limit=NEWEST)
    try:
        answer = services().index.search(query)
    except QueryError as error:
        text = QUERY_ERRORS[error.code]
        return Response(text, HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")
    # What has only some of the words comes after what is counted, and is no news to who asked.
    entries = tuple(_entries(answer.hits[: answer.total]))
    page = FeedPage(
        title=title,
        address=_site() + question.address(),
        own_address=_site() + own,
        id=_tag(own),
        updated=max((entry.updated for entry in entries), default=_moment(NEVER)),
        entries=entries,
    )
    return _xml("feed.atom", "application/atom+xml", page=page)


def _entries(found: tuple[Hit, ...]) -> Iterator[FeedEntry]:
    for hit in found:
        stored = services().store.documents.find(hit.id)
        # The store may be ahead of the index: what went away since is no news.
        if stored is not None and stored.removed_at is None:
            yield _entry(hit, stored)


def _entry(hit: Hit, stored: StoredDocument) -> FeedEntry:
    item = hits.hit_item(hit)
    return FeedEntry(
        title=_xml_text(item.title),
        address=_site() + item.address,
        id=_tag(item.address),
        updated=_moment(stored.changed_at),
        organisation=_xml_text(item.organisation),
        summary=_xml_text(" ".join(fragment.text for fragment in hit.fragments)),
        goals=tuple(link.text for link in item.goals),
    )


@blueprint.get("/opensearch.xml")
@role("public")
def search_plugin() -> AnyResponse:
    """Let a browser ask us from its own search field."""
    return unless_known(
        lambda: _xml("opensearch.xml", "application/opensearchdescription+xml", site=_site())
    )


@blueprint.get("/suggesties")
@role("public")
def suggestions() -> AnyResponse:
    """Complete what is typed into a browser's own search field (OpenSearch suggestions 1.1)."""
    text = request.args.get("q", "")
    return unless_known(
        lambda: Response(
            json.dumps([text, [one.text for one in services().index.complete(text)]]),
            content_type="application/x-suggestions+json",
        )
    )


@blueprint.get("/robots.txt")
@role("public")
def robots() -> Response:
    """Result pages are for people: an endless number of them would only burden both sides."""
    lines = ["User-agent: *", "Disallow: /zoeken", "Disallow: /beheer", "Disallow: /inloggen", "Disallow: /aanmelding/", "",
             f"Sitemap: {_site()}/sitemap.xml", ""]  # fmt: skip
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
@role("public")
def sitemap_index() -> AnyResponse:
    """The list of sitemaps."""
    documents = services().store.documents
    parts = range(1, 2 + (len(_OWN_PAGES) + documents.count()) // MOST_IN_MAP)
    addresses = [f"{_site()}/sitemap-{number}.xml" for number in parts]
    return unless_known(
        lambda: _xml("sitemap_index.xml", "application/xml", addresses=addresses),
        documents.revision(),
    )


@blueprint.get("/sitemap-<int:number>.xml")
@role("public")
def sitemap(number: int) -> AnyResponse:
    """One part of the pages that others may list."""
    return unless_known(lambda: _sitemap(number), services().store.documents.revision())


def _sitemap(number: int) -> Response:
    first = (number - 1) * MOST_IN_MAP
    pages = list(islice(_pages(), first, first + MOST_IN_MAP)) if number > 0 else []
    if not pages and number != 1:
        raise NotFound
    return _xml("sitemap.xml", "application/xml", site=_site(), pages=pages)


_OWN_PAGES = (*FIXED_PAGES, *map(hits.goal_address, GOALS))


def _pages() -> Iterator[tuple[str, str]]:
    """Path of every page, and the day of its last change where that is known."""
    for path in _OWN_PAGES:
        yield path, ""
    for document_id, changed in services().store.documents.to_list():
        yield hits.document_address(document_id), changed.date().isoformat()


def _site() -> str:
    return services().settings.site_url


def _tag(path: str) -> str:
    return f"tag:{urlsplit(_site()).hostname},{TAG_DAY}:{path}"


def _moment(when: datetime) -> str:
    """RFC 3339, in UTC: as text these sort as moments do."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _xml_text(text: str) -> str:
    """Without the characters that XML 1.0 has no way to write."""
    return _NOT_XML.sub("", text)


def _xml(template: str, media_type: str, **values: object) -> Response:
    text = render_template(template, **values)
    return Response(text, content_type=f"{media_type}; charset=utf-8")
