"""Manners: one request at a time for each host, and never too soon after the one before.

In: an address to ask for. Out: the outcome of asking, after waiting as long as is polite. The gap
between two requests is the largest of 2 seconds, the pace of the source, the Crawl-delay of the
site and 5 times its last response, the last of these up to 30 seconds (Heritrix's rules, threats
2.2). Each 429 or 503 doubles it, up to 8 times or 30 seconds, until ten good answers in a row halve it again. A
host is known by its name and by every address it resolves to, so that many names on one machine
share one pace. Only on the trusted pairs of the settings may the pace be quicker than 2 seconds, and
there a host is its address and port.

Time is an argument, so that days of manners are tested in a moment. Each turn is taken from a
``Diary`` before the request leaves: sources that share a host, other processes and the next run of
one that was killed keep the same gap.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from crawler.fetch import Fetcher, Purpose
from crawler.guard import AddressRefused, NameNotFound
from crawler.outcomes import Failed, Outcome, Refused
from crawler.urls import split

SHORTEST_GAP = 2.0
RESPONSE_FACTOR = 5.0
LONGEST_RESPONSE_GAP = 30.0
LONGEST_RETRY_WAIT = 300.0
MOST_FAILURES = 10
MOST_SLOWING = 8.0
CALM_AGAIN_AFTER = 10
_LOOK_UP_EVERY = 1.0
_SAYS_NOTHING_OF_THE_HOST = frozenset({"http-401", "http-403", "http-4xx", "http-2xx", "http-3xx"})
_BUSY = frozenset({429, 503})


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """The time of day, in UTC."""

    def monotonic(self) -> float:
        """Seconds from some moment; never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Diary(Protocol):
    """Remembers when each host may be asked something, for everybody who asks."""

    def take(self, names: Sequence[str], now: datetime, gap: float) -> datetime | None:
        """Take the turn at a host; the moment to try again when somebody else has it."""

    def leave(self, names: Sequence[str], next_at: datetime) -> None:
        """The answer is in: from when the host may be asked again."""


class StopAsked(Exception):
    """Somebody asked to stop while we were waiting for our turn."""


