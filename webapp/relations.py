"""What a document has to do with others: newer versions, the same text elsewhere, what is like it.

In: a stored document. Out: notes and links for its page. What stands in the place of what is known
by the store (``crawler.duplicates``); what is alike by the index.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from index.errors import IndexUnavailable
from index.query import Hit
from library.document import Document, Kind
from webapp import hits
from webapp.links import outward
from webapp.messages import say
from webapp.pages import Link, Note
from webapp.services import services

MOST_COPIES = 5
MOST_ALIKE = 5
AGES: frozenset[Kind] = frozenset({"handreiking", "regeling", "format", "wet"})
"""Kinds that tell what to do, which may be no longer so; news and stories stay what they were."""
STAYS_TRUE = timedelta(days=5 * 365)


def notes_of(document: Document, today: date) -> tuple[Note, ...]:
    """What a reader should know before trusting a document, each with where to look instead."""
    replaced = document.replaced_by or document.perhaps_replaced_by
    if replaced is not None and (newer := _live(replaced)) is not None:
        sure = document.replaced_by is not None
        return (Note(say("doc.newer" if sure else "doc.newer.perhaps"), _link_to(newer)),)
    notes = []
    if document.duplicate_of is not None and (best := _live(document.duplicate_of)) is not None:
        notes.append(Note(say("doc.same", organisation=best.organisation), _link_to(best)))
    if _is_old(document, today):
        notes.append(Note(say("doc.old", organisation=document.organisation), None))
    return tuple(notes)


def _is_old(document: Document, today: date) -> bool:
    published = document.published
    return published is not None and document.kind in AGES and today - published.day > STAYS_TRUE


def folded_into(document: Document) -> frozenset[str]:
    """The ids of the documents that it stands in the place of."""
    return services().store.documents.standing_behind([document.id])


def copies_of(document: Document, folded: frozenset[str]) -> tuple[Link, ...]:
    """Where else the same text is, by name of the organisation; each leads to its own site."""
    return tuple(_copies(document, sorted(folded)))[:MOST_COPIES]


def _copies(document: Document, identities: list[str]) -> Iterator[Link]:
    seen = {document.organisation}
    for identity in identities:
        copy = _live(identity)
        if copy is None or copy.duplicate_of != document.id or copy.organisation in seen:
            continue
        if (address := outward(copy.url)) is not None:
            seen.add(copy.organisation)
            yield Link(copy.organisation, address)


def alike(document: Document, folded: frozenset[str]) -> tuple[Hit, ...]:
    """Documents that say much of the same, in other words; none while the index is away."""
    same = folded | {
        document.duplicate_of,
        document.replaced_by,
        document.perhaps_replaced_by,
    }
    try:
        found = services().index.similar(document.id, MOST_ALIKE + MOST_COPIES)
    except IndexUnavailable:
        return ()
    return tuple(hit for hit in found if hit.id not in same)[:MOST_ALIKE]


def _live(document_id: str) -> Document | None:
    stored = services().store.documents.find(document_id)
    return None if stored is None or stored.removed_at is not None else stored.document


def _link_to(document: Document) -> Link:
    title = hits.title_of(document.title, document.url)
    return Link(title, hits.document_address(document.id))
