"""What a worker with the examples finds to do, and what is told of their addresses without it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from commands.documents import explain_
from commands.example_sites import uncrawled
from commands.house import House
from examples.server import ExampleServer
from examples.sites import load_sites
from examples.tasks import add_sources, example_sources, remove_examples, stored_ports
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


@pytest.fixture
def explaining(settings: Settings) -> Iterator[House]:
    """A house of which another process serves the examples, and a source on a port of its own."""
    house = House(settings)
    prepare_home(settings.home)
    addresses = {site.slug: f"http://127.0.0.1:{n}/" for n, site in enumerate(load_sites(), 8001)}
    add_sources(house.store, addresses)
    house.store.sources.add(name="Elders", url="http://127.0.0.1:9001/")
    yield house
    house.store.close()


def explained(house: House, url: str) -> str:
    done = CliRunner().invoke(explain_, [url], obj=house)
    assert done.exit_code == 0, done.output
    return done.output


def test_explain_takes_the_addresses_of_examples_as_their_crawl_does(explaining: House) -> None:
    examples = example_sources(explaining.store)
    for source in examples:
        told = explained(explaining, f"{source.url}bladzijde")
        assert "never fetched" not in told
        assert f"source {source.slug}: in scope" in told
    # The other rules stay.
    assert "never fetched (repeated-segment)" in explained(explaining, f"{examples[0].url}a/a/a")
    # The process itself may reach no more than before.
    assert explaining.settings.trusted_addresses == ()
    assert explaining.crawling.trusted_addresses == ()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1:9001/", "bad-port"),
        ("http://127.0.0.1:22/", "bad-port"),
        ("http://127.0.0.2:{port}/", "bad-port"),
        ("http://10.0.0.1:{port}/", "bad-port"),
        ("http://169.254.169.254:{port}/", "bad-port"),
        ("http://[::1]:{port}/", "bad-port"),
        ("http://[::ffff:127.0.0.1]:{port}/", "bad-port"),
        ("http://voorbeeld.nl:{port}/", "bad-port"),
        ("http://localhost:{port}/", "private-name"),
        ("http://www.localhost:{port}/", "private-name"),
    ],
)
def test_explain_takes_no_other_address_for_their_sake(
    explaining: House, address: str, reason: str
) -> None:
    port = urlsplit(example_sources(explaining.store)[0].url).port
    assert f"never fetched ({reason})" in explained(explaining, address.format(port=port))


def test_explain_refuses_where_the_examples_were(explaining: House) -> None:
    address = example_sources(explaining.store)[0].url
    assert "never fetched" not in explained(explaining, address)
    remove_examples(explaining.store)
    assert "never fetched (bad-port)" in explained(explaining, address)
