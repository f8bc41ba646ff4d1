"""What people search, for an admin: what is asked most, what is not found, and what to do about it.

In: the counts of the last thirty days, and of ninety for the lines. Out: a page with tables, also of
what readers doubt, and a mail to a partner about something that is missed. A search that was done by
few is not shown, so that nobody can be known by it; it counts in the totals (pages 3.8).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.dutch_time import day_of
from library.goals import GOALS
from library.store import Account, Asked, Counts
from library.store.searches import DAYS_KEPT
from webapp import formats
from webapp.acts import write_act
from webapp.hits import document_address, title_of
from webapp.insight_pages import DoubtedItem, SearchesPage, SearchItem, SearchTable, TellPartnerPage
from webapp.messages import say
from webapp.pages import Link
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.trends import DAY, WEEK, Period, lines_of, periods_of

blueprint = Blueprint("insight", __name__, url_prefix="/beheer")
DAYS = 30
MOST = 50
LONGEST_NOTE = 1000
HERE = "/beheer/zoekvragen"
COUNTS = (say("searches.count"), say("searches.empty"), say("searches.opened"))


@blueprint.get("/zoekvragen")
@role("admin")
def searches() -> Response:
    here = services()
    here.counting.write()
    by_week = request.args.get("per") == "week"
    periods = _periods(WEEK if by_week else DAY)
    return render(
        SearchesPage(
            title=say("searches.h1"),
            here="searches",
            name=me().name,
            message=say("tell.done") if request.args.get("gedaan") == "gemeld" else "",
            summary=_summary(here.store.searches.total(days_ago(DAYS))),
            tables=tuple(_tables(here.store.searches.frequent(days_ago(DAYS)))),
            parts=tuple(_parts()),
            lines=lines_of(periods),
            periods=tuple(map(_row, reversed(periods))),
            by_week=by_week,
            doubted=tuple(_doubted()),
        )
    )


def _tables(asked: Sequence[Asked]) -> Iterator[SearchTable]:
    """What is missed, what is looked away from, and what is asked most."""
    without = sorted((one for one in asked if one.counts.empty), key=lambda one: -one.counts.empty)
    ignored = [one for one in asked if not (one.counts.opened or one.counts.empty)]
    heads = (say("searches.query"), *COUNTS, say("searches.acts"))
    text = say("searches.without.text")
    yield SearchTable("zonder", say("searches.without"), text, heads, _items(without))
    text = say("searches.ignored.text")
    yield SearchTable("ongeopend", say("searches.ignored"), text, heads, _items(ignored))
    yield SearchTable("meest", say("searches.most"), "", heads, _items(asked))


def _items(asked: Sequence[Asked]) -> tuple[SearchItem, ...]:
    return tuple(
        SearchItem(
            text=one.query,
            counts=_counts(one.counts),
            address=Question(text=one.query).address(),
            synonym=f"/beheer/vinden/synoniemen?{urlencode({'words': one.query + ', '})}",
            tell=f"{HERE}/melden?{urlencode({'vraag': one.query})}",
        )
        for one in asked[:MOST]
    )


def _counts(counts: Counts) -> tuple[str, ...]:
    return tuple(map(formats.number, (counts.searches, counts.empty, counts.opened)))


def _parts() -> Iterator[SearchTable]:
    """Searches by goal, by organisation, and by the site of which the search box was used."""
    parts, since, until = services().store.search_parts, days_ago(DAYS), days_ago(-1)
    goals = {str(goal.number): f"{goal.number}. {goal.label}" for goal in GOALS}
    found = parts.totals("goal", since, until)
    named = {goals[value]: counts for value, counts in found.items() if value in goals}
    yield _part("doelen", say("searches.goals"), say("searches.goal"), named)
    yield _partners(parts.totals("shown", since, until), parts.totals("opened", since, until))
    within = parts.totals("organisation", since, until)
    yield _part("binnen", say("searches.within"), say("searches.partner"), within)
    boxes = parts.totals("box", since, until)
    yield _part("zoekvakken", say("searches.boxes"), say("searches.site"), boxes)


def _part(name: str, heading: str, first: str, found: Mapping[str, Counts]) -> SearchTable:
    ordered = sorted(found.items(), key=lambda item: (-item[1].searches, item[0]))
    items = tuple(SearchItem(value, _counts(counts)[:2]) for value, counts in ordered)
    return SearchTable(name, heading, "", (first, *COUNTS[:2]), items)


def _partners(shown: Mapping[str, Counts], opened: Mapping[str, Counts]) -> SearchTable:
    """How often documents of each partner were shown and opened."""
    numbers = {
        name: (shown.get(name, Counts()).searches, opened.get(name, Counts()).opened)
        for name in sorted({*shown, *opened})
    }
    ordered = sorted(numbers.items(), key=lambda item: -item[1][0])
    return SearchTable(
        "partners",
        say("searches.partners"),
        say("searches.partners.text"),
        (say("searches.partner"), say("searches.shown"), say("searches.opened")),
        tuple(SearchItem(name, tuple(map(formats.number, two))) for name, two in ordered),
    )


def _periods(step: timedelta) -> tuple[Period, ...]:
    store, since = services().store, days_ago(DAYS_KEPT)
    return periods_of(
        store.searches.per_day(since), store.search_parts.per_day("time", since), step
    )


def _row(period: Period) -> tuple[str, ...]:
    return (
        formats.day(period.first),
        formats.number(period.counts.searches),
        f"{period.empty}%",
        formats.number(period.opened),
        f"{formats.number(period.median)} ms" if period.median else "",
    )


def _doubted() -> Iterable[DoubtedItem]:
    store = services().store
    for one in store.opinions.doubted(MOST):
        stored = store.documents.find(one.document_id)
        if stored is not None and stored.removed_at is None:
            document = stored.document
            yield DoubtedItem(
                link=Link(title_of(document.title, document.url), document_address(document.id)),
                organisation=document.organisation,
                outdated=formats.number(one.outdated),
                helps=formats.number(one.helps),
            )


def days_ago(number: int) -> date:
    """The day so many days before today, as Dutch people count days."""
    return day_of(services().clock()) - timedelta(days=number)


def _summary(total: Counts) -> str:
    if not total.searches:
        return say("searches.none")
    return say(
        "searches.summary",
        n=formats.number(total.searches),
        empty=round(100 * total.empty / total.searches),
        opened=formats.number(total.opened),
    )


@blueprint.get("/zoekvragen/melden")
@role("admin")
def tell_form() -> Response:
    return _tell_page(_asked(request.args.get("vraag", "")), "", "", "")


def _asked(text: str) -> str:
    """A search that many did; another may tell of somebody, and goes to nobody."""
    frequent = services().store.searches.frequent(days_ago(DAYS))
    if text not in {one.query for one in frequent}:
        raise NotFound
    return text


def _tell_page(query: str, chosen: str, note: str, error: str) -> Response:
    return render(
        TellPartnerPage(
            title=say("tell.h1"),
            here="searches",
            name=me().name,
            query=query,
            organisations=tuple((name, name) for name in sorted(_reachable())),
            chosen=chosen,
            note=note,
            error=error,
            subject=say("mail.missed.subject", q=query),
            letter=say("mail.missed", q=query),
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
    )


def _reachable() -> dict[str, list[Account]]:
    """The partners who can be mailed, by organisation."""
    found: dict[str, list[Account]] = {}
    for account in services().store.accounts.all():
        if account.role == "partner" and account.email and not account.is_closed:
            found.setdefault(account.organisation, []).append(account)
    return found


@blueprint.post("/zoekvragen/melden")
@role("admin")
def tell() -> AnyResponse:
    here = services()
    query = _asked(request.form.get("vraag", ""))
    chosen, note = request.form.get("organisatie", ""), request.form.get("toelichting", "").strip()
    people = _reachable().get(chosen, [])
    if not people:
        return _tell_page(query, chosen, note, say("tell.error"))
    with here.store.transaction():
        for person in people:
            details = {"query": query, "note": note[:LONGEST_NOTE]}
            here.store.mails.add("missed", person.email, here.clock(), details)
        write_act("tell-partner", f"query:{query}", organisation=chosen)
    return redirect("/beheer/zoekvragen?gedaan=gemeld", HTTPStatus.SEE_OTHER)
