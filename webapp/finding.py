"""Making finding better without code, for an admin: try a change, apply it, undo it.

In: what was typed. Out: a preview of what it would do, and only from there a change in the store that
searching processes take over by themselves. The form carries the revision that was seen, so that two
admins at once, a stale form or a double click change nothing twice. A change, its line in the log and
the job that a protected word needs are one transaction.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index import IndexUnavailable, analysis
from index.improvements import BadImprovement, checked
from index.judged import floor_of, keep
from index.schema import WEIGHTS
from library.searches import countable
from library.store import Improvement, ImprovementChange
from library.store.improvements import ChangedMeanwhile, Kind
from webapp import formats
from webapp.acts import write_act
from webapp.comparing import MOST_USED, Difference, compare
from webapp.finding_pages import (
    ChangeItem,
    Field,
    FindingPage,
    ImprovementFormPage,
    ImprovementItem,
    ImprovementKind,
    ImprovementTrialPage,
)
from webapp.hits import title_of
from webapp.insight import DAYS, days_ago
from webapp.messages import FIELD_NAMES, FINDING_ERRORS, FINDING_KINDS, say
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me

blueprint = Blueprint("finding", __name__, url_prefix="/beheer/vinden")
RECENT = 20
MOST_JUDGED = 100
"""Judged queries of which the first results are put side by side; all of them are measured."""
SLUGS: dict[str, Kind] = {
    "synoniemen": "synonym",
    "afkortingen": "abbreviation",
    "eerst": "best_bet",
    "heel": "protected",
    "gewichten": "weight",
    "niet-voorstellen": "denied",
}
FIELDS: dict[Kind, tuple[str, ...]] = {
    "synonym": ("words", "wider"),
    "abbreviation": ("short", "long"),
    "protected": ("word",),
    "best_bet": ("query", "document", "first", "last", "owner"),
    "weight": ("field", "weight"),
    "denied": ("word",),
}
MESSAGES = {
    "ja": say("finding.done"),
    "index": say("finding.done.rebuild"),
    "terug": say("finding.done.undo"),
    "niet": say("finding.done.not"),
}


@blueprint.get("")
@role("admin")
def finding() -> Response:
    store = services().store
    current = store.improvements.current()
    return render(
        FindingPage(
            title=say("finding.h1"),
            here="finding",
            name=me().name,
            message=MESSAGES.get(request.args.get("gedaan", ""), ""),
            kinds=tuple(
                ImprovementKind(
                    slug,
                    *FINDING_KINDS[kind],
                    items=tuple(_item(one) for one in current if one.kind == kind),
                )
                for slug, kind in SLUGS.items()
            ),
            changes=tuple(map(_change, store.improvements.recent(RECENT))),
        )
    )


def _item(one: Improvement) -> ImprovementItem:
    return ImprovementItem(one.id, in_words(one.kind, one.value), _by(one), _note(one))


def _by(one: Improvement | ImprovementChange) -> str:
    at = one.added_at if isinstance(one, Improvement) else one.at
    return say("finding.by", who=_name(one.account_id), day=formats.time_of(at))


def _name(account_id: int | None) -> str:
    account = None if account_id is None else services().store.accounts.find(account_id)
    return say("finding.nobody") if account is None else account.name


def worn() -> int:
    """Count the best bets that ask for a person: their document is gone, or their time is over."""
    return sum(bool(_note(one)) for one in services().store.improvements.current())


def _note(one: Improvement) -> str:
    """What is the matter with a best bet: its document is gone, or its time is over."""
    if one.kind != "best_bet":
        return ""
    stored = services().store.documents.find(one.value["document_id"])
    if stored is None or stored.removed_at is not None:
        return say("finding.gone")
    last = one.value["last"]
    return say("finding.over") if last and last < days_ago(0).isoformat() else ""


def in_words(kind: Kind, value: Mapping[str, Any]) -> str:
    """What an improvement says, on one line."""
    match kind:
        case "synonym":
            same = ", ".join(value["words"])
            return f"{same} → {', '.join(value['wider'])}" if value["wider"] else same
        case "abbreviation":
            return f"{value['short']} = {value['long']}"
        case "best_bet":
            return say(
                "finding.bet",
                query=value["query"],
                title=_title(value["document_id"]),
                days=_days(value["first"], value["last"]),
                owner=_name(value["owner"]),
            )
        case "weight":
            return f"{FIELD_NAMES[value['field']]}: {_decimal(value['weight'])}"
        case "floor":
            return formats.figure(value["ndcg"])
        case "protected" | "denied":
            return str(value["word"])


def _days(first: str, last: str) -> str:
    """The days of a best bet; one without a last day stays."""
    since = formats.day(date.fromisoformat(first))
    if not last:
        return say("finding.bet.from", first=since)
    return say("finding.bet.until", first=since, last=formats.day(date.fromisoformat(last)))


def _title(document_id: str) -> str:
    stored = services().store.documents.find(document_id)
    if stored is None:
        return document_id
    return title_of(stored.document.title, stored.document.url)


def _decimal(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _change(change: ImprovementChange) -> ChangeItem:
    return ChangeItem(
        number=change.id,
        text=change_in_words(change),
        by=_by(change),
        can_be_undone=change.can_be_undone,
        is_undone=change.is_undone,
    )


def change_in_words(change: ImprovementChange) -> str:
    """What came and what went, each with its kind."""
    parts = []
    for word, one in (("finding.added", change.added), ("finding.removed", change.removed)):
        if one is not None:
            name = FINDING_KINDS[one.kind][0]
            parts.append(f"{say(word)}: {name}: {in_words(one.kind, one.value)}")
    return ". ".join(parts)


@blueprint.get("/<slug>")
@role("admin")
def form(slug: str) -> Response:
    kind = _kind(slug)
    typed = {name: request.args.get(name, "") for name in FIELDS[kind]}
    if kind == "best_bet":
        typed["first"] = typed["first"] or days_ago(0).isoformat()
        typed["owner"] = typed["owner"] or str(me().id)
    return _form(slug, typed, {})


def _kind(slug: str) -> Kind:
    if slug not in SLUGS:
        raise NotFound
    return SLUGS[slug]


def _form(slug: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    kind = _kind(slug)
    name, text = FINDING_KINDS[kind]
    return render(
        ImprovementFormPage(
            title=name,
            here="finding",
            name=me().name,
            text=text,
            action=f"/beheer/vinden/{slug}",
            fields=tuple(_field(kind, one, typed[one], errors.get(one, "")) for one in typed),
            errors=errors,
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


def _field(kind: Kind, name: str, value: str, error: str) -> Field:
    field = Field(name, LABELS[name], HINTS.get(name, ""), value, error)
    if name == "word":
        return replace(field, hint=WORD_HINTS[kind])
    if name == "owner":
        return replace(field, choices=_owners())
    if name == "field":
        return replace(field, choices=tuple((one, FIELD_NAMES[one]) for one in WEIGHTS))
    if name == "weight":
        now = formats.listed([f"{FIELD_NAMES[f]} {_decimal(w)}" for f, w in _weights().items()])
        return replace(field, hint=say("finding.weight.hint", now=now))
    return replace(field, type="date" if name in {"first", "last"} else "text")


LABELS = {
    "words": say("finding.words"),
    "wider": say("finding.wider"),
    "short": say("finding.short"),
    "long": say("finding.long"),
    "word": say("finding.word"),
    "query": say("finding.query"),
    "document": say("finding.document"),
    "first": say("finding.first"),
    "last": say("finding.last"),
    "owner": say("finding.owner"),
    "field": say("finding.field"),
    "weight": say("finding.weight"),
}
HINTS = {
    "words": say("finding.words.hint"),
    "wider": say("finding.wider.hint"),
    "query": say("finding.query.hint"),
    "document": say("finding.document.hint"),
    "last": say("finding.last.hint"),
}
WORD_HINTS: dict[Kind, str] = {
    "protected": say("finding.word.whole"),
    "denied": say("finding.word.denied"),
}


def _owners() -> tuple[tuple[str, str], ...]:
    accounts = services().store.accounts.all()
    return tuple(
        (str(one.id), one.name) for one in accounts if one.role != "partner" and not one.is_closed
    )


def _weights() -> dict[str, float]:
    """The weights as they are now."""
    current = services().store.improvements.current()
    return WEIGHTS | {o.value["field"]: o.value["weight"] for o in current if o.kind == "weight"}


@blueprint.post("/<slug>")
@role("admin")
def add(slug: str) -> AnyResponse:
    kind = _kind(slug)
    typed = {name: request.form.get(name, "").strip() for name in FIELDS[kind]}
    step = request.form.get("stap", "proef")
    if step == "wijzigen":
        return _form(slug, typed, {})
    current = services().store.improvements.current()
    try:
        value = _checked(kind, typed)
    except BadImprovement as error:
        return _form(slug, typed, {error.field: FINDING_ERRORS[error.code]})
    is_there = any((one.kind, one.value) == (kind, value) for one in current)
    if is_there and step == "bewaren":
        return _done("niet")  # A second click, or somebody else with the same idea.
    if is_there:
        return _form(slug, typed, {FIELDS[kind][0]: FINDING_ERRORS["there"]})
    replaced = _replaced(kind, value, current)
    if step == "bewaren":
        return _apply(slug, typed, (kind, value), replaced)
    return _trial(slug, typed, (kind, value), replaced, is_again=False)


def _checked(kind: Kind, typed: Mapping[str, str]) -> Mapping[str, Any]:
    if kind != "best_bet":
        return checked(kind, typed)
    if typed["owner"] not in dict(_owners()):
        raise BadImprovement("choose", "owner")
    return checked(kind, {**typed, "document_id": _document_of(typed["document"])})


def _document_of(address: str) -> str:
    """The id of a document by the address of our page of it, or its own; empty when unknown."""
    found = re.fullmatch(r"/document/(.+)", unquote(urlsplit(address).path))
    store = services().store
    stored = store.documents.find(found[1]) if found else store.documents.find_by_url(address)
    return "" if stored is None or stored.removed_at is not None else stored.document.id


def _replaced(
    kind: Kind, value: Mapping[str, Any], current: Sequence[Improvement]
) -> Improvement | None:
    """What a new weight takes the place of."""
    if kind != "weight":
        return None
    same = [o for o in current if o.kind == kind and o.value["field"] == value["field"]]
    return same[-1] if same else None


def _apply(
    slug: str,
    typed: Mapping[str, str],
    new: tuple[Kind, Mapping[str, Any]],
    replaced: Improvement | None,
) -> AnyResponse:
    try:
        change(new, replaced, seen=_seen())
    except ChangedMeanwhile:
        return _trial(slug, typed, new, replaced, is_again=True)
    return _done("index" if new[0] == "protected" else "ja")


def change(
    new: tuple[Kind, Mapping[str, Any]] | None, old: Improvement | None, *, seen: int
) -> None:
    """Put one in the place of another, by who is signed in and saw the revision ``seen``."""
    here = services()
    kind = new[0] if new else old.kind if old else "floor"
    with here.store.transaction():
        number = here.store.improvements.change(
            here.clock(),
            me().id,
            seen=seen,
            add=new,
            remove=old.id if old else None,
        )
        (latest,) = here.store.improvements.recent(1)
        write_act("improve", f"improvement:{number}", text=change_in_words(latest))
        if kind == "protected":
            here.store.jobs.add_build()
    measure_again()


def _seen() -> int:
    """The revision of the improvements that the form was made with."""
    return request.form.get("gezien", default=-1, type=int)


def measure_again() -> None:
    """Keep how good the answers are with what is live now; without an index nobody knows."""
    here = services()
    if not here.store.judgments.count():
        return
    try:
        with here.index.trial(here.store.improvements.current()) as trial:
            keep(here.store, trial.rank, here.index.status().generation, here.clock())
    except IndexUnavailable:
        return


@blueprint.get("/weg/<int:improvement_id>")
@role("admin")
def ask_removal(improvement_id: int) -> Response:
    return _removal(_get(improvement_id), is_again=False)


def _get(improvement_id: int) -> Improvement:
    found = services().store.improvements.find(improvement_id)
    if found is None or found.kind not in SLUGS.values():
        raise NotFound
    return found


@blueprint.post("/weg/<int:improvement_id>")
@role("admin")
def remove(improvement_id: int) -> AnyResponse:
    old = services().store.improvements.find(improvement_id)
    if old is None:
        return _done("niet")
    try:
        change(None, old, seen=_seen())
    except ChangedMeanwhile:
        return _removal(old, is_again=True)
    return _done("index" if old.kind == "protected" else "ja")


@blueprint.post("/terug/<int:change_id>")
@role("admin")
def undo(change_id: int) -> AnyResponse:
    here = services()
    try:
        with here.store.transaction():
            undone = here.store.improvements.undo(change_id, here.clock())
            write_act("improve-undo", f"improvement:{change_id}", text=change_in_words(undone))
            both = (one for one in (undone.added, undone.removed) if one is not None)
            if any(one.kind == "protected" for one in both):
                here.store.jobs.add_build()
    except ChangedMeanwhile:
        return _done("niet")
    measure_again()
    return _done("terug")


def _done(what: str) -> AnyResponse:
    return redirect(f"/beheer/vinden?gedaan={what}", HTTPStatus.SEE_OTHER)


def _removal(old: Improvement, *, is_again: bool) -> Response:
    current = services().store.improvements.current()
    return _preview(
        text=say("finding.trial.remove", what=in_words(old.kind, old.value)),
        action=f"/beheer/vinden/weg/{old.id}",
        typed={},
        changed=(old.kind, old.value),
        after=[one for one in current if one.id != old.id],
        is_again=is_again,
        is_removal=True,
    )


def _trial(
    slug: str,
    typed: Mapping[str, str],
    new: tuple[Kind, Mapping[str, Any]],
    replaced: Improvement | None,
    *,
    is_again: bool,
) -> Response:
    here = services()
    current = here.store.improvements.current()
    kept = [one for one in current if replaced is None or one.id != replaced.id]
    key = "finding.trial.replace" if replaced else "finding.trial.add"
    return _preview(
        text=say(key, what=in_words(*new)),
        action=f"/beheer/vinden/{slug}",
        typed=typed,
        changed=new,
        after=[*kept, Improvement(0, *new, me().id, here.clock())],
        is_again=is_again,
    )


def _preview(
    *,
    text: str,
    action: str,
    typed: Mapping[str, str],
    changed: tuple[Kind, Mapping[str, Any]],
    after: Sequence[Improvement],
    is_again: bool,
    is_removal: bool = False,
) -> Response:
    store = services().store
    # Before anything is looked at: what comes later is what the button refuses.
    seen = store.improvements.revision()
    found = _difference(changed, after)
    kind, value = changed
    told = NOTES_OF_REMOVAL if is_removal else NOTES
    notes = [say("finding.trial.again")] if is_again else []
    notes += [say(told[kind])] if kind in told else []
    word = value["word"] if kind == "denied" and not is_removal else ""
    return render(
        ImprovementTrialPage(
            title=say("finding.trial.h1"),
            here="finding",
            name=me().name,
            text=text,
            notes=tuple(notes),
            conclusion=_conclusion(found),
            compared=found.compared if found else (),
            measured_text=_measured_text(found),
            measured=found.measured if found else (),
            below=_below(found),
            suggestions=say("finding.suggestions", word=word) if word else "",
            suggested=tuple(_suggested(word)) if word else (),
            action=action,
            seen=seen,
            fields=tuple(typed.items()),
        ),
        HTTPStatus.CONFLICT if is_again else HTTPStatus.OK,
    )


NOTES: dict[Kind, str] = {
    "protected": "finding.trial.rebuild",
    "best_bet": "finding.trial.bet",
    "denied": "finding.trial.denied",
}
"""What is told beside a change, by its kind."""
NOTES_OF_REMOVAL: dict[Kind, str] = NOTES | {
    "best_bet": "finding.trial.bet.away",
    "denied": "finding.trial.denied.away",
}


def _difference(
    changed: tuple[Kind, Mapping[str, Any]], after: Sequence[Improvement]
) -> Difference | None:
    here = services()
    current = here.store.improvements.current()
    judgments = here.store.judgments.all()
    queries = dict.fromkeys(_own_queries(*changed), say("finding.why.own"))
    for asked in here.store.searches.frequent(days_ago(DAYS))[:MOST_USED]:
        times = formats.number(asked.counts.searches)
        queries.setdefault(asked.query, say("finding.why.used", n=times))
    for query in list(judgments)[:MOST_JUDGED]:
        queries.setdefault(query, say("finding.why.judged"))
    try:
        return compare(here.index, current, after, queries, judgments)
    except IndexUnavailable:
        return None


def _own_queries(kind: Kind, value: Mapping[str, Any]) -> Iterator[str]:
    """The words of a change, as somebody would search for them."""
    for name in ("words", "wider", "short", "long", "word", "query"):
        said = value.get(name, ()) if kind != "denied" else ()
        yield from (countable(one) or one for one in ([said] if isinstance(said, str) else said))


def _conclusion(found: Difference | None) -> str:
    if found is None:
        return say("finding.trial.none")
    if not found.compared:
        return say("finding.trial.same", all=found.looked)
    return say("finding.trial.changed", n=len(found.compared), all=found.looked)


def _measured_text(found: Difference | None) -> str:
    if found is None or found.after is None:
        return say("finding.ndcg.none")
    return say("finding.ndcg.text", n=found.after.overall.queries)


def _below(found: Difference | None) -> str:
    floor = floor_of(services().store)
    if found is None or found.after is None or floor is None or found.after.overall.ndcg >= floor:
        return ""
    return say("finding.ndcg.below", floor=formats.figure(floor))


def _suggested(word: str) -> Iterator[tuple[str, str]]:
    """What is suggested for a word now, and whether it goes."""
    terms = set(analysis.terms(word))
    for one in services().index.complete(word):
        goes = not terms.isdisjoint(analysis.terms(one.text))
        yield one.text, say("finding.removed") if goes else ""
