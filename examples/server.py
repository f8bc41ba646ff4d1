"""Serves the example sites on 127.0.0.1, one port each.

In: wanted ports by site slug. Out: base URLs, and an access log in memory. Answers carry ETag and
Last-Modified (304 when they still hold, RFC 9110 section 13) and are compressed for who accepts
gzip. Connections stay open (HTTP/1.1) so that a test can count them.
"""

import contextlib
import datetime as dt
import gzip
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast

from examples.answers import Answer, SiteAnswers
from examples.sites import Site, load_sites

HOST = "127.0.0.1"
LOG_LENGTH = 20_000

Log = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as the access log keeps it; `connection` is the port of the visitor."""

    time: dt.datetime
    site: str
    method: str
    target: str
    status: int
    connection: int
    user_agent: str


class ExampleServer:
    """All example sites together. Start it, crawl it, stop it; also a context manager.

    `ports` wants a port per slug; a wanted port that is taken is replaced by a free one. `log` is
    told site, method and target of every request, on the thread that answers it.
    """

    def __init__(self, ports: Mapping[str, int] | None = None, log: Log | None = None) -> None:
        self._ports = dict(ports or {})
        self._log = log
        self._servers: list[_SiteServer] = []
        self._visits: deque[Visit] = deque(maxlen=LOG_LENGTH)

    def start(self) -> dict[str, str]:
        """Open every site; returns the base URL of each slug."""
        if self._servers:
            raise RuntimeError("the example server runs already")
        for site in load_sites():
            self._servers.append(_open(site, self._ports.get(site.slug, 0), self._record))
        for server in self._servers:
            server.begin()
        return self.addresses

    def stop(self) -> None:
        """Close every site and its open connections; stopping twice is allowed."""
        while self._servers:
            self._servers.pop().end()

    @property
    def addresses(self) -> dict[str, str]:
        """The base URL of each site that runs."""
        return {server.slug: server.base_url for server in self._servers}

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The access log, oldest first; at most the last `LOG_LENGTH` requests."""
        return tuple(self._visits.copy())

    def forget_visits(self) -> None:
        """Empty the access log."""
        self._visits.clear()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _record(self, visit: Visit) -> None:
        # Appending to a bounded deque and copying one are atomic in CPython: no lock is needed.
        self._visits.append(visit)
        if self._log:
            self._log(visit.site, visit.method, visit.target)


def _open(site: Site, port: int, record: Callable[[Visit], None]) -> "_SiteServer":
    """Bind the wanted port, or a free one when it is taken."""
    try:
        return _SiteServer(site, port, record)
    except OSError:
        return _SiteServer(site, 0, record)


class _SiteServer(ThreadingHTTPServer):
    """One site on one port."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site, port: int, record: Callable[[Visit], None]) -> None:
        super().__init__((HOST, port), _Handler)
        self.slug = site.slug
        self.base_url = f"http://{HOST}:{self.server_address[1]}/"
        self.answers = SiteAnswers(site, self.base_url)
        self.record = record
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.05,), name=f"examples-{site.slug}", daemon=True
        )

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Stop listening, then hang up on visitors that keep their connection open."""
        self.shutdown()
        self.server_close()
        self._thread.join()
        with self._lock:
            for connection in self._connections:
                with contextlib.suppress(OSError):  # The visitor may have hung up just now.
                    connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._connections.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor that hangs up halfway is no news; anything else is printed as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "examples"
    sys_version = ""
    timeout = 60
    wbufsize = -1  # Head and body leave together: no wait for a delayed acknowledgement.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._reply(self._site.answers.answer(self.path))

    def do_HEAD(self) -> None:
        self._reply(self._site.answers.answer(self.path))

    def do_POST(self) -> None:
        """No site takes a form; the unread body forces the connection to close."""
        self.close_connection = True
        self._reply(Answer(HTTPStatus.METHOD_NOT_ALLOWED, b"", fixed=False))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """Nothing on standard error: the access log is `ExampleServer.visits`."""

    @property
    def _site(self) -> _SiteServer:
        return cast("_SiteServer", self.server)

    def _reply(self, answer: Answer) -> None:
        unchanged = self._still_valid(answer)
        status = HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus(answer.status)
        self._note(status)
        body = b"" if unchanged else self._encoded(answer)
        self.send_response(status)
        for name, value in self._headers(answer, body, unchanged=unchanged):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _note(self, status: int) -> None:
        self._site.record(
            Visit(
                time=dt.datetime.now(dt.UTC),
                site=self._site.slug,
                method=self.command,
                target=self.path,
                status=status,
                connection=self.client_address[1],
                user_agent=self.headers.get("User-Agent", ""),
            )
        )

    def _headers(self, answer: Answer, body: bytes, *, unchanged: bool) -> list[tuple[str, str]]:
        headers = [("Vary", "Accept-Encoding")]
        if answer.fixed:
            headers += [("ETag", answer.etag), ("Last-Modified", answer.last_modified)]
        if unchanged:
            return headers
        if answer.location:
            headers.append(("Location", answer.location))
        if answer.status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "GET, HEAD"))
        if self._compresses(answer):
            headers.append(("Content-Encoding", "gzip"))
        return [*headers, ("Content-Type", answer.content_type), ("Content-Length", str(len(body)))]

    def _still_valid(self, answer: Answer) -> bool:
        """Whether the visitor's copy holds; a tag, when sent, decides alone (RFC 9110, 13.2.2)."""
        if not answer.fixed or answer.status != HTTPStatus.OK:
            return False
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            given = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
            return answer.etag in given or "*" in given
        return self.headers.get("If-Modified-Since") == answer.last_modified

    def _compresses(self, answer: Answer) -> bool:
        accepted = {
            part.partition(";")[0].strip()
            for part in self.headers.get("Accept-Encoding", "").split(",")
        }
        return "gzip" in accepted and bool(answer.body)

    def _encoded(self, answer: Answer) -> bytes:
        # A fixed time in the gzip head keeps equal pages equal, byte for byte.
        return gzip.compress(answer.body, mtime=0) if self._compresses(answer) else answer.body
