"""The loop over one source: next address, ask, read, tell; it saves nothing.

In: a frontier and the means to ask and to read. Out: a ``Visit`` for each address, in the order in
which they were done; whoever takes it stores it before asking for the next. While one page is read
in another process the next is asked for, at most ``MOST_UNREAD`` ahead: that, and the one being
asked for, is what a killed crawl has to fetch again.
"""

import asyncio
import hashlib
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from crawler.extract import Extracted, NotExtracted
from crawler.frontier import Frontier
from crawler.missing import Missing, at_host_of
from crawler.outcomes import Failed, Fetched, Gone, Moved, NotModified, Outcome, Refused
from crawler.pages import Pages
from crawler.politeness import LONGEST_RETRY_WAIT, Clock, StopAsked
from crawler.traps import Traps
from crawler.urls import canonical_for, split
from library.document import Document
from library.store import Address, Source

MOST_UNREAD = 3
MOST_HOPS = 10
MOST_ATTEMPTS = 2
TRY_AGAIN_AFTER = timedelta(seconds=60)
_LOOK_UP_EVERY = 1.0
_PASSING = frozenset(
    {"timeout", "connect-failed", "connection-lost", "short-body", "dns-failed"}
    | {"http-429", "http-500", "http-502", "http-503", "http-504", "http-5xx"}
)
"""Failures that may be over in a minute."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How bodies are read.

    ``parse`` reads one; ``extraction`` is the name of this way of reading; ``kept`` gives the body
    of an address that did not change as if it had been fetched, when it is there.
    """

    parse: Callable[[Fetched], Extracted | NotExtracted]
    extraction: str
    kept: Callable[[Address, datetime, float], Fetched | None]


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of one address, and everything that has to be stored with it.

    ``added`` are new addresses, ``described`` known ones of which the linking page is now known;
    ``skipped`` counts links that were left out, by reason. ``canonical`` is set when the page is
    properly that other address. ``again`` is set when the address goes back to the frontier.
    """

    address: Address
    outcome: Outcome
    extracted: Extracted | NotExtracted | None = None
    body_hash: str | None = None
    canonical: str | None = None
    added: tuple[Address, ...] = ()
    described: tuple[Address, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    again: Address | None = None


async def crawl(
    source: Source,
    frontier: Frontier,
    pages: Pages,
    reading: Reading,
    *,
    clock: Clock,
    should_stop: Callable[[], bool],
    probe: str | None = None,
) -> AsyncIterator[Visit]:
    """Visit what is in the frontier, and what is found on the way, until it is empty or spent.

    ``probe`` is an address that does not exist. It is asked for once of each host, when there is a
    page to compare with what the host says of it.
    """
    run = _Run(source, frontier, pages, reading, clock, probe)
    unread: deque[asyncio.Task[Visit]] = deque()
    try:
        while not should_stop():
            while unread and (unread[0].done() or len(unread) >= MOST_UNREAD):
                yield await unread.popleft()
            address = frontier.next(clock.now())
            if address is not None:
                if (outcome := await run.ask(address)) is None:
                    break
                await run.ask_for_nothing(address, outcome)
                if run.must_read(address, outcome):
                    unread.append(asyncio.create_task(run.read(address, outcome)))
                else:
                    yield run.settle(address, outcome)
            elif unread:
                yield await unread.popleft()
            elif not await _wait_for_next(frontier, clock, should_stop):
                break
        while unread:
            yield await unread.popleft()
    finally:
        for task in unread:
            task.cancel()


async def _wait_for_next(frontier: Frontier, clock: Clock, should_stop: Callable[[], bool]) -> bool:
    """Wait for the first address that is tried again; False when there is none."""
    due = frontier.next_due()
    if due is None:
        return False
    while (left := (due - clock.now()).total_seconds()) > 0 and not should_stop():
        await clock.sleep(min(left, _LOOK_UP_EVERY))
    return True


class _Run:
    """What one run remembers from page to page."""

    def __init__(
        self,
        source: Source,
        frontier: Frontier,
        pages: Pages,
        reading: Reading,
        clock: Clock,
        probe: str | None,
    ) -> None:
        self._source, self._frontier, self._pages = source, frontier, pages
        self._reading, self._clock = reading, clock
        self._probe, self._traps = probe, Traps()
        self._missing: dict[str, Missing] = {}
        self._host_lives = False

    async def ask(self, address: Address) -> Outcome | None:
        """Ask for an address; None when a stop was asked, and it waits on in the store."""
        proper = canonical_for(address.url, self._source)
        if proper is not None and proper != address.url:
            # The source keeps other parameters since this address was found.
            return Moved(address.url, proper, HTTPStatus.MOVED_PERMANENTLY, 0.0, "moved")
        if address.document_id is None and (page := self._frontier.page_of(address.url)):
            return Refused(address.url, "same-page", page)
        if address.document_id is None and address.depth and self._traps.is_trap(address.url):
            return Refused(address.url, "no-yield")
        try:
            outcome = await self._pages.get(address)
        except StopAsked:
            return None
        if not isinstance(outcome, Refused):
            self._frontier.spend()
        if not isinstance(outcome, Refused | Failed):
            self._host_lives = True
        if isinstance(outcome, Fetched):
            self._frontier.note_page(address.url)
        if isinstance(outcome, NotModified) and self._is_outdated(address):
            kept = self._reading.kept(address, outcome.fetched_at, outcome.elapsed)
            return kept or outcome
        return outcome

    async def ask_for_nothing(self, address: Address, outcome: Outcome) -> None:
        """Learn what the site says where nothing is, before the first page that may say that."""
        is_new = isinstance(outcome, Fetched) and body_hash_of(outcome) != address.body_hash
        is_page = is_new or isinstance(outcome, Moved)
        host = _host(address.url)
        if self._probe is None or not address.depth or not is_page or host in self._missing:
            return
        self._missing[host] = Missing()
        probe = at_host_of(address.url, self._probe)
        for _ in range(MOST_HOPS):
            try:
                answer = await self._pages.get(Address(probe))
            except StopAsked:
                return
            if isinstance(answer, Moved) and probe.rpartition("/")[2] in answer.target:
                probe = answer.target  # The same address with www, https or a slash.
                continue
            break
        if isinstance(answer, Moved):
            found = Missing(place=canonical_for(answer.target, self._source))
        elif isinstance(answer, Fetched):
            extracted = await asyncio.to_thread(self._reading.parse, answer)
            found = Missing(extracted.document if isinstance(extracted, Extracted) else None)
        else:
            found = Missing()
        self._missing |= {host: found, _host(probe): found}

    def _missing_at(self, url: str) -> Missing:
        return self._missing.get(_host(url), Missing())

    def _is_outdated(self, address: Address) -> bool:
        """Whether its body was read in another way than we read now."""
        return address.extraction != self._reading.extraction

    def must_read(self, address: Address, outcome: Outcome) -> bool:
        if not isinstance(outcome, Fetched):
            return False
        return body_hash_of(outcome) != address.body_hash or self._is_outdated(address)

    async def read(self, address: Address, outcome: Outcome) -> Visit:
        """Extract in another thread, which waits for another process."""
        assert isinstance(outcome, Fetched)
        extracted = await asyncio.to_thread(self._reading.parse, outcome)
        if address.depth and self._is_notice(address, extracted):
            return Visit(address, Gone(address.url, outcome.status, outcome.elapsed, "soft-404"))
        self._note_yield(address, extracted)
        visit = Visit(address, outcome, extracted, body_hash=body_hash_of(outcome))
        return self._with_links(visit, extracted) if isinstance(extracted, Extracted) else visit

    def _is_notice(self, address: Address, extracted: Extracted | NotExtracted) -> bool:
        match extracted:
            case Extracted(document=Document() as document):
                return self._missing_at(address.url).is_notice(document)
        return False

    def _note_yield(self, address: Address, extracted: Extracted | NotExtracted) -> None:
        match extracted:
            case Extracted(document=Document(media_type="text/html") as document):
                self._traps.note(address.url, document.text)

    def settle(self, address: Address, outcome: Outcome) -> Visit:
        """Everything that needs no reading."""
        match outcome:
            case Moved():
                return self._moved(address, outcome)
            case Failed() if self._is_worth_another_try(address, outcome):
                wait = timedelta(seconds=outcome.retry_after or 0)
                at = self._clock.now() + max(TRY_AGAIN_AFTER, wait)
                again = self._frontier.try_again(replace(address, outcome=outcome.reason), at)
                return Visit(address, outcome, again=again)
            case Refused(reason="host-stopped") if address.attempts and address.outcome:
                # It was asked for, and its own failure says more than that of those after it.
                return Visit(address, Failed(address.url, address.outcome, detail="host-stopped"))
            case Fetched() | NotModified() if address.moved_to is not None:
                self._frontier.note_move(address.url, address.moved_to)
        return Visit(address, outcome)

    def _is_worth_another_try(self, address: Address, outcome: Failed) -> bool:
        """Only on a host that gave an answer before: one that is down is not asked twice.

        Nor is one that wants to be left alone for longer than a run waits.
        """
        passing = outcome.reason in _PASSING and address.attempts + 1 < MOST_ATTEMPTS
        soon = (outcome.retry_after or 0) <= LONGEST_RETRY_WAIT
        return passing and soon and self._host_lives

    def _moved(self, address: Address, outcome: Moved) -> Visit:
        """Put the target in the frontier, as one hop further on the same way."""
        target = canonical_for(outcome.target, self._source)
        hops = address.hops + 1
        if address.depth and target is not None and target == self._missing_at(address.url).place:
            return Visit(address, Gone(address.url, outcome.status, outcome.elapsed, "soft-404"))
        if target is None:
            return Visit(address, Refused(address.url, "bad-redirect", outcome.target))
        if self._pages.refusal(target, hops) is not None:
            reason = "moved-away" if outcome.permanent else "sent-away"
            return Visit(address, Refused(address.url, reason, target))
        if not self._frontier.note_move(address.url, target):
            return Visit(address, Refused(address.url, "redirect-loop", target))
        if hops > MOST_HOPS:
            return Visit(address, Refused(address.url, "too-many-redirects", target))
        found = Address(
            target, address.depth, hops, found_on=address.found_on, link_text=address.link_text
        )
        added = () if self._frontier.offer(found) else (found,)
        return Visit(address, replace(outcome, target=target), added=added)

    def _with_links(self, visit: Visit, extracted: Extracted) -> Visit:
        canonical = self._canonical(visit.address, extracted)
        added: list[Address] = []
        described: list[Address] = []
        skipped: Counter[str] = Counter()
        if canonical is not None:
            proper = replace(_bare(visit.address), url=canonical)
            if self._frontier.offer(proper) is None:
                added.append(proper)
        for found in self._links(visit.address, extracted, skipped):
            reason = self._pages.refusal(found.url) or self._offer(found)
            if reason is None or (reason == "known" and self._frontier.wake(found)):
                added.append(found)
            elif reason == "known" and (self._frontier.adopt(found.url) or found.listed_at):
                described.append(found)
            elif reason not in {"known", "out-of-scope"}:
                skipped[reason] += 1
        return replace(
            visit,
            canonical=canonical,
            added=tuple(added),
            described=tuple(described),
            skipped=dict(skipped),
        )

    def _offer(self, found: Address) -> str | None:
        if self._traps.is_trap(found.url) and not self._frontier.knows(found.url):
            return "no-yield"
        return self._frontier.offer(found)

    def _links(
        self, address: Address, extracted: Extracted, skipped: Counter[str]
    ) -> list[Address]:
        if self._source.scope == "page":
            return []
        found: dict[str, Address] = {}
        for link in extracted.links:
            url = canonical_for(link.url, self._source)
            if "nofollow" in extracted.directives or link.nofollow:
                skipped["nofollow"] += 1
            elif link.is_feed and address.depth > 0:
                continue  # Many sites give every page a feed of its own.
            elif url is not None and url != address.url:
                found.setdefault(
                    url,
                    Address(
                        url,
                        address.depth + 1,
                        found_on=address.url,
                        link_text=link.text or None,
                        listed_at=link.changed_at,
                    ),
                )
        return list(found.values())

    def _canonical(self, address: Address, extracted: Extracted) -> str | None:
        """The proper address of a page by its own word, where that can be believed.

        It has to be of this source, no loop, and not the home page: a template that calls every
        page the home page is a known mistake.
        """
        if extracted.canonical is None:
            return None
        url = canonical_for(extracted.canonical, self._source)
        if url is None or url == address.url or self._pages.refusal(url) is not None:
            return None
        parts = split(url)
        is_home = parts is not None and parts.target == "/"
        return url if not is_home and self._frontier.note_move(address.url, url) else None


def _bare(address: Address) -> Address:
    """The same place in the frontier, without what is known of its last visit."""
    return Address(
        address.url, address.depth, found_on=address.found_on, link_text=address.link_text
    )


def _host(url: str) -> str:
    parts = split(url)
    return "" if parts is None else f"{parts.host}:{parts.port}"


def body_hash_of(outcome: Fetched) -> str:
    """What a page is known by: its bytes, and the headers that change what we make of them."""
    said = (outcome.headers.get(name, "") for name in ("content-type", "x-robots-tag"))
    return hashlib.sha256("\n".join(said).encode() + b"\0" + outcome.body).hexdigest()
