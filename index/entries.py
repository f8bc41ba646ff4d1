"""A document as the index keeps it: with its goal tags, and as bytes for an engine to store.

In: a stored document and its tags. Out: ``Entry`` and, by ``pack`` and ``unpack``, the same as
JSON. JSON and not pickle: what is read back can only ever be data. The visible text is searched
but not shown, so it is not kept.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, cast

from index.corrected import corrected
from index.facets import Facets
from index.passages import Readable, passages
from index.places import Place
from index.query import GoalTag, ThemeTag
from library.document import Document, Evidence, Kind, Published, Section
from library.store import StoredDocument

Classify = Callable[[Document], tuple[GoalTag, ...]]
Describe = Callable[[Document], Facets]
NOTHING_TOLD = Facets()


@dataclass(frozen=True)
class Entry:
    """One document in the index."""

    document: Document
    tags: tuple[GoalTag, ...]
    revision: int
    source_id: int | None = None
    facets: Facets = NOTHING_TOLD

    @cached_property
    def readable(self) -> Readable:
        """The passages, to find fragments in; as long as the entry is kept, so are they."""
        return Readable(passages(self.document), self.document.language)


def undescribed(_: Document) -> Facets:
    """Tell nothing of a document."""
    return NOTHING_TOLD


def entry_of(stored: StoredDocument, classify: Classify, describe: Describe = undescribed) -> Entry:
    """Give a stored document its goal tags and facets; what people said of goals wins.

    A crawl only guesses the kind, so of what was crawled that of the facets is taken; an import says it.
    """
    document = stored.document
    tags = corrected(classify(document), stored.judged)
    facets = describe(document)
    if facets.kind is not None and stored.source_id is not None:
        document = replace(document, kind=facets.kind)
    told = replace(facets, kind=None)
    return Entry(document, tags, stored.revision, stored.source_id, told)


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
        "themes": entry.facets.themes,
        "phase": entry.facets.phase,
        "audience": entry.facets.audience,
        "place": _packed(entry.facets.place),
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
    facets = _facets(record)
    record["sections"] = tuple(Section(*section) for section in record["sections"])
    record["published"] = _published(record["published"])
    record["kind"] = cast("Kind", record["kind"])
    record["goals"] = tuple(record["goals"])
    record["directives"] = tuple(record["directives"])
    record["fetched_at"] = datetime.fromisoformat(record["fetched_at"])
    return Entry(Document(**record), tags, revision, source_id, facets)


def _packed(place: Place | None) -> list[Any] | None:
    return None if place is None else [place.province, place.municipality, place.evidence]


def _facets(record: dict[str, Any]) -> Facets:
    """Take what is told beside the goals out of a record."""
    themes = tuple(ThemeTag(name, p, tuple(words)) for name, p, words in record.pop("themes"))
    phase, audience, place = (record.pop(name) for name in ("phase", "audience", "place"))
    found = Place(place[0], place[1], tuple(place[2])) if place else None
    return Facets(themes, None, phase, audience, found)


def _published(packed: list[str] | None) -> Published | None:
    if packed is None:
        return None
    day, evidence = packed
    return Published(date.fromisoformat(day), cast("Evidence", evidence))
