"""How often a document was opened is told when it tells of nobody, and forgotten after 90 days."""

from datetime import date, timedelta

from library.searches import ON_DAYS, SEEN
from library.store import Store

DAY = date(2026, 11, 23)


def test_what_was_opened_often_on_several_days_is_told(store: Store) -> None:
    for days in range(ON_DAYS):
        store.openings.add(DAY - timedelta(days=days), {"often": SEEN, "most": SEEN + 1})
    store.openings.add(DAY, {"one-day": 10 * SEEN})
    store.openings.add(DAY, {"seldom": 1})
    store.openings.add(DAY - timedelta(days=1), {"seldom": 1})
    assert store.openings.most() == (("most", 2 * (SEEN + 1)), ("often", 2 * SEEN))


def test_counts_of_one_day_are_added_up(store: Store) -> None:
    for _ in range(SEEN):
        store.openings.add(DAY, {"a": 1})
    store.openings.add(DAY - timedelta(days=1), {"a": 1})
    assert store.openings.most() == (("a", SEEN + 1),)


def test_after_90_days_it_is_forgotten(store: Store) -> None:
    store.openings.add(DAY, {"a": SEEN})
    store.openings.add(DAY + timedelta(days=1), {"a": SEEN})
    store.openings.forget(DAY + timedelta(days=91))
    assert store.openings.most() == ()
