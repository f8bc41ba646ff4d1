"""The log of what people did below /beheer: written by each act, read by an admin, exported as CSV.

Rows are only added. They hold the number of an account; its name is looked up when the log is read,
so that who was removed is not named here either.
"""

from collections.abc import Iterator

from flask import Blueprint, Response

from library.report import csv_lines
from library.store import Act
from webapp import formats
from webapp.messages import ACTS, say
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.submission_pages import LogPage

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


def write_act(act: str, subject: str, **details: str) -> None:
    """Write down what who is signed in does; inside the transaction that does it."""
    here = services()
    here.store.acts.add(me().id, act, subject, here.clock(), details)


@blueprint.get("")
@role("admin")
def log() -> Response:
    names = _names()
    recent = services().store.acts.recent(RECENT)
    return render(
        LogPage(
            title=say("log.h1"),
            here="log",
            name=me().name,
            rows=tuple(row_of(act, names) for act in recent),
        )
    )


@blueprint.get("/logboek.csv")
@role("admin")
def export() -> Response:
    def rows() -> Iterator[tuple[str, ...]]:
        yield say("log.at"), say("log.who"), say("log.act"), say("log.subject"), say("log.details")
        yield from (row_of(act, names) for act in all_acts)

    names, all_acts = _names(), tuple(services().store.acts.all())
    answer = Response(csv_lines(rows()), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="logboek.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _names() -> dict[int, str]:
    return {account.id: account.name for account in services().store.accounts.all()}


def row_of(act: Act, names: dict[int, str]) -> tuple[str, ...]:
    """When, who, what, to what, and the details."""
    who = names.get(act.account_id) or say("log.gone", number=act.account_id)
    details = ", ".join(str(value) for value in act.details.values() if value)
    return formats.time_of(act.at), who, ACTS.get(act.act, act.act), _subject(act.subject), details


def _subject(subject: str) -> str:
    """What an act was about, in words: source:17 -> Bron 17."""
    kind, _, name = subject.partition(":")
    key = SUBJECTS.get(subject) or SUBJECTS.get(kind)
    return say(key, name=name) if key else subject
