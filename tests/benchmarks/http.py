"""The results page over real HTTP: `kennisbank serve` in its own processes, clients on loopback.

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.child import family_of, memory_of, peak_of

_OK = b"HTTP/1.1 200 "


@dataclass
class Load:
    """What some clients met."""

    milliseconds: list[float]
    errors: int
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


@dataclass
class Site:
    """The running site."""

    pid: int
    port: int

    def load(self, addresses: Sequence[str], clients: int) -> Load:
        """Let clients ask all addresses together."""
        return asyncio.run(_ask_all(self.port, addresses, clients))

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


async def _ask_all(port: int, addresses: Sequence[str], clients: int) -> Load:
    waiting = iter(addresses)
    load = Load([], 0, 0.0)
    begin = time.perf_counter()
    await asyncio.gather(*(_client(port, waiting, load) for _ in range(clients)))
    load.seconds = time.perf_counter() - begin
    return load


async def _client(port: int, addresses: Iterator[str], load: Load) -> None:
    """Ask until there is nothing left to ask; begin a new connection when the site closed ours."""
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for address in addresses:
        request = f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        begin = time.perf_counter()
        try:
            if connection is None:
                connection = await asyncio.open_connection("127.0.0.1", port)
            is_right, stays = await _exchange(*connection, request)
        except (OSError, asyncio.IncompleteReadError):
            is_right, stays = False, False
        load.milliseconds.append(1000 * (time.perf_counter() - begin))
        load.errors += not is_right
        if not stays and connection is not None:
            connection[1].close()
            connection = None
    if connection is not None:
        connection[1].close()
        with contextlib.suppress(OSError):
            await connection[1].wait_closed()


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[bool, bool]:
    """Whether the answer was right, and whether the connection stays."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    is_right = head.startswith(_OK.lower()) and body.rstrip().endswith(b"</html>")
    return is_right, b"connection: close" not in head
