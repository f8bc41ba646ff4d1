"""What people search, for an admin: what is asked most, and what is asked and not found.

In: the counts of the last thirty days. Out: a page with tables, of
what readers doubt as well. A search that was done by
few is not shown, so that nobody can be known by it; it counts in the totals (pages 3.8).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from flask import Blueprint, Response

from library.store import Asked, Counts
from webapp import formats
from webapp.hits import document_address, title_of
from webapp.messages import say
from webapp.pages import DoubtedItem, Link, SearchesPage, SearchItem
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import admin_name

blueprint = Blueprint("insight", __name__, url_prefix="/beheer")
DAYS = 30
MOST = 50


@blueprint.get("/zoekvragen")
@role("admin")
def searches() -> Response:
    here = services()
    here.counting.write()
    since = days_ago(DAYS)
    kept = here.store.searches
    asked = kept.frequent(since)
    without = sorted((one for one in asked if one.counts.empty), key=lambda one: -one.counts.empty)
    return render(
        SearchesPage(
            title=say("searches.h1"),
            here="searches",
            name=admin_name(),
            summary=_summary(kept.total(since)),
            without=tuple(_items(without[:MOST])),
            most=tuple(_items(asked[:MOST])),
            doubted=tuple(_doubted()),
            days=tuple(_item(formats.day(day), counts) for day, counts in kept.per_day(since)),
        )
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
    return services().clock().astimezone(formats.ZONE).date() - timedelta(days=number)


def _summary(total: Counts) -> str:
    if not total.searches:
        return say("searches.none")
    return say(
        "searches.summary",
        n=formats.number(total.searches),
        empty=round(100 * total.empty / total.searches),
        opened=formats.number(total.opened),
    )


def _items(asked: Iterable[Asked]) -> Iterable[SearchItem]:
    for one in asked:
        yield _item(one.query, one.counts, Question(text=one.query).address())


def _item(text: str, counts: Counts, address: str = "") -> SearchItem:
    return SearchItem(
        text=text,
        address=address,
        searches=formats.number(counts.searches),
        empty=formats.number(counts.empty),
        opened=formats.number(counts.opened),
    )
