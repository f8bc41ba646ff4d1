"""The log: what was written stays, and by subject it can be read back."""

from datetime import UTC, datetime

from library.store import Store
from library.store.acts import Acts

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_acts_are_kept_in_order(store: Store) -> None:
    store.acts.add(1, "approve", "submission:1", NOW, {"reason": "past"})
    store.acts.add(2, "decline", "submission:2", NOW)
    store.acts.add(2, "undo", "submission:1", NOW)
    assert [act.act for act in store.acts.of("submission:1")] == ["approve", "undo"]
    assert [act.account_id for act in store.acts.all()] == [1, 2, 2]
    assert [act.act for act in store.acts.recent(2)] == ["undo", "decline"]
    assert store.acts.of("submission:1")[0].details == {"reason": "past"}


def test_there_is_no_way_to_change_the_log() -> None:
    public = {name for name in vars(Acts) if not name.startswith("_")}
    assert public == {"add", "of", "by", "recent", "all"}
