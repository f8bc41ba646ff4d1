"""How good the goals of documents are, which documents to judge next, and learning from judgments.

In: the figures beside the weights in use, the last look at all documents (a job), and what people said
of goals. Out: a page for moderators. An admin also starts learning, reads what new weights change, and
chooses between them; whatever is chosen, the index is built anew, as tags of any document may change.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response as AnyResponse

from index.corrected import corrected
from index.goal_models import SHIPPED, GoalModels, InUse
from index.labels import agreement
from index.model import read_figures
from index.people_labels import label_lines, people_labels
from index.retrain import ENOUGH
from library.goals import GOALS, goal
from library.store import GoalJudgment, Job, StoredDocument
from webapp import formats
from webapp.acts import write_act
from webapp.goal_pages import (
    AgreementRow,
    Bar,
    Cell,
    Changed,
    Compared,
    CountRow,
    GoalQualityPage,
    GoalRow,
    Judged,
    LearnedPage,
    ToJudge,
    WeightsItem,
)
from webapp.hits import document_address, title_of
from webapp.messages import say
from webapp.pages import Link
from webapp.question import Question
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.tagging import ADMIN_PAGE, form_of, judged_item, may_judge

blueprint = Blueprint("goal_quality", __name__, url_prefix="/beheer/doelen")
MOST_TO_JUDGE, MOST_SECOND, MOST_WITHOUT, MOST_RECENT = 5, 3, 20, 10
MESSAGES = {"doel": say("tag.done"), "gewichten": say("quality.used")}
ERRORS = {"doel-toelichting": say("tag.remark.error")}


def models() -> GoalModels:
    """The weights of this installation."""
    return GoalModels.of(services().settings)


@blueprint.get("")
@role("moderator")
def overview() -> Response:
    here, used = services(), models().in_use()
    figures = read_figures(models().folder_of(used.name))
    last = here.store.jobs.latest_done("assess_goals")
    found: Mapping[str, Any] = (last.result or {}) if last else {}
    rows = tuple(map(_row, figures["goals"]))
    since = _judged_since(used)
    done = request.args.get("gedaan", "")
    return render(
        GoalQualityPage(
            title=say("quality.h1"),
            here="goal-quality",
            name=me().name,
            message=MESSAGES.get(done, ""),
            error=ERRORS.get(done, ""),
            problem=say("quality.problem") if used.problem else "",
            summary=_summary(figures["goals"]),
            rows=rows,
            mistakes=_mistakes(figures["confusion"]),
            headings=_headings(),
            confusion=tuple(_confusion(figures["confusion"])),
            counted=_counted(last, found),
            counts=tuple(_counts(found)),
            without=tuple(_links(found.get("without_shown", ())))[:MOST_WITHOUT],
            to_judge=tuple(_to_judge(used, found.get("unsure", ())))[:MOST_TO_JUDGE],
            second=tuple(_second(used))[:MOST_SECOND],
            agreed=_agreed(figures["goals"]),
            agreement=tuple(_agreement(figures["goals"])),
            learning=say("quality.since", n=formats.number(since), enough=ENOUGH),
            is_enough=since >= ENOUGH,
            weights=tuple(_weights(used)),
            recent=tuple(_recent()),
        )
    )


def _row(one: Mapping[str, Any]) -> GoalRow:
    return GoalRow(
        label=_label(one["number"]),
        labels=formats.number(one["labels"]),
        precision=_bar(one["precision"]),
        recall=_bar(one["recall"]),
        f1=_bar(one["f1"]),
        alone=_share(one["f1_terms"]),
    )


def _bar(value: float) -> Bar:
    return Bar(_share(value), round(100 * value))


def _share(value: float) -> str:
    """86 %."""
    return f"{round(100 * value)} %"


def _kappa(value: float) -> str:
    """0,93."""
    return f"{value:.2f}".replace(".", ",")


def _label(number: int) -> str:
    return say("hit.goal", number=number, label=goal(number).label)


def _summary(goals: Sequence[Mapping[str, Any]]) -> str:
    """Which goal goes best and which worst, and how far a tag can be trusted."""
    ordered = sorted(goals, key=lambda one: float(one["f1"]))
    right = sum(one["both"] for one in goals) / max(
        1, sum(one["both"] + one["only_tag"] for one in goals)
    )
    return say(
        "quality.summary",
        n=round(100 * right),
        best=goal(ordered[-1]["number"]).label,
        worst=goal(ordered[0]["number"]).label,
    )


def _headings() -> tuple[str, ...]:
    return (*(str(entry.number) for entry in GOALS), say("quality.none"))


def _confusion(table: Sequence[Sequence[int]]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    names = [*(_label(entry.number) for entry in GOALS), say("quality.none.row")]
    for at, (name, row) in enumerate(zip(names, table, strict=True)):
        yield name, tuple(Cell(formats.number(n), at == place) for place, n in enumerate(row))


def _mistakes(table: Sequence[Sequence[int]]) -> str:
    """The mistake that is made most often."""
    wrong = {
        (row, column): times
        for row, cells in enumerate(table)
        for column, times in enumerate(cells)
        if row != column
    }
    (row, column), times = max(wrong.items(), key=lambda one: one[1])
    names = [*(entry.label for entry in GOALS), say("quality.none")]
    return say("quality.mistake", n=formats.number(times), wanted=names[row], given=names[column])


def _counted(last: Job | None, found: Mapping[str, Any]) -> str:
    if last is None or last.finished_at is None:
        return say("quality.never")
    total, none = found["documents"], found["without"]
    return say(
        "quality.counted",
        n=formats.number(none),
        total=formats.number(total),
        day=formats.time_of(last.finished_at),
    )


def _counts(found: Mapping[str, Any]) -> Iterator[CountRow]:
    if not found:
        return
    total = max(1, found["documents"])

    def bar(count: int) -> Bar:
        return Bar(formats.number(count), round(100 * count / total))

    for entry in GOALS:
        count = found["goals"].get(str(entry.number), 0)
        yield CountRow(_label(entry.number), bar(count), Question(goals=(entry.number,)).address())
    yield CountRow(say("quality.none.row"), bar(found["without"]), "")


def _live(document_ids: Collection[str]) -> Iterator[StoredDocument]:
    for document_id in document_ids:
        stored = services().store.documents.find(document_id)
        if stored is not None and stored.removed_at is None:
            yield stored


def _link(stored: StoredDocument) -> Link:
    document = stored.document
    return Link(title_of(document.title, document.url), document_address(document.id))


def _links(document_ids: Collection[str]) -> Iterator[Link]:
    for stored in _live(document_ids):
        if not stored.judged:
            yield _link(stored)


def _to_judge(used: InUse, document_ids: Collection[str]) -> Iterator[ToJudge]:
    """Of which the program was least sure at the last look, and nobody said anything yet."""
    for stored in _live(document_ids):
        if not stored.judged:
            yield _item(used, stored)


def unsure_goals() -> Iterator[Link]:
    """What the program was least sure of at the last look, as far as who is signed in may judge it."""
    last = services().store.jobs.latest_done("assess_goals")
    for stored in _live((last.result or {}).get("unsure", ()) if last else ()):
        if not stored.judged and may_judge(stored):
            yield _link(stored)


def _second(used: InUse) -> Iterator[ToJudge]:
    """What one other person judged; the form shows what the program gives, not what they said."""
    judges: dict[str, set[int | None]] = {}
    for one in services().store.goal_judgments.all():
        judges.setdefault(one.document_id, set()).add(one.account_id)
    waiting = [key for key, who in judges.items() if len(who) == 1 and me().id not in who]
    for stored in _live(waiting):
        yield _item(used, stored)


def _item(used: InUse, stored: StoredDocument) -> ToJudge:
    tags = corrected(used.classifier(stored.document), {})
    form = form_of(stored, tags, back=ADMIN_PAGE)
    words = dict.fromkeys(word for tag in tags for word in tag.evidence)
    seen = say("quality.judge.words", words=formats.listed(list(words))) if words else ""
    return ToJudge(_link(stored), stored.document.organisation, seen, form)


def _agreed(goals: Sequence[Mapping[str, Any]]) -> str:
    worst = min(goals, key=lambda one: float(one["agreement"]))
    return say("quality.agreed", goal=goal(worst["number"]).label)


def _agreement(goals: Sequence[Mapping[str, Any]]) -> Iterator[AgreementRow]:
    judged = people_labels(services().store).values()
    people = [one for one in judged if len(one.judgments) > 1]
    here = agreement(people)
    for one in goals:
        number = one["number"]
        mine = _kappa(here[number]) if people else say("quality.agreement.none")
        yield AgreementRow(_label(number), _kappa(one["agreement"]), mine)


def _judged_since(used: InUse) -> int:
    """Documents of which people said something since the weights in use were learned."""
    told = models().report(used.name).get("judged_until")
    until = datetime.fromisoformat(told) if told else None
    return services().store.goal_judgments.count_documents(until)


def learning_is_due() -> int:
    """The number of documents that were judged since the last learning, when that is enough."""
    since = _judged_since(models().in_use())
    return since if since >= ENOUGH else 0


def _weights(used: InUse) -> Iterator[WeightsItem]:
    for name in (*models().names(), SHIPPED):
        figures = read_figures(models().folder_of(name))
        text = say(
            "quality.weights.shipped" if name == SHIPPED else "quality.weights.own",
            n=formats.number(figures["documents"]),
            day=formats.day(figures["measured_on"]),
            f1=_share(figures["macro_f1"]),
        )
        yield WeightsItem(name, text, name == used.name)


def _recent() -> Iterator[Judged]:
    store = services().store
    recent = store.goal_judgments.recent(5 * MOST_RECENT)
    clicks = [list(rows) for _, rows in groupby(recent, _click)]
    for click in clicks[:MOST_RECENT]:
        for stored in _live({click[0].document_id}):
            item = judged_item(click[::-1])
            yield Judged(f"{_link(stored).text}. {item.text}", item.undo)


def _click(one: GoalJudgment) -> tuple[object, ...]:
    return one.document_id, one.account_id, one.judged_at


@blueprint.post("/nakijken")
@role("moderator")
def assess() -> AnyResponse:
    store = services().store
    with store.transaction():
        write_act("assess-goals", "goals:all")
        return _to(store.jobs.add("assess_goals", {}, key="assess_goals"))


@blueprint.post("/leren")
@role("admin")
def learn() -> AnyResponse:
    store = services().store
    with store.transaction():
        write_act("train-goals", "goals:all")
        return _to(store.jobs.add("train_goals", {}, key="train_goals"))


def _to(job: Job) -> AnyResponse:
    return redirect(f"/beheer/taken/{job.id}", HTTPStatus.SEE_OTHER)


@blueprint.get("/leren/<int:job_id>")
@role("admin")
def learned(job_id: int) -> Response:
    job = services().store.jobs.find(job_id)
    if job is None or job.handler != "train_goals" or not (job.result or {}).get("name"):
        raise NotFound
    return render(_learned_page(job.id, job.result or {}))


def _learned_page(number: int, told: Mapping[str, Any]) -> LearnedPage:
    before, after = (
        sum(one[when][2] for one in told["goals"]) / len(told["goals"])
        for when in ("before", "after")
    )
    return LearnedPage(
        title=say("learned.h1"),
        here="goal-quality",
        name=me().name,
        number=number,
        weights=told["name"] if told["name"] in models().names() else "",
        is_used=models().chosen() == told["name"],
        summary=say(
            "learned.summary",
            n=formats.number(len(told["judged"])),
            before=_share(before),
            after=_share(after),
        ),
        changes=say(
            "learned.changes",
            n=formats.number(told["changed"]),
            total=formats.number(told["documents"]),
        ),
        rows=tuple(_compared(_label(one["number"]), one) for one in told["goals"]),
        fresh=tuple(_fresh(told["new"])),
        changed=tuple(map(_changed, told["shown"])),
    )


def _fresh(new: Mapping[str, Any]) -> Iterator[Compared]:
    if new["documents"]:
        yield _compared(say("learned.new", n=formats.number(new["documents"])), new)


def _compared(label: str, one: Mapping[str, Any]) -> Compared:
    before, after = (tuple(map(_share, one[when])) for when in ("before", "after"))
    return Compared(label, before, after)


def _changed(one: Mapping[str, Any]) -> Changed:
    link = Link(title_of(one["title"], ""), document_address(one["id"]))
    return Changed(link, _goals_in_words(one["before"]), _goals_in_words(one["after"]))


def _goals_in_words(numbers: Sequence[int]) -> str:
    return formats.listed([goal(number).label for number in numbers]) or say("quality.none")


@blueprint.post("/gewichten")
@role("admin")
def use() -> AnyResponse:
    """Give the goals by other weights from now on, and have the index made again by them."""
    name = request.form.get("gewichten", "")
    if name not in {*models().names(), SHIPPED}:
        raise BadRequest
    store = services().store
    with store.transaction():
        write_act("use-goals", "goals:all", weights=name or say("quality.shipped"))
        models().choose(name)
        store.jobs.add_build()
        store.jobs.add("assess_goals", {}, key="assess_goals")
    return redirect("/beheer/doelen?gedaan=gewichten", HTTPStatus.SEE_OTHER)


@blueprint.get("/oordelen.jsonl")
@role("admin")
def export() -> Response:
    """What people said, as labels with their texts."""
    lines = "".join(f"{line}\n" for line in label_lines(people_labels(services().store)))
    answer = Response(lines, content_type="application/jsonl; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="oordelen.jsonl"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
