"""Grades of answers are kept by query and document, the last one counts."""

from datetime import UTC, datetime, timedelta

from library.store import Store
from library.store.judgments import MEASUREMENTS_KEPT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_last_grade_of_a_pair_counts(store: Store) -> None:
    store.judgments.add("subsidie", {"a": 3, "b": 1}, NOW)
    store.judgments.add("subsidie", {"b": 0}, NOW)
    store.judgments.add("statuten", {"c": 2}, NOW)
    assert store.judgments.of("subsidie") == {"a": 3, "b": 0}
    assert store.judgments.all() == {"statuten": {"c": 2}, "subsidie": {"a": 3, "b": 0}}
    assert store.judgments.count() == 2


def test_what_somebody_judged_is_told_and_then_nobodys(store: Store) -> None:
    account = store.accounts.add("Ans", "moderator", email="ans@dorp.nl")
    store.judgments.add("subsidie", {"a": 3}, NOW, account.id)
    store.judgments.add("subsidie", {"b": 1}, NOW)
    assert store.judgments.by(account.id) == (("subsidie", "a", 3),)
    store.accounts.remove(account.id)
    assert store.judgments.by(account.id) == ()
    assert store.judgments.of("subsidie") == {"a": 3, "b": 1}


def test_a_query_can_be_taken_back(store: Store) -> None:
    store.judgments.add("subsidie", {"a": 3}, NOW)
    store.judgments.remove("subsidie")
    assert store.judgments.all() == {}


def test_measurements_do_not_grow_without_end(store: Store) -> None:
    assert store.judgments.latest() is None
    with store.transaction():
        for number in range(MEASUREMENTS_KEPT + 5):
            store.judgments.measured(NOW + timedelta(minutes=number), str(number), 3, 0.5)
    latest = store.judgments.latest()
    assert latest is not None
    assert latest.generation == str(MEASUREMENTS_KEPT + 4)
