"""The built-in example sites: served for as long as it takes to crawl them, and told of after."""

from commands.crawling import crawl_now
from commands.house import House
from examples.server import ExampleServer
from examples.tasks import (
    add_sources,
    are_removed,
    example_sources,
    store_ports,
    stored_ports,
    trusting,
)
from library.settings import Settings
from library.store import Source


def load_examples(house: House) -> None:
    """Serve the example sites for a moment and crawl those that were not crawled to their end."""
    with ExampleServer(ports=stored_ports(house.settings.home)) as server:
        for source in uncrawled(house, server):
            crawl_now(house, source, limit=None)


def uncrawled(house: House, server: ExampleServer) -> list[Source]:
    """Let the crawler reach the examples; give those that were not crawled to their end there."""
    store_ports(house.settings.home, server.addresses)
    house.settings = trusting(house.settings, server.addresses)
    if are_removed(house.store):
        return []
    sources = add_sources(house.store, server.addresses)
    crawls = ((source, house.store.crawls.latest(source.id)) for source in sources)
    return [source for source, latest in crawls if latest is None or latest.state != "done"]


def settings_of_crawls(house: House) -> Settings:
    """Give what each crawl goes by: to the crawl of an example its own address and port are trusted.

    For telling, never for asking: while the examples are not served, anything may listen there.
    """
    return trusting(
        house.settings, {source.slug: source.url for source in example_sources(house.store)}
    )
