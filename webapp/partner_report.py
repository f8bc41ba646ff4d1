"""What the knowledge of an organisation does: the same for its page and for its mail of the month.

In: an organisation and some days. Out: how many documents there are, how often they were shown and
opened and by which searches, what people looked for in its field and did not find, and which of its
pages ask for work. What few people did is not in it (``library.searches``).

The field of an organisation are the two goals that most of its documents serve. People miss something
in it when they searched within such a goal, at the organisation or from its own search box, or when
the words of a search that found nothing are those of such a goal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index import Index, IndexUnavailable, Query
from index.classify import classify
from library.document import Document, Section
from library.report import group_of
from library.store import Ailing, Asked, Counts, Store
from webapp import formats
from webapp.hits import document_address, title_of
from webapp.insight_pages import ReportItem, ReportSection
from webapp.links import outward
from webapp.messages import reason as reason_in_words
from webapp.messages import say

STOP = "maandbericht"
"""What a link that ends the mail of each month is signed for."""
FIELD = 2
"""Goals that make up the field of an organisation."""
MOST = 10
"""Lines of each list."""
BROKEN = frozenset({"gone", "failed"})
"""Groups of outcomes that its people can do something about."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told to an organisation.

    Missed searches come with how often nothing was found; ``pictures`` are the addresses of PDFs
    without any text, which gave no document.
    """

    documents: int
    shown: int
    opened: int
    found_by: tuple[Asked, ...]
    most_opened: tuple[tuple[str, int], ...]
    missed: tuple[tuple[str, int], ...]
    broken: tuple[tuple[str, str], ...]
    ailing: tuple[Ailing, ...]
    pictures: tuple[str, ...]


def report_of(store: Store, index: Index, organisation: str, since: date, until: date) -> Report:
    """Tell what happened from a day up to another, and what is the matter now."""
    documents, field = _documents_and_field(index, organisation)
    shown = store.search_parts.totals("shown", since, until).get(organisation, Counts())
    opened = store.search_parts.totals("opened", since, until).get(organisation, Counts())
    return Report(
        documents=documents,
        shown=shown.searches,
        opened=opened.opened,
        found_by=store.search_parts.frequent("opened", organisation, since, until)[:MOST],
        most_opened=store.openings.of(organisation, since, until)[:MOST],
        missed=tuple(_missed(store, organisation, field, since, until))[:MOST],
        broken=tuple(_broken(store, organisation)),
        ailing=store.checkups.of(organisation),
        pictures=tuple(_pictures(store, organisation)),
    )


def _documents_and_field(index: Index, organisation: str) -> tuple[int, tuple[int, ...]]:
    try:
        answer = index.search(Query(organisations=(organisation,), limit=1))
    except IndexUnavailable:
        return 0, ()
    goals = sorted(answer.facets.get("goal", ()), key=lambda value: (-value.count, value.value))
    return answer.total, tuple(int(value.value) for value in goals[:FIELD] if value.count)


def _missed(
    store: Store, organisation: str, field: tuple[int, ...], since: date, until: date
) -> Iterator[tuple[str, int]]:
    """What found nothing, the most asked first."""
    parts = store.search_parts
    asked = [
        *parts.frequent("organisation", organisation, since, until),
        *parts.frequent("box", organisation, since, until),
        *(one for goal in field for one in parts.frequent("goal", str(goal), since, until)),
        *(
            one
            for one in store.searches.frequent(since, until)
            if one.counts.empty and _is_of(one.query, field)
        ),
    ]
    missed: dict[str, int] = {}
    for one in asked:
        if one.counts.empty:
            missed[one.query] = max(one.counts.empty, missed.get(one.query, 0))
    yield from sorted(missed.items(), key=lambda item: (-item[1], item[0]))


def _is_of(query: str, field: tuple[int, ...]) -> bool:
    """Whether the words of a search are those of a goal of the field."""
    text = Document(
        id="",
        url="",
        canonical_url="",
        title=query,
        sections=(Section(query),),
        organisation="",
    )
    return any(tag.number in field for tag in classify(text))


def _broken(store: Store, organisation: str) -> Iterator[tuple[str, str]]:
    """Addresses that could not be opened at the last visit, with the reason."""
    for source in store.sources.all():
        if source.organisation != organisation:
            continue
        reasons = (one for one in store.reports.counts(source.id) if group_of(one) in BROKEN)
        for reason in sorted(reasons):
            for visited in store.reports.addresses(source.id, reason, limit=MOST):
                yield visited.url, reason


def _pictures(store: Store, organisation: str) -> Iterator[str]:
    """Addresses of PDFs of which every page is a picture."""
    for source in store.sources.all():
        if source.organisation == organisation:
            for visited in store.reports.addresses(source.id, "scanned-pdf", limit=MOST):
                yield visited.url


def sections_of(report: Report, store: Store) -> tuple[ReportSection, ...]:
    """Put a report in words."""
    by_why = {
        why: [one for one in report.ailing if one.why == why]
        for why in ("doubted", "replaced", "without-text")
    }
    return (
        ReportSection(
            "gebruik",
            say("report.use"),
            say(
                "report.use.text",
                documents=formats.number(report.documents),
                shown=formats.number(report.shown),
                opened=formats.number(report.opened),
            ),
        ),
        ReportSection(
            "gevonden",
            say("report.by"),
            say("report.by.text") if report.found_by else say("report.few"),
            tuple(
                ReportItem(one.query, "", say("report.times", n=formats.number(one.counts.opened)))
                for one in report.found_by
            ),
        ),
        ReportSection(
            "geopend",
            say("report.opened"),
            say("report.opened.text") if report.most_opened else say("report.few"),
            tuple(_opened(store, *one) for one in report.most_opened),
        ),
        ReportSection(
            "gemist",
            say("report.missed"),
            say("report.missed.text") if report.missed else say("report.missed.none"),
            tuple(
                ReportItem(query, "", say("report.times", n=formats.number(times)))
                for query, times in report.missed
            ),
        ),
        ReportSection(
            "kapot",
            say("report.broken"),
            say("report.broken.text") if report.broken else say("report.broken.none"),
            tuple(
                ReportItem(url, outward(url) or "", reason_in_words(reason))
                for url, reason in report.broken[:MOST]
            ),
        ),
        _ailing("verouderd", "report.old", [*by_why["doubted"], *by_why["replaced"]]),
        _ailing(
            "plaatjes",
            "report.blank",
            by_why["without-text"],
            tuple(
                ReportItem(url, outward(url) or "", say("report.why.pictures"))
                for url in report.pictures
            ),
        ),
    )


def _opened(store: Store, document_id: str, times: int) -> ReportItem:
    document = store.documents.get(document_id).document
    told = say("report.times", n=formats.number(times))
    return ReportItem(title_of(document.title, document.url), document_address(document_id), told)


HEADINGS = {
    "report.old": (say("report.old"), say("report.old.text"), say("report.old.none")),
    "report.blank": (say("report.blank"), say("report.blank.text"), say("report.blank.none")),
}


def _ailing(
    name: str, key: str, found: list[Ailing], more: tuple[ReportItem, ...] = ()
) -> ReportSection:
    heading, text, none = HEADINGS[key]
    return ReportSection(
        name,
        heading,
        text if found or more else none,
        (
            *(
                ReportItem(title_of(one.title, one.url), document_address(one.id), _why(one))
                for one in found[:MOST]
            ),
            *more[:MOST],
        ),
    )


def _why(one: Ailing) -> str:
    if one.why == "doubted":
        return say("report.why.doubted", n=formats.number(one.number))
    if one.why == "replaced":
        return say("report.why.replaced")
    return say("report.why.blank", n=formats.number(one.number))
