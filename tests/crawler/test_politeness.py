"""Manners, with a clock that costs no time."""

import asyncio
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from crawler.fetch import Fetcher
from crawler.guard import Guard
from crawler.outcomes import Failed, Gone, NotModified, Outcome, Refused
from crawler.politeness import (
    LONGEST_RETRY_WAIT,
    MOST_FAILURES,
    PoliteFetcher,
    Politeness,
    StopAsked,
)
from tests.crawler.clocks import FakeClock
from tests.crawler.loopback import answer, serving

HOST = ("voorbeeld.nl", "93.184.216.34")


class Diary:
    """Remembers for one test from when each host may be asked."""

    def __init__(self, **next_at: datetime) -> None:
        self.next_at = dict(next_at)

    def take(self, names: Sequence[str], now: datetime, gap: float) -> datetime | None:
        later = max((self.next_at[name] for name in names if name in self.next_at), default=now)
        if later > now:
            return later
        self.leave(names, now + timedelta(seconds=gap))
        return None

    def leave(self, names: Sequence[str], next_at: datetime) -> None:
        self.next_at.update(dict.fromkeys(names, next_at))


def good(url: str = "https://voorbeeld.nl/") -> Outcome:
    return Gone(url, 404, 0.0, "http-404")


def busy(status: int = 503, retry_after: float | None = None) -> Failed:
    return Failed("https://voorbeeld.nl/", f"http-{status}", status, retry_after)


class Manners:
    """Asks again and again, and notes when each request left."""

    def __init__(self, clock: FakeClock, politeness: Politeness, *, trusted: bool = False) -> None:
        self.clock, self.politeness, self.trusted = clock, politeness, trusted
        self.left: list[float] = []

    async def ask(
        self, outcome: Outcome, takes: float = 0.0, names: tuple[str, ...] = HOST
    ) -> None:
        async with self.politeness.turn(names, trusted=self.trusted):
            self.left.append(self.clock.passed)
            self.clock.passed += takes
            self.politeness.report(names, outcome, takes, trusted=self.trusted)

    def gaps(self, *asked: tuple[Outcome, float]) -> list[float]:
        async def run() -> None:
            for outcome, takes in asked:
                await self.ask(outcome, takes)

        asyncio.run(run())
        return [later - before for before, later in zip(self.left, self.left[1:], strict=False)]


@pytest.mark.parametrize(
    ("pace", "delay", "takes", "gap"),
    [
        (None, 0.0, 0.0, 2.0),
        (None, 0.0, 0.1, 2.1),
        (None, 0.0, 1.0, 6.0),
        (None, 0.0, 20.0, 50.0),
        (5.0, 0.0, 0.0, 5.0),
        (0.5, 0.0, 0.0, 2.0),
        (None, 10.0, 0.0, 10.0),
        (60.0, 10.0, 20.0, 80.0),
    ],
)
def test_the_gap_is_the_largest_of_all(
    pace: float | None, delay: float, takes: float, gap: float
) -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary(), pace=pace)
    politeness.set_delay("voorbeeld.nl", delay)
    gaps = Manners(clock, politeness).gaps(*[(good(), takes)] * 4)
    assert gaps == pytest.approx([gap] * 3)


def test_a_delay_that_is_learnt_later_holds_for_the_next_request() -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary())
    manners = Manners(clock, politeness)

    async def run() -> None:
        await manners.ask(good())
        politeness.set_delay("voorbeeld.nl", 20.0)
        await manners.ask(good())

    asyncio.run(run())
    assert manners.left == pytest.approx([0.0, 20.0])


@pytest.mark.parametrize(
    ("trusted_pace", "pace", "delay", "gap"),
    [
        (0.0, None, 0.0, 0.5),
        (0.2, None, 0.0, 0.7),
        (2.0, None, 0.0, 2.5),
        (0.0, 1.0, 0.0, 1.5),
        (0.0, None, 3.0, 3.5),
    ],
)
def test_only_a_trusted_address_may_be_quicker(
    trusted_pace: float, pace: float | None, delay: float, gap: float
) -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary(), pace=pace, trusted_pace=trusted_pace)
    politeness.set_delay("voorbeeld.nl", delay)
    trusted = Manners(clock, politeness, trusted=True).gaps(*[(good(), 0.5)] * 3)
    assert trusted == pytest.approx([gap] * 2)


