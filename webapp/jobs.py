"""Jobs below /beheer: what runs, how far it is, and the buttons that start and stop work.

A button only adds a row to the store; the worker does the work. The key of a job makes fifty clicks
one run. A job's page is complete without script; with it, ``job.js`` asks ``.json`` again and again
and gets 304 for as long as nothing changed.
"""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index import IndexStatus
from library.store import Crawl, Job, Jobs, Source
from webapp import formats
from webapp.acts import write_act
from webapp.history import RUNS, chart_of
from webapp.job_items import COLUMNS, job_item, job_json
from webapp.job_pages import JobItem, JobPage, JobsPage
from webapp.messages import COUNTS, say
from webapp.pages import ConfirmPage
from webapp.reindex import note_asked
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services, source_or_404
from webapp.sessions import me
from webapp.source_pages import Fetching

blueprint = Blueprint("jobs", __name__, url_prefix="/beheer")
RECENT = 50


def items_of(jobs: tuple[Job, ...]) -> tuple[JobItem, ...]:
    """Make the items of several jobs."""
    here = services()
    sources = here.store.sources.all()
    return tuple(
        job_item(job, sources, here.clock(), here.store.jobs.some(job.after)) for job in jobs
    )


@blueprint.get("/taken")
@role("moderator")
def jobs() -> Response:
    store, index = services().store, services().index
    index.refresh()
    status, other = index.status(), index.other()
    return render(
        JobsPage(
            title=say("jobs.h1"),
            here="jobs",
            name=me().name,
            note=note_asked(),
            problem=index_problem(status),
            facts=index_facts(status),
            seen=status.generation,
            is_held=status.is_held,
            other=_told(other) if other is not None else "",
            running=items_of(store.jobs.open()),
            jobs=items_of(tuple(j for j in store.jobs.recent(RECENT) if not j.is_open)),
            chart=chart_of(store.crawls.recent(RUNS), store.sources.all()),
        )
    )


def index_facts(status: IndexStatus) -> tuple[tuple[str, str], ...]:
    """The state of the store and of the index."""
    built = formats.time_of(status.built_at) if status.built_at else say("jobs.not")
    return (
        (say("admin.index.store"), formats.number(services().store.documents.count())),
        (say("admin.index.documents"), formats.number(status.documents)),
        (say("admin.index.results"), _results(status)),
        (say("admin.index.built"), built),
        (say("admin.index.size"), formats.size(status.size) or say("jobs.not")),
        (say("jobs.engine"), status.engine or say("jobs.not")),
    )


def _results(status: IndexStatus) -> str:
    """How many results the site has of these documents, and what became of the others."""
    results, others = formats.number(status.documents - status.folded), status.folded
    if not others:
        return results
    if others == 1:
        return say("admin.index.folded.1", results=results)
    return say("admin.index.folded", results=results, n=formats.number(others))


def index_problem(status: IndexStatus) -> str:
    """What is wrong with the index, if anything."""
    if not status.problem:
        return ""
    if not status.generation:
        return say("admin.index.none")
    return say("admin.index.damaged", problem=status.problem)


def _told(other: IndexStatus) -> str:
    built = formats.time_of(other.built_at) if other.built_at else ""
    return say("jobs.rollback.text", time=built, n=formats.number(other.documents))


@blueprint.get("/taken/<int:job_id>")
@role("moderator")
def job(job_id: int) -> Response:
    item = _item(job_id)
    title = say("job.title", number=item.number, name=item.name)
    newest = services().store.jobs.builds(1)
    seen = newest[0].id if newest else 0
    return render(
        JobPage(
            title=title,
            here="jobs",
            name=me().name,
            job=item,
            note=note_asked(),
            seen=seen,
            columns=tuple(COUNTS[name] for name in COLUMNS),
        )
    )


@blueprint.get("/taken/<int:job_id>.json")
@role("moderator")
def job_state(job_id: int) -> AnyResponse:
    answer = jsonify(job_json(_item(job_id)))
    answer.headers["Cache-Control"] = "no-store"
    answer.add_etag()
    return answer.make_conditional(request)


def _item(job_id: int) -> JobItem:
    found = services().store.jobs.find(job_id)
    if found is None:
        raise NotFound
    return items_of((found,))[0]


@blueprint.post("/taken/<int:job_id>/stop")
@role("admin")
def stop(job_id: int) -> AnyResponse:
    return _change(job_id, "stop", lambda: _jobs().ask_stop(job_id, services().clock()))


@blueprint.post("/taken/<int:job_id>/pauze")
@role("admin")
def pause(job_id: int) -> AnyResponse:
    return _change(job_id, "pause", lambda: _jobs().pause(job_id))


