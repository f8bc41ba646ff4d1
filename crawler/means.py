"""What a crawl asks with, put together: guard, fetcher, manners and robots.txt.

In: the settings, and a place that remembers hosts. Out: a ``PoliteFetcher`` and ``Robots``, the only
way in which anything here asks the outside world for something.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from crawler.extract import EXTRACTION_VERSION, Parser
from crawler.fetch import Fetcher, Limits, follow, user_agent
from crawler.guard import Guard, Resolver, system_resolver
from crawler.outcomes import Outcome
from crawler.politeness import Clock, Diary, PoliteFetcher, Politeness, SystemClock
from crawler.robots import MOST_REDIRECTS, Robots, RobotsCache
from library.settings import Settings


class Hosts(Diary, RobotsCache, Protocol):
    """Remembers the last request to each host, and its robots.txt."""


@dataclass(frozen=True, slots=True)
class Means:
    """How to ask and to read; tests bring their own time, limits and name server.

    A ``parser`` that is given stays open for the next crawl; otherwise each crawl has its own.
    """

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    limits: Limits = field(default_factory=Limits)
    resolve: Resolver = system_resolver
    parser: Parser | None = None
    extraction_version: int = EXTRACTION_VERSION

    @contextmanager
    def reading(self) -> Iterator[Parser]:
        """The parser of one run."""
        if self.parser is not None:
            yield self.parser
            return
        with Parser() as parser:
            yield parser

    @asynccontextmanager
    async def asking(
        self,
        hosts: Hosts,
        *,
        pace: float | None = None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> AsyncIterator[tuple[PoliteFetcher, Robots]]:
        """Open the connections of one run, and close them at its end."""
        settings = self.settings
        guard = Guard(settings.trusted_addresses, self.resolve)
        politeness = Politeness(
            self.clock,
            hosts,
            pace=pace,
            trusted_pace=settings.trusted_pace,
            should_stop=should_stop,
        )
        async with Fetcher(
            user_agent(settings), guard, trusted=settings.trusted_addresses, limits=self.limits
        ) as fetcher:
            polite = PoliteFetcher(fetcher, politeness, self.clock)

            async def ask_robots(url: str) -> Outcome:
                return await follow(url, partial(polite.get, purpose="robots"), MOST_REDIRECTS)

            yield polite, Robots(ask_robots, hosts, self.clock.now)
