"""Texts that an admin wrote: kept as a whole, and remembered for a moment."""

from datetime import UTC, datetime

from library.settings import Settings
from library.store import Store
from library.store.texts import REMEMBERED

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_texts_are_kept_only_as_they_were_seen(store: Store) -> None:
    assert store.texts.put({"intro": "Een", "examples": ""}, {}, NOW)
    assert store.texts.all() == {"intro": "Een"}
    assert not store.texts.put({"intro": "Twee"}, {}, NOW)
    assert store.texts.put({"intro": ""}, {"intro": "Een"}, NOW)
    assert store.texts.all() == {}


def test_what_is_remembered_ends_with_a_change_here(store: Store, settings: Settings) -> None:
    assert store.texts.lately() == {}
    store.texts.put({"intro": "Een"}, {}, NOW)
    assert store.texts.lately() == {"intro": "Een"}
    other = Store.open(settings)
    other.texts.put({"intro": "Twee"}, {"intro": "Een"}, NOW)
    other.close()
    assert store.texts.all() == {"intro": "Twee"}
    assert REMEMBERED <= 1
