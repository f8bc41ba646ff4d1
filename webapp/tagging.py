"""People correct the goals of a document: confirm, remove or add one by a click, with a reason.

In: a click of a moderator, an admin, or a partner on a document of the own organisation, and undoing
it. Out: a judgment in the store, a line in the log, a new revision of the document and an update of
the index, in one transaction. The form carries the goals that it showed: with the click they are the
goals that this judge gave the document, a label to learn from.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from itertools import groupby
from urllib.parse import quote

from flask import Blueprint, redirect, request
from werkzeug.exceptions import BadRequest, Forbidden, NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.classify import IMPORTED, Classifier
from index.corrected import CERTAIN, corrected
from index.goal_models import GoalModels
from index.query import GoalTag
from library.goals import GOALS, goal
from library.store import Account, GoalJudgment, StoredDocument
from webapp import formats
from webapp.acts import write_act
from webapp.goal_pages import GoalChoice, GoalJudging, Judged
from webapp.messages import TAG_REASONS, say
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me, visiting

blueprint = Blueprint("tagging", __name__, url_prefix="/doelen-nakijken")
NUMBERS = {str(entry.number): entry.number for entry in GOALS}
YES, NO, ALL = "ja", "nee", "alles"
OTHER = "anders"
"""The reason that tells nothing by itself."""
LONGEST_REMARK = 500
ADMIN_PAGE = "beheer"
"""The other page with this form, beside that of the document itself."""


def may_judge(stored: StoredDocument) -> bool:
    """Whether who looks at a page for everybody may judge the goals of a document."""
    account = visiting()
    return account is not None and _may(account, stored)


def _may(account: Account, stored: StoredDocument) -> bool:
    if account.role != "partner":
        return True
    if stored.source_id is None:
        of = stored.document.organisation
    else:
        of = services().store.sources.get(stored.source_id).organisation
    return bool(account.organisation) and of == account.organisation


def tags_of(stored: StoredDocument) -> tuple[GoalTag, ...]:
    """The goals of a document as they are now, also when the index is behind."""
    return corrected(classifier()(stored.document), stored.judged)


def classifier() -> Classifier:
    """What gives the goals, by the weights in use."""
    return GoalModels.of(services().settings).in_use().classifier


def form_of(stored: StoredDocument, tags: Sequence[GoalTag], back: str = "") -> GoalJudging:
    """The form for the goals of a document, on its own page or (``back``) another.

    There it does not tell what others said, so that a second judge judges alone.
    """
    said = request.args.get("gedaan", "") if not back else ""
    return GoalJudging(
        address=f"/doelen-nakijken/{quote(stored.document.id)}",
        shown=",".join(str(tag.number) for tag in tags),
        choices=_choices(tags, {} if back else stored.judged),
        reasons=tuple(TAG_REASONS.items()),
        history=() if back else _history(stored),
        back=back,
        done=say("tag.done") if said == "doel" else "",
        error=say("tag.remark.error") if said == "doel-toelichting" else "",
    )


def _choices(tags: Sequence[GoalTag], judged: Mapping[int, bool]) -> tuple[GoalChoice, ...]:
    """The five goals, each with who gave it or took it away."""
    by_number = {tag.number: tag for tag in tags}
    return tuple(
        GoalChoice(
            entry.number,
            say("hit.goal", number=entry.number, label=entry.label),
            entry.number in by_number,
            _state(by_number.get(entry.number), judged=judged.get(entry.number)),
        )
        for entry in GOALS
    )


def _state(tag: GoalTag | None, *, judged: bool | None) -> str:
    if tag is None:
        return say("tag.removed") if judged is False else ""
    if judged:
        return say("tag.by-person")
    if tag.evidence == IMPORTED and tag.probability == CERTAIN:
        return say("doc.goals.given")
    return say("tag.by-computer", n=int(100 * tag.probability))


def _history(stored: StoredDocument) -> tuple[Judged, ...]:
    """What was said of a document and still counts, click by click, the last one first."""
    said = services().store.goal_judgments.of(stored.document.id)
    clicks = [list(rows) for _, rows in groupby(said, lambda one: (one.account_id, one.judged_at))]
    return tuple(judged_item(click) for click in reversed(clicks))


def judged_item(click: Sequence[GoalJudgment]) -> Judged:
    """One click in words; undoing it is for who made it, and for moderators."""
    first, account = click[0], me()
    what = say("tag.said.all") if len(click) > 1 else said_of(first.goal, given=first.given)
    why = first.remark or TAG_REASONS.get(first.reason, first.reason)
    is_own = account.role != "partner" or first.account_id == account.id
    return Judged(
        say("tag.said", what=what, day=formats.day_of(first.judged_at), why=why),
        f"/doelen-nakijken/terugdraaien/{first.id}" if is_own else "",
    )


def said_of(number: int, *, given: bool) -> str:
    """Doel 3 hoort erbij."""
    return say("tag.said.yes" if given else "tag.said.no", goal=goal(number).label)


@blueprint.post("/<anything:document_id>")
@role("account")
def judge(document_id: str) -> AnyResponse:
    stored = _own(document_id)
    said = _said()
    reason, remark = request.form.get("reden", ""), request.form.get("toelichting", "").strip()
    if reason not in TAG_REASONS or len(remark) > LONGEST_REMARK:
        raise BadRequest
    if reason == OTHER and not remark:
        return _back(document_id, "doel-toelichting")
    shown = {NUMBERS[one] for one in request.form.get("getoond", "").split(",") if one in NUMBERS}
    said = said or {number: number in shown for number in NUMBERS.values()}
    goals = (shown | {n for n, given in said.items() if given}) - {
        n for n, given in said.items() if not given
    }
    here = services()
    now = here.clock()
    with here.store.transaction():
        for number, given in said.items():
            here.store.goal_judgments.add(
                stored.document.id,
                me().id,
                number,
                given=given,
                goals=goals,
                shown=shown,
                reason=reason,
                remark=remark,
                now=now,
            )
        _write(stored, said, shown, remark or TAG_REASONS[reason])
        _renew(stored.document.id)
    return _back(document_id, "doel")


def _said() -> dict[int, bool]:
    """What the button says of which goal; nothing for the button that agrees with all."""
    button, _, number = request.form.get("oordeel", "").partition("-")
    if button == ALL and not number:
        return {}
    if button not in {YES, NO} or number not in NUMBERS:
        raise BadRequest
    return {NUMBERS[number]: button == YES}


def _write(stored: StoredDocument, said: Mapping[int, bool], shown: set[int], why: str) -> None:
    subject = f"document:{stored.document.id}"
    if len(said) > 1:
        write_act("goals-checked", subject, goals=_labels(shown), reason=why)
        return
    ((number, given),) = said.items()
    act = "goal-remove" if not given else "goal-confirm" if number in shown else "goal-add"
    write_act(act, subject, goals=_labels({number}), reason=why)


def _labels(numbers: set[int]) -> str:
    return formats.listed([goal(number).label for number in sorted(numbers)])


def _renew(document_id: str) -> None:
    """Let the index take the document again."""
    store = services().store
    store.documents.renew(document_id)
    store.jobs.add_update()


@blueprint.post("/terugdraaien/<int:number>")
@role("account")
def undo(number: int) -> AnyResponse:
    here = services()
    one = here.store.goal_judgments.find(number)
    if one is None:
        raise NotFound
    stored = _own(one.document_id)
    if me().role == "partner" and one.account_id != me().id:
        raise Forbidden
    same_click = [
        other
        for other in here.store.goal_judgments.of(one.document_id)
        if (other.account_id, other.judged_at) == (one.account_id, one.judged_at)
    ]
    with here.store.transaction():
        for other in same_click:
            here.store.goal_judgments.undo(other.id, here.clock())
        goals = _labels({other.goal for other in same_click})
        write_act("goal-undo", f"document:{stored.document.id}", goals=goals)
        _renew(stored.document.id)
    return _back(one.document_id, "doel")


def _own(document_id: str) -> StoredDocument:
    """A live document that who is signed in may judge."""
    stored = services().store.documents.find(document_id)
    if stored is None or stored.removed_at is not None:
        raise NotFound
    if not _may(me(), stored):
        raise Forbidden
    return stored


def _back(document_id: str, done: str) -> AnyResponse:
    """To the page on which the button was pressed."""
    if request.form.get("terug") == ADMIN_PAGE:
        return redirect(f"/beheer/doelen?gedaan={done}", HTTPStatus.SEE_OTHER)
    return redirect(f"/document/{quote(document_id)}?gedaan={done}#doelen", HTTPStatus.SEE_OTHER)
