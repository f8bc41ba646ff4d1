"""Followed searches in the database: kept once, due once a week, gone when stopped."""

from datetime import UTC, datetime, timedelta

from library.store import Store
from library.store.follows import EVERY, MOST

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
EMAIL = "ans@dorp.nl"


def test_a_follow_is_due_once_a_week(store: Store) -> None:
    follow = store.follows.add(EMAIL, "q=moestuin", NOW)
    assert follow is not None
    assert store.follows.due(NOW + EVERY - timedelta(seconds=1)) == ()
    later = NOW + EVERY
    (due,) = store.follows.due(later)
    assert (due.id, due.email, due.search, due.seen_at) == (follow.id, EMAIL, "q=moestuin", NOW)
    assert store.follows.due(later) == ()
    (again,) = store.follows.due(later + EVERY)
    assert again.seen_at == later


def test_the_same_search_is_followed_once(store: Store) -> None:
    first = store.follows.add(EMAIL, "q=moestuin", NOW)
    assert store.follows.add(EMAIL, "q=moestuin", NOW + EVERY) == first
    other = store.follows.add(EMAIL, "q=statuten", NOW)
    assert other != first


def test_an_address_follows_no_more_than_so_many(store: Store) -> None:
    for number in range(MOST):
        assert store.follows.add(EMAIL, f"q={number}", NOW) is not None
    assert store.follows.add(EMAIL, "q=more", NOW) is None
    assert store.follows.add("bob@dorp.nl", "q=more", NOW) is not None


def test_who_stops_is_forgotten(store: Store) -> None:
    follow = store.follows.add(EMAIL, "q=moestuin", NOW)
    assert follow is not None
    store.follows.remove(follow.id)
    assert store.follows.find(follow.id) is None
    assert store.follows.due(NOW + EVERY) == ()
