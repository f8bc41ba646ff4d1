"""The results page over real HTTP: `kennisbank serve` in its own processes, clients on loopback.

Clients that have a page already send its ETag, as browsers do.

In: a home with an index, and addresses to ask. Out: milliseconds for each request, errors, requests
a second, and the memory of the web processes. The clients are one thread with an event loop, each
with a connection of its own that stays open, as browsers keep it.
"""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.child import family_of, memory_of, peak_of

_OK = b"http/1.1 200 "
_KNOWN = b"http/1.1 304 "


@dataclass
class Load:
    """What some clients met."""

    milliseconds: list[float]
    errors: int = 0
    seconds: float = 0.0
    tags: dict[str, str] = field(default_factory=dict)
    """ETags by address."""

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


@dataclass
class Site:
    """The running site."""

    pid: int
    port: int

    def load(
        self, addresses: Sequence[str], clients: int, known: Mapping[str, str] | None = None
    ) -> Load:
        """Let clients ask all addresses together; ``known`` are the ETags that they have."""
        return asyncio.run(_ask_all(self.port, addresses, clients, known or {}))

    def memory(self) -> float:
        """Memory of the largest web process now, in MB."""
        return max(memory_of(pid) for pid in self._workers)

    def peak(self) -> float:
        """The highest memory that any web process ever had, in MB."""
        return max(peak_of(pid) for pid in self._workers)

    @property
    def _workers(self) -> list[int]:
        return family_of(self.pid)[1:]


@contextmanager
def serving(home: Path, **changes: int) -> Iterator[Site]:
    """Serve a home in processes of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    given = {"home": home, "port": port, "secret_key": "k" * 32, **changes}
    settings = {f"KENNISBANK_{name.upper()}": str(value) for name, value in given.items()}
    command = [sys.executable, "-m", "kennisbank", "serve"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings}
    ) as process:
        assert process.stdout is not None
        if not process.stdout.readline().startswith("Kennisbank: "):
            raise SystemExit("the site did not start")
        try:
            yield Site(process.pid, port)
        finally:
            process.send_signal(signal.SIGTERM)


def address_of(text: str) -> str:
    return f"/zoeken?{urlencode({'q': text})}"


async def _ask_all(
    port: int, addresses: Sequence[str], clients: int, known: Mapping[str, str]
) -> Load:
    waiting = iter(addresses)
    load = Load([])
    begin = time.perf_counter()
    await asyncio.gather(*(_client(port, waiting, load, known) for _ in range(clients)))
    load.seconds = time.perf_counter() - begin
    return load


async def _client(
    port: int, addresses: Iterator[str], load: Load, known: Mapping[str, str]
) -> None:
    """Ask until there is nothing left to ask; begin a new connection when the site closed ours."""
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for address in addresses:
        tag = known.get(address)
        request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\n"
        request += f"If-None-Match: {tag}\r\n\r\n" if tag else "\r\n"
        begin = time.perf_counter()
        try:
            if connection is None:
                connection = await asyncio.open_connection("127.0.0.1", port)
            head, body = await _exchange(*connection, request.encode())
        except (OSError, asyncio.IncompleteReadError):
            head, body = b"connection: close", b""
        load.milliseconds.append(1000 * (time.perf_counter() - begin))
        is_right = body.endswith(b"</html>") if tag is None else not body
        load.errors += not (is_right and head.startswith(_OK if tag is None else _KNOWN))
        load.tags[address] = head.partition(b"etag: ")[2].partition(b"\r\n")[0].decode()
        if b"connection: close" in head and connection is not None:
            connection[1].close()
            connection = None
    if connection is not None:
        connection[1].close()
        with contextlib.suppress(OSError):
            await connection[1].wait_closed()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[bytes, bytes]:
    """The head of the answer in small letters, and its body."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
    has_body = length and not head.startswith(_KNOWN)
    return head, (await reader.readexactly(int(length))).rstrip() if has_body else b""
