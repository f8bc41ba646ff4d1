"""The example sites, crawled by the worker's own jobs into a home of their own."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from examples.server import ExampleServer, Visit
from examples.tasks import add_sources, trusting
from library.settings import read_settings
from library.store import Job, Source
from tests.flow.installation import Installation

CONNECTIONS = Path("/proc/net/tcp")
"""Where Linux lists the connections of this machine."""
_OPEN = "01"
_LOOKS, _BETWEEN = 40, 0.05
"""How often is looked, and seconds between, until a connection that its client closes is listed as
closed; one that a second answer travels over stays open all that time."""


@dataclass
class Examples:
    """An installation that crawled example sites, and what their server knows of it.

    ``visits`` is the log of the first crawl; ``open_connections`` the most that were open at the
    moment of a request, by site.
    """

    installation: Installation
    server: ExampleServer
    sources: tuple[Source, ...]
    jobs: tuple[Job, ...] = ()
    visits: tuple[Visit, ...] = ()
    open_connections: dict[str, int] = field(default_factory=dict)

    def crawl_all(self) -> tuple[Job, ...]:
        """Press *Haal op* at every source; the server's log begins anew."""
        self.server.forget_visits()
        return tuple(
            self.installation.do("crawl", f"crawl:{source.id}", source_id=source.id, limit=None)
            for source in self.sources
        )

    def count_connections(self, slug: str) -> None:
        """Count the open connections to a site while it answers, and keep the most."""
        if not CONNECTIONS.exists():
            return
        number = self._open_now(slug)
        for _ in range(_LOOKS):
            if number <= 1:
                break
            time.sleep(_BETWEEN)
            number = self._open_now(slug)
        self.open_connections[slug] = max(number, self.open_connections.get(slug, 0))

    def _open_now(self, slug: str) -> int:
        port = urlsplit(self.server.addresses[slug]).port
        ends = [line.split()[1:4] for line in CONNECTIONS.read_text().splitlines()[1:]]
        return sum(here == f"0100007F:{port:04X}" and state == _OPEN for here, _, state in ends)


@contextmanager
def crawled_examples(
    home: Path, slugs: Collection[str] = (), *, languages: tuple[str, ...] = ("nl", "fy")
) -> Iterator[Examples]:
    """Serve the examples and crawl all of them, or some, into a home; the server stays up.

    ``languages`` are those that every source keeps: without English, the pages of Meentkrediet in
    that language are left out, as they are for a visitor.
    """
    crawled: Examples | None = None

    def log(slug: str, _method: str, _target: str) -> None:
        if crawled is not None:
            crawled.count_connections(slug)

    with ExampleServer(log=log) as server:
        settings = trusting(read_settings({}, home=home), server.addresses)
        installation = Installation(settings)
        sources = tuple(
            installation.store.sources.edit(source.id, languages=languages)
            for source in add_sources(installation.store, server.addresses)
        )
        wanted = tuple(
            s for s in sources if not slugs or s.slug.removeprefix("voorbeeld-") in slugs
        )
        crawled = Examples(installation, server, wanted)
        crawled.jobs = crawled.crawl_all()
        crawled.visits = server.visits
        yield crawled
        installation.close()
