"""The evaluation corpus as a web site: a test server that renders its documents to pages.

In: records with id, title and text. Out: a site on loopback with a robots.txt, a sitemap index,
sitemaps of at most 400 pages, and one page for each document, with an ETag and in a frame of menus
as real pages have. The log keeps the path and the status of every request.
"""

import gzip
import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

IN_SITEMAP = 400
_MENU = "".join(f'<li><a href="/menu/{n}" rel="nofollow">Onderdeel {n}</a></li>' for n in range(12))


@dataclass(frozen=True)
class Record:
    """One document of the corpus."""

    id: str
    title: str
    text: str

    @property
    def path(self) -> str:
        return f"/document/{self.id}.html"


@dataclass
class CorpusSite:
    """The site while it runs."""

    records: Sequence[Record]
    port: int = 0
    log: list[tuple[str, int]] = field(default_factory=list)
    _made: dict[str, bytes] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{self.trusted}"

    @property
    def trusted(self) -> str:
        return f"127.0.0.1:{self.port}"

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, media type and body for a path."""
        body = self._bodies().get(path)
        if body is None:
            return 404, "text/html; charset=utf-8", b"<p>Deze pagina bestaat niet.</p>"
        kind = "application/xml" if path.endswith(".xml") else "text/html; charset=utf-8"
        return 200, "text/plain" if path.endswith(".txt") else kind, body

    def _bodies(self) -> dict[str, bytes]:
        if not self._made:
            self._made.update({record.path: _page(record) for record in self.records})
            self._made.update(self._sitemaps())
            self._made["/"] = _frame("Documenten", "<p>Alle documenten staan in de sitemap.</p>")
        return self._made

    def _sitemaps(self) -> dict[str, bytes]:
        made = {}
        for start in range(0, len(self.records), IN_SITEMAP):
            paths = [record.path for record in self.records[start : start + IN_SITEMAP]]
            made[f"/sitemap-{start}.xml"] = self._xml("urlset", "url", paths)
        index = self._xml("sitemapindex", "sitemap", list(made))
        robots = f"User-agent: *\nDisallow: /menu/\nSitemap: {self.url}/sitemap.xml\n".encode()
        return {**made, "/sitemap.xml": index, "/robots.txt": robots}

    def _xml(self, outer: str, inner: str, paths: Sequence[str]) -> bytes:
        entries = "".join(f"<{inner}><loc>{self.url}{path}</loc></{inner}>" for path in paths)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0"?><{outer} xmlns="{space}">{entries}</{outer}>'.encode()


def read_records(file: Path, number: int) -> list[Record]:
    """Documents at even distances of a corpus, so that all its kinds are among them."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    chosen = records[:: max(1, len(records) // number)]
    return [Record(r["id"], r["title"], r["text"]) for r in chosen]


def _page(record: Record) -> bytes:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in record.text.split("\n") if line)
    return _frame(record.title, paragraphs)


def _frame(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"</head><body><nav><ul>{_MENU}</ul></nav><main><h1>{escape(title)}</h1>{body}</main>"
        "<footer><p>Over deze site</p></footer></body></html>"
    ).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        site = cast("_Server", self.server).site
        status, kind, body = site.answer(self.path)
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        site.log.append((self.path, status))
        self.send_response(status)
        headers = {"ETag": etag}
        if status != 304:
            headers |= {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """The log is ``CorpusSite.log``."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: CorpusSite) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site


@contextmanager
def serving_corpus(records: Sequence[Record]) -> Iterator[CorpusSite]:
    """Run the site on a free port."""
    site = CorpusSite(records)
    server = _Server(site)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
