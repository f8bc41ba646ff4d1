"""The example sites, crawled once by the worker's own jobs, for all tests that look at the result."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from examples.server import ExampleServer, Visit
from examples.tasks import add_sources, trusting
from library.settings import read_settings
from library.store import Job, Source
from tests.flow.installation import Installation

CONNECTIONS = Path("/proc/net/tcp")
"""Where Linux lists the connections of this machine."""
_OPEN = "01"


@dataclass
class Examples:
    """An installation that crawled the eight example sites, and the log of their server."""

    installation: Installation
    server: ExampleServer
    sources: tuple[Source, ...]
    jobs: tuple[Job, ...]
    visits: tuple[Visit, ...]
    open_connections: dict[str, int] = field(default_factory=dict)

    def count_connections(self, slug: str, _method: str, _target: str) -> None:
        """At each request, count the open connections to that site and keep the most."""
        if not CONNECTIONS.exists():
            return
        port = urlsplit(self.server.addresses[slug]).port
        ends = [line.split()[1:4] for line in CONNECTIONS.read_text().splitlines()[1:]]
        number = sum(here.endswith(f":{port:04X}") and state == _OPEN for here, _, state in ends)
        self.open_connections[slug] = max(number, self.open_connections.get(slug, 0))

    def crawl_all(self) -> tuple[Job, ...]:
        """Press *Haal op* at every source; the server's log begins anew."""
        self.server.forget_visits()
        return tuple(
            self.installation.do("crawl", f"crawl:{source.id}", source_id=source.id, limit=None)
            for source in self.sources
        )


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Examples]:
    """The first crawl of all examples. Who changes anything works on a copy of the home."""
    home = tmp_path_factory.mktemp("examples") / "home"
    crawled: Examples

    def log(slug: str, method: str, target: str) -> None:
        crawled.count_connections(slug, method, target)

    with ExampleServer(log=log) as server:
        settings = trusting(read_settings({}, home=home), server.addresses)
        installation = Installation(settings)
        sources = add_sources(installation.store, server.addresses)
        crawled = Examples(installation, server, sources, (), ())
        crawled.jobs = crawled.crawl_all()
        crawled.visits = server.visits
        yield crawled
        installation.close()
