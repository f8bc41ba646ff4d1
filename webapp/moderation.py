"""The queue of submissions for moderators: tabs, filters, one submission in full, and notes.

Nothing is fetched here: what is told of an address was found by the worker. Judgements are in
``webapp.judging``.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response as AnyResponse

from library.dutch_time import day_of
from library.goals import GOALS, goal
from library.store import Note, Submission
from library.store.submissions import JUDGED_HERE
from webapp import formats
from webapp.acts import Known, row_of, write_act
from webapp.links import outward, site_of
from webapp.messages import DECLINE_REASONS, LANGUAGES, SCOPES, SUBMISSION_STATES, reason, say
from webapp.pages import Link
from webapp.rendering import render
from webapp.roles import role
from webapp.services import services
from webapp.sessions import me
from webapp.submission_pages import (
    Bar,
    JudgePage,
    NoteItem,
    QueueItem,
    QueuePage,
    Tab,
    WaitingTimes,
)
from webapp.submissions import LONGEST_REMARK, WORKING_DAYS, is_source, state_name
from webapp.trial import copies, facts, robots_text, samples, warnings
from webapp.trial_pages import SampleItem

blueprint = Blueprint("moderation", __name__, url_prefix="/beheer/aanmeldingen")
TABS: Mapping[str, tuple[str, ...]] = {
    "nieuw": ("new",),
    "vraag": ("asked",),
    "tweede": ("agreed",),
    "goed": ("approved",),
    "niet": ("declined",),
    "overig": ("unconfirmed", "withdrawn"),
}
JUDGING = frozenset({"nieuw", "vraag", "tweede"})
"""Tabs of what can be judged."""
FILTERS = ("organisatie", "doel", "vanaf", "tot")
UNDO_WITHIN = timedelta(days=30)
MOST_SHOWN = 100
MOST_COPIES = 3
WAITING = (
    (say("waiting.today"), 0, 0),
    (say("waiting.days", first=1, last=WORKING_DAYS), 1, WORKING_DAYS),
    (
        say("waiting.days", first=WORKING_DAYS + 1, last=2 * WORKING_DAYS),
        WORKING_DAYS + 1,
        2 * WORKING_DAYS,
    ),
    (say("waiting.more", n=2 * WORKING_DAYS), 2 * WORKING_DAYS + 1, 10_000),
)
"""What submissions are counted under: the first and last number of working days that they wait."""
_SATURDAY = 5


@blueprint.get("")
@role("moderator")
def queue() -> Response:
    store = services().store.submissions
    state = request.args.get("stand", "nieuw")
    if state not in TABS:
        raise NotFound
    asked = {name: request.args.get(name, "").strip() for name in FILTERS}
    everything = store.in_states(TABS[state])
    found = [one for one in everything if _is_wanted(one, asked)]
    return render(
        QueuePage(
            title=say("queue.h1"),
            here="submissions",
            name=me().name,
            message=told(),
            tabs=tuple(_tabs(state, store.counts())),
            state=state,
            organisations=tuple(sorted({one.organisation for one in everything} - {""})),
            goals=GOALS,
            asked=asked,
            items=tuple(map(_queue_item, found[:MOST_SHOWN])),
            can_judge=state in JUDGING,
            waiting=waiting_times(store.in_states(JUDGED_HERE)) if state in JUDGING else None,
        )
    )


def told() -> str:
    """What the last button did: how many were judged, and how many no longer could be."""
    done, missed = (request.args.get(name, "") for name in ("gedaan", "gemist"))
    parts = []
    if done.isdecimal():
        parts.append(say("queue.done", n=int(done)))
    if missed.isdecimal() and int(missed):
        parts.append(say("queue.missed", n=int(missed)))
    return " ".join(parts)


def _tabs(state: str, counts: Mapping[str, int]) -> Iterator[Tab]:
    texts = {
        "nieuw": say("queue.new"),
        "vraag": say("queue.asked"),
        "tweede": say("queue.agreed"),
        "goed": say("queue.approved"),
        "niet": say("queue.declined"),
        "overig": say("queue.rest"),
    }
    with_second = services().settings.four_eyes != "no" or counts.get("agreed")
    for name, states in TABS.items():
        if name == "tweede" and not with_second:
            continue
        number = formats.number(sum(counts.get(one, 0) for one in states))
        address = f"/beheer/aanmeldingen?{urlencode({'stand': name})}"
        yield Tab(texts[name], number, address, name == state)


def _is_wanted(one: Submission, asked: Mapping[str, str]) -> bool:
    if asked["organisatie"] and one.organisation != asked["organisatie"]:
        return False
    if asked["doel"].isdecimal() and int(asked["doel"]) not in one.goals:
        return False
    day = day_of(one.created_at)
    return _day(asked["vanaf"], date.min) <= day <= _day(asked["tot"], date.max)


def _day(typed: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return otherwise


def _queue_item(one: Submission) -> QueueItem:
    found = one.trial or {}
    languages = sorted({sample["language"] for sample in _read(found)} - {""})
    told = [one.organisation or one.name, SCOPES[one.scope], _age(one)]
    if one.trial is not None:
        told.append(say("queue.robots", verdict=robots_text(found)))
        told.append(say("queue.pages", n=formats.number(found["listed"])))
        told += [LANGUAGES.get(language, language) for language in languages]
    else:
        told.append(say("queue.untried"))
    return QueueItem(
        number=one.id,
        seen=seen(one),
        url=one.url,
        address=f"/beheer/aanmeldingen/{one.id}",
        facts=tuple(fact for fact in told if fact),
        warnings=_warnings(one),
        samples=first_samples(found),
    )


def first_samples(found: Mapping[str, Any]) -> tuple[SampleItem, ...]:
    """The three pages that show what a website is about."""
    return tuple(sample for sample in samples(found) if sample.excerpt)[:3]


def _read(found: Mapping[str, object]) -> list[Mapping[str, str]]:
    read = found.get("samples", ())
    assert isinstance(read, list | tuple)
    return [sample for sample in read if sample["outcome"] == "fetched"]


def seen(one: Submission) -> str:
    """The number of a submission with the state in which it was looked at."""
    return f"{one.id}:{one.state}"


def _warnings(one: Submission) -> tuple[str, ...]:
    found = one.trial or {}
    told = [*copies(found, MOST_COPIES), *warnings(found)]
    if one.duplicate_of.startswith("submission:"):
        told.insert(0, say("queue.double", number=one.duplicate_of.partition(":")[2]))
    if one.state != "approved" and is_source(one.url):
        told.insert(0, say("queue.known"))
    return tuple(dict.fromkeys(told))


def _age(one: Submission) -> str:
    return _days_old(working_days(one.created_at, services().clock()))


def _days_old(days: int) -> str:
    if not days:
        return say("queue.age.0")
    return say("queue.age.1") if days == 1 else say("queue.age", n=formats.number(days))


def working_days(since: datetime, now: datetime) -> int:
    """Count the days from Monday to Friday after a moment."""
    first, last = day_of(since), day_of(now)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < _SATURDAY for day in days)


def waiting_times(waiting: Sequence[Submission]) -> WaitingTimes | None:
    """How long open submissions wait, as bars with a sentence; nothing when none does."""
    if not waiting:
        return None
    ages = [working_days(one.created_at, services().clock()) for one in waiting]
    numbers = [sum(first <= age <= last for age in ages) for _, first, last in WAITING]
    bars = tuple(
        Bar(text, formats.number(number), round(100 * number / max(numbers)))
        for (text, _, _), number in zip(WAITING, numbers, strict=True)
    )
    age = _days_old(max(ages))
    if len(ages) == 1:
        return WaitingTimes(say("waiting.told.1", age=age), bars)
    told = say("waiting.told", n=formats.number(len(ages)), age=age)
    return WaitingTimes(told, bars)


@blueprint.get("/<int:submission_id>")
@role("moderator")
def submission(submission_id: int) -> Response:
    return page_of(get(submission_id))


def get(submission_id: int) -> Submission:
    """Give a submission, or answer that it is not there."""
    found = services().store.submissions.find(submission_id)
    if found is None:
        raise NotFound
    return found


def page_of(one: Submission, message: str = "") -> Response:
    """Everything that is known of a submission."""
    store = services().store
    found = one.trial or {}
    job = store.jobs.find(one.job_id) if one.job_id else None
    known = Known.now()
    names = known.people
    acts = (row_of(act, known) for act in store.acts.of(f"submission:{one.id}"))
    return render(
        JudgePage(
            title=say("judge.h1", nr=one.id),
            here="submissions",
            name=me().name,
            message=message or told(),
            number=one.id,
            seen=seen(one),
            url=one.url,
            outward=outward(one.url) or "",
            state=_state(one),
            facts=tuple(_facts(one, names)),
            found=tuple(facts(found)) if found else (),
            warnings=_warnings(one),
            first_samples=first_samples(found),
            samples=samples(found),
            notes=tuple(_note(note, names) for note in store.submissions.notes(one.id)),
            removed_notes=tuple(
                _note(note, names)
                for note in store.submissions.removed_notes(one.id, me().id, services().clock())
            ),
            history=tuple(
                ", ".join(filter(None, (row.at, row.who, row.act, row.details))) for row in acts
            ),
            can_judge=one.state in JUDGED_HERE,
            can_approve=bool(found) and not waits_for_another(one),
            second=_second(one),
            following=_following(one),
            can_undo=may_undo(one),
            can_try=one.is_open and one.trial is None and (job is None or not job.is_open),
        )
    )


def _following(one: Submission) -> Link | None:
    """The oldest submission that is still new, on the page of one that is judged."""
    if one.state == "new":
        return None
    waiting = services().store.submissions.in_states(("new",))
    if not waiting:
        return None
    return Link(say("judge.next"), f"/beheer/aanmeldingen/{waiting[0].id}")


def needs_second(one: Submission) -> bool:
    """Whether two people have to approve a submission here."""
    which = services().settings.four_eyes
    if which == "new-sites":
        # Where a page of the website is a source already, somebody has looked at that website.
        hosts = {site_of(source.url) for source in services().store.sources.all()}
        return site_of(one.url) not in hosts
    return which == "all"


def _second(one: Submission) -> str:
    """What two people do here, for who may be the first of them."""
    if one.state not in JUDGED_HERE or not needs_second(one):
        return ""
    if waits_for_another(one):
        return say("judge.own")
    return "" if one.state == "agreed" else say("judge.second")


def waits_for_another(one: Submission) -> bool:
    """Whether who is signed in approved it already, and somebody else has to."""
    return one.state == "agreed" and one.agreed_by == me().id and needs_second(one)


def may_undo(one: Submission) -> bool:
    """Whether a judgement is not too old to be undone."""
    is_judged = one.state in {"approved", "declined", "asked", "agreed"}
    return is_judged and services().clock() - one.changed_at < UNDO_WITHIN


def _state(one: Submission) -> str:
    """The word that who offered it reads too; only of a second approval they are not told."""
    return SUBMISSION_STATES["agreed"] if one.state == "agreed" else state_name(one)


def _facts(one: Submission, names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    yield say("status.state"), _state(one)
    if one.state == "agreed":
        yield say("judge.agreed"), names.get(one.agreed_by or 0) or say("judge.nobody")
    if one.reason:
        yield say("judge.reason"), DECLINE_REASONS.get(one.reason, one.reason)
    if one.message:
        yield say("judge.message"), one.message
    yield say("src.scope"), SCOPES[one.scope]
    if one.goals:
        yield say("src.goals.short"), ", ".join(goal(number).label for number in one.goals)
    yield say("judge.preview"), say("src.preview.yes" if one.shows_text else "src.preview.no")
    sender = ", ".join(filter(None, (one.name, one.organisation, one.email)))
    yield say("src.contact"), sender or say("judge.nobody")
    yield say("judge.account"), say("judge.account.yes" if one.account_id else "judge.account.no")
    yield say("judge.created"), formats.time_of(one.created_at)
    if one.remark:
        yield say("judge.remark"), one.remark
    if one.trial is not None and one.trial["start"] != "fetched":
        yield say("judge.start"), reason(one.trial["start"])


def _note(note: Note, names: Mapping[int, str]) -> NoteItem:
    writer = names.get(note.account_id or 0) or say("judge.submitter")
    when = formats.time_of(note.changed_at)
    is_changed = note.changed_at != note.written_at
    return NoteItem(
        number=note.id,
        who=writer,
        when=say("judge.changed", when=when) if is_changed else when,
        text=note.text,
        is_mine=note.account_id == me().id,
    )


@blueprint.post("/<int:submission_id>/notities")
@role("moderator")
def write_note(submission_id: int) -> AnyResponse:
    one, here = get(submission_id), services()
    text = request.form.get("tekst", "").strip()[:LONGEST_REMARK]
    number = request.form.get("notitie", "")
    with here.store.transaction():
        if number.isdecimal():
            words = "" if "weg" in request.form else text
            if not here.store.submissions.change_note(int(number), me().id, words, here.clock()):
                raise Forbidden
            write_act("note-change" if words else "note-remove", f"submission:{one.id}")
        elif text:
            here.store.submissions.add_note(one.id, me().id, text, here.clock())
            write_act("note", f"submission:{one.id}")
    return redirect(f"/beheer/aanmeldingen/{one.id}#notities", HTTPStatus.SEE_OTHER)


@blueprint.post("/<int:submission_id>/proef")
@role("moderator")
def try_again(submission_id: int) -> AnyResponse:
    one, store = get(submission_id), services().store
    if one.is_open:
        with store.transaction():
            store.submissions.set_job(one.id, store.jobs.add_trial(one.url).id)
            write_act("try", f"submission:{one.id}")
    return redirect(f"/beheer/aanmeldingen/{one.id}", HTTPStatus.SEE_OTHER)
