"""What a worker with the examples finds to do: sites that were not crawled where they are now."""

from commands.example_sites import uncrawled
from commands.house import House
from examples.server import ExampleServer
from examples.tasks import example_sources, remove_examples, stored_ports
from library.settings import Settings
from library.store import prepare_home
from library.worker import utc_now


def test_uncrawled_sites_are_found_also_after_they_moved(settings: Settings) -> None:
    house = House(settings)
    prepare_home(settings.home)
    with ExampleServer() as server:
        found = uncrawled(house, server)
        assert len(found) == len(server.addresses) == 8
        ports = stored_ports(settings.home)
        for source in found:
            crawl = house.store.crawls.add(source.id, utc_now())
            house.store.crawls.finish(crawl.id, "done", "", utc_now())
        assert uncrawled(house, server) == []
    moved = ports | {"buurtmakers": 0}
    with ExampleServer(ports=moved) as server:
        assert [source.slug for source in uncrawled(house, server)] == ["voorbeeld-buurtmakers"]
        assert f"127.0.0.1:{ports['dorpshuizen']}" in house.settings.trusted_addresses
    house.store.close()


def test_removed_examples_stay_away(settings: Settings) -> None:
    house = House(settings)
    prepare_home(settings.home)
    with ExampleServer() as server:
        uncrawled(house, server)
        remove_examples(house.store)
        assert uncrawled(house, server) == []
    assert example_sources(house.store) == ()
    house.store.close()