@dataclass(slots=True)
class _Host:
    """What we know of one name or address in this run.

    ``last_at`` is when the last answer was in, on the monotonic clock; ``wait`` is what it asked for.
    ``slowing`` is by how much its gap grew since it was too busy, ``calm`` counts good answers since.
    """

    last_at: float = -math.inf
    wait: float = 0.0
    response: float = 0.0
    slowing: float = 1.0
    calm: int = 0
    failures: int = 0
    stopped: str = ""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Politeness:
    """Who may be asked when."""

    def __init__(
        self,
        clock: Clock,
        diary: Diary,
        *,
        pace: float | None = None,
        trusted_pace: float = SHORTEST_GAP,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clock, self._diary, self._should_stop = clock, diary, should_stop
        self._pace, self._trusted_pace = pace or 0.0, trusted_pace
        self._hosts: dict[str, _Host] = {}
        self._delays: dict[str, float] = {}

    def set_delay(self, host: str, seconds: float) -> None:
        """Obey the Crawl-delay of a host."""
        self._delays[host] = seconds

    def stopped(self, names: Sequence[str]) -> str | None:
        """Why a host is left alone for the rest of this run, as a reason code."""
        return next((h.stopped for n in names if (h := self._hosts.get(n)) and h.stopped), None)

    def gap(self, names: Sequence[str], *, trusted: bool) -> float:
        """Seconds between the end of a request and the next one."""
        asked = max(self._pace, *(self._delays.get(name, 0.0) for name in names))
        known = [host for name in names if (host := self._hosts.get(name)) is not None]
        slowing = max((host.slowing for host in known), default=1.0)
        if trusted:
            gap = max(self._trusted_pace, asked)
        else:
            response = RESPONSE_FACTOR * max((host.response for host in known), default=0.0)
            gap = max(SHORTEST_GAP, asked, min(LONGEST_RESPONSE_GAP, response))
        return max(gap, min(LONGEST_RESPONSE_GAP, gap * slowing))

    @asynccontextmanager
    async def turn(self, names: Sequence[str], *, trusted: bool) -> AsyncIterator[None]:
        """Hold the only place at these hosts, from when it is our turn until the answer is in."""
        async with AsyncExitStack() as stack:
            for name in sorted(names):
                await stack.enter_async_context(self._host(name).lock)
            gap = self.gap(names, trusted=trusted)
            hosts = [self._host(name) for name in names]
            await self._wait_until(max(host.last_at + max(gap, host.wait) for host in hosts))
            if gap > 0:
                await self._take(names, gap)
            yield
            if gap > 0:
                gap = max(self.gap(names, trusted=trusted), *(host.wait for host in hosts))
                self._diary.leave(names, self._clock.now() + timedelta(seconds=gap))

    async def _take(self, names: Sequence[str], gap: float) -> None:
        """Wait for others who ask the same host; a gap is also how long we hold it without a word."""
        while (later := self._diary.take(names, now := self._clock.now(), gap)) is not None:
            await self._wait_until(self._clock.monotonic() + (later - now).total_seconds())

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    async def _wait_until(self, moment: float) -> None:
        while (left := moment - self._clock.monotonic()) > 0:
            if self._should_stop():
                raise StopAsked
            await self._clock.sleep(min(left, _LOOK_UP_EVERY))

    def report(
        self, names: Sequence[str], outcome: Outcome, elapsed: float, *, trusted: bool
    ) -> None:
        """Learn from an answer how long to wait for the next, or to stop."""
        for name in names:
            host = self._hosts[name]
            host.response = elapsed
            host.failures = host.failures + 1 if _is_failure(outcome) else 0
            _slow_down(host, outcome)
            if host.failures >= MOST_FAILURES:
                host.stopped = "host-stopped"
        wait = self._asked_wait(names, outcome, trusted=trusted)
        for name in names:
            self._hosts[name].last_at = self._clock.monotonic()
            self._hosts[name].wait = wait

    def _asked_wait(self, names: Sequence[str], outcome: Outcome, *, trusted: bool) -> float:
        """What a server that is busy asks for, or needs when it does not say."""
        if not isinstance(outcome, Failed) or outcome.status not in _BUSY:
            return 0.0
        if outcome.retry_after is None:
            return 0.0 if trusted else LONGEST_RESPONSE_GAP
        if outcome.retry_after > LONGEST_RETRY_WAIT:
            for name in names:
                self._hosts[name].stopped = "retry-later"
            return 0.0
        return outcome.retry_after


def _slow_down(host: _Host, outcome: Outcome) -> None:
    """Go slower for a host that says it has too much to do, and quicker again by and by."""
    if isinstance(outcome, Failed) and outcome.status in _BUSY:
        host.slowing, host.calm = min(MOST_SLOWING, 2 * host.slowing), 0
    elif not isinstance(outcome, Failed):
        host.calm += 1
        if host.calm % CALM_AGAIN_AFTER == 0:
            host.slowing = max(1.0, host.slowing / 2)


def _is_failure(outcome: Outcome) -> bool:
    return isinstance(outcome, Failed) and outcome.reason not in _SAYS_NOTHING_OF_THE_HOST


class PoliteFetcher:
    """Asks for addresses with manners; everything the crawler asks for goes through here."""

    def __init__(self, fetcher: Fetcher, politeness: Politeness, clock: Clock) -> None:
        self._fetcher, self._clock = fetcher, clock
        self.politeness = politeness

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        purpose: Purpose = "page",
    ) -> Outcome:
        """Wait for our turn, ask once, and learn from the answer."""
        try:
            names, trusted = await self._names(url)
        except AddressRefused as error:
            return Refused(url, error.reason, str(error))
        if (reason := self.politeness.stopped(names)) is not None:
            return Refused(url, reason)
        async with self.politeness.turn(names, trusted=trusted):
            began = self._clock.monotonic()
            outcome = await self._fetcher.get(
                url, etag=etag, last_modified=last_modified, purpose=purpose
            )
            elapsed = self._clock.monotonic() - began
            self.politeness.report(names, outcome, elapsed, trusted=trusted)
        return outcome

    def set_delay(self, url: str, seconds: float) -> None:
        """Obey the Crawl-delay of the host of an address."""
        parts = split(url)
        if parts is not None:
            self.politeness.set_delay(parts.host, seconds)
            self.politeness.set_delay(f"{parts.host}:{parts.port}", seconds)

    async def _names(self, url: str) -> tuple[tuple[str, ...], bool]:
        """The names under which a host keeps its pace; only its own when it is not to be found."""
        parts = split(url)
        if parts is None:
            raise AddressRefused("bad-url", url)
        guard = self._fetcher.guard
        if guard.is_trusted(parts.host, parts.port):
            return (f"{parts.host}:{parts.port}",), True
        try:
            addresses = await guard.addresses(parts.host, parts.port)
        except NameNotFound:
            return (parts.host,), False
        return tuple(dict.fromkeys((parts.host, *addresses))), False
