"""One exchange with a server that may do anything: each answer has one outcome, in time."""

import asyncio
import gzip
import socket
import tracemalloc
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawler.fetch import (
    Allowance,
    Fetcher,
    Limits,
    follow,
    user_agent,
)
from crawler.guard import Guard
from crawler.outcomes import Failed, Fetched, Gone, Moved, NotModified, Outcome, Refused
from library.settings import read_settings
from tests.crawler.loopback import Asked, Loopback, Route, Talk, answer, redirect, serving

SMALL = Limits(
    html=Allowance(50_000, 0.6),
    document=Allowance(200_000, 1.2),
    robots=Allowance(1_000, 0.6, cut=True),
    sitemap=Allowance(100_000, 0.6),
    connect_seconds=0.5,
    silent_seconds=0.4,
)


def fetching(site: Loopback, path: str = "/", limits: Limits = SMALL, **asked: object) -> Outcome:
    async def run() -> Outcome:
        guard = Guard(site.trusted)
        async with Fetcher("Proef/1 (+x)", guard, trusted=site.trusted, limits=limits) as fetcher:
            return await fetcher.get(site.url + path, **asked)  # type: ignore[arg-type]  # Passed on as given.

    return asyncio.run(run())


def test_a_page_comes_whole() -> None:
    body = "<p>Één buurthuis</p>".encode()
    route = answer(
        body, content_type='Text/HTML; Charset="UTF-8"', etag='"a"', last_modified="gisteren"
    )
    with serving({"/": route}) as site:
        found = fetching(site)
    assert isinstance(found, Fetched)
    assert (found.status, found.body, found.received_bytes) == (200, body, len(body))
    assert (found.media_type, found.charset) == ("text/html", "UTF-8")
    assert (found.etag, found.last_modified) == ('"a"', "gisteren")
    assert found.url == found.final_url == site.url + "/"
    assert found.headers["etag"] == '"a"'


def test_what_we_say_of_ourselves() -> None:
    with serving({"/": answer(b"x", set_cookie="volg=mij")}) as site:
        fetching(site)
        headers = site.asked[0].headers
    assert headers["user-agent"] == "Proef/1 (+x)"
    assert headers["accept-encoding"] == "gzip"
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert "cookie" not in headers


def test_cookies_are_not_kept_and_the_connection_is() -> None:
    with serving({"/": answer(b"x", set_cookie="volg=mij")}) as site:

        async def run() -> None:
            async with Fetcher("P", Guard(site.trusted), trusted=site.trusted) as fetcher:
                await fetcher.get(site.url + "/")
                await fetcher.get(site.url + "/")

        asyncio.run(run())
    assert "cookie" not in site.asked[1].headers
    assert site.asked[0].connection == site.asked[1].connection


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with serving({"/": answer(b"x")}) as site:
        assert isinstance(fetching(site), Fetched)


def test_the_address_on_the_line_is_ours_letter_by_letter() -> None:
    path = "/a|b/%7Bc%7D/[d]?q=it's&n[x]=%5b^`"
    with serving() as site:
        fetching(site, path)
    assert site.paths == [path.replace("'", "%27")]  # The one sign that the standard encodes.


def test_conditional_requests() -> None:
    def respond(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == '"a"':
            return answer(status=304)
        return answer(asked.headers.get("if-modified-since", "").encode())

    with serving({"/": respond}) as site:
        assert isinstance(fetching(site, etag='"a"'), NotModified)
        dated = fetching(site, last_modified="Thu, 01 Jan 2026 00:00:00 GMT")
        assert isinstance(dated, Fetched)
        assert dated.body == b"Thu, 01 Jan 2026 00:00:00 GMT"


def test_a_304_that_nobody_asked_for_is_a_failure() -> None:
    with serving({"/": answer(status=304)}) as site:
        found = fetching(site)
    assert isinstance(found, Failed)
    assert found.reason == "http-3xx"


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (404, Gone, "http-404"),
        (410, Gone, "http-410"),
        (204, Failed, "http-2xx"),
        (206, Failed, "http-2xx"),
        (300, Failed, "http-3xx"),
        (302, Failed, "http-3xx"),
        (400, Failed, "http-4xx"),
        (401, Failed, "http-401"),
        (403, Failed, "http-403"),
        (429, Failed, "http-429"),
        (500, Failed, "http-500"),
        (503, Failed, "http-503"),
        (520, Failed, "http-5xx"),
    ],
)
def test_other_statuses(status: int, kind: type, reason: str) -> None:
    with serving({"/": answer(status=status)}) as site:
        found = fetching(site)
    assert type(found) is kind
    assert found.reason == reason


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (lambda: "120", 120, 120),
        (in_an_hour, 3300, 3600),
        (lambda: "Thu, 01 Jan 1970 00:00:00 GMT", 0, 0),
    ],
    ids=["seconds", "in an hour", "long ago"],
)
def test_retry_after(value: Callable[[], str], least: float, most: float) -> None:
    with serving({"/": answer(status=503, retry_after=value())}) as site:
        found = fetching(site)
    assert isinstance(found, Failed)
    assert found.retry_after is not None
    assert least <= found.retry_after <= most