def test_other_hosts_do_not_wait_and_one_address_is_one_host() -> None:
    clock = FakeClock()
    manners = Manners(clock, Politeness(clock, Diary()))

    async def run() -> None:
        await manners.ask(good(), names=("a.nl", "1.1.1.1"))
        await manners.ask(good(), names=("b.nl", "2.2.2.2"))
        await manners.ask(good(), names=("c.nl", "1.1.1.1"))
        await manners.ask(good(), names=("a.nl", "3.3.3.3"))

    asyncio.run(run())
    assert manners.left == pytest.approx([0.0, 0.0, 2.0, 2.0])


def test_a_host_has_one_request_at_a_time() -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary(), trusted_pace=0.0)
    busy_now, most = 0, 0

    async def ask() -> None:
        nonlocal busy_now, most
        async with politeness.turn(HOST, trusted=True):
            busy_now += 1
            most = max(most, busy_now)
            await asyncio.sleep(0)
            busy_now -= 1

    async def run() -> None:
        await asyncio.gather(*(ask() for _ in range(20)))

    asyncio.run(run())
    assert most == 1


@pytest.mark.parametrize(
    ("outcome", "gap"),
    [
        (busy(503, 100.0), [100.0, 4.0]),
        (busy(429, 7.0), [7.0, 4.0]),
        (busy(429, 0.0), [4.0, 4.0]),
        (busy(503), [30.0, 4.0]),
        (busy(500, 100.0), [2.0, 2.0]),
    ],
)
def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(
    outcome: Failed, gap: list[float]
) -> None:
    clock = FakeClock()
    manners = Manners(clock, Politeness(clock, Diary()))
    assert manners.gaps((outcome, 0.0), (good(), 0.0), (good(), 0.0)) == pytest.approx(gap)


def test_a_busy_server_is_asked_ever_more_slowly_and_by_and_by_quicker_again() -> None:
    clock = FakeClock()
    manners = Manners(clock, Politeness(clock, Diary()))
    much = [(busy(429, 0.0), 0.0)] * 5
    calm = [(good(), 0.0)] * 31
    assert manners.gaps(*much, *calm) == pytest.approx(
        [4.0, 8.0, 16.0, 16.0, 16.0] + [16.0] * 9 + [8.0] * 10 + [4.0] * 10 + [2.0]
    )


def test_a_server_that_asks_for_much_more_is_left_alone_for_the_run() -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary())
    Manners(clock, politeness).gaps((busy(503, LONGEST_RETRY_WAIT + 1), 0.0))
    assert politeness.stopped(HOST) == "retry-later"
    assert politeness.stopped(("ander.nl",)) is None


def test_ten_failures_in_a_row_stop_a_host() -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary())
    manners = Manners(clock, politeness)
    failure = Failed("https://voorbeeld.nl/", "timeout")
    manners.gaps(*[(failure, 0.0)] * (MOST_FAILURES - 1), (good(), 0.0), (failure, 0.0))
    assert politeness.stopped(HOST) is None
    manners.gaps(*[(failure, 0.0)] * (MOST_FAILURES - 1))
    assert politeness.stopped(HOST) == "host-stopped"


def test_a_closed_door_is_no_failure_of_the_host() -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary())
    Manners(clock, politeness).gaps(*[(busy(403), 0.0)] * 30)
    assert politeness.stopped(HOST) is None


@pytest.mark.parametrize(("left", "wait"), [(1.5, 1.5), (0.0, 0.0), (-3600.0, 0.0), (80.0, 80.0)])
def test_the_gap_survives_a_restart(left: float, wait: float) -> None:
    clock = FakeClock()
    diary = Diary(**{"93.184.216.34": clock.now() + timedelta(seconds=left)})
    manners = Manners(clock, Politeness(clock, diary))
    manners.gaps((good(), 0.0))
    assert manners.left == pytest.approx([wait])


