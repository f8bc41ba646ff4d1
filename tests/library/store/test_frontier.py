"""The frontier in the database: nothing is forgotten, nothing is visited twice."""

from datetime import UTC, datetime, timedelta

import pytest

from library.errors import NotFound
from library.store import Address, Source, Store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def source(store: Store) -> Source:
    return store.sources.add(name="Dorp", url="https://voorbeeld-dorp.nl/")


def begun(store: Store, source: Source) -> int:
    crawl = store.crawls.add(source.id, NOW)
    store.frontier.begin(source.id, crawl.id)
    return crawl.id


def waiting(store: Store, crawl_id: int) -> list[str]:
    return [address.url for address in store.frontier.waiting(crawl_id)]


def test_an_address_waits_until_it_is_visited(store: Store, source: Source) -> None:
    crawl = begun(store, source)
    store.frontier.add(source.id, crawl, [Address("a"), Address("b", depth=1)])
    assert waiting(store, crawl) == ["a", "b"]
    store.frontier.record(source.id, "a", crawl, outcome="fetched", visited_at=NOW)
    assert waiting(store, crawl) == ["b"]
    assert [address.url for address in store.frontier.seen(crawl)] == ["a", "b"]
    assert waiting(store, begun(store, source)) == ["a", "b"]


def test_all_that_is_known_of_an_address_comes_back(store: Store, source: Source) -> None:
    crawl = begun(store, source)
    told = Address(
        "a",
        depth=3,
        hops=1,
        found_on="b",
        link_text="Verder",
        listed_at=NOW,
        visited_at=NOW,
        attempts=1,
        due_at=NOW + timedelta(minutes=1),
        outcome="timeout",
        etag='"x"',
        last_modified="gisteren",
        body_hash="h",
        missing_since=NOW,
        moved_to="c",
        removal="http-410",
        document_id="d",
    )
    store.frontier.add(source.id, crawl, [told])
    found = store.frontier.find(source.id, "a")
    assert found is not None
    assert found.id > 0
    assert found == Address(**{n: getattr(told, n) for n in told.__slots__} | {"id": found.id})


def test_a_known_address_keeps_what_it_has(store: Store, source: Source) -> None:
    first = begun(store, source)
    store.frontier.add(source.id, first, [Address("a", depth=2, found_on="b", link_text="B")])
    store.frontier.record(source.id, "a", first, outcome="fetched", etag='"x"')
    second = begun(store, source)
    store.frontier.add(source.id, second, [Address("a", depth=4, listed_at=NOW)])
    found = store.frontier.find(source.id, "a")
    assert found is not None
    assert (found.depth, found.found_on, found.etag) == (2, "b", '"x"')
    assert found.listed_at == NOW


def test_what_was_given_up_waits_only_when_it_is_found_again(store: Store, source: Source) -> None:
    first = begun(store, source)
    store.frontier.add(source.id, first, [Address("weg"), Address("nog-document"), Address("stuk")])
    store.frontier.record(source.id, "weg", first, outcome="http-404")
    store.frontier.record(source.id, "nog-document", first, outcome="http-404", document_id="d")
    store.frontier.record(source.id, "stuk", first, outcome="http-503")
    second = begun(store, source)
    assert waiting(store, second) == ["nog-document", "stuk"]
    store.frontier.add(source.id, second, [Address("weg", depth=1)])
    assert waiting(store, second) == ["weg", "nog-document", "stuk"]


def test_a_removed_document_is_parted_from_its_addresses(store: Store, source: Source) -> None:
    crawl = begun(store, source)
    store.frontier.add(source.id, crawl, [Address("a"), Address("b"), Address("c")])
    for url in ("a", "b"):
        store.frontier.record(source.id, url, crawl, document_id="d", etag='"x"', body_hash="h")
    store.frontier.record(source.id, "c", crawl, document_id="e", etag='"x"')
    assert len(store.frontier.forget_document("d")) == 2
    found = {address.url: address for address in store.frontier.of_source(source.id)}
    assert (found["a"].document_id, found["b"].etag, found["a"].body_hash) == (None, None, None)
    assert (found["c"].document_id, found["c"].etag) == ("e", '"x"')


def test_a_parent_that_is_found_later(store: Store, source: Source) -> None:
    crawl = begun(store, source)
    store.frontier.add(source.id, crawl, [Address("a.pdf", listed_at=NOW)])
    store.frontier.describe(source.id, [Address("a.pdf", found_on="b", link_text="Verslag")])
    store.frontier.describe(source.id, [Address("onbekend", found_on="b"), Address("a.pdf")])
    found = store.frontier.find(source.id, "a.pdf")
    assert found is not None
    assert (found.found_on, found.link_text, found.listed_at) == ("b", "Verslag", NOW)
    assert store.frontier.find(source.id, "onbekend") is None


def test_many_addresses_at_once(store: Store, source: Source) -> None:
    crawl = begun(store, source)
    store.frontier.add(source.id, crawl, [Address(str(n)) for n in range(2500)])
    assert len(store.frontier.waiting(crawl)) == 2500


def test_sources_have_frontiers_of_their_own(store: Store, source: Source) -> None:
    other = store.sources.add(name="Ander", url="https://voorbeeld-ander.nl/")
    for one in (source, other):
        store.frontier.add(one.id, begun(store, one), [Address("a")])
    assert [address.url for address in store.frontier.of_source(other.id)] == ["a"]
    store.sources.remove(other.id)
    assert store.frontier.of_source(other.id) == ()
    assert [address.url for address in store.frontier.of_source(source.id)] == ["a"]


def test_an_unknown_address_cannot_be_recorded(store: Store, source: Source) -> None:
    with pytest.raises(NotFound):
        store.frontier.record(source.id, "nergens", outcome="fetched")


def test_nothing_is_kept_of_a_visit_that_fails_half_way(store: Store, source: Source) -> None:
    crawl = begun(store, source)
    store.frontier.add(source.id, crawl, [Address("a")])

    def visit() -> None:
        with store.transaction():
            store.frontier.record(source.id, "a", crawl, outcome="fetched")
            store.frontier.add(source.id, crawl, [Address("b")])
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        visit()
    assert waiting(store, crawl) == ["a"]