@blueprint.post("/taken/<int:job_id>/verder")
@role("admin")
def go_on(job_id: int) -> AnyResponse:
    return _change(job_id, "go-on", lambda: _jobs().go_on(job_id, services().clock()))


def _jobs() -> Jobs:
    return services().store.jobs


def _change(job_id: int, act: str, change: Callable[[], None]) -> AnyResponse:
    """Do something to a job that is open; who comes too late reads so."""
    with services().store.transaction():
        found = _jobs().find(job_id)
        if found is None:
            raise NotFound
        if not found.is_open:
            return redirect(f"/beheer/taken/{job_id}?bericht=ended", HTTPStatus.SEE_OTHER)
        change()
        if _jobs().get(job_id) != found:
            write_act(act, f"job:{job_id}")
    return _to(found)


def open_crawls() -> dict[int, Job]:
    """The crawl of each source, by its number, that waits or runs."""
    return {job.arguments["source_id"]: job for job in _jobs().open() if job.handler == "crawl"}


def fetching_of(source: Source, crawl: Crawl | None, job: Job | None) -> Fetching:
    """What the buttons of a source need: its last crawl, and the job that crawls it now."""
    is_held = crawl is not None and crawl.state == "held"
    return Fetching(
        number=source.id,
        name=source.name,
        job=f"/beheer/taken/{job.id}" if job else "",
        accept=f"/beheer/bronnen/{source.id}/opruimen" if is_held else "",
    )


@blueprint.post("/bronnen/<int:source_id>/ophalen")
@role("admin")
def crawl(source_id: int) -> AnyResponse:
    source = source_or_404(source_id)
    with services().store.transaction():
        write_act("crawl", f"source:{source.id}")
        return _to(services().store.jobs.add_crawl(source.id))


@blueprint.get("/bronnen/<int:source_id>/opruimen")
@role("admin")
def ask_acceptance(source_id: int) -> Response:
    source = source_or_404(source_id)
    number = formats.number(_held(source).counts.get("held", 0))
    text = say("accept.text", documents=number, name=source.name)
    return render(
        ConfirmPage(
            title=say("accept.h1"),
            here="sources",
            name=me().name,
            texts=(text, say("accept.text.look")),
            action=f"/beheer/bronnen/{source.id}/opruimen",
            button=say("remove.button"),
            back="/beheer/bronnen",
        )
    )


@blueprint.post("/bronnen/<int:source_id>/opruimen")
@role("admin")
def accept_removals(source_id: int) -> AnyResponse:
    source = source_or_404(source_id)
    _held(source)
    with services().store.transaction():
        write_act("accept-removals", f"source:{source.id}")
        return _to(services().store.jobs.add_crawl(source.id, accept_removals=True))


@blueprint.post("/bronnen/<int:source_id>/terugzetten")
@role("admin")
def restore(source_id: int) -> AnyResponse:
    """Bring back what the last crawl that removed anything took away; the index follows."""
    source, store = source_or_404(source_id), services().store
    with store.transaction():
        removing = store.crawls.latest_removing(source.id)
        if removing is None or not store.restore_removed(source.id, removing.started_at):
            raise NotFound
        write_act("restore-removed", f"source:{source.id}")
        return _to(store.jobs.add_update())


def _held(source: Source) -> Crawl:
    """The crawl that waits for a person; without one there is nothing to agree to."""
    latest = services().store.crawls.latest(source.id)
    if latest is None or latest.state != "held":
        raise NotFound
    return latest


@blueprint.get("/voorbeelden/verwijderen")
@role("admin")
def ask_removal() -> Response:
    store = services().store
    examples = [source for source in store.sources.all() if source.is_example]
    documents = sum(store.documents.count(source_id=source.id) for source in examples)
    text = say("remove.text", sources=len(examples), documents=documents)
    return render(
        ConfirmPage(
            title=say("remove.h1"),
            name=me().name,
            texts=(text, say("remove.text.again")),
            action="/beheer/voorbeelden/verwijderen",
            button=say("remove.button"),
            back="/beheer",
        )
    )


@blueprint.post("/voorbeelden/verwijderen")
@role("admin")
def remove_examples() -> AnyResponse:
    with services().store.transaction():
        write_act("remove-examples", "source:0")
        return _to(services().store.add_examples_removal())


def _to(found: Job) -> AnyResponse:
    """After a button: the page of the job, so that a reload starts nothing."""
    return redirect(f"/beheer/taken/{found.id}", HTTPStatus.SEE_OTHER)
