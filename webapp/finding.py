"""Making finding better without code, for an admin: try a change, apply it, undo it.

In: what was typed. Out: a preview of what it would do, and only from there a change in the store that
searching processes take over by themselves. The form carries the revision that was seen, so that two
admins at once, a stale form or a double click change nothing twice. A change, its line in the log and
the job that a protected word needs are one transaction.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.improvements import BadImprovement
from index.synonyms import SYNONYMS_FILE, groups
from library.store import Improvement, ImprovementChange
from library.store.improvements import ChangedMeanwhile, Kind
from webapp.acts import write_act
from webapp.finding_pages import (
    ChangeItem,
    FindingPage,
    ImprovementFormPage,
    ImprovementItem,
    ImprovementKind,
)
from webapp.improvement_changes import change, measure_again
from webapp.improvement_form import FIELDS, SLUGS, checked_form, fields_of, kind_of
from webapp.improvement_preview import preview_of_change, preview_of_removal
from webapp.improvement_words import by_whom, change_in_words, in_words
from webapp.insight import days_ago
from webapp.messages import FINDING_ERRORS, FINDING_KINDS, say
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me

blueprint = Blueprint("finding", __name__, url_prefix="/beheer/vinden")
RECENT = 20
MESSAGES = {
    "ja": say("finding.done"),
    "index": say("finding.done.rebuild"),
    "terug": say("finding.done.undo"),
    "niet": say("finding.done.not"),
}
THERE: dict[Kind, str] = {"switched_off": "off"}
"""What is said of one that is there already, where that is no addition."""


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
    return ImprovementItem(one.id, in_words(one.kind, one.value), by_whom(one), _note(one))


def worn() -> int:
    """Count the best bets that ask for a person: their document is gone, or their time is over."""
    current = services().store.improvements.current()
    return sum(one.kind == "best_bet" and bool(_note_of_bet(one)) for one in current)


def _note(one: Improvement) -> str:
    """What is the matter with one that does nothing any more."""
    if one.kind == "switched_off":
        return "" if one.value["group"] in groups(SYNONYMS_FILE) else say("finding.no-group")
    return _note_of_bet(one) if one.kind == "best_bet" else ""


def _note_of_bet(one: Improvement) -> str:
    """What is the matter with a best bet: its document is gone, or its time is over."""
    stored = services().store.documents.find(one.value["document_id"])
    if stored is None or stored.removed_at is not None:
        return say("finding.gone")
    last = one.value["last"]
    return say("finding.over") if last and last < days_ago(0).isoformat() else ""


def _change(change: ImprovementChange) -> ChangeItem:
    return ChangeItem(
        number=change.id,
        text=change_in_words(change),
        by=by_whom(change),
        can_be_undone=change.can_be_undone,
        is_undone=change.is_undone,
    )


@blueprint.get("/<slug>")
@role("admin")
def form(slug: str) -> Response:
    kind = kind_of(slug)
    typed = {name: request.args.get(name, "") for name in FIELDS[kind]}
    if kind == "best_bet":
        typed["first"] = typed["first"] or days_ago(0).isoformat()
        typed["owner"] = typed["owner"] or str(me().id)
    return _form(slug, typed, {})


def _form(slug: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    kind = kind_of(slug)
    name, text = FINDING_KINDS[kind]
    return render(
        ImprovementFormPage(
            title=name,
            here="finding",
            name=me().name,
            text=text,
            action=f"/beheer/vinden/{slug}",
            fields=tuple(fields_of(kind, typed, errors)),
            errors=errors,
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
    )


@blueprint.post("/<slug>")
@role("admin")
def add(slug: str) -> AnyResponse:
    kind = kind_of(slug)
    typed = {name: request.form.get(name, "").strip() for name in FIELDS[kind]}
    step = request.form.get("stap", "proef")
    if step == "wijzigen":
        return _form(slug, typed, {})
    current = services().store.improvements.current()
    try:
        value = checked_form(kind, typed)
    except BadImprovement as error:
        if (error.code, error.field) == ("choose", "group"):
            return _form(slug, typed, {})  # Nothing is wrong: the next step asks which group.
        return _form(slug, typed, {error.field: FINDING_ERRORS[error.code]})
    is_there = any((one.kind, one.value) == (kind, value) for one in current)
    if is_there and step == "bewaren":
        return _done("niet")  # A second click, or somebody else with the same idea.
    if is_there:
        return _form(slug, typed, {FIELDS[kind][0]: FINDING_ERRORS[THERE.get(kind, "there")]})
    replaced = _replaced(kind, value, current)
    if step == "bewaren":
        return _apply(slug, typed, (kind, value), replaced)
    return preview_of_change(slug, typed, (kind, value), replaced, is_again=False)


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
        return preview_of_change(slug, typed, new, replaced, is_again=True)
    return _done("index" if new[0] == "protected" else "ja")


def _seen() -> int:
    """The revision of the improvements that the form was made with."""
    return request.form.get("gezien", default=-1, type=int)


@blueprint.get("/weg/<int:improvement_id>")
@role("admin")
def ask_removal(improvement_id: int) -> Response:
    return preview_of_removal(_get(improvement_id), is_again=False)


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
        return preview_of_removal(old, is_again=True)
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
