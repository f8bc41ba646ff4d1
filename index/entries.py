"""A document as the index keeps it: with its goal tags, and as bytes for an engine to store.

In: a stored document and its tags. Out: ``Entry`` and, by ``pack`` and ``unpack``, the same as
JSON. JSON and not pickle: what is read back can only ever be data. The visible text is searched
but not shown, so it is not kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, cast

from index.corrected import corrected
from index.passages import Readable, passages
from index.query import GoalTag
from library.document import Document, Evidence, Kind, Published, Section
from library.store import StoredDocument

Classify = Callable[[Document], tuple[GoalTag, ...]]


@dataclass(frozen=True)
class Entry:
    """One document in the index."""

    document: Document
    tags: tuple[GoalTag, ...]
    revision: int
    source_id: int | None = None

    @cached_property
    def readable(self) -> Readable:
        """The passages, to find fragments in; as long as the entry is kept, so are they."""
        return Readable(passages(self.document), self.document.language)


def entry_of(stored: StoredDocument, classify: Classify) -> Entry:
    """Give a stored document its goal tags; what people said of them wins."""
    tags = corrected(classify(stored.document), stored.judged)
    return Entry(stored.document, tags, stored.revision, stored.source_id)


def pack(entry: Entry) -> bytes:
    """Write what a result or a document page may show."""
    document = entry.document
    published = document.published
    record = {
        "id": document.id,
        "url": document.url,
        "canonical_url": document.canonical_url,
        "title": document.title,
        "sections": [[s.text, s.heading, s.anchor, s.page] for s in document.sections],
        "organisation": document.organisation,
        "kind": document.kind,
        "language": document.language,
        "published": None if published is None else [published.day.isoformat(), published.evidence],
        "media_type": document.media_type,
        "size": document.size,
        "content_hash": document.content_hash,
        "fetched_at": document.fetched_at.astimezone(UTC).isoformat(),
        "goals": document.goals,
        "attached_to": document.attached_to,
        "duplicate_of": document.duplicate_of,
        "replaced_by": document.replaced_by,
        "is_example": document.is_example,
        "is_listing": document.is_listing,
        "directives": document.directives,
        "tags": [[tag.number, tag.probability, tag.evidence] for tag in entry.tags],
        "revision": entry.revision,
        "source_id": entry.source_id,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def unpack(packed: bytes) -> Entry:
    """Read what ``pack`` wrote."""
    record: dict[str, Any] = json.loads(packed.decode("utf-8", "surrogatepass"))
    tags = tuple(GoalTag(number, p, tuple(words)) for number, p, words in record.pop("tags"))
    revision, source_id = record.pop("revision"), record.pop("source_id")
    record["sections"] = tuple(Section(*section) for section in record["sections"])
    record["published"] = _published(record["published"])
    record["kind"] = cast("Kind", record["kind"])
    record["goals"] = tuple(record["goals"])
    record["directives"] = tuple(record["directives"])
    record["fetched_at"] = datetime.fromisoformat(record["fetched_at"])
    return Entry(Document(**record), tags, revision, source_id)


def _published(packed: list[str] | None) -> Published | None:
    if packed is None:
        return None
    day, evidence = packed
    return Published(date.fromisoformat(day), cast("Evidence", evidence))