def test_a_turn_is_taken_before_the_request_leaves_and_the_gap_begins_at_its_end() -> None:
    clock, diary = FakeClock(), Diary()
    politeness = Politeness(clock, diary)

    async def run() -> None:
        async with politeness.turn(HOST, trusted=False):
            taken.update(diary.next_at)
            clock.passed += 5.0
            politeness.report(HOST, good(), 5.0, trusted=False)

    taken: dict[str, datetime] = {}
    asyncio.run(run())
    assert taken == dict.fromkeys(HOST, clock.start + timedelta(seconds=2))
    assert diary.next_at == dict.fromkeys(HOST, clock.start + timedelta(seconds=5 + 25))


def test_two_who_ask_one_host_wait_for_each_other() -> None:
    clock, diary = FakeClock(), Diary()
    one, other = (Manners(clock, Politeness(clock, diary, pace=pace)) for pace in (2.0, 10.0))

    async def run() -> None:
        for manners in (one, other, one, other, one):
            await manners.ask(good())

    asyncio.run(run())
    assert one.left == pytest.approx([0.0, 12.0, 24.0])
    assert other.left == pytest.approx([2.0, 14.0])


def test_waiting_ends_when_somebody_asks_to_stop() -> None:
    clock = FakeClock()
    politeness = Politeness(clock, Diary(), should_stop=lambda: clock.passed > 3)
    politeness.set_delay("voorbeeld.nl", 50.0)
    with pytest.raises(StopAsked):
        Manners(clock, politeness).gaps((good(), 0.0), (good(), 0.0))
    assert clock.passed < 6


def test_ten_thousand_requests_without_a_violation() -> None:
    """Four askers, ten names on four machines, answers of every sort; the log is that of the machines."""
    chance, clock = random.Random(20261123), FakeClock()
    politeness = Politeness(clock, Diary())
    names = [(f"site{n}.nl", f"192.0.2.{n % 4}") for n in range(10)]
    politeness.set_delay("site3.nl", 7.0)
    log: dict[str, list[tuple[float, float, float]]] = {machine: [] for _, machine in names}

    async def ask(number: int) -> None:
        for _ in range(number):
            name, machine = host = chance.choice(names)
            async with politeness.turn(host, trusted=False):
                began, takes = clock.passed, chance.choice((0.01, 0.1, 0.5, 2.0))
                await clock.sleep(takes)
                retry = chance.choice((None, 40.0))
                outcome = (
                    busy(chance.choice((429, 503)), retry) if not chance.randrange(50) else good()
                )
                politeness.report(host, outcome, takes, trusted=False)
                wait = (retry or 30.0) if isinstance(outcome, Failed) else 0.0
                delay = 7.0 if name == "site3.nl" else 0.0
                log[machine].append((began, clock.passed, max(2.0, 5 * takes, wait, delay)))

    async def run() -> None:
        await asyncio.gather(*(ask(2_500) for _ in range(4)))

    asyncio.run(run())
    assert sum(map(len, log.values())) == 10_000
    violations = [
        (machine, before, after)
        for machine, asked in log.items()
        for before, after in pairwise(sorted(asked))
        if after[0] - before[1] < before[2] - 1e-6
    ]
    assert violations == []


def test_everything_together_on_a_real_server() -> None:
    clock = FakeClock()
    with serving({"/": answer(status=304)}) as site:
        politeness = Politeness(clock, Diary(), trusted_pace=2.0)

        async def run() -> list[Outcome]:
            async with Fetcher("P", Guard(site.trusted), trusted=site.trusted) as fetcher:
                polite = PoliteFetcher(fetcher, politeness, clock)
                return [
                    await polite.get(site.url + "/", etag='"a"'),
                    await polite.get(site.url + "/"),
                    await polite.get("http://10.0.0.1/"),
                    await polite.get("nergens"),
                ]

        found = asyncio.run(run())
    assert [type(outcome) for outcome in found] == [NotModified, Failed, Refused, Refused]
    assert [outcome.reason for outcome in found[2:]] == ["private-address", "bad-url"]
    assert clock.passed == pytest.approx(2.0)
    assert site.most_at_once == 1
