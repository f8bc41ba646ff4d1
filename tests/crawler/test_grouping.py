"""Relations between documents are brought up to date by what changed, and by no more than that."""

from datetime import date

from crawler.grouping import group_documents
from library.document import Document
from library.exchange import as_record
from library.store import Store
from tests.crawler.test_duplicates import NOW, OTHER, SPEECH, copy


def put(store: Store, *documents: Document) -> None:
    for document in documents:
        store.documents.put(document)


def duplicates(store: Store) -> dict[str, str | None]:
    found = (stored.document for stored in store.documents.live())
    return {one.id: one.duplicate_of for one in found if one.duplicate_of is not None}


ORIGIN = copy("a", day=date(2024, 1, 1), host="a.example").document
TWIN = copy("b", day=date(2024, 2, 1), host="b.example").document
STRANGE = copy("c", OTHER, host="c.example").document


def test_copies_of_partners_are_related_and_exported(store: Store) -> None:
    put(store, TWIN, STRANGE, ORIGIN)
    assert group_documents(store) == 1
    assert duplicates(store) == {"b": "a"}
    assert as_record(store.documents.get("b").document)["duplicate_of"] == "a"


def test_nothing_new_changes_nothing(store: Store) -> None:
    put(store, TWIN, ORIGIN)
    group_documents(store)
    revision = store.documents.revision()
    assert group_documents(store) == 0
    store.documents.put(TWIN)
    assert group_documents(store) == 0
    assert store.documents.revision() == revision


def test_a_copy_that_is_rewritten_stands_on_its_own(store: Store) -> None:
    put(store, ORIGIN, TWIN)
    group_documents(store)
    put(store, copy("b", OTHER, host="b.example").document)
    assert group_documents(store) == 1
    assert duplicates(store) == {}


def test_when_the_best_copy_goes_the_next_takes_its_place(store: Store) -> None:
    third = copy("d", day=date(2024, 3, 1), host="d.example").document
    put(store, ORIGIN, TWIN, third)
    group_documents(store)
    assert duplicates(store) == {"b": "a", "d": "a"}
    store.documents.remove("a", "http-410", NOW)
    group_documents(store)
    assert duplicates(store) == {"d": "b"}
    store.documents.put(ORIGIN)
    group_documents(store)
    assert duplicates(store) == {"b": "a", "d": "a"}


def test_a_better_copy_that_comes_later_takes_the_place(store: Store) -> None:
    put(store, TWIN)
    group_documents(store)
    put(store, ORIGIN)
    group_documents(store)
    assert duplicates(store) == {"b": "a"}


def test_many_copies_are_one_group_whatever_the_batch(store: Store) -> None:
    hosts = [f"h{number}.example" for number in range(120)]
    put(store, *(copy(host, day=date(2024, 1, 1), host=host).document for host in hosts))
    group_documents(store)
    shown = [s.document.id for s in store.documents.live() if s.document.duplicate_of is None]
    assert len(shown) <= len(hosts) / 40


def test_when_the_best_of_very_many_goes_or_is_folded_nobody_stands_behind_it(store: Store) -> None:
    hosts = [f"h{number:03}.example" for number in range(80)]
    put(store, *(copy(host, day=date(2024, 1, 2), host=host).document for host in hosts))
    group_documents(store)
    (best,) = set(duplicates(store).values())
    assert best is not None
    store.documents.remove(best, "http-410", NOW)
    group_documents(store)
    (second,) = set(duplicates(store).values())
    assert second not in {best, None}
    assert len(duplicates(store)) == 78
    put(store, copy("first", day=date(2024, 1, 1), host="first.example").document)
    group_documents(store)
    assert set(duplicates(store).values()) == {"first"}
    assert len(duplicates(store)) == 79
    assert group_documents(store) == 0


def test_a_generation_is_known_by_its_topic_however_little_the_texts_share(store: Store) -> None:
    old = copy("oud", SPEECH, date(2018, 1, 1), title="Aanvragen").document
    new = copy("nieuw", f"{SPEECH[:150]} {OTHER}", date(2025, 1, 1), title="Aanvragen").document
    put(store, old, new)
    group_documents(store)
    assert store.documents.get("oud").document.replaced_by == "nieuw"
