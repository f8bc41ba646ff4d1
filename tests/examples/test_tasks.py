"""The examples in the store."""

from examples.sites import load_sites
from examples.tasks import add_sources, example_sources, remove_examples
from library.store import Store


def test_removing_the_examples_stops_their_open_crawls(store: Store) -> None:
    addresses = {site.slug: f"http://127.0.0.1:{n}/" for n, site in enumerate(load_sites(), 8001)}
    example = add_sources(store, addresses)[0]
    partner = next(source for source in store.sources.all() if not source.is_example)
    for source in (example, partner):
        store.jobs.add("crawl", {"source_id": source.id, "limit": None}, f"crawl:{source.id}")
    assert remove_examples(store) == 0
    assert example_sources(store) == ()
    assert [store.jobs.get(number).state for number in (1, 2)] == ["stopped", "queued"]
