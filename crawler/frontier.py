"""The frontier of one run: what is known, what is still to be visited, and in which order.

In: addresses in canonical form. Out: the next one to visit. Pure: it reads no clock and knows no
database; ``crawler.tasks`` keeps every change of it in the store.

The start page comes first, then what was never visited or has changed by the site's own sitemap,
nearest to the start first, then the rest, longest ago first: a run that ends at its budget has then
done the most useful part, and the next run goes on with another part. Limits: threats 2.2.
"""

import heapq
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from crawler.identity import Spellings, key_of
from library.store import Address

DEEPEST = 10
MOST_ADDRESSES = 100_000
_NEVER = datetime.min.replace(tzinfo=UTC)


class Frontier:
    """The addresses of one run over one source. ``budget`` is how many may be asked for.

    What is ``first`` is visited before all others. ``spellings`` tells which addresses are one page
    without a look, ``rule`` is the identity rule of the source.
    """

    def __init__(
        self,
        budget: int,
        *,
        most: int = MOST_ADDRESSES,
        deepest: int | None = None,
        first: frozenset[str] = frozenset(),
        spellings: Spellings | None = None,
        rule: str | None = None,
    ) -> None:
        self.budget = budget
        self._first = first
        self._most, self._rule = most, rule
        self._deepest = DEEPEST if deepest is None else deepest
        self._spellings = spellings or Spellings()
        self._pages: dict[str, str] = {}
        self._known: set[str] = set()
        self._waiting: list[tuple[tuple[int, datetime, int], int, Address]] = []
        self._later: list[tuple[datetime, int, Address]] = []
        self._moves: dict[str, str] = {}
        self._orphans: set[str] = set()
        self._resting: dict[str, Address] = {}
        self._counter = 0

    def load(self, seen: Iterable[Address], waiting: Iterable[Address]) -> None:
        """Take up a run where it was."""
        urls = set()
        for address in waiting:
            urls.add(address.url)
            self._known.add(address.url)
            self._push(address)
        for address in seen:
            self._known.add(address.url)
            if address.url not in urls:
                self._resting[address.url] = address
            if address.found_on is None and address.depth > 0:
                self._orphans.add(address.url)
            if address.moved_to is not None and address.url not in urls:
                self._moves[address.url] = address.moved_to
            if address.document_id is not None and address.moved_to is None:
                self.note_page(address.url)

    def knows(self, url: str) -> bool:
        """Whether an address was taken in before."""
        return url in self._known

    def offer(self, address: Address) -> str | None:
        """Take an address in; "known" or a reason code when it is not to be visited (again)."""
        if address.url in self._known:
            return "known"
        if self.page_of(address.url) is not None:
            return "same-page"
        if address.depth > self._deepest:
            return "too-deep"
        if len(self._known) >= self._most:
            return "too-many-addresses"
        self._known.add(address.url)
        self._push(address)
        return None

    def note_page(self, url: str) -> None:
        """Note that an address gave a page."""
        self._pages.setdefault(key_of(url, self._rule), url)

    def page_of(self, url: str) -> str | None:
        """Which address gave this page already, as far as that can be told without fetching it."""
        known = self._pages.get(key_of(url, self._rule))
        if known is None or known == url or not self._spellings.are_one(known, url):
            return None
        return known

    def _push(self, address: Address) -> None:
        self._counter += 1
        if address.due_at is not None:
            heapq.heappush(self._later, (address.due_at, self._counter, address))
        else:
            heapq.heappush(self._waiting, (self._order(address), self._counter, address))

    def _order(self, address: Address) -> tuple[int, datetime, int]:
        return (0, _NEVER, 0) if address.url in self._first else _order(address)

    def next(self, now: datetime) -> Address | None:
        """The next address to visit; None when there is none now, or the budget is spent."""
        if self.budget <= 0:
            return None
        if self._waiting:
            return heapq.heappop(self._waiting)[2]
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[2]
        return None

    def next_due(self) -> datetime | None:
        """When the first of the addresses that are tried again later is due."""
        return self._later[0][0] if self._later and self.budget > 0 else None

    def spend(self) -> None:
        """One address was asked for."""
        self.budget -= 1

    def try_again(self, address: Address, at: datetime) -> Address:
        """Put an address back, to be tried once more."""
        again = replace(address, attempts=address.attempts + 1, due_at=at)
        self._push(again)
        return again

    def wake(self, found: Address) -> bool:
        """Have a page that was left alone visited after all, when a feed tells that it changed."""
        here = self._resting.get(found.url)
        if here is None or here.visited_at is None or found.listed_at is None:
            return False
        if found.listed_at <= here.visited_at:
            return False
        del self._resting[found.url]
        self._push(replace(here, listed_at=found.listed_at))
        return True

    def adopt(self, url: str) -> bool:
        """Whether this is the first page that links an address which only a sitemap gave."""
        if url not in self._orphans:
            return False
        self._orphans.remove(url)
        return True

    def note_move(self, url: str, target: str) -> bool:
        """Note that an address leads to another; False when that way leads back to itself."""
        here, steps = target, 0
        while here != url and here in self._moves and steps <= len(self._moves):
            here, steps = self._moves[here], steps + 1
        if here == url:
            return False
        self._moves[url] = target
        return True

    @property
    def known(self) -> int:
        """How many addresses this run knows."""
        return len(self._known)

    @property
    def left(self) -> int:
        """How many of them are still to be visited."""
        return len(self._waiting) + len(self._later)


def _order(address: Address) -> tuple[int, datetime, int]:
    if address.depth == 0:
        return (0, _NEVER, 0)
    visited = address.visited_at
    changed = visited is None or (address.listed_at is not None and address.listed_at > visited)
    return (1, _NEVER, address.depth) if changed or visited is None else (2, visited, address.depth)
