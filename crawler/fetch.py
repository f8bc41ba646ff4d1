"""One HTTP exchange: the only module of the crawler that speaks HTTP (httpx).

In: an address, and the validators of its last fetch. Out: one outcome of ``crawler.outcomes``;
whatever goes wrong on the line is an outcome too, never an exception. What httpx would do by itself
is taken from it, because each of these has bitten (threats, decisions 5 to 9 and 6.4):

- bytes are read raw and unpacked by ``crawler.gunzip`` under a cap; any other packing is refused;
- redirects are told, never followed here, and their bodies never read (``follow`` asks anew);
- one deadline lies over the whole exchange, since timeouts per read never end a drip;
- the connection goes through ``crawler.guard``; proxies and cookies of the environment are not used;
- the address on the line is the one that ada-url read, letter by letter.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Literal, Self

import httpcore
import httpx

from crawler.guard import AddressRefused, ConnectFailed, Guard, GuardedBackend, NameNotFound
from crawler.gunzip import Gunzip, Plain, Unpackable
from crawler.outcomes import (
    Failed,
    Fetched,
    Gone,
    Moved,
    NotModified,
    Outcome,
    Refused,
    http_reason,
)
from crawler.urls import Parts, normalise, problem, split
from library.errors import KennisbankError
from library.settings import Settings

Purpose = Literal["page", "robots", "sitemap"]
MOST_REDIRECTS = 10
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_NEVER_TEXT = frozenset({"image", "audio", "video", "font"})
_NEVER_DOCUMENTS = frozenset({"text/css", "text/javascript", "application/javascript"})
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much of an answer is taken: unpacked and as received, in bytes, and in how many seconds.

    ``cut`` keeps the first part of a larger answer instead of refusing it.
    """

    size: int
    seconds: float
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may cost (threats 2.3); tests pass smaller ones."""

    html: Allowance = Allowance(5_000_000, 60)
    document: Allowance = Allowance(25_000_000, 180)
    robots: Allowance = Allowance(512_000, 60, cut=True)
    sitemap: Allowance = Allowance(50_000_000, 180)
    connect_seconds: float = 10
    silent_seconds: float = 30

    def first(self, purpose: Purpose) -> Allowance:
        """The allowance before the headers are known."""
        return {"page": self.html, "robots": self.robots, "sitemap": self.sitemap}[purpose]

    def after_headers(self, purpose: Purpose, media_type: str) -> Allowance:
        """The allowance by what the answer says it is."""
        if purpose == "page" and media_type not in _HTML:
            return self.document
        return self.first(purpose)


class GuardNotInstalled(KennisbankError):
    """httpx changed in a way that would let connections past the address guard."""


class Fetcher:
    """Fetches; keeps connections open between fetches. Use it as an async context manager."""

    def __init__(
        self,
        user_agent: str,
        guard: Guard,
        *,
        trusted: tuple[str, ...] = (),
        limits: Limits = Limits(),
    ) -> None:
        self.guard = guard
        self._trusted, self._limits = trusted, limits
        self._transport = guarded_transport(guard)
        self._client = httpx.AsyncClient(
            transport=self._transport,
            trust_env=False,
            follow_redirects=False,
            headers={
                "User-Agent": user_agent,
                "Accept": _ACCEPT,
                "Accept-Language": "nl, fy;q=0.9, *;q=0.1",
                "Accept-Encoding": "gzip",
            },
            timeout=httpx.Timeout(limits.silent_seconds, connect=limits.connect_seconds),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        purpose: Purpose = "page",
    ) -> Outcome:
        """Ask for one address, once. With a validator the answer may be ``NotModified``."""
        if (reason := problem(url, self._trusted)) is not None:
            return Refused(url, reason)
        parts = split(url)
        assert parts is not None
        asked = _Exchange(self._client, self._transport, parts, self._limits, purpose)
        asked.set_validators(etag, last_modified)
        return await asked.run()


def guarded_transport(guard: Guard) -> httpx.AsyncHTTPTransport:
    """A transport of which every socket is opened by the guard.

    httpx has no public way to choose the backend of its pool. If an update moves the two attributes
    this fails at once instead of going on unguarded, and so does a contract test.
    """
    transport = httpx.AsyncHTTPTransport(
        trust_env=False, limits=httpx.Limits(max_keepalive_connections=10, keepalive_expiry=15)
    )
    pool = getattr(transport, "_pool", None)
    if type(pool) is not httpcore.AsyncConnectionPool or not hasattr(pool, "_network_backend"):
        raise GuardNotInstalled("This version of httpx cannot be guarded; install the locked one.")
    pool._network_backend = GuardedBackend(guard)
    return transport


class _Exchange:
    """One request and its answer, under one deadline."""

    def __init__(
        self,
        client: httpx.AsyncClient,
        transport: httpx.AsyncHTTPTransport,
        parts: Parts,
        limits: Limits,
        purpose: Purpose,
    ) -> None:
        self._client, self._transport = client, transport
        self._parts, self._limits = parts, limits
        self._purpose: Purpose = purpose
        self._allowance = limits.first(purpose)
        self._validators: dict[str, str] = {}
        self._answered = False
        self._began = 0.0

    def set_validators(self, etag: str | None, last_modified: str | None) -> None:
        given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        # RFC 9110 lets an ETag hold other bytes; a header with those is one we cannot send.
        self._validators = {
            name: value for name, value in given.items() if value and value.isascii()
        }

    async def run(self) -> Outcome:
        """Ask, and turn everything that can go wrong into an outcome."""
        self._began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self._allowance.seconds) as deadline:
                return await self._ask(deadline)
        except AddressRefused as error:
            return Refused(self._parts.href, error.reason, str(error))
        except Unpackable as error:
            return Refused(self._parts.href, error.reason)
        except NameNotFound as error:
            return self._failed("dns-failed", error)
        except ConnectFailed as error:
            slow = isinstance(error.__cause__, httpcore.TimeoutException)
            return self._failed("timeout" if slow else "connect-failed", error)
        except (TimeoutError, httpx.TimeoutException) as error:
            return self._failed("timeout", error)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            return self._failed(self._reason_of(error), error)

    def _failed(self, reason: str, error: Exception) -> Failed:
        detail = f"{type(error).__name__}: {error}"
        return Failed(self._parts.href, reason, elapsed=self._elapsed(), detail=detail)

    def _reason_of(self, error: Exception) -> str:
        if _is_from_tls(error):
            return "tls-failed"
        if isinstance(error, httpx.ConnectError):
            return "connect-failed"
        if self._answered:
            return "short-body"
        dropped = "disconnected" in str(error)
        return (
            "connection-lost"
            if isinstance(error, httpx.NetworkError) or dropped
            else "bad-response"
        )

    def _elapsed(self) -> float:
        return asyncio.get_running_loop().time() - self._began

    async def _ask(self, deadline: asyncio.Timeout) -> Outcome:
        parts = self._parts
        url = httpx.URL(parts.href)
        if url.raw_host.decode("ascii") != parts.host.strip("[]"):
            return Refused(parts.href, "bad-url", f"httpx reads the host {url.host}")
        request = self._client.build_request("GET", url, headers=self._validators)
        request.extensions["target"] = parts.target.encode("ascii")
        # Past the client, which would keep cookies and read the target of a redirect by its own lights.
        response = await self._transport.handle_async_request(request)
        self._answered = True
        try:
            return await self._judge(response, deadline)
        finally:
            await response.aclose()

    async def _judge(self, response: httpx.Response, deadline: asyncio.Timeout) -> Outcome:
        url, status = self._parts.href, response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return self._moved(response)
        if status in {404, 410}:
            return Gone(url, status, self._elapsed(), http_reason(status))
        if status == 304 and self._validators:
            async for _ in response.aiter_raw():
                break  # A 304 has no body; asking for it frees the connection for the next fetch.
            return NotModified(url, datetime.now(UTC), self._elapsed())
        if status not in {200, 203}:
            wait = _retry_after(response.headers.get("retry-after"))
            return Failed(url, http_reason(status), status, wait, self._elapsed())
        return await self._fetched(response, deadline)

    def _moved(self, response: httpx.Response) -> Outcome:
        url, status = self._parts.href, response.status_code
        target = normalise(response.headers["location"], url)
        parts = None if target is None else split(target)
        if target is None or parts is None:
            return Refused(url, "bad-redirect", response.headers["location"][:200])
        reason = "moved" if status in _PERMANENT else "moved-temporarily"
        return Moved(url, target.partition("#")[0], status, self._elapsed(), reason)

    async def _fetched(self, response: httpx.Response, deadline: asyncio.Timeout) -> Outcome:
        media_type, charset = _content_type(response.headers)
        if self._purpose == "page" and _is_never_text(media_type):
            return Refused(self._parts.href, "unsupported-type", media_type)
        self._allowance = self._limits.after_headers(self._purpose, media_type)
        deadline.reschedule(self._began + self._allowance.seconds)
        body, received = await self._read(response)
        return Fetched(
            url=self._parts.href,
            final_url=self._parts.href,
            status=response.status_code,
            headers=_lower(response.headers),
            body=body,
            media_type=media_type,
            charset=charset,
            etag=response.headers.get("etag"),
            last_modified=response.headers.get("last-modified"),
            received_bytes=received,
            fetched_at=datetime.now(UTC),
            elapsed=self._elapsed(),
        )

    async def _read(self, response: httpx.Response) -> tuple[bytes, int]:
        """The unpacked body and the number of bytes that came; no more than allowed of either."""
        size, received = self._allowance.size, 0
        taken = Gunzip(size) if _is_packed(response.headers) else Plain(size)
        try:
            self._check_length(response.headers.get("content-length", ""))
            async for piece in response.aiter_raw():
                received += len(piece)
                taken.add(piece)
        except Unpackable as error:
            if self._allowance.cut and error.reason == "too-large":
                return taken.begin(), received
            raise
        return taken.finish(), received

    def _check_length(self, promised: str) -> None:
        """Refuse a body that is too large by its own saying, before any of it is read."""
        if self._allowance.cut or not (promised.isascii() and promised.isdigit()):
            return
        if len(promised) > 12 or int(promised) > self._allowance.size:
            raise Unpackable("too-large")


def _is_packed(headers: httpx.Headers) -> bool:
    encodings = headers.get_list("content-encoding", split_commas=True)
    named = [name.strip().lower() for name in encodings if name.strip().lower() != "identity"]
    if not [name for name in named if name]:
        return False
    if named not in (["gzip"], ["x-gzip"]):
        raise Unpackable("bad-encoding")
    return True


def _content_type(headers: httpx.Headers) -> tuple[str, str | None]:
    value, _, parameters = headers.get("content-type", "").partition(";")
    for parameter in parameters.split(";"):
        name, _, given = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().lower(), given.strip(" \"'") or None
    return value.strip().lower(), None


def _is_never_text(media_type: str) -> bool:
    """Whether a file cannot become a document by its type, so that its bytes need not come."""
    return media_type.partition("/")[0] in _NEVER_TEXT or media_type in _NEVER_DOCUMENTS


def _lower(headers: httpx.Headers) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a number or a date; None when there is no sense in it."""
    if value is None:
        return None
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _is_from_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


Get = Callable[[str], Awaitable[Outcome]]
"""Asks for one address; what else it takes (pace, robots, purpose) is bound by the caller."""


async def follow(url: str, get: Get, most: int = MOST_REDIRECTS) -> Outcome:
    """Ask along redirects, every check at every hop because ``get`` makes them.

    A loop is seen at its second visit. The outcome carries the first ``url``; that of a fetch has
    the address that answered as ``final_url``.
    """
    seen, here = {url}, url
    for _ in range(most + 1):
        outcome = await get(here)
        if not isinstance(outcome, Moved):
            return replace(outcome, url=url)
        if outcome.target in seen:
            return Refused(url, "redirect-loop", outcome.target)
        here = outcome.target
        seen.add(here)
    return Refused(url, "too-many-redirects", here)


def user_agent(settings: Settings) -> str:
    """Who we are and where to ask: an honest name with the address of our own page about it."""
    try:
        number = version("kennisbank")
    except PackageNotFoundError:
        number = "0"
    about = f"+{settings.site_url}/crawler"
    contact = f"; {settings.contact_email}" if settings.contact_email else ""
    name = f"Kennisbank/{number} ({about}{contact})"
    return "".join(character for character in name if " " <= character <= "~")
