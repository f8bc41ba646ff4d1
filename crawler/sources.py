"""A new source from an address that somebody typed.

In: the address and what else was said of the source. Out: the source, or ``BadAddress`` with the
reason why nothing there would ever be fetched.
"""

from typing import Any

from crawler.explanation import REASONS
from crawler.guard import is_public
from crawler.urls import BadAddress, Parts, canonical_url, is_literal, problem, split
from library.settings import Settings
from library.store import Source, Store


def add_source(store: Store, settings: Settings, url: str, **rules: Any) -> Source:
    """Add a source with the rules of ``Store.sources.add``; its host names it when nobody does."""
    address = canonical_url(url)
    parts = split(address)
    assert parts is not None
    obstacle = problem(address, settings.trusted_addresses) or _private(parts, settings)
    if obstacle is not None:
        raise BadAddress(f"{address} is never fetched. {REASONS[obstacle]}")
    rules.setdefault("name", parts.origin.split("://")[1].removeprefix("www."))
    return store.sources.add(url=address, **rules)


def _private(parts: Parts, settings: Settings) -> str | None:
    """What the guard at the socket would find for an IP address; names are asked for later."""
    if not is_literal(parts.host) or f"{parts.host}:{parts.port}" in settings.trusted_addresses:
        return None
    return None if is_public(parts.host.strip("[]")) else "private-address"
