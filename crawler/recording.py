"""What one visit changes in the store, in one transaction.

In: a ``Visit``. Out: its outcome, its document, its new addresses and its place in the frontier,
all stored or none of it; and a word on what happened to the document, for the counters.

The rules on removal (threats, decision 16) are kept here as marks on the address: 410 at once, 404
at a second sighting a day after the first, what may not be shown; never for a server that is down,
shut or slow. ``crawler.removals`` acts on the marks when the crawl ends.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from crawler.crawl import MOST_HOPS, Visit
from crawler.extract import Extracted, NotExtracted
from crawler.extract.titles import title_from_address, title_of_link
from crawler.outcomes import REMOVING, Failed, Fetched, Gone, Moved, NotModified, Refused
from library.document import Document, id_of
from library.errors import KennisbankError
from library.store import Address, KeptBody, Source, Store

SECOND_SIGHTING_AFTER = timedelta(hours=24)
_HIDDEN = frozenset({"noindex", "other-language"})
"""Reasons why a page gives no document that also take an earlier one away."""

_FORGET: Mapping[str, Any] = {"etag": None, "last_modified": None, "body_hash": None}
_OF_READING = ("document_id", "moved_to", "extraction", "removal")
"""What another reading of the same bytes can change of an address."""

_NO_LONGER_THERE = frozenset(
    {"moved", "moved-temporarily", "moved-away", "sent-away", "http-404", "http-410"}
)


class SourceRemoved(KennisbankError):
    """Somebody removed the source of a crawl that was running."""


@contextmanager
def writing(store: Store, crawl_id: int) -> Iterator[None]:
    """Open a transaction of a crawl; raise ``SourceRemoved`` when its source, and so itself, is gone."""
    with store.transaction():
        if not store.crawls.has(crawl_id):
            raise SourceRemoved("The source was removed while it was crawled.")
        yield


@dataclass(slots=True)
class Tally:
    """The counters of a crawl; they go on where an earlier run of it ended."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)


