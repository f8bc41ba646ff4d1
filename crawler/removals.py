"""Which documents go at the end of a crawl, and the brake that stops too many from going.

In: all addresses of a source with what their last visits led to, and the ids of its live documents.
Out: the documents to remove, each with its reason. Pure.

A document goes when its address, or the place that its address moved to, is gone for good, when it
may no longer be shown, or when it moved and its new place is stored. It stays as long as another good address still leads to it. More than
30 % and more than 20 documents in one crawl are too many to believe (threats, decision 16); pages
that moved to places of their own are no loss, but many that all moved to one page are.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from library.document import id_of
from library.store import Address

MOST_SHARE = 0.30
MOST_NUMBER = 20
_NOT_THERE = frozenset({"http-404", "http-410"})
_GOOD = frozenset({"fetched", "not-modified", "same-bytes", "canonical"})


@dataclass(frozen=True, slots=True)
class Removals:
    """Documents to remove by their id, and how many of them are a loss."""

    reasons: Mapping[str, str]
    lost: int

    def is_too_many(self, live: int) -> bool:
        """Whether a person must look before anything is removed."""
        return self.lost > MOST_NUMBER and self.lost > MOST_SHARE * live


def removals_of(addresses: Collection[Address], live: Collection[str]) -> Removals:
    """What has to go."""
    alive = set(live)
    kept = _with_good_address(addresses)
    gone = {
        address.document_id: address.removal
        for address in addresses
        if address.document_id in alive and address.document_id not in kept and address.removal
    }
    ways = {old: end for old, end in _moved(addresses).items() if old in alive and old not in gone}
    nowhere = {id_of(a.url): a.removal for a in addresses if a.removal in _NOT_THERE}
    gone |= {
        old: reason
        for old, end in ways.items()
        if end not in alive and old not in kept and (reason := nowhere.get(end))
    }
    moved = {old: end for old, end in ways.items() if end in alive and end not in gone}
    lost = len(gone) + sum(count - 1 for count in Counter(moved.values()).values())
    reasons = {str(identity): reason for identity, reason in gone.items()}
    return Removals(reasons | dict.fromkeys(moved, "moved"), lost)


def _with_good_address(addresses: Iterable[Address]) -> set[str | None]:
    return {a.document_id for a in addresses if a.outcome in _GOOD and a.removal is None}


def _moved(addresses: Iterable[Address]) -> dict[str, str]:
    """The id that each moved address gave its document, and the id at the end of its way."""
    way = {
        address.url: address.moved_to
        for address in addresses
        if address.moved_to is not None and address.outcome is not None
    }
    return {id_of(url): id_of(end) for url in way if (end := _end(url, way)) != url}


def _end(url: str, way: Mapping[str, str]) -> str:
    """Where a way ends; a way that goes round leads nowhere."""
    here, seen = url, {url}
    while here in way:
        here = way[here]
        if here in seen:
            return url
        seen.add(here)
    return here
