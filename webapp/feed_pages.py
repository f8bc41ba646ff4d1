"""What a feed may show; as in ``webapp.pages``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A document in a feed; moments are written as RFC 3339 has them."""

    title: str
    address: str
    id: str
    updated: str
    organisation: str
    summary: str
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A feed."""

    title: str
    address: str
    own_address: str
    id: str
    updated: str
    entries: tuple[FeedEntry, ...]