@pytest.mark.parametrize("value", ["straks", "-5", "1e9", "²"])
def test_a_retry_after_without_sense(value: str) -> None:
    route = answer(status=503).replace(
        b"\r\n\r\n", b"\r\nretry-after: " + value.encode() + b"\r\n\r\n"
    )
    with serving({"/": route}) as site:
        found = fetching(site)
    assert isinstance(found, Failed)
    assert found.retry_after is None


def bomb(size: int) -> bytes:
    return gzip.compress(bytes(size), 9)


HUGE = "x" * 1_000_000
MOST_MEMORY = 60_000_000
BAD_ANSWERS: dict[str, tuple[Route, str]] = {
    "a gzip bomb": (answer(bomb(8_000_000), content_encoding="gzip"), "too-large"),
    "a body that is too large": (answer(bytes(60_000)), "too-large"),
    "a packed body that is too large": (answer(bytes(range(256)) * 300, packed=True), "too-large"),
    "gzip in gzip": (
        answer(gzip.compress(bomb(99)), content_encoding="gzip, gzip"),
        "bad-encoding",
    ),
    "two encoding headers": (
        b"HTTP/1.1 200 OK\r\n" + b"content-encoding: gzip\r\n" * 2 + b"content-length: 1\r\n\r\nx",
        "bad-encoding",
    ),
    "brotli": (answer(b"x", content_encoding="br"), "bad-encoding"),
    "deflate": (answer(b"x", content_encoding="deflate"), "bad-encoding"),
    "zstd": (answer(b"x", content_encoding="zstd"), "bad-encoding"),
    "damaged gzip": (answer(bomb(100)[:-9], content_encoding="gzip"), "bad-gzip"),
    "text called gzip": (answer(b"gewone tekst", content_encoding="gzip"), "bad-gzip"),
    "two lengths": (
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
        "bad-response",
    ),
    "no HTTP": (b"220 smtp.voorbeeld.nl ESMTP\r\n\r\n", "bad-response"),
    "HTTP/0.9": (b"<html>hallo</html>\r\n\r\n", "bad-response"),
    "NUL in a header": (b"HTTP/1.1 200 OK\r\nx: a\x00b\r\n\r\n", "bad-response"),
    "a header flood": (f"HTTP/1.1 200 OK\r\nx: {HUGE}\r\n\r\n".encode(), "bad-response"),
    "a redirect to a file": (redirect("file:///etc/passwd"), "bad-redirect"),
    "a redirect to a script": (redirect("javascript:alert(1)"), "bad-redirect"),
    "a redirect to nothing": (redirect("http://[::1"), "bad-redirect"),
    "an absurd length": (
        b"HTTP/1.1 200 OK\r\ncontent-length: " + b"9" * 19 + b"\r\n\r\n",
        "too-large",
    ),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_bad_answers(name: str) -> None:
    route, reason = BAD_ANSWERS[name]
    with serving({"/": route}) as site:
        found = fetching(site)
    assert isinstance(found, Failed | Refused)
    assert found.reason == reason


def test_no_bomb_takes_more_memory_than_promised() -> None:
    """60 MB for each fetch (threats 2.3), by the limits that hold outside the tests."""
    packed, twice = bomb(300_000_000), gzip.compress(bomb(300_000_000))
    routes: dict[str, Route] = {
        "/page": answer(packed, content_encoding="gzip"),
        "/file": answer(packed, content_encoding="gzip", content_type="application/pdf"),
        "/twice": answer(twice, content_encoding="gzip, gzip"),
        "/called": answer(twice, content_encoding="gzip"),
        "/brotli": answer(packed, content_encoding="br"),
        "/moved": answer(packed, status=301, location="/page", content_encoding="gzip"),
        "/missing": answer(packed, status=404, content_encoding="gzip"),
        "/robots.txt": answer(packed, content_encoding="gzip"),
        "/kaart.xml": answer(packed, content_encoding="gzip"),
    }
    purposes = {"/robots.txt": "robots", "/kaart.xml": "sitemap"}
    with serving(routes) as site:
        for path in routes:
            tracemalloc.start()
            found = fetching(site, path, limits=Limits(), purpose=purposes.get(path, "page"))
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            # A robots.txt is cut, and what is packed twice under one name is small and no page.
            assert path in {"/robots.txt", "/called"} or not isinstance(found, Fetched)
            assert most < MOST_MEMORY, path


def test_the_ratio_stops_a_bomb_under_a_high_cap() -> None:
    route = answer(bomb(20_000_000), content_encoding="gzip", content_type="application/pdf")
    with serving({"/": route}) as site:
        found = fetching(site, limits=Limits())
    assert isinstance(found, Refused)
    assert found.reason == "bomb"


def test_a_page_of_100_mb_is_not_read() -> None:
    sent = 0

    async def flood(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n")
        for _ in range(1000):
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    with serving(talks={"/": flood}) as site:
        found = fetching(site, limits=Limits())
    assert isinstance(found, Refused)
    assert found.reason == "too-large"
    assert sent < 20_000_000  # What fits in the buffers between, not the 100 MB.


def test_documents_may_be_larger_than_pages() -> None:
    with serving({"/": answer(bytes(150_000), content_type="application/pdf")}) as site:
        found = fetching(site)
    assert isinstance(found, Fetched)


def test_pictures_and_films_are_not_read() -> None:
    sent = 0

    async def film(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\n\r\n")
        for _ in range(200):
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    pictures = {"/p": answer(b"GIF89a", content_type="image/gif")}
    with serving(pictures, talks={"/": film}) as site:
        found = [fetching(site, path, limits=Limits()) for path in ("/", "/p")]
    assert [(type(one), one.reason) for one in found] == [(Refused, "unsupported-type")] * 2
    assert sent < 15_000_000  # What fits in the buffers between, not the 20 MB.


def test_files_that_can_be_documents_come_whole() -> None:
    kinds = ("application/msword", "text/csv", "application/epub+zip", "application/zip")
    routes: dict[str, Route] = {f"/{n}": answer(b"x", content_type=k) for n, k in enumerate(kinds)}
    with serving(routes) as site:
        found = [fetching(site, path) for path in routes]
    assert {type(one) for one in found} == {Fetched}


def test_a_robots_file_is_cut_instead() -> None:
    routes: dict[str, Route] = {
        "/robots.txt": answer(b"a" * 5_000),
        "/gz": answer(bytes(range(256)) * 20, packed=True),
    }
    with serving(routes) as site:
        plain = fetching(site, "/robots.txt", purpose="robots")
        packed = fetching(site, "/gz", purpose="robots")
    assert isinstance(plain, Fetched)
    assert isinstance(packed, Fetched)
    assert (len(plain.body), len(packed.body)) == (1_000, 1_000)


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")
    for _ in range(1000):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _dripped_header(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nx: ")
    for _ in range(1000):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def _endless_103(writer: asyncio.StreamWriter) -> None:
    for _ in range(1000):
        writer.write(b"HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def _silent(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(10)


async def _stall(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf")
    await writer.drain()
    await asyncio.sleep(10)


async def _slow_gzip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 500\r\n\r\n")
    for byte in gzip.compress(bytes(range(256)) * 4):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.03)


async def _short(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nkort")
    await writer.drain()


async def _bad_chunk(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nwat\r\n")
    await writer.drain()


async def _hang_up(writer: asyncio.StreamWriter) -> None:
    writer.close()


TALKS: dict[str, tuple[Talk, str]] = {
    "a drip": (_drip, "timeout"),
    "a dripped header": (_dripped_header, "timeout"),
    "endless 103": (_endless_103, "timeout"),
    "silence": (_silent, "timeout"),
    "a stall after half": (_stall, "timeout"),
    "slow gzip": (_slow_gzip, "timeout"),
    "a short body": (_short, "short-body"),
    "a bad chunk": (_bad_chunk, "short-body"),
    "hanging up": (_hang_up, "connection-lost"),
}


@pytest.mark.timeout(60)  # Without a deadline some of these would talk for ever.
@pytest.mark.parametrize("name", TALKS)
def test_bad_talk_ends_at_the_deadline(name: str) -> None:
    talk, reason = TALKS[name]
    with serving(talks={"/": talk}) as site:
        found = fetching(site)
    assert isinstance(found, Failed)
    assert found.reason == reason


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        site = Loopback(port=taken.getsockname()[1])
        found = fetching(site)
    assert isinstance(found, Failed)
    assert found.reason == "connect-failed"


def test_a_server_that_speaks_no_tls() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async def run() -> Outcome:
        server = await asyncio.start_server(speak, "127.0.0.1", 0)
        trusted = (f"127.0.0.1:{server.sockets[0].getsockname()[1]}",)
        async with server, Fetcher("P", Guard(trusted), trusted=trusted, limits=SMALL) as fetcher:
            return await fetcher.get(f"https://{trusted[0]}/")

    found = asyncio.run(run())
    assert isinstance(found, Failed)
    assert found.reason == "tls-failed"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://localhost/", "private-name"),
        ("http://127.0.0.1:22/", "bad-port"),
        ("ftp://voorbeeld.nl/", "bad-scheme"),
        ("https://ik:geheim@voorbeeld.nl/", "credentials"),
        ("https://voorbeeld.nl/" + "a" * 3000, "url-too-long"),
    ],
)
def test_what_is_never_asked(url: str, reason: str) -> None:
    async def run() -> Outcome:
        async with Fetcher("P", Guard()) as fetcher:
            return await fetcher.get(url)

    found = asyncio.run(run())
    assert isinstance(found, Refused)
    assert found.reason == reason


@pytest.mark.parametrize(("status", "permanent"), [(301, True), (308, True), (302, False)])
def test_a_redirect_is_told_and_its_body_never_read(status: int, *, permanent: bool) -> None:
    sent = 0

    async def talk(writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(f"HTTP/1.1 {status} Zo\r\nlocation: ../verder#kop\r\n\r\n".encode())
        for _ in range(200):
            writer.write(bytes(100_000))
            await writer.drain()
            sent += 100_000

    with serving(talks={"/a/b": talk}) as site:
        found = fetching(site, "/a/b")
    assert isinstance(found, Moved)
    assert (found.target, found.permanent) == (site.url + "/verder", permanent)
    assert sent < 15_000_000


def chain(length: int) -> dict[str, Route]:
    hops: dict[str, Route] = {f"/{n}": redirect(f"/{n + 1}") for n in range(length)}
    return hops | {f"/{length}": answer(b"aangekomen")}


Follow = Callable[[str], Awaitable[Outcome]]


def following(site: Loopback, path: str, most: int) -> Outcome:
    async def run() -> Outcome:
        async with Fetcher("P", Guard(site.trusted), trusted=site.trusted, limits=SMALL) as fetcher:
            return await follow(site.url + path, fetcher.get, most)

    return asyncio.run(run())


CHAINS: dict[str, tuple[dict[str, Route], str, int]] = {
    "one hop": (chain(1), "fetched", 2),
    "ten hops": (chain(10), "fetched", 11),
    "eleven hops": (chain(11), "too-many-redirects", 11),
    "thirty hops": (chain(30), "too-many-redirects", 11),
    "to itself": ({"/0": redirect("/0")}, "redirect-loop", 1),
    "round and round": (
        {"/0": redirect("/1"), "/1": redirect("/2"), "/2": redirect("/1")},
        "redirect-loop",
        3,
    ),
    "to a private address": ({"/0": redirect("http://10.0.0.1/")}, "private-address", 1),
    "to the cloud": ({"/0": redirect("http://169.254.169.254/")}, "private-address", 1),
    "to another port": ({"/0": redirect("http://127.0.0.1:9/")}, "bad-port", 1),
    "to a name of this machine": ({"/0": redirect("//localhost/")}, "private-name", 1),
    "to a file": ({"/0": redirect("file:///etc/passwd")}, "bad-redirect", 1),
    "to a gone page": ({"/0": redirect("/weg")}, "http-404", 2),
    "two hops and then inside": (
        {"/0": redirect("/1"), "/1": redirect("http://[::ffff:7f00:1]/")},
        "private-address",
        2,
    ),
}


@pytest.mark.parametrize("name", CHAINS)
def test_every_hop_of_a_chain_is_checked(name: str) -> None:
    routes, reason, requests = CHAINS[name]
    with serving(routes) as site:
        found = following(site, "/0", 10)
    assert found.reason == reason
    assert found.url == site.url + "/0"
    assert len(site.asked) == requests


def test_a_followed_page_knows_where_it_was_found() -> None:
    with serving(chain(3)) as site:
        found = following(site, "/0", 10)
    assert isinstance(found, Fetched)
    assert found.final_url == site.url + "/3"


def test_our_name_tells_who_we_are() -> None:
    settings = read_settings(
        {
            "KENNISBANK_PUBLIC_URL": "https://kennisbank.voorbeeld.nl",
            "KENNISBANK_CONTACT_EMAIL": "help\n@voorbeeld.nl",
        }
    )
    name = user_agent(settings)
    assert name.startswith("Kennisbank/")
    assert name.endswith("(+https://kennisbank.voorbeeld.nl/crawler; help@voorbeeld.nl)")
