"""Counts within parts of the site: only what many did is told, and nothing is kept for long."""

from datetime import date, timedelta

from library.store import Asked, Counts, Store, Within

DAY = date(2026, 11, 23)
BEFORE, AFTER = DAY - timedelta(days=30), DAY + timedelta(days=1)


def put(store: Store, within: Within, *days: int, searches: int = 3, empty: int = 0) -> None:
    for ago in days:
        day = DAY - timedelta(days=ago)
        store.search_parts.add(day, {within: Counts(searches, empty)})


def test_only_what_many_asked_on_two_days_is_told(store: Store) -> None:
    put(store, Within("goal", "3", "molen"), 0, 1)
    put(store, Within("goal", "3", "een dag"), 0, searches=9)
    put(store, Within("goal", "3", "te weinig"), 0, 1, searches=2)
    put(store, Within("goal", "4", "ander doel"), 0, 1)
    assert store.search_parts.frequent("goal", "3", BEFORE, AFTER) == (Asked("molen", Counts(6)),)
    assert store.search_parts.totals("goal", BEFORE, AFTER) == {"3": Counts(19), "4": Counts(6)}


def test_a_period_ends_before_its_last_day(store: Store) -> None:
    put(store, Within("box", "LSA", "molen"), 0, 1, searches=5)
    assert store.search_parts.totals("box", BEFORE, DAY) == {"LSA": Counts(5)}
    assert store.search_parts.frequent("box", "LSA", BEFORE, DAY) == ()


def test_openings_count_too(store: Store) -> None:
    for ago in (0, 1):
        day = DAY - timedelta(days=ago)
        store.search_parts.add(day, {Within("opened", "LSA", "molen"): Counts(opened=3)})
    assert store.search_parts.frequent("opened", "LSA", BEFORE, AFTER) == (
        Asked("molen", Counts(opened=6)),
    )


def test_after_ninety_days_it_is_forgotten(store: Store) -> None:
    put(store, Within("time", "50"), 0, 91)
    store.search_parts.forget(DAY)
    assert store.search_parts.per_day("time", DAY - timedelta(days=200)) == {DAY: {"50": 3}}
