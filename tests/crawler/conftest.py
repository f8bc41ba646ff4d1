"""What the tests of whole crawls share: a server, a parser and a place to store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.extract import Parser
from tests.crawler.loopback import Loopback, serving
from tests.crawler.place import Make, Place


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    """One child for all tests, as it takes a second to start."""
    with Parser() as shared:
        yield shared


@pytest.fixture
def make(tmp_path: Path, parser: Parser) -> Iterator[Make]:
    """Make a place for a site; its store is closed at the end."""
    places: list[Place] = []

    def made(site: Loopback, **rules: Any) -> Place:
        places.append(Place(tmp_path / f"home{len(places)}", site, parser, **rules))
        return places[-1]

    yield made
    for place in places:
        place.store.close()


@pytest.fixture
def site() -> Iterator[Loopback]:
    with serving() as running:
        yield running
