"""Counts of searches add up, show nobody, and are forgotten in time."""

import sqlite3
from datetime import date, timedelta

import pytest

from library.settings import Settings
from library.store import Counts, Store

TODAY = date(2026, 11, 23)


def days_before(number: int) -> date:
    return TODAY - timedelta(days=number)


def asked(store: Store, since: date = date.min) -> dict[str, Counts]:
    return {one.query: one.counts for one in store.searches.frequent(since)}


def test_counts_of_a_day_add_up(store: Store) -> None:
    store.searches.add(TODAY, {"buurthuis": Counts(2, 1, 0)})
    store.searches.add(TODAY, {"buurthuis": Counts(1, 0, 3), "statuten": Counts(1)})
    assert store.searches.total(TODAY) == Counts(4, 1, 3)
    assert store.searches.per_day(TODAY) == ((TODAY, Counts(4, 1, 3)),)


@pytest.mark.parametrize(
    ("counts", "is_shown"),
    [((5,), False), ((4, 0), False), ((2, 2), False), ((4, 1), True), ((2, 2, 1), True)],
)
def test_only_what_many_asked_on_more_days_is_shown(
    store: Store, counts: tuple[int, ...], *, is_shown: bool
) -> None:
    for number, searches in enumerate(counts):
        if searches:
            store.searches.add(days_before(number), {"buurthuis": Counts(searches)})
    assert ("buurthuis" in asked(store)) is is_shown
    assert store.searches.total(date.min).searches == sum(counts)


def test_the_most_frequent_comes_first_and_old_days_do_not_count(store: Store) -> None:
    for number in (0, 1):
        store.searches.add(days_before(number), {"a": Counts(3), "b": Counts(9)})
    store.searches.add(days_before(50), {"a": Counts(100)})
    assert list(asked(store, days_before(30))) == ["b", "a"]


def test_what_is_often_found_may_be_offered(store: Store) -> None:
    for number in (0, 1, 89):
        store.searches.add(days_before(number), {"a": Counts(3), "b": Counts(3, 1), "c": Counts(1)})
    assert store.searches.often_found(TODAY) == {"a": 9}


def test_after_90_days_months_keep_only_what_was_frequent(settings: Settings, store: Store) -> None:
    for day in (date(2026, 7, 1), date(2026, 7, 2)):
        store.searches.add(day, {"buurthuis": Counts(4, 1, 2), "iets van één mens": Counts(1, 1)})
    store.searches.add(TODAY, {"buurthuis": Counts(1)})
    before = store.searches.total(date.min)
    store.searches.forget(TODAY)
    assert store.searches.total(date.min) == before
    assert store.searches.per_day(date.min) == ((TODAY, Counts(1)),)
    with sqlite3.connect(settings.database) as database:
        kept = [row[0] for row in database.execute("select query from search")]
    assert sorted(kept) == ["", "buurthuis", "buurthuis"]


def test_forgetting_twice_is_forgetting_once(store: Store) -> None:
    store.searches.add(date(2026, 7, 1), {"buurthuis": Counts(7)})
    store.searches.forget(TODAY)
    once = store.searches.total(date.min)
    store.searches.forget(TODAY)
    assert store.searches.total(date.min) == once == Counts(7)


def test_after_two_years_everything_is_gone(store: Store) -> None:
    store.searches.add(date(2024, 10, 31), {"oud": Counts(9)})
    store.searches.add(date(2024, 11, 1), {"net niet": Counts(5)})
    store.searches.forget(TODAY)
    assert store.searches.total(date.min) == Counts(5)
