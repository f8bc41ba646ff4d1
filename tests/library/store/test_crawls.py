"""Crawls, hosts and bodies in the database."""

from datetime import UTC, datetime, timedelta

import pytest

from library.errors import NotFound
from library.store import Address, KeptBody, RobotsFile, Store
from library.store.crawls import CrawlState

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def source_id(store: Store) -> int:
    return store.sources.add(name="Dorp", url="https://voorbeeld-dorp.nl/").id


@pytest.mark.parametrize(
    ("state", "goes_on"),
    [("running", True), ("stopped", True), ("done", False), ("held", False), ("failed", False)],
)
def test_only_an_unfinished_crawl_is_gone_on_with(
    store: Store, source_id: int, state: CrawlState, *, goes_on: bool
) -> None:
    crawl = store.crawls.add(source_id, NOW)
    if state != "running":
        store.crawls.finish(crawl.id, state, "asked", NOW)
    unfinished = store.crawls.unfinished(source_id)
    assert (unfinished is not None) is goes_on
    if unfinished is not None:
        again = store.crawls.go_on(unfinished.id)
        assert (again.id, again.state, again.finished_at) == (crawl.id, "running", None)


def test_how_far_a_crawl_is(store: Store, source_id: int) -> None:
    crawl = store.crawls.add(source_id, NOW)
    assert store.crawls.latest(source_id) == crawl
    store.crawls.record(crawl.id, {"new": 2}, {"robots": 1})
    store.crawls.note_sitemaps(crawl.id)
    store.crawls.finish(crawl.id, "done", "budget", NOW + timedelta(hours=1))
    found = store.crawls.get(crawl.id)
    assert (found.counts, found.reasons, found.sitemaps_read) == ({"new": 2}, {"robots": 1}, True)
    assert (found.state, found.reason, found.finished_at) == (
        "done",
        "budget",
        NOW + timedelta(hours=1),
    )


def test_the_last_crawls_newest_first(store: Store, source_id: int) -> None:
    made = [store.crawls.add(source_id, NOW).id for _ in range(4)]
    assert [crawl.id for crawl in store.crawls.of_source(source_id, 3)] == made[:0:-1]
    assert store.crawls.latest(source_id + 99) is None


def test_a_crawl_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFound):
        store.crawls.get(7)


def test_the_turn_at_a_host_is_taken_under_all_its_names(store: Store) -> None:
    names = ["voorbeeld.nl", "93.184.216.34"]
    assert store.hosts.take(names, NOW, 2.0) is None
    assert store.hosts.take(["anders.nl", "93.184.216.34"], NOW, 9.0) == NOW + timedelta(seconds=2)
    store.hosts.leave(names, NOW + timedelta(seconds=7))
    soon = NOW + timedelta(seconds=6)
    assert store.hosts.take(["voorbeeld.nl"], soon, 2.0) == NOW + timedelta(seconds=7)
    assert store.hosts.take(["ander.nl"], soon, 2.0) is None
    assert store.hosts.take(["voorbeeld.nl"], NOW + timedelta(seconds=7), 2.0) is None


def test_a_clock_that_was_ahead_stops_nobody(store: Store) -> None:
    store.hosts.leave(["voorbeeld.nl"], NOW + timedelta(days=20_000))
    assert store.hosts.take(["voorbeeld.nl"], NOW, 2.0) is None
    assert store.hosts.take(["voorbeeld.nl"], NOW, 2.0) == NOW + timedelta(seconds=2)


def test_hosts_remember_robots(store: Store) -> None:
    origin = "https://voorbeeld.nl"
    assert store.hosts.find_robots(origin) is None
    for verdict in ("absent", "read"):
        robots = RobotsFile(verdict, b"User-agent: *", NOW)
        store.hosts.put_robots(origin, robots)
        assert store.hosts.find_robots(origin) == robots


def test_bodies_are_kept_packed_and_come_back_whole(store: Store, source_id: int) -> None:
    crawl = store.crawls.add(source_id, NOW)
    store.frontier.add(source_id, crawl.id, [Address("a")])
    address = store.frontier.find(source_id, "a")
    assert address is not None
    content = "Eén buurthuis. ".encode() * 1000
    for version in (b"oud", content):
        body = KeptBody("a", "text/html", "utf-8", {"etag": '"x"'}, version, NOW)
        store.bodies.put(address.id, body)
        assert store.bodies.find(address.id) == body
    store.bodies.remove(address.id)
    assert store.bodies.find(address.id) is None
