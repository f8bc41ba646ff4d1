"""From the store into the index, as commands and jobs do it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import AlreadyRunning, Index, Query
from index.generations import Generations
from index.tasks import rebuild_index, update_index
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Store
from tests.index.made import MOMENT, document


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({}, home=tmp_path / "home")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings)
    yield store
    store.close()


def total(settings: Settings, text: str = "") -> int:
    index = Index(settings.index_folder)
    try:
        return index.search(Query(text)).total
    finally:
        index.close()


def test_the_first_update_builds(store: Store, settings: Settings) -> None:
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])
    done = update_index(store, settings, Silent())
    assert done["rebuilt"]
    assert (done["documents"], done["revision"]) == (5, 5)
    assert total(settings, "buurthuis") == 5


def test_an_update_follows_the_store(store: Store, settings: Settings) -> None:
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])
    update_index(store, settings, Silent())
    store.documents.remove("d1", "gone")
    store.documents.put(document("d2", "dorpshuis"))
    store.documents.put(document("d9", "buurthuis"))
    done = update_index(store, settings, Silent())
    assert not done["rebuilt"]
    assert (done["added"], done["removed"], done["documents"]) == (2, 1, 5)
    again = update_index(store, settings, Silent())
    assert not again["published"]
    assert again["generation"] == done["generation"]
    # A document that was checked and said the same is no change.
    store.documents.touch("d9", MOMENT)
    store.documents.put(document("d9", "buurthuis"))
    assert not update_index(store, settings, Silent())["published"]


def test_a_rebuild_is_a_new_generation_of_the_same(store: Store, settings: Settings) -> None:
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])
    store.documents.remove("d4", "gone")
    update_index(store, settings, Silent())
    done = rebuild_index(store, settings, Silent())
    assert (done["rebuilt"], done["generation"], done["documents"]) == (True, 2, 4)
    assert total(settings) == 4


def test_what_changes_during_a_rebuild_is_not_lost(store: Store, settings: Settings) -> None:
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])

    class Meddling(Silent):
        def phase(self, name: str, total: int | None = None) -> None:
            if name == "verify":
                store.documents.put(document("laat", "buurthuis"))

    rebuild_index(store, settings, Meddling())
    update_index(store, settings, Silent())
    assert total(settings) == 6


def test_a_lost_or_outdated_index_is_built_by_itself(store: Store, settings: Settings) -> None:
    store.documents.put(document("a", "buurthuis"))
    update_index(store, settings, Silent())
    for path in settings.index_folder.rglob("manifest.json"):
        path.unlink()
    done = update_index(store, settings, Silent())
    assert done["rebuilt"]
    assert total(settings) == 1


def test_an_index_ahead_of_the_store_is_built_again(store: Store, settings: Settings) -> None:
    """A database from an older backup gives the same revisions to other documents."""
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])
    update_index(store, settings, Silent())
    store.close()
    settings.database.unlink()
    older = Store.open(settings)
    older.documents.put(document("a", "dorpshuis"))
    done = update_index(older, settings, Silent())
    older.close()
    assert done["rebuilt"]
    assert done["documents"] == total(settings) == 1


def test_one_at_a_time(store: Store, settings: Settings) -> None:
    with Generations(settings.index_folder).writing():
        with pytest.raises(AlreadyRunning):
            update_index(store, settings, Silent())
        with pytest.raises(AlreadyRunning):
            rebuild_index(store, settings, Silent())


def test_the_words_of_a_purged_source_are_found_no_more(store: Store, settings: Settings) -> None:
    source = store.sources.all()[0]
    store.documents.put(document("a", "buurthuis"), source_id=source.id)
    store.documents.put(document("b", "dorpsplein"))
    update_index(store, settings, Silent())
    store.documents.purge(source.id)
    update_index(store, settings, Silent())
    assert total(settings, "buurthuis") == 0
    assert total(settings) == 1


def test_a_lost_pointer_is_written_again(store: Store, settings: Settings) -> None:
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])
    update_index(store, settings, Silent())
    pointer = Generations(settings.index_folder).pointer
    content = pointer.read_bytes()
    pointer.unlink()
    assert not update_index(store, settings, Silent())["published"]
    assert pointer.read_bytes() == content
    index = Index(settings.index_folder)
    assert index.status().problem == ""
    index.close()


def test_damage_in_the_current_generation_leads_to_a_new_one(
    store: Store, settings: Settings
) -> None:
    store.documents.put_many([document(f"d{n}", "buurthuis") for n in range(5)])
    update_index(store, settings, Silent())
    rebuild_index(store, settings, Silent())
    newest = settings.index_folder / "generations" / "2"
    victim = max(
        (p for p in newest.iterdir() if p.suffix == ".seg"), key=lambda p: p.stat().st_size
    )
    victim.write_bytes(victim.read_bytes()[:-1])
    done = update_index(store, settings, Silent())
    assert (done["published"], done["rebuilt"]) == (True, True)
    index = Index(settings.index_folder)
    assert index.status().problem == ""
    assert index.search(Query("buurthuis")).total == 5
    index.close()
    assert not update_index(store, settings, Silent())["published"]
