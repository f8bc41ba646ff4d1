"""A store and crawls of one small site into it, for the tests of whole crawls."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.extract import Parser
from crawler.means import Means
from crawler.politeness import SystemClock
from crawler.tasks import CrawlSummary, crawl_source
from library.progress import Progress, Silent
from library.settings import read_settings
from library.store import Address, Store, StoredDocument
from tests.crawler.loopback import Loopback, Route, page, with_etag


class Later(SystemClock):
    """The real clock, set forward; long waits are over at once."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self.ahead = ahead
        self.skipped = 0.0

    def now(self) -> datetime:
        return super().now() + self.ahead + timedelta(seconds=self.skipped)

    def monotonic(self) -> float:
        return super().monotonic() + self.skipped

    async def sleep(self, seconds: float) -> None:
        if seconds < 1:
            await super().sleep(seconds)
        else:
            self.skipped += seconds


class Place:
    """A store, and crawls of one site into it."""

    def __init__(self, home: Path, site: Loopback, parser: Parser, **rules: Any) -> None:
        self.parser = parser
        self.settings = read_settings(
            {}, home=home, trusted_addresses=site.trusted, trusted_pace=0.0
        )
        self.store = Store.open(self.settings)
        self.site = site
        self.source = self.store.sources.add(
            name="Dorpsbelang", url=rules.pop("url", site.url + "/"), **rules
        )

    def crawl(
        self,
        ahead: timedelta = timedelta(0),
        limit: int | None = None,
        progress: Progress | None = None,
        *,
        accept_removals: bool = False,
        unasked: bool = False,
    ) -> CrawlSummary:
        self.site.asked.clear()
        means = self.means(clock=Later(ahead))
        return self.crawl_with(
            means, limit, progress, accept_removals=accept_removals, unasked=unasked
        )

    def means(self, **changes: Any) -> Means:
        return Means(self.settings, parser=self.parser, **changes)

    def crawl_with(
        self,
        means: Means,
        limit: int | None = None,
        progress: Progress | None = None,
        *,
        accept_removals: bool = False,
        unasked: bool = False,
    ) -> CrawlSummary:
        return crawl_source(
            self.store,
            means.settings,
            self.source,
            progress or Silent(),
            limit=limit,
            accept_removals=accept_removals,
            unasked=unasked,
            means=means,
        )

    @property
    def live(self) -> dict[str, StoredDocument]:
        """Live documents by the path of their canonical address."""
        found = (stored for stored in self.store.documents.live())
        return {s.document.canonical_url.removeprefix(self.site.url): s for s in found}

    def address(self, path: str) -> Address:
        found = self.store.frontier.find(self.source.id, self.site.url + path)
        assert found is not None
        return found


Make = Callable[..., Place]


def pages(*links: str, **more: Route) -> dict[str, Route]:
    """A home page with links, and a page for each of them that can be had by halves (304)."""
    routes: dict[str, Route] = {"/": with_etag(page("Welkom op de site van ons dorp", *links))}
    for link in links:
        routes.setdefault(link, with_etag(page(f"Alles over {link.strip('/')}")))
    return routes | more


MONTH = timedelta(days=30)
DAY = timedelta(hours=25)
