"""All that the crawler knows of one address, in sentences for whoever wonders where a page went.

In: the store, the settings and an address as somebody typed it. Out: lines of English; nothing is
fetched and nothing is changed.
"""

from collections.abc import Iterator

from crawler.extract.outcomes import REASONS as EXTRACT_REASONS
from crawler.outcomes import REASONS as VISIT_REASONS
from crawler.robots import Rules
from crawler.urls import canonical, canonical_for, problem, same_site, scope_problem, split
from library.settings import Settings
from library.store import Address, Source, Store, StoredDocument

REASONS = {**VISIT_REASONS, **EXTRACT_REASONS}
"""Every reason code of this package with its English sentence."""


_RELATIONS = {
    "duplicate_of": "says the same as the better copy",
    "replaced_by": "is an older generation of",
    "perhaps_replaced_by": "is perhaps an older generation of",
}


def explain(store: Store, settings: Settings, url: str) -> Iterator[str]:
    """Tell what stands in the way of an address, where it belongs, and what its last visit led to."""
    address = canonical(url)
    if address is None:
        yield f"address: {REASONS['bad-url']}"
        return
    yield f"address: {address}"
    obstacle = problem(address, settings.trusted_addresses)
    if obstacle is not None:
        yield f"never fetched ({obstacle}): {REASONS[obstacle]}"
    yield from _robots(store, address)
    sources = [source for source in store.sources.all() if same_site(address, source.url)]
    if not sources:
        yield "source: no source has this site; `kennisbank source add` adds one"
    for source in sources:
        yield from _in_source(store, source, url)
    yield from _document(store, document_at(store, url))


def _robots(store: Store, address: str) -> Iterator[str]:
    """What the robots.txt says that was read last; nothing is asked for."""
    parts = split(address)
    kept = None if parts is None else store.hosts.find_robots(parts.origin)
    if kept is None:
        yield "robots.txt: not read yet"
        return
    may = "allows it" if Rules(kept).allows(address) else f"(robots): {REASONS['robots']}"
    yield f"robots.txt: {kept.verdict} at {kept.fetched_at:%Y-%m-%d %H:%M} UTC, {may}"


def document_at(store: Store, url: str) -> StoredDocument | None:
    """Find the live document of an address, read as each of its sources reads it."""
    typed = canonical(url)
    if typed is None:
        return None
    sources = (source for source in store.sources.all() if same_site(typed, source.url))
    for address in (typed, *(canonical_for(url, source) for source in sources)):
        stored = None if address is None else store.documents.find_by_url(address)
        if stored is not None:
            return stored
    return None


def _in_source(store: Store, source: Source, url: str) -> Iterator[str]:
    address = canonical_for(url, source)
    obstacle = "bad-url" if address is None else scope_problem(address, source)
    if address is None or obstacle is not None:
        yield f"source {source.slug}: left out ({obstacle}): {REASONS[obstacle or 'bad-url']}"
        return
    known = store.frontier.find(source.id, address)
    if known is None:
        yield f"source {source.slug}: in scope, but no page, sitemap or redirect led to it yet"
        return
    yield f"source {source.slug}: {_last_visit(known)}"
    if known.found_on is not None:
        yield f"    found on {known.found_on}, {known.depth} links from the start"
    elif known.depth > 0:
        yield "    found in a sitemap"
    if known.removal is not None:
        yield f"    its document goes ({known.removal}): {REASONS.get(known.removal, '')}"
    if known.due_at is not None:
        yield f"    tried again after {known.due_at:%Y-%m-%d %H:%M} UTC"
    if known.moved_to is not None:
        yield f"    leads to {known.moved_to}"


def _last_visit(known: Address) -> str:
    if known.visited_at is None or known.outcome is None:
        return "known, not visited yet (waiting)"
    sentence = REASONS.get(known.outcome, "")
    missing = f"; missing since {known.missing_since:%Y-%m-%d %H:%M}" if known.missing_since else ""
    return f"visited {known.visited_at:%Y-%m-%d %H:%M} UTC ({known.outcome}): {sentence}{missing}"


def _document(store: Store, stored: StoredDocument | None) -> Iterator[str]:
    if stored is None:
        yield "document: none"
        return
    document = stored.document
    yield f"document: {document.id} {document.title!r} of {document.organisation}"
    yield f"    {document.kind}, {document.language}, {len(document.text)} characters"
    published = document.published
    if published is None:
        yield "    date unknown"
    else:
        yield f"    published {published.day} (found in: {published.evidence})"
    for name, sentence in _RELATIONS.items():
        other = store.documents.find(getattr(document, name) or "")
        if other is not None:
            yield f"    {sentence} {other.document.url}"
    if document.attached_to is not None:
        parent = store.documents.find(document.attached_to)
        yield f"    attached to {parent.document.url if parent else document.attached_to}"
    if document.directives:
        yield f"    it asks for {', '.join(document.directives)}"
    yield f"    changed {stored.changed_at:%Y-%m-%d %H:%M}, checked {stored.checked_at:%Y-%m-%d %H:%M}"
