"""The index below /beheer: making it again, putting another one back, and what a new one must find.

A button only adds a row to the store. Each form carries what its page told (the last run, the
generation in use, the list as it was), so that a second click, an old page or a second admin changes
nothing and is told so in words.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from index import Query, QueryError
from index.query import MAX_CHARACTERS
from index.tasks import wanted_of
from library.store import BUILD_KEY, MOST_PINNED, Job
from webapp import formats
from webapp.acts import write_act
from webapp.job_pages import PinnedPage, ReindexPage
from webapp.messages import JOB_NOTES, say
from webapp.pages import Counted
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import answer_to, services
from webapp.sessions import me

blueprint = Blueprint("reindex", __name__, url_prefix="/beheer")
LOOK_BACK = 30


def note_asked() -> str:
    """What is told after a button, by the code in the address."""
    return JOB_NOTES.get(request.args.get("bericht", ""), "")


@blueprint.get("/herindexeren")
@role("admin")
def ask() -> Response:
    return _form("")


def _form(error: str) -> Response:
    crawled = _crawled()
    choices = [("index", say("reindex.index"), _took(fetched=False))]
    if crawled:
        label = say("reindex.all", n=formats.number(len(crawled)))
        choices.append(("alles", label, _took(fetched=True)))
    page = ReindexPage(
        title=say("reindex.h1"),
        here="jobs",
        name=me().name,
        seen=_last_run(),
        choices=tuple(choices),
        errors={"wat": error},
    )
    return render(page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK)


def _last_run() -> int:
    return next((job.id for job in services().store.jobs.builds(1)), 0)


def _crawled() -> list[int]:
    """The sources that may be crawled: those that stand still or never were stay alone."""
    store = services().store
    known = (source for source in store.sources.all() if not source.paused)
    return [source.id for source in known if store.crawls.latest(source.id) is not None]


def _took(*, fetched: bool) -> str:
    """How long the last run of this sort took, crawls included."""
    for job in services().store.jobs.builds(LOOK_BACK):
        if job.state == "done" and bool(job.after) is fetched and job.finished_at is not None:
            return say("reindex.took", time=formats.duration(_span(job).total_seconds()))
    return say("reindex.took.never")


def _span(job: Job) -> timedelta:
    begun = job.created_at if job.after else job.started_at or job.created_at
    return (job.finished_at or begun) - begun


@blueprint.post("/herindexeren")
@role("admin")
def start() -> AnyResponse:
    what, seen = request.form.get("wat", ""), request.form.get("gezien", type=int)
    if seen is None:
        # Whoever comes from elsewhere reads first what will happen.
        return redirect("/beheer/herindexeren", HTTPStatus.SEE_OTHER)
    if what not in {"index", "alles", "toch"}:
        return _form(say("reindex.choose"))
    store = services().store
    with store.transaction():
        last = _last_run()
        known = store.jobs.find_open(BUILD_KEY)
        if known is not None or last > seen:
            number = last if known is None else known.id
            return redirect(f"/beheer/taken/{number}?bericht=same", HTTPStatus.SEE_OTHER)
        fetched = _crawled() if what == "alles" else []
        write_act("reindex", "index:1")
        job = store.jobs.add_reindex(full=True, fetched=fetched, accept_checks=what == "toch")
    return redirect(f"/beheer/taken/{job.id}", HTTPStatus.SEE_OTHER)


@blueprint.post("/vorige-index")
@role("admin")
def put_back() -> AnyResponse:
    store, index = services().store, services().index
    index.refresh()
    current = index.status().generation
    if request.form.get("gezien", "") != current or not current or index.other() is None:
        return redirect("/beheer/taken?bericht=other", HTTPStatus.SEE_OTHER)
    with store.transaction():
        known = store.jobs.find_open("rollback")
        if known is None:
            write_act("rollback", f"index:{current}")
        job = known or store.jobs.add_rollback(int(current))
    note = "?bericht=same" if known else ""
    return redirect(f"/beheer/taken/{job.id}{note}", HTTPStatus.SEE_OTHER)


@blueprint.get("/vaste-zoekvragen")
@role("admin")
def pinned() -> Response:
    return _pinned("\n".join(services().store.pinned.all()), "")


def _print(texts: tuple[str, ...]) -> str:
    """The same for the same list, so that a form knows whether it is stale."""
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


def _pinned(typed: str, error: str) -> Response:
    store = services().store
    page = PinnedPage(
        title=say("pinned.h1"),
        here="jobs",
        name=me().name,
        note=note_asked(),
        seen=_print(store.pinned.all()),
        typed=typed,
        errors={"zoekvragen": error},
        now=tuple(_found(wanted_of(store).searches)),
    )
    return render(page, HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK)


def _found(texts: tuple[str, ...]) -> Iterator[Counted]:
    for text in texts:
        try:
            answer = answer_to(Query(text, limit=1))
        except QueryError:
            answer = None
        number = formats.number(answer.listed) if answer else "0"
        yield Counted(text, number, Question(text=text).address())


@blueprint.post("/vaste-zoekvragen")
@role("admin")
def pin() -> AnyResponse:
    typed = request.form.get("zoekvragen", "")
    texts = tuple(dict.fromkeys(filter(None, (line.strip() for line in typed.splitlines()))))
    if len(texts) > MOST_PINNED or any(len(text) > MAX_CHARACTERS for text in texts):
        return _pinned(typed, say("pinned.error", n=MOST_PINNED, m=MAX_CHARACTERS))
    store = services().store
    with store.transaction():
        kept = store.pinned.all()
        if texts != kept:
            if request.form.get("gezien", "") != _print(kept):
                return _pinned(typed, say("pinned.stale"))
            store.pinned.put(texts)
            write_act("pin-searches", "index:1", searches=", ".join(texts))
    return redirect("/beheer/vaste-zoekvragen?bericht=kept", HTTPStatus.SEE_OTHER)
