"""May we fetch this, and how slowly: robots.txt by RFC 9309.

In: the origin of an address, and a way to ask for its ``/robots.txt``. Out: ``Rules``. By the RFC a
status of 4xx means that everything is allowed, 5xx or no answer that nothing is (2.3.1); at least
five redirects are followed, at least 500 KiB are read, and an answer is used for 24 hours at most
(2.4). More than five redirects count as absent, as the RFC allows.

Protego reads 128 of the 140 public vectors as they want; it drops the group of an unknown line and
matches parts of names. ``_tidy`` rewrites the file so that it cannot: 137 of 140. The other three
want an address with characters that a URL cannot hold, or a pattern that RFC 9309 2.2.2 says to
compare otherwise (``ID_Encoding``).
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from protego import Protego

from crawler.outcomes import Failed, Fetched, Gone, Moved, Outcome, Refused
from crawler.urls import split
from library.store import RobotsFile, Verdict

AGENT = "Kennisbank"
MOST_REDIRECTS = 5
MOST_BYTES = 512_000
FRESH = timedelta(hours=24)
LONGEST_DELAY = 60.0

_LINE_END = re.compile(r"\r\n|\r|\n")
_ODD_LINE_END = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_AGENT_FIELD = re.compile(r"user[- ]?agent\s*[:\s]\s*(.*)", re.IGNORECASE)
_KNOWN_FIELD = re.compile(
    r"(?:user[- ]?agent|diss?all?ow|disallaw|diasllow|allow|site-?maps?|crawl[- ]delay)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[a-zA-Z_-]+")
_NOBODY = "x"


class RobotsCache(Protocol):
    """Where answers are kept between crawls."""

    def find_robots(self, origin: str) -> RobotsFile | None:
        """The last answer of an origin."""

    def put_robots(self, origin: str, robots: RobotsFile) -> None:
        """Keep an answer."""


class Rules:
    """What one origin allows us; ``cause`` is the outcome that made it unreachable."""

    def __init__(
        self, answer: RobotsFile, agent: str = AGENT, *, cause: Outcome | None = None
    ) -> None:
        self.verdict: Verdict = answer.verdict
        self.cause = cause
        self._agent = agent
        text = answer.body[:MOST_BYTES].decode("utf-8-sig", "replace")
        self._parsed = Protego.parse("\n".join(_tidy(text, agent)))

    def allows(self, url: str) -> bool:
        """Whether the address may be fetched."""
        return self.verdict != "unreachable" and self._parsed.can_fetch(url, self._agent)

    @property
    def crawl_delay(self) -> float:
        """Seconds that the site wants between two requests; 0 when it does not say."""
        return self._parsed.crawl_delay(self._agent) or 0.0

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the file names, as written."""
        return tuple(dict.fromkeys(self._parsed.sitemaps))


def _tidy(text: str, agent: str) -> Iterator[str]:
    """Only lines that mean something, each user agent as the bare product token it stands for.

    An agent that is not ours becomes one that matches nobody, so that ``Kennis`` never speaks for
    ``Kennisbank``; RFC 9309 2.2.1 wants whole tokens, compared without regard to case.
    """
    for line in _LINE_END.split(text):
        line = _ODD_LINE_END.sub(" ", line.partition("#")[0]).strip()
        match = _AGENT_FIELD.match(line)
        if match is not None:
            yield f"User-agent: {_token_for(match[1].strip(), agent)}"
        elif _KNOWN_FIELD.match(line):
            yield line


def _token_for(value: str, agent: str) -> str:
    if value == "*" or value.startswith(("* ", "*\t")):
        return "*"
    token = _TOKEN.match(value)
    return agent if token is not None and token[0].lower() == agent.lower() else _NOBODY


Ask = Callable[[str], Awaitable[Outcome]]
"""Asks for a robots.txt, along at most five redirects."""


class Robots:
    """The rules of every origin that a crawl meets; each is asked once a day at most."""

    def __init__(self, ask: Ask, cache: RobotsCache, now: Callable[[], datetime]) -> None:
        self._ask, self._cache, self._now = ask, cache, now
        self._rules: dict[str, Rules] = {}

    async def rules(self, url: str) -> Rules:
        """The rules for an address; those of an unreachable file hold for this run only."""
        parts = split(url)
        assert parts is not None
        known = self._rules.get(parts.origin)
        if known is None:
            known = self._rules[parts.origin] = await self._read(parts.origin)
        return known

    async def _read(self, origin: str) -> Rules:
        kept = self._cache.find_robots(origin)
        if kept is not None and timedelta(0) <= self._now() - kept.fetched_at < FRESH:
            return Rules(kept)
        outcome = await self._ask(f"{origin}/robots.txt")
        if isinstance(outcome, Failed) and verdict_of(outcome) == "unreachable":
            outcome = await self._ask(f"{origin}/robots.txt")
        answer = RobotsFile(verdict_of(outcome), _body_of(outcome), self._now())
        if answer.verdict == "unreachable":
            return Rules(answer, cause=outcome)
        self._cache.put_robots(origin, answer)
        return Rules(answer)


def verdict_of(outcome: Outcome) -> Verdict:
    """What the RFC makes of an answer: 2.3.1.1 to 2.3.1.4."""
    match outcome:
        case Fetched():
            return "read"
        case Gone() | Moved():
            return "absent"
        case Failed(status=int(status)) if 400 <= status < 500:
            return "absent"
        case Refused(reason="too-many-redirects" | "redirect-loop"):
            return "absent"
        case _:
            return "unreachable"


def _body_of(outcome: Outcome) -> bytes:
    return outcome.body if isinstance(outcome, Fetched) else b""
