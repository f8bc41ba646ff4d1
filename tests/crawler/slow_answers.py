"""Slow answers of every sort, made from a seed (threats 2.3): drips, stalls, endless heads, silence.

Out: talks for a server on loopback, and how long each of them kept a fetch that has a deadline.
"""

import asyncio
import gzip
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from crawler.fetch import Fetcher, Limits
from crawler.guard import Guard
from crawler.outcomes import Outcome
from tests.crawler.loopback import Loopback, Talk

AT_ONCE = 250
_FOR_EVER = 10_000
_PACKED = gzip.compress(random.Random(1).randbytes(20_000))


@dataclass(frozen=True, slots=True)
class Slow:
    """What came of one slow answer, and after how many seconds."""

    path: str
    outcome: Outcome
    seconds: float


def slow_talks(number: int, longest_pause: float, seed: int = 23) -> dict[str, Talk]:
    """So many different slow answers; a drip pauses at most so many seconds between two bytes."""
    chance, makers = random.Random(seed), tuple(_MAKERS)
    talks = {}
    for n in range(number):
        name = makers[n % len(makers)]
        talks[f"/{name}/{n}"] = _MAKERS[name](chance, longest_pause)
    return talks


async def ask_all(site: Loopback, limits: Limits) -> list[Slow]:
    """Fetch every slow answer, one soon after the other, so that their ends lie apart too."""
    fetcher = Fetcher("P", Guard(site.trusted), trusted=site.trusted, limits=limits)

    async def ask(number: int, path: str) -> Slow:
        await asyncio.sleep(number * limits.html.seconds / AT_ONCE)
        began = time.monotonic()
        outcome = await fetcher.get(site.url + path)
        return Slow(path, outcome, time.monotonic() - began)

    async with fetcher:
        return list(await asyncio.gather(*(ask(*one) for one in enumerate(site.talks))))


def _drip(chance: random.Random, longest: float) -> Talk:
    """A body that comes byte by byte."""
    head = f"HTTP/1.1 200 OK\r\ncontent-length: {chance.randint(10_000, 90_000)}\r\n\r\n".encode()
    return _piecewise(head, b"x" * _FOR_EVER, chance.uniform(longest / 10, longest))


def _chunks(chance: random.Random, longest: float) -> Talk:
    head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    return _repeated(head, b"1\r\nx\r\n", chance.uniform(longest / 10, longest))


def _packed(chance: random.Random, longest: float) -> Talk:
    head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n"
    pause = chance.uniform(longest / 10, longest)
    return _piecewise(head % len(_PACKED), _PACKED, pause)


def _header(chance: random.Random, longest: float) -> Talk:
    name = b"HTTP/1.1 200 OK\r\nx-%d: " % chance.randrange(1000)
    return _piecewise(name, b"y" * _FOR_EVER, chance.uniform(longest / 10, longest))


def _headers(chance: random.Random, longest: float) -> Talk:
    pause = chance.uniform(longest / 10, longest)
    return _repeated(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", pause)


def _early(chance: random.Random, longest: float) -> Talk:
    status = chance.choice((b"102 Processing", b"103 Early Hints", b"100 Continue"))
    pause = chance.uniform(longest / 10, longest)
    return _repeated(b"", b"HTTP/1.1 " + status + b"\r\nlink: <x>\r\n\r\n", pause)


def _stall(chance: random.Random, longest: float) -> Talk:
    """Half an answer, and then nothing more."""
    whole = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + b"half " * 100
    return _repeated(whole[: chance.randint(1, len(whole))], b"", longest)


def _silence(chance: random.Random, longest: float) -> Talk:
    return _repeated(b"", b"", longest)


_MAKERS: dict[str, Callable[[random.Random, float], Talk]] = {
    "drip": _drip,
    "chunks": _chunks,
    "packed": _packed,
    "header": _header,
    "headers": _headers,
    "early": _early,
    "stall": _stall,
    "silence": _silence,
}


def _piecewise(head: bytes, body: bytes, pause: float) -> Talk:
    return _talk(head, lambda n: body[n : n + 1], pause)


def _repeated(head: bytes, piece: bytes, pause: float) -> Talk:
    return _talk(head, lambda _: piece, pause)


def _talk(head: bytes, piece: Callable[[int], bytes], pause: float) -> Talk:
    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for n in range(_FOR_EVER):
            if writer.is_closing():
                return
            writer.write(piece(n))
            await writer.drain()
            await asyncio.sleep(pause)

    return talk
