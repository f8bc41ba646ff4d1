"""What a new index must answer before it takes the place of the old one, and how the old comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index, Query
from index.checks import Answering, Wanted, checks
from index.generations import Generations
from index.tasks import put_back, rebuild_index, update_index, wanted_of
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Store
from library.store.searches import Counts
from tests.index.made import ENGINE, MOMENT, build, document


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({}, home=tmp_path / "home")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings)
    yield store
    store.close()


def fill(store: Store, settings: Settings, number: int) -> None:
    store.documents.put_many([document(f"d{n}", f"buurthuis {n}") for n in range(number)])
    rebuild_index(store, settings, Silent())


def found(settings: Settings, text: str) -> int:
    index = Index(settings.index_folder)
    try:
        return index.search(Query(text)).total
    finally:
        index.close()


def current(settings: Settings) -> Generations:
    return Generations(settings.index_folder)


def seen(settings: Settings) -> int:
    return current(settings).find(ENGINE.stamp).manifest.number


@pytest.mark.parametrize(("left", "met"), [(8, True), (7, False), (12, True)])
def test_a_fifth_of_the_documents_may_be_gone(
    store: Store, settings: Settings, left: int, met: bool
) -> None:
    fill(store, settings, 10)
    for number in range(left, 10):
        store.documents.remove(f"d{number}", "gone")
    store.documents.put_many([document(f"d{n}", f"buurthuis {n}") for n in range(10, left)])
    done = rebuild_index(store, settings, Silent())
    assert done["published"] is met
    assert [(c["kind"], c["met"], c["before"], c["now"]) for c in done["checks"]] == [
        ("documents", met, 10, left)
    ]
    assert found(settings, "buurthuis") == (left if met else 10)
    assert len(list((settings.index_folder / "generations").iterdir())) == (2 if met else 1)


def test_a_person_may_want_it_all_the_same(store: Store, settings: Settings) -> None:
    fill(store, settings, 10)
    for number in range(9):
        store.documents.remove(f"d{number}", "gone")
    assert not rebuild_index(store, settings, Silent())["published"]
    done = rebuild_index(store, settings, Silent(), accept=True)
    assert done["published"]
    assert not done["checks"][0]["met"]
    assert found(settings, "buurthuis") == 1


def test_a_pinned_search_that_finds_nothing_holds_the_index(
    store: Store, settings: Settings
) -> None:
    fill(store, settings, 10)
    store.pinned.put(["buurthuis", "regenwater", "de"])
    done = rebuild_index(store, settings, Silent())
    assert not done["published"]
    assert [(c["text"], c["met"], c["now"]) for c in done["checks"][1:]] == [
        ("buurthuis", True, 10),
        ("regenwater", False, 0),
        ("de", False, 0),
    ]


def test_without_pinned_searches_those_are_asked_that_many_asked(
    store: Store, settings: Settings
) -> None:
    day = MOMENT.date()
    for n in range(4):
        # Asked by many on several days, so that it tells nothing of anybody.
        store.searches.add(
            day.replace(day=1 + n), {"buurthuis": Counts(9), "nergens": Counts(9, 9)}
        )
    assert wanted_of(store) == Wanted(("buurthuis",))
    store.pinned.put([f"zoek {n}" for n in range(30)] + ["zoek 1"])
    assert wanted_of(store).searches == tuple(f"zoek {n}" for n in range(10))


def test_judged_searches_may_not_get_much_worse(tmp_path: Path) -> None:
    good = [document("a", "subsidie aanvragen", title="Subsidie"), document("b", "subsidie")]
    build(tmp_path / "old", good)
    build(tmp_path / "new", [document("b", "subsidie"), document("c", "fiets")])
    old, new = (
        Answering(ENGINE.open(Generations(tmp_path / name).find(ENGINE.stamp).folder))
        for name in ("old", "new")
    )
    judged = {"subsidie": {"a": 3, "b": 1}}
    same, worse = (checks(old, one, Wanted(judged=judged))[-1] for one in (old, new))
    assert (same.kind, same.met, same.before) == ("judged", True, same.now)
    assert not worse.met
    assert worse.now < worse.before
    # A floor that somebody set takes the place of what the old index did.
    assert checks(old, new, Wanted(judged=judged, floor=0.0))[-1].met
    assert not checks(old, new, Wanted(judged=judged, floor=0.9))[-1].met
    assert checks(new, new, Wanted(judged=judged, floor=0.9))[-1].met
    old.snapshot.close()
    new.snapshot.close()


def test_judgments_of_the_site_are_asked(store: Store, settings: Settings) -> None:
    fill(store, settings, 3)
    store.judgments.add("buurthuis", {"d1": 3, "d2": 0}, MOMENT)
    store.judgments.add("niets goeds", {"d1": 0}, MOMENT)
    assert wanted_of(store).judged == {"buurthuis": {"d1": 3, "d2": 0}}
    done = rebuild_index(store, settings, Silent())
    assert [c["kind"] for c in done["checks"]] == ["documents", "judged"]


def test_the_first_index_has_nothing_to_be_compared_with(store: Store, settings: Settings) -> None:
    store.pinned.put(["nergens"])
    fill(store, settings, 1)
    assert found(settings, "buurthuis") == 1


def test_the_previous_index_comes_back_and_the_newer_one_after_it(
    store: Store, settings: Settings
) -> None:
    fill(store, settings, 5)
    store.documents.put(document("nieuw", "regenwater"))
    rebuild_index(store, settings, Silent())
    assert found(settings, "regenwater") == 1
    back = put_back(store, settings, seen(settings), Silent())
    assert back["published"]
    assert (found(settings, "regenwater"), found(settings, "buurthuis")) == (0, 5)
    forth = put_back(store, settings, seen(settings), Silent())
    assert forth["published"]
    assert found(settings, "regenwater") == 1
    assert not current(settings).find(ENGINE.stamp).manifest.is_held


def test_who_saw_another_index_changes_nothing(store: Store, settings: Settings) -> None:
    fill(store, settings, 5)
    rebuild_index(store, settings, Silent())
    old = seen(settings)
    assert put_back(store, settings, old, Silent())["published"]
    # The second click on the same button.
    assert not put_back(store, settings, old, Silent())["published"]
    assert current(settings).find(ENGINE.stamp).manifest.is_held


def test_there_may_be_nothing_to_put_back(store: Store, settings: Settings) -> None:
    fill(store, settings, 5)
    assert not put_back(store, settings, seen(settings), Silent())["published"]


def test_what_was_removed_stays_out_of_what_comes_back(store: Store, settings: Settings) -> None:
    fill(store, settings, 10)
    store.documents.remove("d3", "on-request")
    rebuild_index(store, settings, Silent())
    put_back(store, settings, seen(settings), Silent())
    assert found(settings, "buurthuis") == 9


def test_a_held_index_loses_what_is_removed_and_gets_nothing_new(
    store: Store, settings: Settings
) -> None:
    fill(store, settings, 10)
    rebuild_index(store, settings, Silent())
    put_back(store, settings, seen(settings), Silent())
    store.documents.put(document("nieuw", "buurthuis"))
    store.documents.remove("d3", "on-request")
    done = update_index(store, settings, Silent())
    assert (done["published"], done["removed"], done["put_back"]) == (True, 1, True)
    assert found(settings, "buurthuis") == 9
    assert not update_index(store, settings, Silent())["published"]
    # A whole build ends it.
    assert rebuild_index(store, settings, Silent())["published"]
    assert found(settings, "buurthuis") == 10
    store.documents.put(document("nog een", "buurthuis"))
    done = update_index(store, settings, Silent())
    assert (done["added"], done["put_back"]) == (1, False)
