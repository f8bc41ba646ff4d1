"""Documents: kept whole, every change a new revision, removal a tombstone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from library.document import KINDS, Document, Published, Section, content_hash_of, id_of
from library.errors import NotFound
from library.store import Store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def document(name: str = "a", text: str = "Hallo dorp", **fields: object) -> Document:
    sections = (Section(text, "Kop", "kop"),)
    plain = Document(
        id=name,
        url=f"https://voorbeeld.nl/{name}",
        canonical_url=f"https://voorbeeld.nl/{name}",
        title=f"Titel {name}",
        sections=sections,
        organisation="Dorp (voorbeeld)",
        content_hash=content_hash_of(name, sections),
        fetched_at=NOW,
    )
    return replace(plain, **fields)  # type: ignore[arg-type] # Fields come by name.


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    kept = document(
        published=Published(date(2024, 4, 13), "json-ld"),
        kind="handreiking",
        goals=(1, 4),
        attached_to="ouder",
        visible_text="Menu Hallo",
        is_example=True,
    )
    store.documents.put(kept)
    assert store.documents.get("a").document == kept


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(
    title=texts,
    sections=st.lists(
        st.builds(Section, texts, texts, st.none() | texts, st.none() | st.integers(1, 999)),
        max_size=3,
    ),
    kind=st.sampled_from(KINDS),
    goals=st.lists(st.integers(1, 5), unique=True),
)
def test_any_text_comes_back_as_it_was(
    store: Store, title: str, sections: list[Section], kind: str, goals: list[int]
) -> None:
    kept = document(title=title, sections=tuple(sections), kind=kind, goals=tuple(goals))
    store.documents.put(kept)
    assert store.documents.get("a").document == kept


def test_only_a_change_gets_a_new_revision(store: Store) -> None:
    later = NOW + timedelta(days=1)
    assert store.documents.put(document()) == "new"
    unchanged = document(fetched_at=later, size=99, visible_text="123 keer bekeken")
    assert store.documents.put(unchanged) == "unchanged"
    stored = store.documents.get("a")
    assert (stored.revision, stored.checked_at, stored.changed_at) == (1, later, NOW)
    assert store.documents.put(document(text="Iets anders", fetched_at=later)) == "changed"
    assert store.documents.get("a").revision == store.documents.revision() == 2


def test_a_tombstone_stays_and_can_rise_again(store: Store) -> None:
    store.documents.put(document())
    assert store.documents.remove("a", "http-410", NOW)
    assert not store.documents.remove("a", "http-410", NOW)
    stored = store.documents.get("a")
    assert (stored.removed_at, stored.removed_reason, stored.revision) == (NOW, "http-410", 2)
    assert store.documents.count() == 0
    assert store.documents.put(document()) == "new"
    assert store.documents.get("a").removed_at is None
    assert store.documents.revision() == 3


def test_changes_come_in_order_and_in_batches(store: Store) -> None:
    for number in range(7):
        store.documents.put(document(str(number)))
    store.documents.put(document("3", "Nieuw"))
    store.documents.remove("5", "http-404")
    changes = list(store.documents.changed_since(5, batch=2))
    assert [(c.document.id, c.removed_at is None) for c in changes] == [
        ("6", True),
        ("3", True),
        ("5", False),
    ]
    assert sorted(s.document.id for s in store.documents.live(batch=2)) == list("012346")


def test_a_purge_leaves_bare_tombstones(store: Store) -> None:
    source = store.sources.add(name="Dorp", url="https://voorbeeld.nl/")
    store.documents.put(document(), source_id=source.id)
    assert store.documents.purge(source.id) == 1
    stored = store.documents.get("a")
    assert stored.removed_at is not None
    assert stored.document.text == stored.document.title == stored.document.url == ""


def test_a_transaction_is_whole_or_nothing(store: Store) -> None:
    def half_way() -> None:
        with store.transaction():
            store.documents.put(document("x"))
            store.marks.add("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_way()
    assert store.documents.find("x") is None
    assert not store.marks.has("half")
    assert store.documents.revision() == 0


def test_finding_by_address(store: Store) -> None:
    store.documents.put(document("a"))
    store.documents.put(document("b", organisation="Ander", fetched_at=NOW + timedelta(hours=1)))
    assert store.documents.find_by_url("https://voorbeeld.nl/b") is not None
    with pytest.raises(NotFound):
        store.documents.get("zzz")


def test_the_id_of_an_address_is_stable() -> None:
    assert id_of("https://voorbeeld.nl/") == id_of("https://voorbeeld.nl/")
    assert len(id_of("https://voorbeeld.nl/")) == 20
    assert id_of("https://voorbeeld.nl/") != id_of("https://voorbeeld.nl/a")


def test_examples_are_purged_whatever_brought_them(store: Store) -> None:
    source = store.sources.add(name="Dorp", url="https://voorbeeld.nl/")
    store.documents.put(document("a", is_example=True), source_id=source.id)
    store.documents.put(document("b", is_example=True))
    store.documents.put(document("c"))
    store.documents.remove("a", "http-410")
    assert store.documents.purge_examples() == 1
    assert [s.document.id for s in store.documents.live()] == ["c"]
    assert store.documents.get("a").document.title == ""
