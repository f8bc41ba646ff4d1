"""Which documents go at the end of a crawl, and the brake that stops too many from going.

In: all addresses of a source with what their last visits led to, and its live documents with their
canonical addresses. Out: the documents to remove, each with its reason, and where the moved ones are
now. Pure.

A document goes when its address, or the place that its address moved to, is gone for good, when it
may no longer be shown, or when it moved and its new place is stored. It stays as long as another
good address still leads to it. More than 30 % and more than 20 documents in one crawl are too many
to believe (threats, decision 16); pages that moved to places of their own are no loss, but many that
all moved to one page are.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from library.store import Address

MOST_SHARE = 0.30
MOST_NUMBER = 20
_NOT_THERE = frozenset({"http-404", "http-410", "soft-404"})
_GOOD = frozenset({"fetched", "not-modified", "same-bytes", "same-text", "canonical", "same-page"})


@dataclass(frozen=True, slots=True)
class Removals:
    """Documents to remove by their id, and how many of them are a loss.

    ``moved`` tells of those that moved which document is now where they went.
    """

    reasons: Mapping[str, str]
    moved: Mapping[str, str]
    lost: int

    def is_too_many(self, live: int) -> bool:
        """Whether a person must look before anything is removed."""
        return self.lost > MOST_NUMBER and self.lost > MOST_SHARE * live


def removals_of(addresses: Collection[Address], live: Mapping[str, str]) -> Removals:
    """What has to go; ``live`` has the canonical address of each live document by its id."""
    at = {url: identity for identity, url in live.items()}
    kept = _with_good_address(addresses)
    gone = {
        address.document_id: address.removal
        for address in addresses
        if address.document_id in live and address.document_id not in kept and address.removal
    }
    ways = {
        old: end
        for url, end in _moved(addresses).items()
        if (old := at.get(url)) is not None and old not in gone
    }
    nowhere = {a.url: a.removal for a in addresses if a.removal in _NOT_THERE}
    gone |= {
        old: reason
        for old, end in ways.items()
        if end not in at and old not in kept and (reason := nowhere.get(end))
    }
    moved = {old: at[end] for old, end in ways.items() if end in at and at[end] not in gone}
    lost = len(gone) + sum(count - 1 for count in Counter(moved.values()).values())
    reasons = {str(identity): reason for identity, reason in gone.items()}
    return Removals(reasons | dict.fromkeys(moved, "moved"), moved, lost)


def _with_good_address(addresses: Iterable[Address]) -> set[str | None]:
    return {a.document_id for a in addresses if a.outcome in _GOOD and a.removal is None}


def _moved(addresses: Iterable[Address]) -> dict[str, str]:
    """The end of the way of each address that leads to another."""
    way = {
        address.url: address.moved_to
        for address in addresses
        if address.moved_to is not None and address.outcome is not None
    }
    return {url: end for url in way if (end := _end(url, way)) != url}


def _end(url: str, way: Mapping[str, str]) -> str:
    """Where a way ends; a way that goes round leads nowhere."""
    here, seen = url, {url}
    while here in way:
        here = way[here]
        if here in seen:
            return url
        seen.add(here)
    return here
