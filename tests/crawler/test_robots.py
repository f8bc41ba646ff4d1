"""RFC 9309: which rules hold, and what every kind of answer means."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from crawler.fetch import Allowance, Fetcher, Limits, follow
from crawler.guard import Guard
from crawler.outcomes import Failed, Outcome, Refused
from crawler.robots import MOST_BYTES, MOST_REDIRECTS, Robots, Rules
from library.store import RobotsFile
from tests.crawler.loopback import Loopback, Route, Talk, answer, redirect, serving

VECTORS = (
    Path(__file__).parents[2].parent
    / "shared"
    / "conformance"
    / "robots"
    / "google_robots_vectors.json"
)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)

AGAINST_THE_RFC = {
    ("Allow: /foo/bar/ツ", "/foo/bar/ツ"),
    ("Allow: /foo/bar/%E3%83%84", "/foo/bar/ツ"),
    ("Allow: /foo/bar/%62%61%7A", "/foo/bar/baz"),
}
"""Three vectors of ID_Encoding. The first two ask for an address with a character that no URL
holds: RFC 9309 2.2.2 wants it encoded before it is compared, and then the allowing rule matches.
The third compares an encoded ordinary character as if it were another one, against the same
paragraph."""


def rules(text: str | bytes, agent: str = "Kennisbank") -> Rules:
    body = text if isinstance(text, bytes) else text.encode()
    return Rules(RobotsFile("read", body, NOW), agent)


@pytest.mark.skipif(
    not VECTORS.is_file(), reason="no robots vectors in the data beside the project"
)
def test_public_vectors() -> None:
    wrong = [
        vector
        for vector in json.loads(VECTORS.read_text("utf-8"))
        if rules(vector["robots"], vector["agent"]).allows(vector["url"]) != vector["allowed"]
    ]
    named = {(v["robots"].splitlines()[-1], v["url"].removeprefix("http://foo.bar")) for v in wrong}
    assert {vector["test"] for vector in wrong} == {"ID_Encoding"}
    assert named == AGAINST_THE_RFC
    assert len(wrong) == 3


SITE = "https://voorbeeld.nl"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /a", "/robots.txt", True),
        ("User-agent: *\nDisallow: /\nAllow: /open/", "/open/x", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: kennisbank\nDisallow: /\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: KENNISBANK/2.0\nDisallow: /", "/a", False),
        ("User-agent: Kennisbank onbekend\nDisallow: /", "/a", False),
        ("User-agent: Kennis\nDisallow: /", "/a", True),
        ("User-agent: Kennisbankje\nDisallow: /", "/a", True),
        ("User-agent: anders\nDisallow: /", "/a", True),
        ("User-agent: anders\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: anders\nNoindex: /x\nUser-agent: *\nDisallow: /", "/a", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: * # iedereen\nDisallow: /a # weg", "/a", False),
        ("User-agent: *\nDisallow: /a\x0bAllow: /a", "/a", True),
        ("<!doctype html><html><body>Niet gevonden</body></html>", "/a", True),
        ("User-agent: *\nDisallow: /a\x00", "/a", True),
    ],
)
def test_what_is_allowed(text: str, path: str, *, allowed: bool) -> None:
    assert rules(text).allows(SITE + path) is allowed


def test_utf_16_is_no_robots_file() -> None:
    assert rules("User-agent: *\nDisallow: /".encode("utf-16")).allows(SITE + "/a")


def test_rules_beyond_500_kib_do_not_count() -> None:
    filler = b"# " + b"x" * 100 + b"\n"
    start = b"User-agent: *\nDisallow: /begin\n" + filler * (MOST_BYTES // len(filler) + 1)
    read = rules(start + b"Disallow: /eind\n")
    assert not read.allows(SITE + "/begin")
    assert read.allows(SITE + "/eind")


def test_delay_and_sitemaps() -> None:
    read = rules(
        "Sitemap: https://voorbeeld.nl/a.xml\nUser-agent: *\nCrawl-delay: 7.5\n"
        "Sitemap: https://voorbeeld.nl/b.xml\nSitemap: https://voorbeeld.nl/a.xml"
    )
    assert read.crawl_delay == 7.5
    assert read.sitemaps == ("https://voorbeeld.nl/a.xml", "https://voorbeeld.nl/b.xml")
    assert rules("User-agent: *\nCrawl-delay: veel").crawl_delay == 0


def test_a_hostile_pattern_costs_no_time() -> None:
    assert rules("User-agent: *\nDisallow: /" + "*a" * 1000 + "b").allows(SITE + "/" + "a" * 2000)


class Memory:
    """Keeps robots files for one test."""

    def __init__(self) -> None:
        self.kept: dict[str, RobotsFile] = {}

    def find_robots(self, origin: str) -> RobotsFile | None:
        return self.kept.get(origin)

    def put_robots(self, origin: str, robots: RobotsFile) -> None:
        self.kept[origin] = robots


def verdict(site: Loopback, memory: Memory | None = None) -> Rules:
    limits = Limits(robots=Allowance(512_000, 0.6, cut=True), silent_seconds=0.4)

    async def run() -> Rules:
        async with Fetcher("P", Guard(site.trusted), trusted=site.trusted, limits=limits) as f:

            async def ask(url: str) -> Outcome:
                return await follow(url, partial(f.get, purpose="robots"), MOST_REDIRECTS)

            return await Robots(ask, memory or Memory(), lambda: NOW).rules(site.url + "/a")

    return asyncio.run(run())


CLOSED = b"User-agent: *\nDisallow: /a"


def chain(length: int) -> dict[str, Route]:
    hops: dict[str, Route] = {f"/{n}": redirect(f"/{n + 1}") for n in range(1, length)}
    return {"/robots.txt": redirect("/1"), **hops, f"/{length}": answer(CLOSED)}


async def _hang_up(writer: object) -> None:
    writer.close()  # type: ignore[attr-defined]  # Any stream of the server.


async def _silent(_: object) -> None:
    await asyncio.sleep(5)


TALKS: dict[str, tuple[Talk, str]] = {
    "reset": (_hang_up, "unreachable"),
    "timeout": (_silent, "unreachable"),
}
STATUSES: dict[str, tuple[dict[str, Route], str, bool]] = {
    "200": ({"/robots.txt": answer(CLOSED)}, "read", False),
    "200 and empty": ({"/robots.txt": answer()}, "read", True),
    "200 and packed": ({"/robots.txt": answer(CLOSED, packed=True)}, "read", False),
    "200 and HTML": ({"/robots.txt": answer(b"<html>nee</html>")}, "read", True),
    "200 and NUL": ({"/robots.txt": answer(b"\x00\x00" + CLOSED)}, "read", True),
    "200 and UTF-16": ({"/robots.txt": answer(CLOSED.decode().encode("utf-16"))}, "read", True),
    "200 and 600 KiB": ({"/robots.txt": answer(CLOSED + b"\n#" + bytes(600_000))}, "read", False),
    "200 and a brotli lie": (
        {"/robots.txt": answer(CLOSED, content_encoding="br")},
        "unreachable",
        False,
    ),
    "200 and a bomb": (
        {"/robots.txt": answer(bytes(20_000_000), packed=True)},
        "read",
        True,
    ),
    "one redirect": (chain(1), "read", False),
    "five redirects": (chain(5), "read", False),
    "six redirects": (chain(6), "absent", True),
    "a loop": ({"/robots.txt": redirect("/robots.txt")}, "absent", True),
    "a redirect inside": ({"/robots.txt": redirect("http://10.0.0.1/")}, "unreachable", False),
    "a redirect to a 404": ({"/robots.txt": redirect("/weg")}, "absent", True),
    **{
        str(status): ({"/robots.txt": answer(status=status)}, "absent", True)
        for status in (400, 401, 403, 404, 410, 418, 429, 451)
    },
    **{
        str(status): ({"/robots.txt": answer(status=status)}, "unreachable", False)
        for status in (500, 502, 503, 504, 520, 204, 304)
    },
}


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(STATUSES) + len(TALKS) >= 30


@pytest.mark.parametrize("name", STATUSES)
def test_what_an_answer_means(name: str) -> None:
    routes, meaning, allowed = STATUSES[name]
    with serving(routes) as site:
        read = verdict(site)
        assert read.verdict == meaning
        assert read.allows(site.url + "/a") is allowed


@pytest.mark.parametrize("name", TALKS)
def test_what_no_answer_means(name: str) -> None:
    talk, meaning = TALKS[name]
    with serving(talks={"/robots.txt": talk}) as site:
        read = verdict(site)
    assert read.verdict == meaning
    assert isinstance(read.cause, Failed)
    assert len(site.asked) == 2  # A server may stumble once.


class Answers:
    """Counts questions and gives one outcome."""

    def __init__(self, make: Callable[[str], Outcome]) -> None:
        self.make = make
        self.asked: list[str] = []

    async def __call__(self, url: str) -> Outcome:
        self.asked.append(url)
        return self.make(url)


def test_a_refused_robots_file_is_asked_once() -> None:
    ask = Answers(lambda url: Refused(url, "private-address"))
    read = asyncio.run(Robots(ask, Memory(), lambda: NOW).rules(SITE + "/a"))
    assert read.verdict == "unreachable"
    assert ask.asked == [SITE + "/robots.txt"]


@pytest.mark.parametrize(
    ("age", "questions"),
    [(timedelta(hours=23), 0), (timedelta(hours=24), 1), (-timedelta(hours=1), 1)],
)
def test_an_answer_is_used_for_a_day(age: timedelta, questions: int) -> None:
    memory = Memory()
    memory.put_robots(SITE, RobotsFile("read", CLOSED, NOW - age))
    ask = Answers(lambda url: Refused(url, "too-many-redirects"))
    read = asyncio.run(Robots(ask, memory, lambda: NOW).rules(SITE + "/a"))
    assert len(ask.asked) == questions
    assert read.allows(SITE + "/a") is bool(questions)


def test_an_unreachable_file_is_not_kept_for_the_next_run() -> None:
    memory = Memory()
    with serving({"/robots.txt": answer(status=503)}) as site:
        verdict(site, memory)
    assert memory.kept == {}


def test_each_origin_has_its_own_rules() -> None:
    ask = Answers(lambda url: Refused(url, "too-many-redirects"))
    robots = Robots(ask, Memory(), lambda: NOW)

    async def run() -> None:
        for url in ("https://a.nl/1", "https://a.nl/2", "http://a.nl/1", "https://b.nl/"):
            await robots.rules(url)

    asyncio.run(run())
    assert ask.asked == [f"{o}/robots.txt" for o in ("https://a.nl", "http://a.nl", "https://b.nl")]
