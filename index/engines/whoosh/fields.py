"""Our schema as Whoosh's, and a document as the values that Whoosh's fields take.

Our analysis is done here and not by an analyzer of Whoosh: a field of words takes postings that
are ready, which spares one Python object for each token (24,012 documents: see ``writer``).
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from whoosh import columns, fields, formats

from index import analysis, schema
from index.engines.whoosh.codec import Codes
from index.entries import Entry, pack

Positions = Mapping[str, list[int]]
"""For each term the positions at which it stands."""


class Postings(NamedTuple):
    """Where terms stand as words, and where as parts of compounds."""

    words: Positions
    parts: Positions = MappingProxyType({})


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
        for term in {**value.words, **value.parts}:
            words, parts = value.words.get(term, ()), value.parts.get(term, ())
            # Whoosh adds up the second item to the length of the document.
            weight = len(words) + schema.PART * len(parts)
            yield term.encode(), len(words), weight, encode(sorted({*words, *parts}))


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
    texts = [part for section in document.sections for part in (section.heading, section.text)]
    visible = document.visible_text
    if document.is_listing:
        # Its teasers are the words of other pages, which are to be found first.
        headings, texts, visible = [], [], visible or document.text
    texts = [document.title, *texts]
    language = document.language
    text = postings_of(texts, language)
    return {
        "id": document.id,
        "text": text,
        "exact": exact_postings_of(texts, language),
        "title": postings_of([document.title], language),
        "headings": postings_of(headings, language),
        "organisation": postings_of([document.organisation]),
        "visible": _left_out(visible, text, language),
        "publisher": document.organisation,
        "goals": ",".join(str(tag.number) for tag in entry.tags),
        "kind": document.kind,
        "published": document.published.day.isoformat() if document.published else "",
        "language": document.language,
        "record": pack(entry),
    }


def postings_of(texts: Iterable[str], language: str = "nl") -> Postings:
    """Analyse texts that follow each other, with a gap between them."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in _placed(texts, language):
        words[word.term].append(position)
        for part in word.parts:
            parts[part].append(position)
    return Postings(words, parts)


def exact_postings_of(texts: Iterable[str], language: str) -> Postings:
    """The words of texts as they are written."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in _placed(texts, language):
        words[word.exact].append(position)
    return Postings(words)


def _placed(texts: Iterable[str], language: str) -> Iterator[tuple[int, analysis.Word]]:
    start = 0
    for text in texts:
        found = analysis.content_words(text, language)
        yield from enumerate(found, start)
        if found:
            start += len(found) + PART_GAP


def _left_out(visible: str, text: Postings, language: str) -> Postings:
    """The words that a reader sees and that the extracted text does not have."""
    if not visible:
        return Postings({})
    seen = postings_of([visible], language)
    known = text.words.keys() | text.parts.keys()
    return Postings(*({t: at for t, at in one.items() if t not in known} for one in seen))
