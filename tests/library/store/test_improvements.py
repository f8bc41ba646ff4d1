"""What people changed about finding: counted, undone, and never changed by two at once."""

from datetime import UTC, datetime

import pytest

from library.errors import NotFound
from library.store import Store
from library.store.improvements import ChangedMeanwhile, Kind

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def live(store: Store) -> list[object]:
    return [one.value for one in store.improvements.current()]


def test_each_change_has_a_revision(store: Store) -> None:
    assert store.improvements.revision() == 0
    store.improvements.change(NOW, None, seen=0, add=("denied", {"word": "bom"}))
    assert store.improvements.revision() == 1
    (one,) = store.improvements.current()
    store.improvements.change(NOW, None, seen=1, remove=one.id)
    assert store.improvements.revision() == 2
    assert live(store) == []


def test_who_looked_at_something_older_changes_nothing(store: Store) -> None:
    store.improvements.change(NOW, None, seen=0, add=("denied", {"word": "bom"}))
    with pytest.raises(ChangedMeanwhile):
        store.improvements.change(NOW, None, seen=0, add=("denied", {"word": "bom"}))
    assert live(store) == [{"word": "bom"}]


def test_what_took_the_place_of_another_is_undone_with_it(store: Store) -> None:
    store.improvements.change(NOW, None, seen=0, add=("weight", {"field": "title", "weight": 2.0}))
    (old,) = store.improvements.current()
    number = store.improvements.change(
        NOW, None, seen=1, add=("weight", {"field": "title", "weight": 0.5}), remove=old.id
    )
    assert [one["weight"] for one in live(store)] == [0.5]  # type: ignore[index]  # a value of JSON
    store.improvements.undo(number, NOW)
    assert [one["weight"] for one in live(store)] == [2.0]  # type: ignore[index]  # a value of JSON
    assert store.improvements.revision() == 3


def test_a_change_is_undone_once_and_not_after_a_later_one(store: Store) -> None:
    first = store.improvements.change(NOW, None, seen=0, add=("denied", {"word": "bom"}))
    (one,) = store.improvements.current()
    second = store.improvements.change(NOW, None, seen=1, remove=one.id)
    with pytest.raises(ChangedMeanwhile):
        store.improvements.undo(first, NOW)
    store.improvements.undo(second, NOW)
    store.improvements.undo(first, NOW)
    with pytest.raises(ChangedMeanwhile):
        store.improvements.undo(first, NOW)
    assert live(store) == []
    assert [change.is_undone for change in store.improvements.recent(5)] == [True, True]
    with pytest.raises(NotFound):
        store.improvements.undo(99, NOW)


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("floor", {"ndcg": 0.6}, {"ndcg": 0.5}),
        ("weight", {"field": "title", "weight": 2.0}, {"field": "title", "weight": 3.0}),
    ],
)
def test_what_was_set_again_is_not_there_twice(
    store: Store, kind: Kind, first: dict[str, object], second: dict[str, object]
) -> None:
    improvements = store.improvements
    improvements.change(NOW, None, seen=0, add=(kind, first))
    (one,) = improvements.current()
    removal = improvements.change(NOW, None, seen=1, remove=one.id)
    later = improvements.change(NOW, None, seen=2, add=(kind, second))
    assert not improvements.recent(2)[1].can_be_undone
    with pytest.raises(ChangedMeanwhile):
        improvements.undo(removal, NOW)
    assert live(store) == [second]
    # Without what came later, the way back is open again.
    improvements.undo(later, NOW)
    improvements.undo(removal, NOW)
    assert live(store) == [first]
