"""Submissions: what one person offers twice is one, floods stop, and one judgement counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from library.store import Offer, Store, Submission
from library.store.submissions import (
    CONFIRM_WITHIN,
    MOST_OPEN,
    MOST_PER_MINUTE,
    MOST_UNCONFIRMED,
    TooManySubmissions,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TRIAL: dict[str, Any] = {"url": "https://dorp.nl/", "start": "fetched", "warnings": []}


def offer(email: str = "ans@dorp.nl", account_id: int | None = None) -> Offer:
    return Offer(
        "Ans", email, "Dorp", "site", (1,), shows_text=True, remark="", account_id=account_id
    )


def partner(store: Store) -> Offer:
    account = store.accounts.add("Ans", "partner", email="ans@dorp.nl", organisation="Dorp")
    return offer(account_id=account.id)


def add(store: Store, by: Offer, *names: str, now: datetime = NOW) -> tuple[Submission, ...]:
    return store.submissions.add(by, {f"https://{name}.nl/": f"{name}.nl" for name in names}, now)


def test_those_of_one_form_share_a_number(store: Store) -> None:
    first, second = add(store, offer(), "een", "twee")
    (third,) = add(store, offer(), "drie")
    assert (first.batch, second.batch, third.batch) == (first.id, first.id, third.id)
    assert store.submissions.of_batch(first.id) == (first, second)
    assert (first.state, first.goals, first.shows_text) == ("unconfirmed", (1,), True)


def test_a_double_click_offers_once(store: Store) -> None:
    first = add(store, offer(), "een", "twee")
    assert add(store, offer("ANS@dorp.nl"), "een", "twee") == first


def test_what_somebody_else_offered_already_is_known(store: Store) -> None:
    (mine,) = add(store, partner(store), "een")
    (other,) = add(store, offer("bo@dorp.nl"), "een")
    assert other.duplicate_of == f"submission:{mine.id}"
    store.submissions.change(mine.id, "new", "declined", NOW)
    (third,) = add(store, offer("cor@dorp.nl"), "een")
    assert third.duplicate_of == ""


def test_somebody_offers_so_many_at_a_time(store: Store) -> None:
    by = partner(store)
    add(store, by, *(f"a{n}" for n in range(MOST_OPEN)))
    with pytest.raises(TooManySubmissions, match="open"):
        add(store, by, "nog")
    assert len(store.submissions.in_states(("new",))) == MOST_OPEN
    store.submissions.change(1, "new", "withdrawn", NOW)
    assert len(add(store, by, "nog", now=NOW + timedelta(minutes=1))) == 1


def test_somebody_sends_so_many_forms_in_a_minute(store: Store) -> None:
    by = partner(store)
    for n in range(MOST_PER_MINUTE):
        add(store, by, f"a{n}")
    with pytest.raises(TooManySubmissions, match="minute"):
        add(store, by, "nog")
    assert add(store, by, "nog", now=NOW + timedelta(minutes=1))


def test_a_mailbox_gets_few_questions_to_confirm(store: Store) -> None:
    for n in range(MOST_UNCONFIRMED):
        add(store, offer(), f"a{n}")
    with pytest.raises(TooManySubmissions, match="unconfirmed"):
        add(store, offer(), "nog")
    assert add(store, offer(), "nog", now=NOW + CONFIRM_WITHIN)
    assert store.submissions.counts() == {"unconfirmed": 1}


def test_of_two_moderators_one_decides(store: Store) -> None:
    (one,) = add(store, partner(store), "een")
    assert store.submissions.change(one.id, "new", "declined", NOW, reason="goals", message="x")
    assert not store.submissions.change(one.id, "new", "approved", NOW)
    found = store.submissions.get(one.id)
    assert (found.state, found.reason, found.message) == ("declined", "goals", "x")


def test_what_the_worker_found_reaches_open_submissions(store: Store) -> None:
    (mine,) = add(store, partner(store), "een")
    (other,) = add(store, offer("bo@dorp.nl"), "een")
    store.submissions.change(other.id, "unconfirmed", "withdrawn", NOW)
    store.submissions.tried("https://een.nl/", TRIAL | {"warnings": [("is-source", 1)]})
    assert store.submissions.get(mine.id).duplicate_of == "source:https://dorp.nl/"
    assert store.submissions.get(other.id).trial is None


def test_only_ones_own_note_is_changed(store: Store) -> None:
    by = partner(store)
    admin = store.accounts.add_admin("Bo")
    (one,) = add(store, by, "een")
    store.submissions.add_note(one.id, admin.id, "Bellen", NOW)
    store.submissions.add_note(one.id, None, "Ja hoor", NOW)
    first, second = store.submissions.notes(one.id)
    assert not store.submissions.change_note(first.id, by.account_id or 0, "Nee", NOW)
    assert not store.submissions.change_note(second.id, admin.id, "Nee", NOW)
    assert store.submissions.change_note(first.id, admin.id, "Gebeld", NOW)
    assert [note.text for note in store.submissions.notes(one.id)] == ["Gebeld", "Ja hoor"]
    assert store.submissions.change_note(first.id, admin.id, "", NOW)
    assert [note.text for note in store.submissions.notes(one.id)] == ["Ja hoor"]


def test_a_person_can_be_forgotten(store: Store) -> None:
    by = partner(store)
    add(store, by, "een")
    assert store.submissions.forget_person("ans@dorp.nl", by.account_id) == 1
    (one,) = store.submissions.of_organisation("Dorp")
    assert (one.name, one.email) == ("", "")
