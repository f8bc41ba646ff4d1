"""Try a site before it is added: what would a crawl find there? Nothing of it is stored.

In: an address, or a source with its rules. Out: a ``Trial``: what robots.txt says, what sitemaps and
feeds list, some twenty pages with what was read in them, which of these we have already, and
warnings as codes with a number (``WARNINGS`` has their English sentences). Guard, manners and pace
are those of a crawl.

Pages come from sitemap, feeds and the links of pages that were seen, spread over what is listed, so
that twenty tell something of thousands.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType

from crawler.duplicates import Copy, bands_of, is_same, likeness
from crawler.extract import REASONS as EXTRACT_REASONS
from crawler.extract import Extracted, NotExtracted, Parser, extract
from crawler.extract.link import Link
from crawler.feeds import read_feed
from crawler.fetch import follow
from crawler.means import Means
from crawler.once import page_source
from crawler.outcomes import Fetched, Outcome
from crawler.pages import Pages
from crawler.politeness import SHORTEST_GAP, StopAsked
from crawler.robots import Robots
from crawler.urls import canonical_for, canonical_url, same_site
from library.document import Document
from library.progress import Progress
from library.settings import Settings
from library.source_rules import LANGUAGES
from library.store import Address, Source, Store

MOST_PAGES = 20
MOST_LISTED = 5_000
MOST_FEEDS = 2
MOST_ALIKE = 10
EXCERPT = 200
"""Letters of a page that are shown to whoever judges the site."""
SHORT = 100
"""Words: 13 of the 121 pages of the examples that a trial reads have fewer."""

WARNINGS: Mapping[str, str] = MappingProxyType(
    {
        "is-source": "This site is a source already.",
        "no-sitemap": "The site has no sitemap: only pages that links lead to are found.",
        "nothing-fetched": "Not one page could be fetched.",
        "slow": "The site asks for {n} seconds between two requests.",
        "refused": "Pages that were not allowed or could not be fetched: {n}.",
        "no-document": "Pages that gave no document: {n}.",
        "other-language": "Pages in a language that the source does not keep: {n}.",
        "undated": "Pages without a date that could be found: {n}.",
        "short": "Pages with fewer than 100 words, where perhaps the main text was missed: {n}.",
        "listings": "Pages that only lead to others: {n}.",
        "known": "Pages that are in the knowledge base already: {n}.",
        "copies": "Pages that say the same as a document that we have: {n}.",
        "scanned-pdf": "PDFs that hold pictures of pages, without text in them: {n}.",
    }
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One page. ``outcome`` is a reason code; the rest is empty where it gave no document.

    ``copy_of`` is the title of a document of ours that says the same, and ``likeness`` how much of
    it; ``is_known`` tells that we have this very page.
    """

    url: str
    outcome: str
    title: str = ""
    excerpt: str = ""
    published: str = ""
    evidence: str = ""
    kind: str = ""
    media_type: str = ""
    language: str = ""
    words: int = 0
    is_listing: bool = False
    is_known: bool = False
    copy_of: str = ""
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What a crawl of a site would meet.

    ``robots`` is what came of asking for robots.txt (read, absent, unreachable), ``start`` the
    outcome of the first page. ``listed`` counts the addresses in sitemaps that belong to the
    source, ``feeds`` gives the number of pages in each feed. ``gap`` is in seconds.
    """

    url: str
    robots: str
    start: str
    gap: float
    listed: int
    feeds: Mapping[str, int] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    warnings: tuple[tuple[str, int], ...] = ()


def try_site(
    store: Store,
    settings: Settings,
    url: str,
    progress: Progress,
    *,
    means: Means | None = None,
    most: int = MOST_PAGES,
) -> Trial:
    """Try an address, with the rules of the source that has it; raise ``BadAddress`` for none."""
    source = store.sources.find(url) or _new_source(url)
    means = means or Means(settings)
    return asyncio.run(_Try(store, source, means, progress, most).run())


def _new_source(url: str) -> Source:
    return replace(page_source(canonical_url(url)), scope="site", languages=("nl", "fy"))


class _Try:
    """One trial."""

    def __init__(
        self, store: Store, source: Source, means: Means, progress: Progress, most: int
    ) -> None:
        self._store, self._source, self._means = store, source, means
        self._progress, self._most = progress, most
        # Of a page in any language we tell which it is; the warnings say what is kept.
        self._reading = replace(source, languages=LANGUAGES)

    async def run(self) -> Trial:
        self._progress.phase("try", self._most)
        asking = self._means.asking(
            self._store.hosts, pace=self._source.pace, should_stop=self._progress.should_stop
        )
        with self._means.reading() as parser:
            async with asking as (fetcher, robots):
                trusted = self._means.settings.trusted_addresses
                pages = Pages(self._source, fetcher, robots, trusted)
                try:
                    return await self._look(pages, robots, parser)
                except StopAsked:
                    return Trial(self._source.url, "", "asked", SHORTEST_GAP, 0)

    async def _look(self, pages: Pages, robots: Robots, parser: Parser) -> Trial:
        url = canonical_for(self._source.url, self._source) or self._source.url
        start, read = await self._visit(url, pages, parser)
        if pages.refusal(url) is not None:
            return self._told(Trial(url, "", start.outcome, SHORTEST_GAP, 0, samples=(start,)))
        rules = await robots.rules(url)
        gap = max(SHORTEST_GAP, rules.crawl_delay, self._source.pace or 0.0)
        listed = await self._listed(pages)
        feeds = {found: await self._feed(found, pages) for found in self._feeds(read)}
        entries = [entry for found in feeds.values() for entry in found]
        found = (*_spread(listed, self._most), *_spread(entries, 3), *self._addresses(read, pages))
        samples = await self._samples(start, dict.fromkeys(found), pages, parser)
        numbers = {found: len(entries) for found, entries in feeds.items()}
        return self._told(
            Trial(url, rules.verdict, start.outcome, gap, len(listed), numbers, samples)
        )

    async def _samples(
        self, start: Sample, waiting: dict[str, None], pages: Pages, parser: Parser
    ) -> tuple[Sample, ...]:
        """Visit pages, and what they lead to, until there are enough."""
        samples, seen = [start], {start.url}
        while waiting and len(samples) < self._most and not self._progress.should_stop():
            url = next(iter(waiting))
            del waiting[url]
            if url in seen:
                continue
            seen.add(url)
            sample, read = await self._visit(url, pages, parser)
            samples.append(sample)
            waiting |= dict.fromkeys(self._addresses(read, pages))
            self._progress.advance(len(samples))
        return tuple(samples)

    async def _visit(
        self, url: str, pages: Pages, parser: Parser
    ) -> tuple[Sample, Extracted | NotExtracted | None]:
        async def ask(here: str) -> Outcome:
            return await pages.get(Address(here))

        outcome = await follow(url, ask)
        if not isinstance(outcome, Fetched):
            return Sample(url, outcome.reason), None
        read = read_feed(outcome) or await self._read(outcome, parser)
        if isinstance(read, NotExtracted):
            return Sample(url, read.reason), read
        if read.document is None:
            return Sample(url, read.document_reason), read
        return self._sample(url, read.document), read

    async def _read(self, outcome: Fetched, parser: Parser) -> Extracted | NotExtracted:
        return await asyncio.to_thread(extract, outcome, source=self._reading, parser=parser)

    def _sample(self, url: str, document: Document) -> Sample:
        published = document.published
        known = self._store.documents.find_by_url(document.canonical_url)
        copy, alike = ("", 0.0) if known is not None else self._copy_of(document)
        return Sample(
            url,
            "fetched",
            title=document.title,
            excerpt=" ".join(document.text[: 2 * EXCERPT].split())[:EXCERPT],
            published=published.day.isoformat() if published else "",
            evidence=published.evidence if published else "",
            kind=document.kind,
            media_type=document.media_type,
            language=document.language,
            words=len(document.text.split()),
            is_listing=document.is_listing,
            is_known=known is not None,
            copy_of=copy,
            likeness=alike,
        )

    def _copy_of(self, document: Document) -> tuple[str, float]:
        """The title of the document of ours that says most of the same, and how much of it.

        Found as ``crawler.grouping`` does.
        """
        one, found = Copy(document, document.fetched_at), ("", 0.0)
        for identity in self._store.likeness.sharing(bands_of(one.shingles), MOST_ALIKE):
            stored = self._store.documents.get(identity)
            other = Copy(stored.document, stored.added_at)
            if stored.removed_at is None and is_same(one, other):
                title = f"{stored.document.title} ({stored.document.organisation})"
                found = max(found, (title, likeness(one, other)), key=lambda pair: pair[1])
        return found

    async def _listed(self, pages: Pages) -> list[str]:
        """What the sitemaps list of this source, as far as a trial looks."""
        found: dict[str, None] = {}
        async for listed in pages.sitemaps():
            url = canonical_for(listed.url, self._source)
            if url is not None and pages.refusal(url) is None:
                found[url] = None
            if len(found) >= MOST_LISTED:
                break
        return list(found)

    def _feeds(self, read: Extracted | NotExtracted | None) -> list[str]:
        named = [link.url for link in _links(read) if link.is_feed]
        given = [canonical_for(path, self._source, self._source.url) for path in self._source.feeds]
        return list(dict.fromkeys(url for url in (*given, *named) if url))[:MOST_FEEDS]

    async def _feed(self, url: str, pages: Pages) -> list[str]:
        outcome = await pages.get(Address(url))
        read = read_feed(outcome) if isinstance(outcome, Fetched) else None
        return list(self._addresses(read, pages))

    def _addresses(self, read: Extracted | NotExtracted | None, pages: Pages) -> Iterator[str]:
        """Where a page leads within the source."""
        for link in _links(read):
            url = canonical_for(link.url, self._source)
            if url is not None and not link.is_feed and pages.refusal(url) is None:
                yield url

    def _told(self, trial: Trial) -> Trial:
        """With the warnings that belong to what was found."""
        found = Counter(code for sample in trial.samples for code in self._remarks(sample))
        if not any(sample.outcome == "fetched" for sample in trial.samples):
            found["nothing-fetched"] = 1
        if not trial.listed:
            found["no-sitemap"] = 1
        if trial.gap > 2 * SHORTEST_GAP:
            found["slow"] = round(trial.gap)
        if self._source.id == 0 and any(
            same_site(trial.url, source.url) for source in self._store.sources.all()
        ):
            found["is-source"] = 1
        return replace(
            trial, warnings=tuple((code, found[code]) for code in WARNINGS if found[code])
        )

    def _remarks(self, sample: Sample) -> Iterator[str]:
        if sample.outcome != "fetched":
            unread = "no-document" if sample.outcome in EXTRACT_REASONS else "refused"
            yield sample.outcome if sample.outcome in WARNINGS else unread
            return
        if sample.is_known:
            yield "known"
        if sample.copy_of:
            yield "copies"
        if sample.language not in self._source.languages:
            yield "other-language"
        if sample.is_listing:
            yield "listings"
            return
        if not sample.published:
            yield "undated"
        if sample.words < SHORT:
            yield "short"


def _links(read: Extracted | NotExtracted | None) -> tuple[Link, ...]:
    """The links that we may follow."""
    if not isinstance(read, Extracted) or "nofollow" in read.directives:
        return ()
    return tuple(link for link in read.links if not link.nofollow)


def _spread(urls: Sequence[str], most: int) -> Iterable[str]:
    """At most so many, from all over the list."""
    return islice(urls[:: max(1, len(urls) // most)], most)
