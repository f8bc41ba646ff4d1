"""What one visit changes in the store, in one transaction.

In: a ``Visit``. Out: its outcome, its document, its new addresses and its place in the frontier,
all stored or none of it; and a word on what happened to the document, for the counters.

The rules on removal (threats, decision 16) are kept here as marks on the address: 410 at once, 404
at a second sighting a day after the first, what may not be shown; never for a server that is down,
shut or slow. ``crawler.removals`` acts on the marks when the crawl ends.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from crawler.changes import difference, is_otherwise_same, learned
from crawler.crawl import MOST_HOPS, Visit
from crawler.extract import Extracted, NotExtracted
from crawler.extract.titles import title_from_address, title_of_link
from crawler.identity import Spellings, by_rule, is_one_page, key_of, preferred
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
    {"moved", "moved-temporarily", "moved-away", "sent-away", "http-404", "http-410", "soft-404"}
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
        spellings: Spellings | None = None,
    ) -> None:
        self._store, self._source, self._crawl_id = store, source, crawl_id
        self._tally, self._extraction = tally, extraction
        self._spellings = spellings or Spellings()
        self._kept_body_bytes = kept_body_bytes

    def record(self, visit: Visit, now: datetime, known: int) -> None:
        """Store everything that belongs to a visit; ``known`` counts the addresses of the crawl."""
        self._tally.counts["found"] = known
        with writing(self._store, self._crawl_id):
            frontier = self._store.frontier
            if visit.added:
                frontier.add(self._source.id, self._crawl_id, with_keys(visit.added, self._source))
            if visit.described:
                frontier.describe(self._source.id, visit.described)
            self._tally.reasons.update(visit.skipped)
            if visit.again is not None:
                frontier.record(
                    self._source.id,
                    visit.address.url,
                    attempts=visit.again.attempts,
                    outcome=visit.again.outcome,
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
        self._keep_body(address_id, visit, changes)
        self._keep_blocks(address_id, visit)

    def record_again(self, visit: Visit) -> None:
        """Store what another reading of a kept body gives; of the site as it is now nothing is known."""
        outcome = visit.outcome
        assert isinstance(outcome, Fetched)
        with writing(self._store, self._crawl_id):
            before = self._store.frontier.find(self._source.id, visit.address.url)
            if before is None or before.outcome in _NO_LONGER_THERE:
                return
            if before.visited_at != visit.address.visited_at:
                return  # A crawl beside us has a newer body by now.
            # It was not visited again, so nothing is learned of how it changes.
            found = self._read(visit, outcome, replace(before, extraction=None))
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
        self._learn(before, ())
        # A page that we may ask for again is no longer to go; that it hides itself still holds.
        removal = None if before.removal in REMOVING else before.removal
        calm = {"calm": before.calm + 1, "changing": []}
        return {"outcome": reason, "missing_since": None, "removal": removal, **calm}

    def _learn(self, before: Address, places: tuple[int, ...]) -> dict[int, tuple[int, int]]:
        """Count which places of a page that had changed at its last visit changed again."""
        observed, source_id = self._store.observed, self._source.id
        if not before.changing:
            return observed.places(source_id, places)
        seen = observed.places(source_id, {*before.changing, *places})
        counts = learned(before.changing, places, seen)
        observed.put_places(source_id, counts)
        return seen | counts

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
        if visit.canonical is not None:
            proper, reason = self._proper(visit.canonical), "canonical"
        else:
            proper, reason = self._spelled(document, before), "same-page"
        is_itself = proper == before.url
        identity = self._identity(proper)
        changes = {
            "outcome": "fetched" if is_itself else reason,
            "document_id": identity,
            "moved_to": None if is_itself else proper,
        }
        if not is_itself and self._has_own_document(proper, identity):
            self._count("skipped", reason)
            return changes
        if identity is None:
            self._count("skipped", "other-source")
            return changes | {"outcome": "other-source"}
        document = replace(document, id=identity, canonical_url=proper)
        if document.media_type != "text/html":
            document = self._as_attachment(document, before)
        return changes | self._put(document, before)

    def _put(self, document: Document, before: Address) -> dict[str, Any]:
        """Keep a document, unless it says what we have; give what that means for its address."""
        is_read_alike = before.extraction == self._extraction
        stored = self._store.documents.find(document.id) if is_read_alike else None
        places: tuple[int, ...] = ()
        if stored is not None and stored.removed_at is None:
            found = difference(stored.document, document)
            places = found.places
            is_change = found.is_change(self._learn(before, places))
            if not is_change and is_otherwise_same(stored.document, document):
                self._count("unchanged", "same-text")
                self._store.documents.touch(document.id, document.fetched_at)
                calm = {"calm": before.calm + 1, "changing": list(places)}
                return calm if before.moved_to else {"outcome": "same-text", **calm}
        change = self._store.documents.put(document, source_id=self._source.id)
        self._tally.counts[change] += 1
        return {"calm": 0, "changing": list(places)}

    def _spelled(self, document: Document, before: Address) -> str:
        """The proper spelling of an address: its own, or another that gave the same page."""
        is_ruled = by_rule(before.url, self._source.identity) is not None
        for other in self._store.frontier.spelled_alike(self._source.id, before):
            known = self._own_document(other)
            if known is None:
                continue
            if is_ruled:
                # The title in an address is changed now and then; the last found is the one in use.
                proper = max(other, before, key=lambda address: address.id).url
            elif self._is_one_page(other.url, known, before.url, document):
                proper = preferred(other.url, before.url)
            else:
                continue
            if proper == before.url:
                self._fold(other, proper)
            return proper
        return before.url

    def _is_one_page(self, url: str, known: Document, other: str, document: Document) -> bool:
        """Compare two spellings of an address, and count what came of it."""
        same = is_one_page(known, document)
        way = self._spellings.note(url, other, same=same)
        if way is not None:
            pairs = self._spellings.seen[way]
            self._store.observed.put_spelling(self._source.id, way, pairs)
        return same

    def _fold(self, address: Address, proper: str) -> None:
        """Have an address, with its document, be another spelling of the proper one."""
        self._store.frontier.record(
            self._source.id, address.url, moved_to=proper, outcome="same-page"
        )

    def _own_document(self, address: Address) -> Document | None:
        """The live document of an address, when it stands there under that very address."""
        if address.document_id is None or address.removal is not None:
            return None
        stored = self._store.documents.find(address.document_id)
        if stored is None or stored.removed_at is not None:
            return None
        return stored.document if stored.document.canonical_url == address.url else None

    def _identity(self, url: str) -> str | None:
        """The id for the document of an address; None when another source has it.

        What stands there keeps its id, and so does what moved there. Else the address makes the id,
        unless that of a document which has moved away from here.
        """
        for stored in self._store.documents.at(url):
            if stored.source_id == self._source.id:
                return stored.document.id
            if stored.source_id is not None:
                return None
        return self._moved_here(url) or self._free_id(url)

    def _moved_here(self, url: str) -> str | None:
        """The id of the document of an address that leads here, if there is one."""
        waiting, seen = [url], {url}
        while waiting:
            for address in self._store.frontier.moved_to(self._source.id, waiting.pop()):
                if (document := self._own_document(address)) is not None:
                    return document.id
                if address.url not in seen and len(seen) <= MOST_HOPS:
                    seen.add(address.url)
                    waiting.append(address.url)
        return None

    def _free_id(self, url: str) -> str:
        """The id that an address makes; numbered when what was here lives on at another address."""
        for number in count(1):
            identity = id_of(url if number == 1 else f"{url}#{number}")
            stored = self._store.documents.find(identity)
            if stored is None or stored.removed_at is not None or stored.source_id is None:
                return identity
        raise AssertionError("counting does not end")

    def _proper(self, canonical: str) -> str:
        """Where the canonical address of a page has moved to, as far as that is known."""
        for _ in range(MOST_HOPS):
            known = self._store.frontier.find(self._source.id, canonical)
            if known is None or known.moved_to is None:
                break
            canonical = known.moved_to
        return canonical

    def _has_own_document(self, url: str, identity: str | None) -> bool:
        """Whether the proper address of a page gave its document itself."""
        proper = self._store.frontier.find(self._source.id, url)
        if proper is None or proper.document_id != identity or proper.moved_to is not None:
            return False
        return self._own_document(proper) is not None

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

    def _keep_body(self, address_id: int, visit: Visit, changes: Mapping[str, Any]) -> None:
        outcome = visit.outcome
        if not isinstance(outcome, Fetched) or visit.extracted is None:
            return
        if changes["outcome"] == "same-text" and self._store.bodies.has(address_id):
            return  # The kept one gives the same document.
        if outcome.received_bytes > self._kept_body_bytes or not _may_keep(visit):
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


def with_keys(addresses: Iterable[Address], source: Source) -> list[Address]:
    """Give addresses the key that their other spellings have too."""
    return [replace(one, page_key=key_of(one.url, source.identity)) for one in addresses]


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


def _may_keep(visit: Visit) -> bool:
    """Whether the bytes of a page may stay here: not of one that asks for no copy (noarchive)."""
    match visit.extracted:
        case Extracted(document=Document() as document):
            return "noarchive" not in document.directives
    return False


def _gave_document(visit: Visit) -> bool:
    return isinstance(visit.extracted, Extracted) and visit.extracted.document is not None


def _validators(outcome: Fetched) -> dict[str, Any]:
    return {"etag": outcome.etag, "last_modified": outcome.last_modified}
