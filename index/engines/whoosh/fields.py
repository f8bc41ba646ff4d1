"""Our schema as Whoosh's, and what of a document goes into which field.

Whoosh knows the fields by this schema and reads them by it. It writes none: analysis and postings
are our own (``inverter``), so no field has an analyzer or takes a value.
"""

from array import array
from collections.abc import Iterator

from whoosh import fields, formats

from index import schema
from index.engines.whoosh.codec import Codes, Ids
from index.engines.whoosh.inverter import Part
from index.entries import Entry
from library.document import Document


class Places(formats.Positions):  # type: ignore[misc]  # Whoosh has no types
    """Positions of a term as an array of 32-bit numbers: no pickle to read."""

    def decode_positions(self, valuestring: bytes) -> list[int]:
        positions = array("I")
        positions.frombytes(valuestring)
        return positions.tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


class Words(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of scored words."""

    def __init__(self, *, positions: bool) -> None:
        super().__init__(Places() if positions else formats.Existence(), None, scorable=True)


class Key(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """The id: one term to find a document by, and a column to read it from."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, unique=True, sortable=Ids())


class Value(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A column of texts that many documents share; it is not searched."""

    indexed = False

    def __init__(self) -> None:
        super().__init__(None, None, sortable=Codes())


def _field_of(field: schema.Field) -> fields.FieldType:
    match field.kind:
        case "key":
            return Key()
        case "words":
            return Words(positions=field.positions)
        case "value":
            return Value()
        case "record":
            return fields.STORED()


def make_schema() -> fields.Schema:
    """Give Whoosh's form of ``index.schema.FIELDS``."""
    return fields.Schema(**{field.name: _field_of(field) for field in schema.FIELDS})


def texts_of(document: Document) -> Iterator[tuple[Part, str, str]]:
    """Give the texts of a document in the order in which they are read, with their language."""
    language = document.language
    yield Part.TITLE, document.title, language
    if document.is_listing:
        # Its teasers are the words of other pages, which are to be found first.
        yield Part.VISIBLE, document.visible_text or document.text, language
    else:
        for section in document.sections:
            yield Part.HEADING, section.heading, language
            yield Part.SECTION, section.text, language
        yield Part.VISIBLE, document.visible_text, language
    yield Part.ORGANISATION, document.organisation, "nl"


def values_of(entry: Entry) -> dict[str, str]:
    """Give each field of kind "value" its value."""
    document = entry.document
    return {
        "publisher": document.organisation,
        "goals": ",".join(str(tag.number) for tag in entry.tags),
        "kind": document.kind,
        "published": document.published.day.isoformat() if document.published else "",
        "language": document.language,
        "themes": ",".join(tag.name for tag in entry.facets.themes),
        "places": ",".join(entry.facets.place.names) if entry.facets.place else "",
        "shown_by": document.duplicate_of or document.replaced_by or "",
    }
