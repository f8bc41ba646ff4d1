"""A codec of ours in Whoosh's own file format: what is read of a segment is arrays.

For each field that is searched a segment has its terms in order, where the postings of each term
begin, in how many documents it stands, and the postings of all terms one after the other; see
``postings``. For each document it has columns: lengths of fields, values to filter by, ids, and the
stored record, compressed. Whoosh's own codec packs blocks of 128 postings by pickle and zlib; here
postings are one look at the mapped file, without a copy, by any number of threads. Segments are
written by ``segments`` and ``merging``.
"""

import zlib
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import columns
from whoosh.codec import whoosh3
from whoosh.codec.base import TermsReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from index import schema
from index.engines.whoosh.mapped import ALIGNED, MappedFile, Texts

VERSION = "arrays-2"
"""Raised by hand when the files change; part of the stamp of a generation."""

INDEXED = tuple(field.name for field in schema.FIELDS if field.kind in ("key", "words"))


class Postings(NamedTuple):
    """Where a term stands in one segment: a row for each document, by its number there.

    ``lengths`` are the bytes of each document's value and ``values`` all of them together; both are
    empty where a field keeps none.
    """

    numbers: NDArray[np.uint32]
    weights: NDArray[np.float32]
    lengths: NDArray[np.uint32]
    values: memoryview


