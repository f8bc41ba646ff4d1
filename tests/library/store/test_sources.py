"""Sources: the partners are there and asleep; rules travel; the due ones are found."""

from datetime import UTC, datetime, timedelta

import pytest

from library.errors import NotFound, StoreError
from library.settings import Settings
from library.store import Store
from library.store.sources import slug_of

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_the_coalition_and_its_partners_are_ready_but_not_crawled_unasked(store: Store) -> None:
    sources = store.sources.all()
    assert len(sources) == 9
    assert store.sources.due(NOW + timedelta(days=999)) == ()
    assert all(source.interval_hours is None and not source.is_example for source in sources)
    assert all(source.url.startswith("https://") for source in sources)


def test_a_removed_partner_stays_away(settings: Settings, store: Store) -> None:
    store.sources.remove(store.sources.all()[0].id)
    again = Store.open(settings)
    assert len(again.sources.all()) == 8
    again.close()


def test_a_source_is_found_by_slug_number_and_address(store: Store) -> None:
    added = store.sources.add(
        name="Coöperatie Zon & Wind", url="https://zon.nl/", pace=3.0, kept_parameters=("p",)
    )
    assert added.slug == "cooperatie-zon-wind"
    assert added.organisation == "Coöperatie Zon & Wind"
    assert (added.pace, added.kept_parameters) == (3.0, ("p",))
    for key in (added.slug, str(added.id), "https://zon.nl/"):
        assert store.sources.find(key) == added
    assert store.sources.find("niets") is None


def test_an_address_is_a_source_only_once_but_names_may_repeat(store: Store) -> None:
    store.sources.add(name="Zon", url="https://zon.nl/")
    with pytest.raises(StoreError, match="already a source"):
        store.sources.add(name="Zon", url="https://zon.nl/")
    assert store.sources.add(name="Zon", url="https://zon.nl/b").slug == "zon-2"


def test_due_sources_are_those_whose_time_has_come(store: Store) -> None:
    source = store.sources.add(name="Zon", url="https://zon.nl/", interval_hours=24)
    assert [s.id for s in store.sources.due(NOW)] == [source.id]
    store.sources.schedule_next(source.id, NOW)
    assert store.sources.due(NOW + timedelta(hours=23)) == ()
    assert [s.id for s in store.sources.due(NOW + timedelta(hours=24))] == [source.id]
    store.sources.edit(source.id, paused=True)
    assert store.sources.due(NOW + timedelta(hours=24)) == ()


def test_what_is_not_there_is_said(store: Store) -> None:
    for act in (store.sources.get, store.sources.remove, store.sources.edit):
        with pytest.raises(NotFound):
            act(999)


@pytest.mark.parametrize(
    ("name", "slug"), [("Één dorp!", "een-dorp"), ("  A  B ", "a-b"), ("!!!", "bron")]
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug
