"""The shell of the crawler: store -> crawl -> store.

In: a source, the store and the settings. Out: documents and outcomes in the store, and a
``CrawlSummary``. A crawl that was killed or stopped is gone on with: its frontier is in the store.
At most one crawl of a source runs at a time: the store gives the worker no second one beside it.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from crawler.again import Again, Reread
from crawler.changes import rests
from crawler.crawl import Reading, crawl
from crawler.extract import Parser, extract, extraction_of
from crawler.feeds import read_feed
from crawler.frontier import MOST_ADDRESSES, Frontier
from crawler.identity import Spellings
from crawler.means import Means
from crawler.missing import probe_of
from crawler.pages import Pages
from crawler.politeness import StopAsked
from crawler.recording import Recorder, Tally, fetched_again, with_keys, writing
from crawler.removals import removals_of
from crawler.urls import BadAddress, canonical_for
from library.progress import Progress
from library.settings import Settings
from library.source_rules import quiet_until
from library.store import Address, Crawl, CrawlState, Source, Store

LONGEST_RUN = timedelta(hours=6)
GONE_ON_WITHIN = timedelta(days=7)
"""After that what was visited before the break is old itself, and a crawl begins anew."""

COUNTERS = ("found", "fetched", "new", "changed", "unchanged", "gone", "skipped", "errors")
HELD = "held"
"""Counts the documents that the brake kept from being removed; only a held crawl has it."""

_SITEMAP_BATCH = 500
_ENDED_BY_HOST = ("crawl-delay-too-long", "host-stopped", "retry-later")


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """How a crawl ended: its state and the reason for it, counters, and outcomes by reason."""

    state: CrawlState
    reason: str
    counts: Mapping[str, int]
    reasons: Mapping[str, int]


def crawl_source(
    store: Store,
    settings: Settings,
    source: Source,
    progress: Progress,
    *,
    limit: int | None = None,
    accept_removals: bool = False,
    unasked: bool = False,
    chosen: Collection[int] | None = None,
    means: Means | None = None,
) -> CrawlSummary:
    """Crawl a source, or go on with a crawl of it; ``limit`` is the most pages of this run.

    With ``accept_removals`` a person has agreed that many documents go: the crawl looks again, and
    then removes what is marked, however much it is. An ``unasked`` one, by schedule, leaves alone for
    a while what does not change; who asks for a crawl gets all pages looked at. With ``chosen`` only
    those addresses are visited, by their ids; what they lead to is for the next crawl.
    """
    run = _SourceRun(
        store, source, progress, means or Means(settings), unasked=unasked, chosen=chosen
    )
    most = len(chosen) if chosen is not None else source.page_budget or settings.page_budget
    budget = limit or most
    return asyncio.run(run.run(budget, accept_removals=accept_removals))


class _SourceRun:
    """One run over one source."""

    def __init__(
        self,
        store: Store,
        source: Source,
        progress: Progress,
        means: Means,
        *,
        unasked: bool,
        chosen: Collection[int] | None,
    ) -> None:
        self._store, self._source, self._progress, self._means = store, source, progress, means
        self._chosen = chosen
        self._began = means.clock.monotonic()
        self._extraction = extraction_of(source, means.extraction_version)
        self._crawl = self._begin(unasked=unasked)
        self._tally = Tally(Counter(self._crawl.counts), Counter(self._crawl.reasons))

    def _begin(self, *, unasked: bool) -> Crawl:
        """Take up the unfinished crawl, or begin one with every address that is known."""
        store, source = self._store, self._source
        with store.transaction():
            store.sources.get(source.id)  # It may be gone since the job was claimed.
            now = self._means.clock.now()
            store.frontier.forget_outdated(source.id, self._extraction)
            unfinished = store.crawls.unfinished(source.id)
            if self._chosen is not None:
                return self._begin_chosen(unfinished, self._chosen, now)
            if unfinished is not None and now - unfinished.started_at < GONE_ON_WITHIN:
                return store.crawls.go_on(unfinished.id)
            if unfinished is not None:
                store.crawls.finish(unfinished.id, "failed", "abandoned", now)
            begun = store.crawls.add(source.id, now)
            known = store.frontier.of_source(source.id)
            store.frontier.begin(source.id, begun.id, self._resting(known, now) if unasked else ())
            store.frontier.note_keys(with_keys(known, source))
            store.frontier.add(source.id, begun.id, with_keys(self._starts(), source))
            return begun

    def _begin_chosen(
        self, unfinished: Crawl | None, chosen: Collection[int], now: datetime
    ) -> Crawl:
        """Begin a crawl of some addresses; what was unfinished is begun anew some other time."""
        store, source = self._store, self._source
        if unfinished is not None:
            store.crawls.finish(unfinished.id, "stopped", "asked", now)
        begun = store.crawls.add(source.id, now)
        known = [address.id for address in store.frontier.of_source(source.id)]
        store.frontier.begin(source.id, begun.id, known)
        store.frontier.choose(source.id, begun.id, chosen)
        store.crawls.note_sitemaps(begun.id)
        return store.crawls.get(begun.id)

    def _first(self) -> frozenset[str]:
        """The addresses that somebody chose: these are visited before any that they lead to."""
        some = self._store.frontier.some(self._source.id, self._chosen or ())
        return frozenset(address.url for address in some)

    def _resting(self, known: Iterable[Address], now: datetime) -> Iterator[int]:
        """The ids of pages that are left alone this time.

        Not one that was read in another way, and not an overview: new pages appear there first.
        """
        hours, listings = (
            self._source.interval_hours,
            self._store.documents.listings(self._source.id),
        )
        for address in known:
            is_outdated = address.extraction != self._extraction
            if hours is None or is_outdated or address.document_id in listings:
                continue
            if rests(address, hours, now):
                yield address.id

    def _start(self) -> str:
        start = canonical_for(self._source.url, self._source)
        if start is None:
            raise BadAddress(f"The address {self._source.url} cannot be read.")
        return start

    def _starts(self) -> list[Address]:
        """Where a crawl starts: the address of the source, its other start pages and its feeds."""
        source = self._source
        pages = [canonical_for(path, source, source.url) for path in source.start_paths]
        feeds = [canonical_for(path, source, source.url) for path in source.feeds]
        return [
            Address(self._start()),
            *(Address(url) for url in pages if url is not None),
            *(Address(url, depth=1) for url in feeds if url is not None),
        ]

    async def run(self, budget: int, *, accept_removals: bool) -> CrawlSummary:
        """Crawl until the frontier is empty, the budget is spent, or somebody asks to stop."""
        self._progress.phase("crawl")
        spellings = Spellings(self._store.observed.spellings(self._source.id))
        frontier = Frontier(
            budget,
            deepest=self._source.deepest,
            first=self._first(),
            spellings=spellings,
            rule=self._source.identity,
        )
        asking = self._means.asking(
            self._store.hosts, pace=self._source.pace, should_stop=self._should_stop
        )
        with self._means.reading() as parser:
            async with asking as (fetcher, robots):
                trusted = self._means.settings.trusted_addresses
                pages = Pages(self._source, fetcher, robots, trusted)
                await self._read_sitemaps(pages)
                frontier.load(
                    self._store.frontier.seen(self._crawl.id),
                    self._store.frontier.waiting(self._crawl.id),
                )
                await self._visit_all(frontier, pages, parser, spellings)
            if not self._should_stop():
                self._read_again(parser)
        return self._finish(frontier, accept_removals=accept_removals)

    def _should_stop(self) -> bool:
        return self._progress.should_stop() or self._is_late() or self._quiet_until() is not None

    def _quiet_until(self) -> datetime | None:
        """When the quiet hours of the site end, while they last."""
        return quiet_until(self._source.quiet_hours, self._means.clock.now())

    def _is_late(self) -> bool:
        return self._means.clock.monotonic() - self._began > LONGEST_RUN.total_seconds()

    async def _read_sitemaps(self, pages: Pages) -> None:
        """Put what the site lists itself into the frontier, once for each crawl."""
        if self._crawl.sitemaps_read or self._should_stop():
            return
        batch: dict[str, Address] = {}
        number = 0
        try:
            async for listed in pages.sitemaps():
                url = canonical_for(listed.url, self._source)
                if url is None or pages.refusal(url) is not None or number >= MOST_ADDRESSES:
                    continue
                number += 1
                batch[url] = Address(url, depth=1, listed_at=listed.changed_at)
                if len(batch) >= _SITEMAP_BATCH:
                    self._add(batch)
        except StopAsked:
            return
        with writing(self._store, self._crawl.id):
            self._add(batch)
            self._store.crawls.note_sitemaps(self._crawl.id)

    def _add(self, batch: dict[str, Address]) -> None:
        with writing(self._store, self._crawl.id):
            addresses = with_keys(batch.values(), self._source)
            self._store.frontier.add(self._source.id, self._crawl.id, addresses)
        batch.clear()

    async def _visit_all(
        self, frontier: Frontier, pages: Pages, parser: Parser, spellings: Spellings
    ) -> None:
        clock = self._means.clock
        recorder = Recorder(
            self._store,
            self._source,
            self._crawl.id,
            self._tally,
            extraction=self._extraction,
            kept_body_bytes=self._means.settings.kept_body_bytes,
            spellings=spellings,
        )
        repeated = self._store.blocks.repeated(self._source.id)
        reading = Reading(
            lambda fetched: (
                read_feed(fetched)
                or extract(fetched, source=self._source, parser=parser, repeated=repeated)
            ),
            self._extraction,
            partial(fetched_again, self._store),
        )
        visits = crawl(
            self._source,
            frontier,
            pages,
            reading,
            clock=clock,
            should_stop=self._should_stop,
            probe=probe_of(self._source, self._crawl.id),
        )
        async for visit in visits:
            recorder.record(visit, clock.now(), frontier.known)
            self._tell(frontier)

    def _read_again(self, parser: Parser) -> None:
        """Learn which blocks repeat across the site, and read the pages again that have them."""
        again = Again(self._store, self._source, parser, self._means, Reread())
        again.read(again.learn(), should_stop=self._should_stop)

    def _tell(self, frontier: Frontier) -> None:
        done = frontier.known - frontier.left
        total = done + min(frontier.left, max(0, frontier.budget))
        self._progress.advance(done, self._counts(), total)

    def _counts(self) -> dict[str, int]:
        held = (HELD,) if self._tally.counts[HELD] else ()
        return {name: self._tally.counts[name] for name in (*COUNTERS, *held)}

    def _finish(self, frontier: Frontier, *, accept_removals: bool) -> CrawlSummary:
        """End the crawl: act on what the visits marked for removal, unless it is too much."""
        with writing(self._store, self._crawl.id):
            state, reason = self._ending(frontier)
            if state != "stopped" and not self._remove(accept_removals=accept_removals):
                state, reason = "held", "brake"
            if reason == "quiet-hours":
                self._store.sources.edit(self._source.id, next_crawl_at=self._quiet_until())
            if "crawl-delay-too-long" in self._tally.reasons:
                self._store.sources.edit(self._source.id, paused=True)
            self._store.crawls.record(self._crawl.id, self._counts(), self._tally.reasons)
            self._store.crawls.finish(self._crawl.id, state, reason, self._means.clock.now())
        self._tell(frontier)
        return CrawlSummary(state, reason, self._counts(), dict(self._tally.reasons))

    def _ending(self, frontier: Frontier) -> tuple[CrawlState, str]:
        if self._progress.should_stop():
            return "stopped", "asked"
        if self._quiet_until() is not None:
            return "stopped", "quiet-hours"
        if self._is_late():
            return "stopped", "time-limit"
        ended_by_host = next((r for r in _ENDED_BY_HOST if self._tally.reasons[r]), None)
        if ended_by_host is not None:
            return "failed", ended_by_host
        if self._chosen is not None:
            return "done", "chosen"
        if self._tally.counts["fetched"] == 0:
            return "failed", self._why_nothing()
        return "done", "budget" if frontier.left and frontier.budget <= 0 else ""

    def _why_nothing(self) -> str:
        """The outcome of the start page, or what most addresses had when that only moved."""
        start = self._store.frontier.find(self._source.id, self._start())
        if start is not None and start.outcome is not None and start.moved_to is None:
            return start.outcome
        common = self._tally.reasons.most_common(1)
        return common[0][0] if common else ""

    def _remove(self, *, accept_removals: bool) -> bool:
        """Remove what has to go; False when it is so much that a person must look first."""
        store, source = self._store, self._source
        live = store.documents.of_source(source.id)
        removals = removals_of(store.frontier.of_source(source.id), live)
        if not accept_removals and removals.is_too_many(len(live)):
            self._tally.counts[HELD] = len(removals.reasons)
            return False
        now = self._means.clock.now()
        reasons = dict(removals.reasons)
        for old, new in removals.moved.items():
            if new not in reasons and self._is_next_life(new, old):
                store.documents.take_over(old, new, now)
                store.frontier.hand_over(new, old)
                reasons[new] = reasons.pop(old)
        for document_id, reason in reasons.items():
            store.documents.remove(document_id, reason, now)
            for address_id in store.frontier.forget_document(document_id):
                store.bodies.remove(address_id)
                store.blocks.remove(address_id)
        self._tally.counts["gone"] += len(reasons)
        return True

    def _is_next_life(self, new: str, old: str) -> bool:
        """Whether a document came only after the one that moved to its place was last seen."""
        documents = self._store.documents
        return documents.get(new).added_at > documents.get(old).checked_at
