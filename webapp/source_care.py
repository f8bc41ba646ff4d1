"""Care of one source below /beheer: stand it still, fetch some of it again, take pages or all of it away.

In: buttons on the page of a source. Out: jobs and changes in the store, each written in the log; a
second click finds it done. What is taken away is wiped from the store, leaves the index with the next
job, and a rule of paths keeps it from coming back.
"""

from collections.abc import Iterable
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from library.source_rules import BadRule, is_denied
from library.store import Address, Job, Source
from webapp import formats
from webapp.acts import write_act
from webapp.links import target_of
from webapp.messages import REASONS, say
from webapp.pages import ConfirmPage
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services, source_or_404
from webapp.sessions import me
from webapp.source_pages import TakeAwayPage

blueprint = Blueprint("source_care", __name__, url_prefix="/beheer/bronnen")
MOST_AGAIN = 500
"""Addresses of a group that are fetched again at once: a quarter of an hour at the slowest pace we keep."""
ON_REQUEST = "on-request"


def _to(source: Source, note: str) -> AnyResponse:
    return redirect(f"/beheer/bronnen/{source.id}?bericht={note}", HTTPStatus.SEE_OTHER)


def _crawls(source: Source) -> Iterable[Job]:
    jobs = services().store.jobs.open()
    return (j for j in jobs if j.handler == "crawl" and j.arguments["source_id"] == source.id)


@blueprint.post("/<int:source_id>/stilzetten")
@role("admin")
def pause(source_id: int) -> AnyResponse:
    source, store = source_or_404(source_id), services().store
    with store.transaction():
        if not store.sources.get(source.id).paused:
            store.sources.edit(source.id, paused=True)
            for job in _crawls(source):
                store.jobs.pause(job.id)
            write_act("pause-source", f"source:{source.id}")
    return _to(source, "paused")


@blueprint.post("/<int:source_id>/aanzetten")
@role("admin")
def resume(source_id: int) -> AnyResponse:
    source, store, now = source_or_404(source_id), services().store, services().clock()
    with store.transaction():
        if store.sources.get(source.id).paused:
            store.sources.edit(source.id, paused=False)
            for job in _crawls(source):
                store.jobs.go_on(job.id, now)
            write_act("resume-source", f"source:{source.id}")
    return _to(source, "resumed")


@blueprint.get("/<int:source_id>/leegmaken")
@role("admin")
def ask_emptying(source_id: int) -> Response:
    source = source_or_404(source_id)
    number = formats.number(services().store.documents.count(source_id=source.id))
    return render(
        ConfirmPage(
            title=say("care.empty.h1"),
            here="sources",
            name=me().name,
            texts=(say("care.empty.text", name=source.name, documents=number),),
            action=f"/beheer/bronnen/{source.id}/leegmaken",
            button=say("care.empty.button"),
            back=f"/beheer/bronnen/{source.id}",
        )
    )


@blueprint.post("/<int:source_id>/leegmaken")
@role("admin")
def empty(source_id: int) -> AnyResponse:
    source, here = source_or_404(source_id), services()
    store = here.store
    with store.transaction():
        store.jobs.stop_crawls(source.id, here.clock())
        store.sources.edit(source.id, paused=True)
        if store.documents.purge(source.id) or store.frontier.of_source(source.id):
            store.frontier.remove_all(source.id)
            store.jobs.add_update()
            write_act("empty-source", f"source:{source.id}")
    return _to(source, "emptied")


@blueprint.post("/<int:source_id>/adressen")
@role("admin")
def addresses(source_id: int) -> AnyResponse:
    source, what = source_or_404(source_id), request.form.get("doen", "")
    if what == "groep":
        return _again(source, _group(source, request.form.get("reden", "")))
    chosen = services().store.frontier.some(source.id, request.form.getlist("adres", type=int))
    if not chosen:
        return _to(source, "none")
    if what == "opnieuw":
        return _again(source, [address.id for address in chosen])
    if what == "weghalen":
        return _ask(source, chosen, "")
    if what == "weg":
        return _take_away(source, chosen)
    raise BadRequest


def _group(source: Source, asked: str) -> list[int]:
    """The addresses with one reason, the first that were found first."""
    if asked not in REASONS and asked != "wacht":
        return []
    reason = "" if asked == "wacht" else asked
    found = services().store.reports.addresses(source.id, reason, limit=MOST_AGAIN)
    return [one.id for one in found]


def _again(source: Source, chosen: list[int]) -> AnyResponse:
    if not chosen:
        return _to(source, "none")
    store = services().store
    with store.transaction():
        write_act("crawl", f"source:{source.id}", addresses=str(len(chosen)))
        job = store.jobs.add_crawl_of(source.id, chosen)
    return redirect(f"/beheer/taken/{job.id}", HTTPStatus.SEE_OTHER)


def _ask(source: Source, chosen: Iterable[Address], error: str) -> Response:
    found = tuple(chosen)
    documents = {address.document_id for address in found} - {None}
    page = TakeAwayPage(
        title=say("care.away.h1"),
        here="sources",
        name=me().name,
        number=source.id,
        addresses=tuple((address.id, address.url) for address in found),
        documents=say("care.away.documents", n=formats.number(len(documents))),
        error=error,
    )
    return render(page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK)


def _take_away(source: Source, chosen: tuple[Address, ...]) -> AnyResponse:
    store = services().store
    documents = {one.document_id for one in chosen if one.document_id is not None}
    try:
        with store.transaction():
            alike = store.frontier.of_documents(source.id, documents)
            every = {one.url: one for one in (*chosen, *alike)}
            rules = _rules(store.sources.get(source.id), every)
            store.sources.edit(source.id, path_rules=rules)
            number = store.documents.purge_some(documents, ON_REQUEST)
            for document_id in documents:
                store.frontier.forget_document(document_id)
            for address in every.values():
                store.bodies.remove(address.id)
                store.blocks.remove(address.id)
            store.jobs.add_update()
            write_act("take-away", f"source:{source.id}", documents=str(number))
    except BadRule:
        return _ask(source, chosen, say("care.away.error"))
    return _to(source, "away")


def _rules(source: Source, urls: Iterable[str]) -> tuple[str, ...]:
    """The rules of a source, those that leave these addresses out first."""
    targets = dict.fromkeys(target_of(url) for url in urls)
    new = [one for one in targets if not is_denied(one, source.path_rules)]
    # A star is any letters in a rule, so such a pattern has no end of its own.
    return (*(f"deny {one}" if "*" in one else f"deny {one}$" for one in new), *source.path_rules)
