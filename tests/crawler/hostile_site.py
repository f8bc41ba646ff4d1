"""The hostile site (threats, F16): ordinary pages between everything that a server can do wrong.

Out: routes and talks for a number of addresses, in the shares that the threats name, from a seed.
All addresses are in the sitemap; pages link to forbidden ones too.
"""

import asyncio
import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from tests.crawler.loopback import Route, Talk, answer, page, redirect

SHARES = {
    "ordinary": 40,
    "bomb": 10,
    "slow": 10,
    "lie": 10,
    "trap": 10,
    "redirect": 8,
    "content": 7,
    "injected": 5,
}
FORBIDDEN = "/verboden/"
BOMB = gzip.compress(bytes(30_000_000))
_TITLES = (
    "<script>alert(1)</script>",
    "\u202eomgekeerd\u202d \u2066verstopt",
    "nul\x00 en \x1b[31mrood",
    "{{ 7 * 7 }} ${7*7} <%= 7 %>",
    "' OR 1=1 --",
    "lang " * 60_000,
)


@dataclass
class HostileSite:
    """What it serves, and the paths of each sort."""

    routes: dict[str, Route] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    paths: dict[str, list[str]] = field(default_factory=dict)


def hostile_site(number: int, origin: str, seed: int = 16) -> HostileSite:
    """Make the site; ``origin`` is where it will be."""
    chance, made = random.Random(seed), HostileSite()
    sorts = [sort for sort, share in SHARES.items() for _ in range(number * share // 100)]
    chance.shuffle(sorts)
    for n, sort in enumerate(sorts):
        path = f"/{sort}/{n}"
        made.paths.setdefault(sort, []).append(path)
        _MAKERS[sort](made, path, n, chance)
    for start in range(0, len(sorts), 5_000):
        some = [f"/{sort}/{n}" for n, sort in enumerate(sorts)][start : start + 5_000]
        listed = "".join(f"<url><loc>{origin}{path}</loc></url>" for path in some)
        made.routes[f"/kaart{start}.xml"] = answer(f"<urlset>{listed}</urlset>".encode())
    maps = "".join(f"Sitemap: {origin}{p}\n" for p in made.routes if p.startswith("/kaart"))
    robots = f"User-agent: *\nDisallow: {FORBIDDEN}\n{maps}"
    made.routes["/robots.txt"] = answer(robots.encode(), content_type="text/plain")
    made.routes["/"] = answer(page("Begin van de site", f"{FORBIDDEN}begin"))
    return made


def _ordinary(made: HostileSite, path: str, n: int, _: random.Random) -> None:
    text = f"Verhaal {n} over de bewoners van het dorp: zij beheren samen huis nummer {n}. " * 3
    made.routes[path] = answer(page(f"Gewoon {n}", f"{FORBIDDEN}{n}", text=text))


_BOMBS = (
    answer(BOMB, content_encoding="gzip"),
    answer(BOMB, content_encoding="br"),
    answer(gzip.compress(BOMB), content_encoding="gzip, gzip"),
    answer(BOMB, status=301, location="/", content_encoding="gzip"),
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100000000\r\n\r\n",
)
_DEEP = answer(b"<html><body>" + b"<div>" * 100_000 + b"diep")
_WIDE = answer(b"<p " + b" ".join(b"a%d=1" % i for i in range(200_000)) + b">x")
"""Made once: the server stands in the process of which the memory is measured."""


def _bomb(made: HostileSite, path: str, n: int, _: random.Random) -> None:
    made.routes[path] = _BOMBS[n % 5]


def _slow(made: HostileSite, path: str, n: int, _: random.Random) -> None:
    begin = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"
    first, then = (
        *((begin, b"x"), (b"HTTP/1.1 200 OK\r\nx: ", b"x")),
        *(
            (b"", b"HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n"),
            (begin + b"half", b""),
            (b"", b""),
        ),
    )[n % 5]

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        for _ in range(100):
            writer.write(then)
            await writer.drain()
            await asyncio.sleep(0.05)

    made.talks[path] = talk


def _lie(made: HostileSite, path: str, n: int, _: random.Random) -> None:
    raw = (
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nhallo wie",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nkort",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nwat\r\n",
        b"HTTP/1.1 200 OK\rcontent-length: 5\r\n\r\nhallo",
        b"HTTP/1.1 200 OK\r\nx: a\x00b\r\ncontent-length: 5\r\n\r\nhallo",
        b"hallo, dit is HTTP/0.9",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"x-%d: y\r\n" % i for i in range(20_000)) + b"\r\n",
    )[n % 7]

    async def talk(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    made.talks[path] = talk


def _trap(made: HostileSite, path: str, n: int, chance: random.Random) -> None:
    links = (
        [f"{path}?dag=2026-05-{d}" for d in range(1, 29)],
        [f"{path}?sid={chance.randrange(10**12):x}" for _ in range(20)],
        [f"{path}/a/b/a/b/a/b", f"{path}/verder/verder/verder"],
        [f"{path}?f[{i}]=thema:{i * 7 % 5}" for i in range(40)],
        [f"{path}?{'&'.join(f'p{i}=1' for i in range(40))}", f"{path}/{'x' * 3000}"],
    )[n % 5]
    made.routes[path] = answer(page("Kalender", *links, text="Geen activiteiten in deze maand."))


def _redirect(made: HostileSite, path: str, n: int, chance: random.Random) -> None:
    kind = n % 6
    if kind == 0:
        made.routes |= {path: redirect(f"{path}/lus"), f"{path}/lus": redirect(path)}
    elif kind == 1:
        length = chance.randint(1, 30)
        hops = [path, *(f"{path}/{hop}" for hop in range(length))]
        made.routes |= {a: redirect(b, 302) for a, b in pairwise(hops)}
        made.routes[hops[-1]] = redirect("/")
    else:
        targets = ("http://10.0.0.1/", "file:///etc/passwd", "http://127.0.0.1:22/", "//[::1]/")
        made.routes[path] = redirect(targets[kind - 2])


def _content(made: HostileSite, path: str, n: int, _: random.Random) -> None:
    text = page(f"Leugen {n}", text="Dit is een bladzijde over het huis van de buurt, één en twee.")
    made.routes[path] = (
        answer(text, content_type="application/pdf"),
        answer(b"%PDF-1.7 kapot", content_type="text/html"),
        answer(text, content_type="text/html; charset=utf-7"),
        answer(text.decode().encode("utf-16-le"), content_type="text/html"),
        answer(text.decode().encode("latin-1"), content_type="text/html; charset=utf-8"),
        _DEEP,
        _WIDE,
        answer(b"PK\x03\x04 geen zip", content_type="application/zip"),
    )[n % 8]


def _injected(made: HostileSite, path: str, n: int, _: random.Random) -> None:
    text = f"Een gewone tekst van {n} woorden over het dorp, met een vreemde titel erboven. " * 3
    title = _TITLES[n % len(_TITLES)]
    made.routes[path] = lambda _: answer(page(f"{title} {n}", text=text))


_MAKERS: dict[str, Callable[[HostileSite, str, int, random.Random], None]] = {
    "ordinary": _ordinary,
    "bomb": _bomb,
    "slow": _slow,
    "lie": _lie,
    "trap": _trap,
    "redirect": _redirect,
    "content": _content,
    "injected": _injected,
}
