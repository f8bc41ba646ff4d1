"""A new segment: records go to its file as they come, the rest when it is complete.

In: entries. Out: one file with the parts that ``codec`` reads, and Whoosh's description of it.
"""

import zlib
from array import array
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import schema
from index.engines.whoosh.codec import LENGTH_OF_BYTE, ArrayCodec, lengths_of
from index.engines.whoosh.fields import texts_of, values_of
from index.engines.whoosh.inverter import Batch
from index.engines.whoosh.mapped import MappedSegment, PartsWriter, TextsWriter
from index.engines.whoosh.numbering import Vocabulary
from index.engines.whoosh.postings import Many, Places, laid_out, once
from index.entries import Entry, pack
from index.files import Files

INDEX_NAME = "MAIN"
"""What Whoosh calls an index that was given no name."""

VALUES = tuple(field.name for field in schema.FIELDS if field.kind == "value")

WORDS = tuple(field.name for field in schema.FIELDS if field.kind == "words")

_LEVEL = 1
"""How hard records are compressed. Of 1,666 bytes, levels 1, 3 and 6 leave 874, 867 and 848 and take
27, 28 and 34 microseconds."""
_PIECE, _DOCUMENT = 110, 400
"""Bytes of memory at most for a piece of text and for a document, when postings are worked out:
1.87 million pieces of 16,000 documents took 200 MB."""


class SegmentFile:
    """Writes the file of a segment, part after part."""

    def __init__(self, folder: Path, files: Files) -> None:
        self.segment = MappedSegment(ArrayCodec(), INDEX_NAME)
        self.segment.compound = True
        name = self.segment.make_filename(self.segment.COMPOUND_EXT)
        self._parts = PartsWriter(files.create(folder / name))
        self._lengths: dict[str, int] = {}

    def column(self, name: str) -> TextsWriter:
        """Begin a column of texts."""
        self._parts.begin(self.segment.codec().column_filename(self.segment, name))
        return TextsWriter(self._parts)

    def codes(self, name: str, codes: NDArray[np.uint32], texts: list[bytes]) -> None:
        """Write a column of texts that many documents share."""
        writer = self.column(name)
        self._parts.write(codes.data)
        self._parts.fill()
        writer.add_all(texts)
        writer.finish()

    def lengths(self, field: str, coded: NDArray[np.uint8], total: int) -> None:
        """Write the length that a field has in each document, in Whoosh's coding of one byte."""
        self.column(lengths_of(field))
        self._parts.write(coded.data)
        self._lengths[field] = total

    def field(self, name: str) -> "FieldWriter":
        """Begin a field that is searched."""
        return FieldWriter(self._parts, self.segment, name)

    def finish(self, documents: int) -> MappedSegment:
        """Complete the file; give what Whoosh keeps in its table of contents."""
        self._parts.finish()
        self.segment.set_doc_count(documents)
        self.segment._fieldlengths = self._lengths
        return self.segment

    def abandon(self) -> None:
        """Let go of the file."""
        self._parts.abandon()


class FieldWriter:
    """Writes terms in order with their postings, some at a time."""

    def __init__(self, parts: PartsWriter, segment: MappedSegment, field: str) -> None:
        self._parts = parts
        self._segment, self._field = segment, field
        self._terms: list[list[bytes]] = []
        self._counts: list[Places] = []
        self._taken: list[Places] = []
        self._begin("postings")

    def _begin(self, what: str) -> None:
        self._parts.begin(self._segment.make_filename(f".{self._field}.{what}"))

    def add(self, terms: list[bytes], postings: Many) -> None:
        """Write the next terms."""
        words, taken = laid_out(postings)
        self._parts.write(words.data)
        self._terms.append(terms)
        self._counts.append(postings.counts)
        self._taken.append(taken)

    def finish(self) -> None:
        """Write the terms, and where their postings are."""
        none = np.zeros(1, np.int64)
        self._begin("starts")
        self._parts.write(np.cumsum(np.concatenate([none, *self._taken])).astype(np.uint64).data)
        self._begin("counts")
        self._parts.write(np.concatenate([none[:0], *self._counts]).astype(np.uint32).data)
        self._begin("terms")
        writer = TextsWriter(self._parts)
        for terms in self._terms:
            writer.add_all(terms)
        writer.finish()


class NewSegment:
    """Takes documents, numbered from 0, until it is finished."""

    def __init__(self, folder: Path, files: Files, vocabulary: Vocabulary) -> None:
        self._file = SegmentFile(folder, files)
        self._records = self._file.column("record")
        self._batch = Batch(vocabulary)
        self._ids: list[str] = []
        self._values = {name: _Coded() for name in VALUES}
        self._places: dict[str, int] = {}

    @property
    def nbytes(self) -> int:
        """About how much memory it will have taken when it is finished."""
        return _PIECE * len(self._batch) + _DOCUMENT * len(self._ids)

    def put(self, entry: Entry) -> None:
        """Add a document that is not here yet."""
        self._records.add(zlib.compress(pack(entry), _LEVEL))
        self._batch.add(texts_of(entry.document))
        self._places[entry.document.id] = len(self._ids)
        self._ids.append(entry.document.id)
        for name, value in values_of(entry).items():
            self._values[name].add(value)

    def remove(self, document_id: str) -> bool:
        """Take a document out; it leaves the file when the segment is merged."""
        return self._places.pop(document_id, None) is not None

    def finish(self) -> MappedSegment:
        """Write all that was kept in memory."""
        self._records.finish()
        self._write_ids()
        for name, values in self._values.items():
            self._file.codes(name, values.codes, values.texts)
        for name, (terms, postings, lengths) in self._batch.fields():
            writer = self._file.field(name)
            writer.add(terms, postings)
            writer.finish()
            self._file.lengths(name, coded_lengths(lengths), int(lengths.sum()))
        segment = self._file.finish(len(self._ids))
        for place in set(range(len(self._ids))).difference(self._places.values()):
            segment.delete_document(place)
        return segment

    def _write_ids(self) -> None:
        """Write the ids as a column, and those that are not removed to find a document by."""
        column = self._file.column("id")
        column.add_all([one.encode() for one in self._ids])
        column.finish()
        ids = sorted(self._places)
        numbers = np.array([self._places[one] for one in ids], np.uint32)
        writer = self._file.field("id")
        writer.add([one.encode() for one in ids], once(numbers))
        writer.finish()

    def abandon(self) -> None:
        """Let go of the file."""
        self._file.abandon()


class _Coded:
    """A number for each value, and each value once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._codes = array("I")

    def add(self, value: str) -> None:
        self._codes.append(self._places.setdefault(value, len(self._places)))

    @property
    def codes(self) -> NDArray[np.uint32]:
        return np.frombuffer(self._codes, np.uint32)

    @property
    def texts(self) -> list[bytes]:
        return [value.encode() for value in self._places]


def coded_lengths(lengths: NDArray[Any]) -> NDArray[np.uint8]:
    """Give Whoosh's coding of lengths in one byte: the first code that is not too short."""
    return np.minimum(np.searchsorted(LENGTH_OF_BYTE, lengths), 255).astype(np.uint8)
