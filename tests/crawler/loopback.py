"""A small HTTP server on loopback for tests: it answers byte for byte what it is told, and keeps a log.

A route is a response in bytes or a function that makes one; a talk writes to the connection itself, so
that a test can break every rule of HTTP. The log has what only the server can know: what was asked, on which
connection, when, and how many requests were open at one time.
"""

import asyncio
import contextlib
import gzip
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

Route = bytes | Callable[["Asked"], bytes]
Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """One request as it reached the server."""

    path: str
    headers: Mapping[str, str]
    connection: int
    at: float


@dataclass
class Loopback:
    """The server of one test. Paths without a route give 404, or what ``otherwise`` says."""

    routes: dict[str, Route] = field(default_factory=dict)
    talks: dict[str, Talk] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    most_connections: int = 0
    port: int = 0
    seconds: float = 0.0
    sent: int = 0
    otherwise: Route | None = None
    _busy: int = 0
    _open: int = 0
    _connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def trusted(self) -> tuple[str, ...]:
        return (f"127.0.0.1:{self.port}",)

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        number = self._connections
        self._open += 1
        self.most_connections = max(self.most_connections, self._open)
        try:
            while await self._answer(reader, writer, number):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open -= 1
            writer.close()

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, number: int
    ) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(": ") for line in head[1:] if line)
        headers = {name.lower(): value for name, _, value in pairs}
        asked = Asked(head[0].split(" ")[1], headers, number, time.monotonic())
        self.asked.append(asked)
        self._busy += 1
        self.most_at_once = max(self.most_at_once, self._busy)
        try:
            return await self._respond(asked, writer)
        finally:
            self._busy -= 1

    async def _respond(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        await asyncio.sleep(self.seconds)
        if asked.path in self.talks:
            await self.talks[asked.path](writer)
            return False
        nothing = self.otherwise or answer(b"niet hier", status=404)
        route = self.routes.get(asked.path, nothing)
        made = route if isinstance(route, bytes) else route(asked)
        self.sent += len(made)
        writer.write(made)
        await writer.drain()
        return True


def answer(body: bytes = b"", *, status: int = 200, packed: bool = False, **headers: str) -> bytes:
    """A response; ``content_type`` and the like become headers."""
    if packed:
        body = gzip.compress(body)
        headers["content_encoding"] = "gzip"
    fields = {"content_type": "text/html; charset=utf-8", "content_length": str(len(body))}
    lines = [f"{k.replace('_', '-')}: {v}" for k, v in (fields | headers).items()]
    head = "\r\n".join((f"HTTP/1.1 {status} Zo", *lines))
    return f"{head}\r\n\r\n".encode("latin-1") + (b"" if status == 304 else body)


def redirect(to: str, status: int = 301) -> bytes:
    return answer(status=status, location=to)


def page(title: str, *links: str, text: str = "", head: str = "") -> bytes:
    """A Dutch page with enough text to be a document."""
    words = text or (
        f"{title}: bewoners van het dorp beheren samen hun eigen buurthuis en zij vertellen hier hoe"
        " zij dat doen, wat het kost en wie hen daarbij hielp. De gemeente draagt een deel van de"
        " kosten, de rest komt van leden en van fondsen."
    )
    anchors = "".join(f'<li><a href="{link}">Verder naar {link}</a></li>' for link in links)
    return (
        f'<!doctype html><html lang="nl"><head><title>{title}</title>{head}</head><body><main>'
        f"<h1>{title}</h1><p>{words}</p></main><nav><ul>{anchors}</ul></nav></body></html>"
    ).encode()


def with_etag(body: bytes) -> Callable[[Asked], bytes]:
    """A page that is 304 to whoever has it."""
    tag = f'"{hash(body)}"'

    def respond(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == tag:
            return answer(status=304, etag=tag)
        return answer(body, etag=tag)

    return respond


@contextlib.contextmanager
def serving(
    routes: Mapping[str, Route] | None = None, talks: Mapping[str, Talk] | None = None
) -> Iterator[Loopback]:
    """Run a server on a free port, in a thread of its own, for as long as the test needs it."""
    site = Loopback(dict(routes or {}), dict(talks or {}))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def begin() -> asyncio.Server:
        # Large enough for the headers that some tests send.
        return await asyncio.start_server(site.serve, "127.0.0.1", 0, limit=2**20)

    async def end(server: asyncio.Server) -> None:
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        asyncio.run_coroutine_threadsafe(end(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
