"""The admin's overview and the list of sources. Work is started and watched in ``webapp.jobs``."""

from collections.abc import Iterator

from flask import Blueprint, Response

from index.judged import verdict_of
from library.store import Job, Source
from webapp import formats, health
from webapp.finding import worn
from webapp.first_run import first_steps
from webapp.goal_quality import learning_is_due
from webapp.jobs import fetching_of, index_facts, index_problem, items_of, open_crawls
from webapp.links import host_of, outward
from webapp.messages import CRAWL_STATES, reason, say
from webapp.overview_pages import OverviewPage
from webapp.pages import Link, Note
from webapp.reasons import telling
from webapp.rendering import render
from webapp.roles import role
from webapp.services import has_examples, services
from webapp.sessions import me
from webapp.site_texts import site_texts
from webapp.source_pages import SourceItem, SourcesPage

blueprint = Blueprint("admin", __name__, url_prefix="/beheer")
RECENT = 5


@blueprint.get("")
@role("admin")
def overview() -> Response:
    here = services()
    store, status = here.store, here.index.status()
    return render(
        OverviewPage(
            title=say("admin.h1"),
            here="overview",
            name=me().name,
            warnings=tuple(_warnings()),
            health=_health(),
            first_steps=first_steps(),
            facts=index_facts(status),
            problem=index_problem(status),
            running=items_of(store.jobs.open()),
            recent=items_of(store.jobs.recent(RECENT)),
            has_examples=has_examples(),
        )
    )


def _warnings() -> Iterator[Note]:
    """What waits for a person, and where that is done."""
    store = services().store
    if not site_texts().contact.reach:
        yield Note(say("admin.contact"), Link(say("first.contact"), "/beheer/teksten"))
    waiting = store.submissions.in_states(("new", "agreed"))
    if waiting:
        oldest = Link(say("judge.oldest"), f"/beheer/aanmeldingen/{waiting[0].id}")
        yield Note(say("admin.submissions", n=formats.number(len(waiting))), oldest)
    bets = worn()
    if bets:
        told = say("admin.worn-bets", n=formats.number(bets))
        yield Note(told, Link(say("admin.nav.finding"), "/beheer/vinden"))
    judged = learning_is_due()
    if judged:
        told = say("admin.learn-goals", n=formats.number(judged))
        yield Note(told, Link(say("quality.learn.h2"), "/beheer/doelen#leren"))
    verdict = verdict_of(store)
    if verdict is not None and verdict.floor is not None and verdict.is_below:
        ndcg, floor = formats.figure(verdict.ndcg), formats.figure(verdict.floor)
        told = say("admin.below-floor", ndcg=ndcg, floor=floor)
        yield Note(told, Link(say("grading.h1"), "/beheer/beoordelen"))


def _health() -> str:
    number = len(health.findings_now())
    if number == 1:
        return say("health.overview.1")
    return say("health.overview", n=formats.number(number)) if number else ""


@blueprint.get("/bronnen")
@role("admin")
def sources() -> Response:
    crawls = open_crawls()
    return render(
        SourcesPage(
            title=say("sources.h1"),
            here="sources",
            name=me().name,
            sources=tuple(
                source_item(source, crawls.get(source.id))
                for source in services().store.sources.all()
            ),
        )
    )


def source_item(source: Source, job: Job | None) -> SourceItem:
    """A source with its documents and its last crawl."""
    store = services().store
    crawl = store.crawls.latest(source.id)
    notes = [say("sources.paused")] if source.paused else []
    if crawl is not None:
        notes += telling(crawl.reasons)
        notes += [reason(crawl.reason)] if crawl.reason else []
    return SourceItem(
        number=source.id,
        name=source.name,
        organisation=source.organisation,
        url=outward(source.url) or "",
        host=host_of(source.url) or source.url,
        documents=formats.number(store.documents.count(source_id=source.id)),
        last=formats.time_of(crawl.started_at) if crawl else say("sources.never"),
        state=CRAWL_STATES[crawl.state] if crawl else "",
        notes=tuple(notes),
        fetching=fetching_of(source, crawl, job),
    )
