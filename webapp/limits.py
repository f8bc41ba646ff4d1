"""How often one visitor may search: a bound on what a single machine can take from all others.

In: a request. Out: nothing, or 429 with when to come back. An address is kept in memory for the
minute that is counted and never written down; of IPv6 the /64 that one household has. Who stands
behind a proxy is told apart only when the settings say how many proxies are ours (threats 2.5,
ASVS 15.3.4). Without that, requests of this machine itself are not counted: they are the proxy's.
"""

import math
import time
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Flask, Response, current_app, g, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from webapp.services import services

EXTENSION = "kennisbank.limiter"
_HOUSEHOLD = 64
"""Bits of an IPv6 address that one connection has."""


def limit_searches(app: Flask, limited: Mapping[str, int]) -> None:
    """Count the requests for these endpoints, each so many times what the settings allow.

    Endpoints with the same number count together.
    """
    limiter = MovingWindowRateLimiter(MemoryStorage())
    app.extensions[EXTENSION] = limiter

    def count() -> None:
        times = limited.get(request.endpoint or "", 0)
        allowed = times * services().settings.searches_per_minute
        visitor = _visitor()
        if not allowed or visitor is None:
            return
        item = RateLimitItemPerMinute(allowed)
        is_allowed = limiter.hit(item, visitor)
        window = limiter.get_window_stats(item, visitor)
        wait = max(1, math.ceil(window.reset_time - time.time()))
        g.rate = {
            "RateLimit-Limit": str(allowed),
            "RateLimit-Remaining": str(window.remaining),
            "RateLimit-Reset": str(wait),
        }
        if not is_allowed:
            raise TooManyRequests(retry_after=wait)

    def tell(answer: Response) -> Response:
        answer.headers.extend(g.get("rate", {}))
        return answer

    app.before_request(count)
    app.after_request(tell)


def hold_off(what: str, item: RateLimitItem, who: str | None = None) -> None:
    """Count one more of something, by account or by visitor; refuse it when it is too many."""
    whom = who or _visitor()
    limiter: MovingWindowRateLimiter = current_app.extensions[EXTENSION]
    if whom is not None and not limiter.hit(item, what, whom):
        window = limiter.get_window_stats(item, what, whom)
        raise TooManyRequests(retry_after=max(1, math.ceil(window.reset_time - time.time())))


def _visitor() -> str | None:
    """Who asks, as far as it may be counted."""
    hops = services().settings.trusted_proxies
    given = request.headers.get("X-Forwarded-For", "").split(",") if hops else []
    told = [part.strip() for part in given if part.strip()]
    # The last proxy of ours adds at the end; what stands further to the left anybody may write.
    address = told[-hops] if len(told) >= hops > 0 else request.remote_addr
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if found.is_loopback and not hops:
        return None
    return _counted(found)


def _counted(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _HOUSEHOLD), strict=False))