class ArrayCodec(whoosh3.W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's codec with our way to read files."""

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTerms":
        return ArrayTerms(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> "ArrayLengths":
        return ArrayLengths(storage, segment)


class FieldTerms:
    """The terms of one field in one segment, with their postings."""

    def __init__(self, storage: Any, segment: Any, field: str) -> None:
        def part(what: str) -> MappedFile:
            return storage.open_file(segment.make_filename(f".{field}.{what}"))  # type: ignore[no-any-return]  # Whoosh has no types

        self.terms = Texts(part("terms").mapped)
        self.starts = part("starts").array(np.uint64)
        self.counts = part("counts").array(np.uint32)
        self.words = part("postings").mapped

    def at(self, place: int) -> Postings:
        """Give views of the file: nothing is copied or decoded."""
        count = int(self.counts[place])
        whole = self.words[4 * int(self.starts[place]) : 4 * int(self.starts[place + 1])]
        numbers = np.frombuffer(whole, np.uint32, count)
        weights = np.frombuffer(whole, np.float32, count, 4 * count)
        has_values = len(whole) > 8 * count
        lengths = np.frombuffer(whole, np.uint32, count if has_values else 0, 8 * count)
        return Postings(numbers, weights, lengths, whole[12 * count :])


class ArrayTerms(TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of a segment, with their postings as arrays."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self.fields = {field: FieldTerms(storage, segment, field) for field in INDEXED}

    def arrays(self, field: str, term: bytes) -> Postings | None:
        """Give the postings of a term, or nothing when the segment does not have it."""
        found = self.fields[field]
        place = found.terms.place(term)
        return None if place is None else found.at(place)

    def _place(self, field: str, term: bytes) -> int:
        place = self.fields[field].terms.place(term)
        if place is None:
            raise TermNotFound(f"No term {field}:{term!r}")
        return place

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return self.fields[field].terms.place(text) is not None

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((field, text) for field in INDEXED for text in self.fields[field].terms)

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Give the terms of one field from a prefix on, with what is known of each."""
        found = self.fields[field]
        for place, text in enumerate(found.terms):
            if text >= prefix:
                yield (field, text), _Known(found, place)

    def term_info(self, field: str, term: bytes) -> TermInfo:
        return _Known(self.fields[field], self._place(field, term))

    def doc_frequency(self, field: str, term: bytes) -> int:
        found = self.fields[field]
        place = found.terms.place(term)
        return 0 if place is None else int(found.counts[place])

    def matcher(self, field: str, term: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Give what Whoosh walks when it searches."""
        place = self._place(field, term)
        found = self.fields[field].at(place)
        return ListMatcher(
            found.numbers.tolist(),
            found.weights.tolist(),
            _split(found),
            format_,
            scorer=scorer,
            term=(field, term),
            terminfo=_Known(self.fields[field], place),
        )

    def indexed_field_names(self) -> tuple[str, ...]:
        return INDEXED


class _Known(TermInfo):  # type: ignore[misc]  # Whoosh has no types
    """What Whoosh may ask of a term, worked out when it asks."""

    def __init__(self, found: FieldTerms, place: int) -> None:
        self._found = found
        self._place = place

    @property
    def _postings(self) -> Postings:
        return self._found.at(self._place)

    def doc_frequency(self) -> int:
        return int(self._found.counts[self._place])

    def weight(self) -> float:
        return float(self._postings.weights.sum())

    def max_weight(self) -> float:
        return float(self._postings.weights.max())

    def min_id(self) -> int:
        return int(self._postings.numbers[0])

    def max_id(self) -> int:
        return int(self._postings.numbers[-1])

    def min_length(self) -> int:
        """A bound: Whoosh uses it only to skip what cannot score enough."""
        return 1


def _split(found: Postings) -> list[bytes]:
    if not len(found.lengths):
        return [b""] * len(found.numbers)
    ends = np.cumsum(found.lengths)
    starts = ends - found.lengths
    return [bytes(found.values[a:b]) for a, b in zip(starts, ends, strict=True)]


class ArrayLengths(whoosh3.W3PerDocReader):  # type: ignore[misc]  # Whoosh has no types
    """What a segment has for each document, with the lengths of a field as one array."""

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Give the length of a field for each document, in Whoosh's coding of one byte."""
        file, _, _ = self._get_column_file(lengths_of(field))
        found: NDArray[np.uint8] = file.array(np.uint8)
        return found

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> float:
        """Give what Whoosh scores with."""
        return float(LENGTH_OF_BYTE[self.lengths(fieldname)[docnum]]) or default

    def stored_fields(self, docnum: int) -> dict[str, bytes]:
        return {"record": zlib.decompress(self._records[docnum])}

    @cached_property
    def _records(self) -> Texts:
        return self.texts("record")

    def texts(self, name: str) -> Texts:
        """Give a column of texts; records are compressed."""
        file, _, _ = self._get_column_file(name)
        return Texts(file.mapped)


def lengths_of(field: str) -> str:
    """The name of the column with the lengths of a field."""
    return f"_{field}_len"


LENGTH_OF_BYTE = np.array([whoosh3.byte_to_length(byte) for byte in range(256)], np.float64)
"""Whoosh keeps the length of a field in one byte; what each of them stands for."""


class Ids(columns.Column):  # type: ignore[misc]  # Whoosh has no types
    """A column of texts of which each document has its own."""

    def reader(self, dbfile: MappedFile, _basepos: int, _length: int, _doccount: int) -> Texts:
        return Texts(dbfile.mapped)


class Codes(columns.Column):  # type: ignore[misc]  # Whoosh has no types
    """A column of texts that many documents share: a number for each document, and the texts."""

    def reader(
        self, dbfile: MappedFile, _basepos: int, _length: int, doccount: int
    ) -> "CodesReader":
        return CodesReader(dbfile, doccount)


class CodesReader(columns.ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """Reads ``Codes``."""

    def __init__(self, dbfile: MappedFile, doccount: int) -> None:
        self._stored = np.frombuffer(dbfile.mapped, np.uint32, doccount)
        self.texts = Texts(dbfile.mapped[self._stored.nbytes + -self._stored.nbytes % ALIGNED :])

    def __getitem__(self, docnum: int) -> bytes:
        return self.texts[int(self._stored[docnum])]

    def codes(self) -> tuple[NDArray[np.intp], list[str]]:
        """Give a number for each document, and the text that each number stands for."""
        return self._stored.astype(np.intp), [text.decode() for text in self.texts]
