"""Asks for the addresses of one source, and for what its site lists itself.

In: an address. Out: the outcome of asking, or the reason why nothing was asked: what the address
itself shows, what robots.txt says, and the manners of ``crawler.politeness``, at every hop.
"""

from collections.abc import AsyncIterator
from dataclasses import replace

from crawler.fetch import follow
from crawler.outcomes import Failed, Outcome, Refused
from crawler.politeness import PoliteFetcher
from crawler.robots import LONGEST_DELAY, Robots
from crawler.sitemaps import Listed, pages_of
from crawler.urls import problem, same_site, scope_problem, split
from library.store import Address, Source

SITEMAP_REDIRECTS = 5


class Pages:
    """Asks for the addresses of one source: scope, robots.txt and manners, at every hop."""

    def __init__(
        self, source: Source, fetcher: PoliteFetcher, robots: Robots, trusted: tuple[str, ...]
    ) -> None:
        self._source, self._fetcher, self._robots = source, fetcher, robots
        self._trusted = trusted

    def refusal(self, url: str, hops: int = 0) -> str | None:
        """Why an address is not asked for, as far as it shows from the address itself."""
        reason = problem(url, self._trusted)
        if reason is None and self._source.scope == "page" and hops > 0:
            return None if same_site(url, self._source.url) else "out-of-scope"
        return reason or scope_problem(url, self._source)

    async def get(self, address: Address) -> Outcome:
        """Ask for an address, with the validators of its last fetch."""
        if (reason := self.refusal(address.url, address.hops)) is not None:
            return Refused(address.url, reason)
        if (refusal := await self._robots_refusal(address.url)) is not None:
            return refusal
        return await self._fetcher.get(
            address.url, etag=address.etag, last_modified=address.last_modified
        )

    async def _robots_refusal(self, url: str) -> Refused | Failed | None:
        """What robots.txt has against it, or what kept us from reading robots.txt."""
        rules = await self._robots.rules(url)
        match rules.cause:
            case Refused(reason=reason) | Failed(reason=reason, status=None):
                return replace(rules.cause, url=url, reason=reason)
        if rules.verdict == "unreachable":
            return Refused(url, "robots-unreachable")
        if not rules.allows(url):
            return Refused(url, "robots")
        if rules.crawl_delay > LONGEST_DELAY:
            return Refused(url, "crawl-delay-too-long")
        self._fetcher.set_delay(url, rules.crawl_delay)
        return None

    async def sitemaps(self) -> AsyncIterator[Listed]:
        """The pages that the site lists itself."""
        parts = split(self._source.url)
        assert parts is not None
        if self._source.scope == "page" or problem(parts.href, self._trusted) is not None:
            return
        rules = await self._robots.rules(self._source.url)
        if rules.verdict != "unreachable" and rules.crawl_delay <= LONGEST_DELAY:
            async for listed in pages_of(parts.origin, rules.sitemaps, self._get_sitemap):
                yield listed

    async def _get_sitemap(self, url: str) -> Outcome:
        return await follow(url, self._get_sitemap_hop, SITEMAP_REDIRECTS)

    async def _get_sitemap_hop(self, url: str) -> Outcome:
        reason = problem(url, self._trusted)
        if reason is None and not same_site(url, self._source.url):
            reason = "out-of-scope"
        if reason is not None:
            return Refused(url, reason)
        if (refusal := await self._robots_refusal(url)) is not None:
            return refusal
        return await self._fetcher.get(url, purpose="sitemap")
