"""The address guard: no connection leaves for an address that is not on the public internet.

In: a host name and a port, at the moment httpcore wants to open a socket. Out: a connection to an
address that was checked, or ``AddressRefused``. The name is resolved once, *every* answer is
checked and one bad answer refuses the name (Sentry's rule); what is dialled is the checked address,
so that a second, different answer of a hostile name server is never asked for. TLS and the Host
header keep the name, because httpcore takes those from the request.

The list holds the special ranges of the two IANA registries (RFC 6890 and its updates) and the
addresses where clouds publish credentials. ``ipaddress.is_global`` alone calls 22 of 62 such
addresses public on Python 3.11.7 (threats 6.3). Of IPv6 only 2000::/3 is public; an IPv4 address
that is mapped into IPv6 is judged as that IPv4 address, while every other way to hide one
(compatible, translated, NAT64, 6to4, Teredo) is refused: no web site needs them.
"""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpcore

from crawler.urls import host_problem
from library.errors import KennisbankError

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""Asks a name server; raises ``OSError`` when the name is not known."""

MOST_ANSWERS = 64
DIALLED = 3
REMEMBERED_SECONDS = 60.0
RESOLVE_SECONDS = 10.0

_SPECIAL = tuple(
    ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure's own services; the other clouds use ranges above.
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
        "3ffe::/16",  # The former 6bone, given back and not handed out again.
    )
)
_GLOBAL_IPV6 = ip_network("2000::/3")


class AddressRefused(KennisbankError):
    """A host may not be reached; ``reason`` is a code of ``crawler.outcomes``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class NameNotFound(KennisbankError):
    """No name server knows the host."""


class ConnectFailed(KennisbankError):
    """None of the checked addresses answered."""


def is_public(address: str) -> bool:
    """Whether an IP address, in any spelling that a resolver gives, is on the public internet."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed.scope_id is not None:
            return False
        if parsed.ipv4_mapped is None:
            return parsed in _GLOBAL_IPV6 and not _is_special(parsed)
        parsed = parsed.ipv4_mapped
    return not _is_special(parsed)


def _is_special(address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in _SPECIAL)


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system. The dot at the end keeps the search domains of this machine out of it."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(f"{host.rstrip('.')}.", port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


class Guard:
    """Knows which addresses a host may be reached at.

    ``trusted`` are the exact ``address:port`` pairs that may be private. Checked answers are
    remembered for a minute, so that pace and connection speak of the same address.
    """

    def __init__(
        self,
        trusted: Sequence[str] = (),
        resolve: Resolver = system_resolver,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._trusted, self._resolve, self._clock = frozenset(trusted), resolve, clock
        self._answers: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = {}

    def is_trusted(self, host: str, port: int) -> bool:
        """Whether this is one of the pairs in the settings, literally."""
        return f"{host}:{port}" in self._trusted

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The checked addresses of a host; ``host`` as in an address, IPv6 in brackets or not."""
        host = _bracketed(host)
        if self.is_trusted(host, port):
            return (host.strip("[]"),)
        if (reason := host_problem(host, port)) is not None:
            raise AddressRefused(reason, f"{host}:{port}")
        known = self._answers.get((host, port))
        if known is not None and known[0] > self._clock():
            return known[1]
        answers = await self._checked(host, port)
        self._remember((host, port), answers)
        return answers

    async def _checked(self, host: str, port: int) -> tuple[str, ...]:
        answers = tuple(dict.fromkeys(await self._asked(host, port)))
        if not answers:
            raise NameNotFound(f"{host} has no address.")
        if len(answers) > MOST_ANSWERS:
            raise AddressRefused("private-address", f"{host} has {len(answers)} addresses.")
        for answer in answers:
            if not is_public(answer):
                raise AddressRefused("private-address", f"{host} leads to {answer}.")
        return answers

    async def _asked(self, host: str, port: int) -> Sequence[str]:
        literal = host.strip("[]")
        if _is_literal(literal):
            return (literal,)
        try:
            async with asyncio.timeout(RESOLVE_SECONDS):
                return await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NameNotFound(f"{host} was not found.") from error

    def _remember(self, key: tuple[str, int], answers: tuple[str, ...]) -> None:
        now = self._clock()
        if len(self._answers) >= 1000:
            self._answers.clear()
        self._answers[key] = (now + REMEMBERED_SECONDS, answers)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens every socket of the crawler, and only after the guard agreed."""

    def __init__(self, guard: Guard, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._guard = guard
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Check the host, then dial what was checked."""
        addresses = await self._guard.addresses(host, port)
        failure: Exception | None = None
        for address in addresses[:DIALLED]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise ConnectFailed(f"{host} did not answer: {failure}") from failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: the crawler speaks to nothing on this machine."""
        raise AddressRefused("private-address", f"the socket {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore calls it between its own retries, of which there are none."""
        await self._inner.sleep(seconds)
