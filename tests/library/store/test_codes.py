"""Tries of codes: few without waiting, never more than so many, whatever the clock does."""

from datetime import UTC, datetime, timedelta

from library.store import Store
from library.store.codes import FIRST_WAIT, FREE_TRIES, MOST_TRIES, TRIES_WITHIN

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NONE = timedelta()


def test_a_program_that_never_rests_gets_ten_tries_in_any_quarter(store: Store) -> None:
    bo = store.accounts.add_admin("Bo")
    tried = [
        NOW + timedelta(seconds=second)
        for second in range(0, 3600, 3)
        if not store.codes.note_try(bo.id, NOW + timedelta(seconds=second))
    ]
    assert len(tried) > MOST_TRIES
    for first in tried:
        assert sum(first <= one < first + TRIES_WITHIN for one in tried) <= MOST_TRIES


def test_a_try_that_came_too_soon_makes_nobody_wait_longer(store: Store) -> None:
    bo = store.accounts.add_admin("Bo")
    assert [store.codes.note_try(bo.id, NOW) for _ in range(FREE_TRIES)] == [NONE] * FREE_TRIES
    assert [store.codes.note_try(bo.id, NOW) for _ in range(20)] == [FIRST_WAIT] * 20
    assert store.codes.note_try(bo.id, NOW + FIRST_WAIT) == NONE


def test_accounts_wait_each_for_themselves(store: Store) -> None:
    bo, an = store.accounts.add_admin("Bo"), store.accounts.add_admin("An")
    for _ in range(FREE_TRIES):
        store.codes.note_try(bo.id, NOW)
    assert store.codes.note_try(bo.id, NOW) == FIRST_WAIT
    assert store.codes.note_try(an.id, NOW) == NONE


def test_a_clock_that_ran_ahead_locks_nobody_out(store: Store) -> None:
    bo = store.accounts.add_admin("Bo")
    for _ in range(FREE_TRIES):
        store.codes.note_try(bo.id, NOW + timedelta(days=1))
    assert store.codes.note_try(bo.id, NOW) == FIRST_WAIT
    assert store.codes.note_try(bo.id, NOW + FIRST_WAIT) == NONE
