"""Kept bodies read once more, without the network: for better extraction, and for what was learned.

In: a source whose pages were fetched before. Out: its documents as we would make them now, and a
count of what changed in them. Which blocks repeat across a site is only known when its pages are
there, so a crawl ends with learning that, and with reading again the pages that have such a block.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from crawler.crawl import Visit, body_hash_of
from crawler.extract import Parser, extract, extraction_of
from crawler.extract.prints import repeated_among
from crawler.means import Means
from crawler.recording import Recorder, Tally, fetched_again
from library.document import Document
from library.progress import Progress
from library.settings import Settings
from library.store import Address, Source, Store

FIELDS = ("title", "sections", "published", "kind", "language", "author", "directives")
"""What of a document is compared to say what changed."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What came of reading again: counters, reasons why there is no document, fields that changed."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)


def read_all_again(
    store: Store, settings: Settings, progress: Progress, *, means: Means | None = None
) -> Reread:
    """Read every kept body of every source again, learn what repeats, and tell what changed."""
    means = means or Means(settings)
    told = Reread()
    progress.phase("extract")
    waiting = [(source, store.frontier.with_body(source.id)) for source in store.sources.all()]
    total = sum(len(addresses) for _, addresses in waiting)
    with means.reading() as parser:
        for source, addresses in waiting:
            again = Again(store, source, parser, means, told)
            again.read(addresses, partial(_tell, progress, told, total), progress.should_stop)
            if not progress.should_stop():
                again.read(again.learn())
    return told


def _tell(progress: Progress, told: Reread, total: int) -> None:
    progress.advance(sum(told.counts.values()), dict(told.counts), total)


class Again:
    """Reads pages of one source again from their kept bodies."""

    def __init__(
        self, store: Store, source: Source, parser: Parser, means: Means, told: Reread
    ) -> None:
        self._store, self._source, self._parser, self._told = store, source, parser, told
        self._extraction = extraction_of(source, means.extraction_version)
        self._kept_body_bytes = means.settings.kept_body_bytes

    def learn(self) -> tuple[Address, ...]:
        """Find out which blocks repeat; give the addresses of pages for which that is news.

        They count as read in another way from here on, so a crawl that is killed before they are
        read again leaves that to the next.
        """
        pages = self._store.blocks.of_source(self._source.id)
        before = frozenset(self._store.blocks.repeated(self._source.id))
        now = repeated_among((page.title, page.prints) for page in pages if page.teaches)
        news = before.symmetric_difference(now)
        if not news:
            return ()
        outdated = {page.address_id for page in pages if not news.isdisjoint(page.prints)}
        with self._store.transaction():
            self._store.blocks.put_repeated(self._source.id, now)
            self._store.frontier.forget_extraction(outdated)
        kept = self._store.frontier.with_body(self._source.id)
        return tuple(address for address in kept if address.id in outdated)

    def read(
        self,
        addresses: Iterable[Address],
        tell: Callable[[], None] = lambda: None,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> None:
        """Read the bodies of these addresses, each stored before the next is read."""
        crawl = self._store.crawls.latest(self._source.id)
        if crawl is None:
            return
        tally = Tally()
        recorder = Recorder(
            self._store,
            self._source,
            crawl.id,
            tally,
            extraction=self._extraction,
            kept_body_bytes=self._kept_body_bytes,
        )
        repeated = self._store.blocks.repeated(self._source.id)
        for address in addresses:
            if should_stop():
                break
            self._read_one(address, recorder, repeated)
            tell()
        self._told.reasons.update(tally.reasons)

    def _read_one(self, address: Address, recorder: Recorder, repeated: tuple[int, ...]) -> None:
        if address.visited_at is None:
            return
        fetched = fetched_again(self._store, address, address.visited_at)
        if fetched is None:
            return
        before = self._document(address)
        extracted = extract(fetched, source=self._source, parser=self._parser, repeated=repeated)
        visit = Visit(
            address,
            fetched,
            extracted,
            body_hash=body_hash_of(fetched),
            # Which address is the proper one was settled when the site was there to be asked.
            canonical=address.moved_to,
        )
        recorder.record_again(visit)
        self._compare(before, self._document(address))

    def _document(self, address: Address) -> Document | None:
        known = self._store.frontier.find(self._source.id, address.url)
        identity = None if known is None or known.removal is not None else known.document_id
        stored = None if identity is None else self._store.documents.find(identity)
        return None if stored is None or stored.removed_at is not None else stored.document

    def _compare(self, before: Document | None, after: Document | None) -> None:
        if after is None:
            self._told.counts["skipped"] += 1
            return
        if before is None:
            self._told.counts["new"] += 1
            return
        changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
        self._told.fields.update(changed)
        self._told.counts["changed" if changed else "unchanged"] += 1
