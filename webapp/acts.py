"""The log of what people did below /beheer: written by each act, read by an admin, exported as CSV.

Rows are only added. They hold the number of an account or a source; its name is looked up when the log
is read, so that who was removed is not named here either, and a source has the name that it has now.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

from flask import Blueprint, Response

from library.report import csv_lines
from library.store import Act, Source
from webapp import formats
from webapp.messages import ACTS, DECLINE_REASONS, SUBMISSION_STATES, say
from webapp.pages import Link
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.submission_pages import LogPage, LogRow

blueprint = Blueprint("acts", __name__, url_prefix="/beheer/logboek")
RECENT = 200
SUBJECTS = {
    "source": "log.of.source",
    "submission": "log.of.submission",
    "document": "log.of.document",
    "account": "log.of.account",
    "improvement": "log.of.improvement",
    "query": "log.of.query",
    "job": "log.of.job",
    "index": "log.of.index",
    "goals": "log.of.goals",
    "site": "log.of.site",
    "source:0": "log.of.examples",
}
"""What an act is about, by the start of its subject."""
DETAILS: Mapping[str, Mapping[str, str]] = {"reason": DECLINE_REASONS, "state": SUBMISSION_STATES}
"""Details that are kept as a code, by their name; the words are those of the mail and the queue."""


class Known(NamedTuple):
    """What the numbers in the log are called now."""

    people: Mapping[int, str]
    sources: Mapping[int, Source]

    @classmethod
    def now(cls) -> Self:
        """Look up all of them."""
        store = services().store
        return cls(
            {account.id: account.name for account in store.accounts.all()},
            {source.id: source for source in store.sources.all()},
        )


def write_act(act: str, subject: str, **details: str) -> None:
    """Write down what who is signed in does; inside the transaction that does it."""
    here = services()
    here.store.acts.add(me().id, act, subject, here.clock(), details)


@blueprint.get("")
@role("admin")
def log() -> Response:
    known = Known.now()
    recent = services().store.acts.recent(RECENT)
    return render(
        LogPage(
            title=say("log.h1"),
            here="log",
            name=me().name,
            rows=tuple(row_of(act, known) for act in recent),
        )
    )


@blueprint.get("/logboek.csv")
@role("admin")
def export() -> Response:
    def rows() -> Iterator[tuple[str, ...]]:
        yield say("log.at"), say("log.who"), say("log.act"), say("log.subject"), say("log.details")
        for act in all_acts:
            row = row_of(act, known)
            yield row.at, row.who, row.act, row.subject.text, row.details

    known, all_acts = Known.now(), tuple(services().store.acts.all())
    answer = Response(csv_lines(rows()), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="logboek.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def row_of(act: Act, known: Known) -> LogRow:
    """When, who, what, to what, and the details."""
    return LogRow(
        at=formats.time_of(act.at),
        who=known.people.get(act.account_id) or say("log.gone", number=act.account_id),
        act=ACTS.get(act.act, act.act),
        subject=_subject(act, known),
        details=", ".join(_details(act)),
    )


def _details(act: Act) -> Iterator[str]:
    """Tell the details in words: ``goals`` is said as in the mail about it."""
    for name, value in act.details.items():
        if value:
            yield DETAILS.get(name, {}).get(str(value), str(value))


def _subject(act: Act, known: Known) -> Link:
    """What an act was about, in words: source:17 -> Bron Dorpsbelang, with the way there."""
    kind, _, name = act.subject.partition(":")
    address = ""
    if kind == "source" and (source := _source(act, known, name)) is not None:
        name, address = source.name, f"/beheer/bronnen/{source.id}"
    elif kind == "account" and name.isdecimal():
        name = known.people.get(int(name), name)
    key = SUBJECTS.get(act.subject) or SUBJECTS.get(kind)
    return Link(say(key, name=name) if key else act.subject, address)


def _source(act: Act, known: Known, number: str) -> Source | None:
    """The source that an act was about, while it is there: its number may be given out again."""
    source = known.sources.get(int(number)) if number.isdecimal() else None
    return source if source is not None and source.added_at <= act.at else None
