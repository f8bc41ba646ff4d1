"""An entry of the index as a hit that can be shown.

In: an entry with its score, and what is wanted, or a document alone. Out: a ``Hit``, with fragments where
words are wanted, or a ``Copy``.
"""

from dataclasses import replace

from index.entries import Entry
from index.query import Copy, Hit
from index.wanted import Wanted
from library.document import Document


def copy_of(entry: Entry) -> Copy:
    """Name a document that is folded into a hit, as another copy of it or an older one."""
    document = entry.document
    is_older = document.duplicate_of is None
    return Copy(document.id, document.url, document.organisation, is_older)


def hit_of_document(document: Document) -> Hit:
    """Show what a document says of itself."""
    return Hit(
        id=document.id,
        url=document.url,
        canonical_url=document.canonical_url,
        title=document.title,
        organisation=document.organisation,
        kind=document.kind,
        language=document.language,
        published=document.published.day if document.published else None,
        media_type=document.media_type,
        size=document.size,
        pages=document.pages,
        is_example=document.is_example,
    )


def hit_of(entry: Entry, score: float, wanted: Wanted) -> Hit:
    """Show an entry as a hit with fragments for what is wanted, unless its site wants none shown."""
    document = entry.document
    is_shown = "nosnippet" not in document.directives
    fragments, pages = entry.readable.find(wanted) if is_shown else ((), ())
    return replace(
        hit_of_document(document),
        score=score,
        fragments=fragments,
        pages_found=pages,
        goals=entry.tags,
        themes=entry.facets.themes,
        place=entry.facets.place,
        phase=entry.facets.phase,
        audience=entry.facets.audience,
    )
