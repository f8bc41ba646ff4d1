"""Our schema as Whoosh's, and a document as the values that Whoosh's fields take.

Our analysis is done here and not by an analyzer of Whoosh: a field of words takes postings that
are ready, which spares one Python object for each token (24,012 documents: see ``writer``).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whoosh import columns, fields, formats

from index import analysis, schema
from index.engines.whoosh.codec import Codes
from index.entries import Entry, pack

Postings = Mapping[str, list[int]]
"""For each term the positions at which it stands."""

PART_GAP = 100
"""Positions between two parts of a document, so that no phrase runs from one into the next."""


class Places(formats.Positions):  # type: ignore[misc]  # Whoosh has no types
    """Positions of a term as an array of 32-bit numbers: no pickle to write or to read."""

    def encode(self, poslist: list[int]) -> bytes:
        return array("I", poslist).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        positions = array("I")
        positions.frombytes(valuestring)
        return positions.tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


class Words(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of scored words that takes ``Postings``."""

    def __init__(self, *, positions: bool) -> None:
        super().__init__(Places() if positions else formats.Existence(), None, scorable=True)

    def index(self, value: Postings, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        encode = self.format.encode
        for term, places in value.items():
            yield term.encode(), len(places), float(len(places)), encode(places)


class Key(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """The id: one term to find a document by, and a column to read it from."""

    def __init__(self) -> None:
        column = columns.VarBytesColumn()
        super().__init__(formats.Existence(), None, unique=True, sortable=column)

    def index(self, value: str, **_options: Any) -> list[tuple[bytes, int, float, bytes]]:
        return [(value.encode(), 1, 1.0, b"")]


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


def values_of(entry: Entry) -> dict[str, Any]:
    """Give each field its value."""
    document = entry.document
    headings = [section.heading for section in document.sections if section.heading]
    parts = [part for section in document.sections for part in (section.heading, section.text)]
    visible = document.visible_text
    if document.is_listing:
        # Its teasers are the words of other pages, which are to be found first.
        headings, parts, visible = [], [], visible or document.text
    text = postings_of([document.title, *parts])
    return {
        "id": document.id,
        "text": text,
        "title": postings_of([document.title]),
        "headings": postings_of(headings),
        "organisation": postings_of([document.organisation]),
        "visible": _left_out(visible, text),
        "publisher": document.organisation,
        "goals": ",".join(str(tag.number) for tag in entry.tags),
        "kind": document.kind,
        "published": document.published.day.isoformat() if document.published else "",
        "language": document.language,
        "record": pack(entry),
    }


def postings_of(parts: Iterable[str]) -> Postings:
    """Analyse texts that follow each other, with a gap between them."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    start = 0
    for part in parts:
        position = -1
        for position, term in enumerate(analysis.terms(part)):
            found[term].append(start + position)
        if position >= 0:
            start += position + 1 + PART_GAP
    return found


def _left_out(visible: str, text: Postings) -> Postings:
    """The words that a reader sees and that the extracted text does not have."""
    if not visible:
        return {}
    return {term: places for term, places in postings_of([visible]).items() if term not in text}