class Recorder:
    """Stores the visits of one crawl."""

    def __init__(
        self,
        store: Store,
        source: Source,
        crawl_id: int,
        tally: Tally,
        *,
        extraction: str,
        kept_body_bytes: int,
    ) -> None:
        self._store, self._source, self._crawl_id = store, source, crawl_id
        self._tally, self._extraction = tally, extraction
        self._kept_body_bytes = kept_body_bytes

    def record(self, visit: Visit, now: datetime, known: int) -> None:
        """Store everything that belongs to a visit; ``known`` counts the addresses of the crawl."""
        self._tally.counts["found"] = known
        with writing(self._store, self._crawl_id):
            frontier = self._store.frontier
            if visit.added:
                frontier.add(self._source.id, self._crawl_id, visit.added)
            if visit.described:
                frontier.describe(self._source.id, visit.described)
            self._tally.reasons.update(visit.skipped)
            if visit.again is not None:
                frontier.record(
                    self._source.id,
                    visit.address.url,
                    attempts=visit.again.attempts,
                    due_at=visit.again.due_at,
                )
            else:
                self._settle(visit, now)
            self._store.crawls.record(self._crawl_id, self._tally.counts, self._tally.reasons)

    def _settle(self, visit: Visit, now: datetime) -> None:
        before = self._store.frontier.find(self._source.id, visit.address.url)
        assert before is not None
        changes = self._changes(visit, before, now)
        address_id = self._store.frontier.record(
            self._source.id,
            visit.address.url,
            self._crawl_id,
            **{"visited_at": now, "due_at": None, **changes},
        )
        self._keep_body(address_id, visit)
        self._keep_blocks(address_id, visit)

    def record_again(self, visit: Visit) -> None:
        """Store what another reading of a kept body gives; of the site as it is now nothing is known."""
        outcome = visit.outcome
        assert isinstance(outcome, Fetched)
        with writing(self._store, self._crawl_id):
            before = self._store.frontier.find(self._source.id, visit.address.url)
            if before is None or before.outcome in _NO_LONGER_THERE:
                return
            found = self._read(visit, outcome, before)
            changes = {name: found[name] for name in _OF_READING if name in found}
            if before.removal in REMOVING:
                del changes["removal"]
            if not _gave_document(visit):
                changes["outcome"] = found["outcome"]
            address_id = self._store.frontier.record(self._source.id, before.url, **changes)
            self._keep_blocks(address_id, visit)

    def _changes(self, visit: Visit, before: Address, now: datetime) -> dict[str, Any]:
        outcome = visit.outcome
        match outcome:
            case NotModified():
                return self._unchanged(before, outcome.reason, now)
            case Fetched() if visit.extracted is None:
                return {**self._unchanged(before, "same-bytes", now), **_validators(outcome)}
            case Fetched():
                self._tally.counts["fetched"] += 1
                return self._read(visit, outcome, before)
            case Moved():
                self._count("skipped", outcome.reason)
                return self._moved(outcome)
            case Gone():
                self._count("skipped", outcome.reason)
                return self._gone(outcome, before, now)
            case Refused():
                self._count("skipped", outcome.reason)
                return {"outcome": outcome.reason} | self._mark(outcome.reason, before)
            case Failed():
                self._count("errors", outcome.reason)
                return {"outcome": outcome.reason}

    def _count(self, name: str, reason: str) -> None:
        self._tally.counts[name] += 1
        self._tally.reasons[reason] += 1

    def _unchanged(self, before: Address, reason: str, now: datetime) -> dict[str, Any]:
        self._tally.counts["fetched"] += 1
        self._tally.counts["unchanged"] += 1
        if before.document_id is not None:
            self._store.documents.touch(before.document_id, now)
        # A page that we may ask for again is no longer to go; that it hides itself still holds.
        removal = None if before.removal in REMOVING else before.removal
        return {"outcome": reason, "missing_since": None, "removal": removal}

    def _moved(self, outcome: Moved) -> dict[str, Any]:
        moved_to = outcome.target if outcome.permanent else None
        return {"outcome": outcome.reason, "moved_to": moved_to, "missing_since": None, **_FORGET}

    def _gone(self, outcome: Gone, before: Address, now: datetime) -> dict[str, Any]:
        since = before.missing_since or now
        is_sure = outcome.status == 410 or now - since >= SECOND_SIGHTING_AFTER
        mark = {"removal": outcome.reason} if is_sure else {}
        changes = {"outcome": outcome.reason, "missing_since": since, "moved_to": None}
        return {**changes, **_FORGET, **mark}

    def _mark(self, reason: str, before: Address) -> dict[str, Any]:
        """Mark a document for removal where the reason is one that removes."""
        return {"removal": reason} if reason in REMOVING and before.document_id else {}

    def _read(self, visit: Visit, outcome: Fetched, before: Address) -> dict[str, Any]:
        found: dict[str, Any] = {"missing_since": None, "moved_to": None, "removal": None}
        found |= {"body_hash": visit.body_hash, "extraction": self._extraction}
        found |= _validators(outcome)
        match visit.extracted:
            case Extracted(document=Document() as document):
                return found | self._document(document, visit, before)
            case Extracted(document_reason=reason):
                self._count("skipped", reason)
                hidden = reason in _HIDDEN and before.document_id is not None
                return found | {"outcome": reason, "removal": reason if hidden else None}
            case NotExtracted(reason=reason):
                self._count("errors" if reason.startswith("parser-") else "skipped", reason)
                forget = _FORGET if reason.startswith("parser-") else {}
                return {**found, "outcome": reason, **forget}
            case None:
                raise AssertionError("a page that was not read is unchanged")

    def _document(self, document: Document, visit: Visit, before: Address) -> dict[str, Any]:
        proper = self._proper(visit.canonical) if visit.canonical else visit.address.url
        is_itself = proper == visit.address.url
        identity = id_of(proper)
        changes = {
            "outcome": "fetched" if is_itself else "canonical",
            "document_id": identity,
            "moved_to": None if is_itself else proper,
        }
        if not is_itself and self._has_own_document(proper, identity):
            self._count("skipped", "canonical")
            return changes
        if self._belongs_elsewhere(identity):
            self._count("skipped", "other-source")
            return changes | {"outcome": "other-source", "document_id": None}
        document = replace(document, id=identity, canonical_url=proper)
        if document.media_type != "text/html":
            document = self._as_attachment(document, before)
        change = self._store.documents.put(document, source_id=self._source.id)
        self._tally.counts[change] += 1
        return changes

    def _proper(self, canonical: str) -> str:
        """Where the canonical address of a page has moved to, as far as that is known."""
        for _ in range(MOST_HOPS):
            known = self._store.frontier.find(self._source.id, canonical)
            if known is None or known.moved_to is None:
                break
            canonical = known.moved_to
        return canonical

    def _has_own_document(self, url: str, identity: str) -> bool:
        """Whether the proper address of a page gave its document itself."""
        proper = self._store.frontier.find(self._source.id, url)
        if proper is None or proper.document_id != identity or proper.moved_to is not None:
            return False
        stored = self._store.documents.find(identity)
        return stored is not None and stored.removed_at is None and proper.removal is None

    def _belongs_elsewhere(self, identity: str) -> bool:
        """Whether another source already holds this document: two sources must not fight over it."""
        stored = self._store.documents.find(identity)
        if stored is None or stored.removed_at is not None:
            return False
        return stored.source_id not in {None, self._source.id}

    def _as_attachment(self, document: Document, before: Address) -> Document:
        """A file takes what it lacks from the page that links it: its date, and its title."""
        parent = self._parent(before)
        if document.title == title_from_address(document.url):
            title = title_of_link(before.link_text) or (parent.title if parent else "")
            document = replace(document, title=title or document.title)
        if parent is None:
            return document
        published = document.published or parent.published
        return replace(document, published=published, attached_to=parent.id)

    def _parent(self, before: Address) -> Document | None:
        page = before.found_on and self._store.frontier.find(self._source.id, before.found_on)
        if not page or page.document_id is None:
            return None
        stored = self._store.documents.find(page.document_id)
        return stored.document if stored is not None and stored.removed_at is None else None

    def _keep_body(self, address_id: int, visit: Visit) -> None:
        outcome = visit.outcome
        if not isinstance(outcome, Fetched) or visit.extracted is None:
            return
        if outcome.received_bytes > self._kept_body_bytes or not _gave_document(visit):
            self._store.bodies.remove(address_id)
            return
        body = KeptBody(
            final_url=outcome.final_url,
            media_type=outcome.media_type,
            charset=outcome.charset,
            headers=outcome.headers,
            content=outcome.body,
            fetched_at=outcome.fetched_at,
        )
        self._store.bodies.put(address_id, body)

    def _keep_blocks(self, address_id: int, visit: Visit) -> None:
        """Keep by which blocks the repeated ones of the site are known."""
        match visit.extracted:
            case Extracted(document=Document(), prints=prints, teaches=teaches) if prints:
                self._store.blocks.put(address_id, prints, teaches=teaches)
            case Extracted() | NotExtracted():
                self._store.blocks.remove(address_id)


def fetched_again(
    store: Store, address: Address, at: datetime, elapsed: float = 0.0
) -> Fetched | None:
    """The kept body of an address, as if it had come once more at that moment."""
    body = store.bodies.find(address.id)
    if body is None:
        return None
    return Fetched(
        url=address.url,
        final_url=body.final_url,
        status=200,
        headers=body.headers,
        body=body.content,
        media_type=body.media_type,
        charset=body.charset,
        etag=address.etag,
        last_modified=address.last_modified,
        received_bytes=0,
        fetched_at=at,
        elapsed=elapsed,
    )


def _gave_document(visit: Visit) -> bool:
    return isinstance(visit.extracted, Extracted) and visit.extracted.document is not None


def _validators(outcome: Fetched) -> dict[str, Any]:
    return {"etag": outcome.etag, "last_modified": outcome.last_modified}
