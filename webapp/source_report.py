"""The report of a source below /beheer: what became of each address, by reason, as page and as CSV.

In: the addresses in the store and the counters of the last crawl. Out: a table of reasons in groups;
a reason is a filter on the list of addresses below it.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from library.report import csv_lines, grouped
from library.store import Crawl, Source, Visited
from webapp import formats
from webapp.jobs import fetching_of, open_crawls
from webapp.links import outward
from webapp.messages import COUNTS, CRAWL_STATES, GROUPS, REASONS, reason, say
from webapp.pages import Counted, Link
from webapp.reindex import note_asked
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services, source_or_404
from webapp.sessions import me
from webapp.source_pages import AddressItem, SourcePage

blueprint = Blueprint("source_report", __name__, url_prefix="/beheer/bronnen")
AT_ONCE = 100


@blueprint.get("/<int:source_id>")
@role("admin")
def report(source_id: int) -> Response:
    return render(_page(source_or_404(source_id), _reason_asked(), _start_asked()))


@blueprint.get("/<int:source_id>/adressen.csv")
@role("admin")
def addresses(source_id: int) -> Response:
    source = source_or_404(source_id)
    found = services().store.reports.all_addresses(source.id, _reason_asked())
    answer = Response(csv_lines(_rows(found)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{source.slug}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _reason_asked() -> str | None:
    """The reason to filter on: a code that we know, "wacht" for what was not visited yet."""
    asked = request.args.get("reden")
    if asked == "wacht":
        return ""
    return asked if asked in REASONS else None


def _start_asked() -> int:
    return max(0, request.args.get("vanaf", 0, type=int))


def _page(source: Source, asked: str | None, start: int) -> SourcePage:
    store = services().store
    counts = store.reports.counts(source.id)
    crawl = store.crawls.latest(source.id)
    shown = store.reports.addresses(source.id, asked, start=start, limit=AT_ONCE + 1)
    base = f"/beheer/bronnen/{source.id}"
    return SourcePage(
        title=source.name,
        here="sources",
        name=me().name,
        number=source.id,
        note=note_asked(),
        fetching=fetching_of(source, crawl, open_crawls().get(source.id)),
        is_paused=source.paused,
        reason="" if asked is None else asked or "wacht",
        restorable=_restorable(source),
        facts=tuple(_facts(source, crawl)),
        groups=tuple(
            (_group(group, items), tuple(_counted(base, *item) for item in items))
            for group, items in grouped(counts)
        ),
        links=tuple(_links(crawl, frozenset(counts))),
        heading=say("report.addresses") if asked is None else say("report.of", reason=_told(asked)),
        addresses=tuple(_address(one) for one in shown[:AT_ONCE]),
        following=_following(base, asked, start) if len(shown) > AT_ONCE else None,
        csv=_to(f"{base}/adressen.csv", asked),
        everything="" if asked is None else base,
    )


def _restorable(source: Source) -> str:
    """What a button brings back, in words; empty when there is nothing to bring back."""
    store = services().store
    removing = store.crawls.latest_removing(source.id)
    if removing is None:
        return ""
    number = store.documents.count_removed_since(source.id, removing.started_at)
    day = formats.time_of(removing.started_at)
    return say("restore.text", number=number, day=day) if number else ""


def _group(group: str, items: tuple[tuple[str, int], ...]) -> str:
    total = sum(number for _, number in items)
    return say("report.group", group=GROUPS[group], n=formats.number(total))


def _counted(base: str, code: str, number: int) -> Counted:
    return Counted(_told(code), formats.number(number), f"{_to(base, code)}#adressen")


def _to(address: str, asked: str | None, **more: int) -> str:
    fields = {} if asked is None else {"reden": asked or "wacht"}
    query = urlencode({**fields, **more})
    return f"{address}?{query}" if query else address


def _following(base: str, asked: str | None, start: int) -> Link:
    address = _to(base, asked, vanaf=start + AT_ONCE)
    return Link(say("report.next", n=AT_ONCE), f"{address}#adressen")


def _told(code: str) -> str:
    return reason(code) if code else say("report.waiting")


def _facts(source: Source, crawl: Crawl | None) -> Iterator[tuple[str, str]]:
    documents = services().store.documents.count(source_id=source.id)
    yield say("sources.documents"), formats.number(documents)
    yield say("report.shows-text"), say("rules.yes") if source.shows_text else say("rules.no")
    if source.permission:
        yield say("report.permission"), source.permission
    if source.contact:
        yield say("report.contact"), source.contact
    if crawl is None:
        yield say("report.crawl"), say("sources.never")
        return
    state = CRAWL_STATES[crawl.state]
    yield say("report.crawl"), f"{formats.time_of(crawl.started_at)}: {state}"
    for name, number in crawl.counts.items():
        if number:
            yield COUNTS.get(name, name), formats.number(number)


def _links(crawl: Crawl | None, known: frozenset[str]) -> Iterator[Counted]:
    """Links that were left out where they were found: these are no addresses of ours."""
    left_out = {} if crawl is None else crawl.reasons
    for code, number in sorted(left_out.items(), key=lambda item: -item[1]):
        if code not in known:
            yield Counted(reason(code), formats.number(number))


def _address(one: Visited) -> AddressItem:
    return AddressItem(
        url=one.url,
        address=outward(one.url) or "",
        reason=_told(one.reason),
        found_on=one.found_on,
        visited=formats.time_of(one.visited_at) if one.visited_at else "",
        leads_to=one.moved_to,
        number=one.id,
    )


def _rows(found: Iterable[Visited]) -> Iterator[tuple[str, ...]]:
    yield (
        say("report.address"),
        say("report.reason"),
        say("report.visited"),
        say("report.found"),
        say("report.leads"),
    )
    for one in found:
        visited = formats.time_of(one.visited_at) if one.visited_at else ""
        yield one.url, _told(one.reason), visited, one.found_on, one.moved_to
