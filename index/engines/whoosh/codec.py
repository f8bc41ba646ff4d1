"""Postings as plain arrays: a codec of ours in Whoosh's own file format.

In: the postings of a term, one by one, as Whoosh's writer gives them. Out: four arrays in the
segment's postings file, one after the other: numbers of documents, weights, lengths of the values,
and the values (positions) themselves. Whoosh's own codec packs blocks of 128 postings by pickle and
zlib; these are read by one look at the mapped file, without a copy, by any number of threads.

A segment stays one file that is mapped into memory. Whoosh copies every part of it that it opens,
stored texts included; ``MappedFile`` reads in place.
"""

from array import array
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import columns
from whoosh.codec import whoosh3
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

VERSION = "arrays-1"
"""Raised by hand when the files change; part of the stamp of a generation."""


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
    """Whoosh's codec with our postings and our way to read files."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> "ArrayWriter":  # noqa: FBT001, FBT002 - Whoosh's own signature
        return ArrayWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        """Give what Whoosh walks when it merges segments, or looks for a document to remove."""
        found = read_postings(dbfile, terminfo)
        values = _split(found)
        return ListMatcher(
            found.numbers.tolist(),
            found.weights.tolist(),
            values,
            format_,
            scorer=scorer,
            term=term,
            terminfo=terminfo,
        )

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTerms":
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        return ArrayTerms(self, storage.open_file(name), storage.file_length(name), postings)

    def per_document_reader(self, storage: Any, segment: Any) -> "ArrayLengths":
        return ArrayLengths(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> "MappedSegment":
        return MappedSegment(self, indexname)


class ArrayWriter:
    """Writes the postings of one term after another; see ``whoosh.codec.base.PostingsWriter``.

    It is also the "block" that Whoosh's term statistics are made from. One term is held in memory.
    """

    def __init__(self, file: Any) -> None:
        self._file = file
        self._terminfo: Any = None
        self._begin()

    def _begin(self) -> None:
        self._ids = array("I")
        self._weights = array("f")
        self._sizes = array("I")
        self._values: list[bytes] = []
        self._shortest: int | None = None
        self._longest = 0

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self._terminfo = terminfo
        self._begin()

    def add_posting(
        self, number: int, weight: float, value: bytes, length: int | None = None
    ) -> None:
        self._ids.append(number)
        self._weights.append(weight)
        if value:
            self._sizes.append(len(value))
            self._values.append(value)
        if length:
            self._shortest = min(length, self._shortest or length)
            self._longest = max(length, self._longest)

    def finish_postings(self) -> Any:
        terminfo = self._terminfo
        terminfo.add_block(self)
        start = self._file.tell()
        for part in (self._ids, self._weights, self._sizes):
            self._file.write(part.tobytes())
        self._file.write(b"".join(self._values))
        terminfo.set_extent(start, self._file.tell() - start)
        return terminfo

    def __len__(self) -> int:
        return len(self._ids)

    def min_id(self) -> int:
        return self._ids[0]

    def max_id(self) -> int:
        return self._ids[-1]

    def min_length(self) -> int | None:
        return self._shortest

    def max_length(self) -> int:
        return self._longest

    def max_weight(self) -> float:
        return max(self._weights)


class ArrayTerms(whoosh3.W3TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """The terms of a segment, with their postings as arrays."""

    def arrays(self, field: str, term: bytes) -> Postings | None:
        """Give the postings of a term, or nothing when the segment does not have it."""
        try:
            terminfo = self.term_info(field, term)
        except TermNotFound:
            return None
        return read_postings(self._postfile, terminfo)


def read_postings(file: "MappedFile", terminfo: Any) -> Postings:
    """Give views of the file: nothing is copied or decoded."""
    # Whoosh reads the length from the file and forgets to take it out of its tuple.
    start, (size,) = terminfo.extent()
    count = terminfo.doc_frequency()
    whole = file.view(start, size)
    numbers = np.frombuffer(whole, np.uint32, count)
    weights = np.frombuffer(whole, np.float32, count, 4 * count)
    has_values = size > 8 * count
    lengths = np.frombuffer(whole, np.uint32, count if has_values else 0, 8 * count)
    return Postings(numbers, weights, lengths, whole[12 * count :])


def _split(found: Postings) -> list[bytes]:
    if not len(found.lengths):
        return [b""] * len(found.numbers)
    ends = np.cumsum(found.lengths)
    starts = ends - found.lengths
    return [bytes(found.values[a:b]) for a, b in zip(starts, ends, strict=True)]


class ArrayLengths(whoosh3.W3PerDocReader):  # type: ignore[misc]  # Whoosh has no types
    """What a segment has for each document, with the lengths of a field as one array."""

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Give the length of a field for each document, in Whoosh's coding of one byte.

        A column ends with the last document that has a value.
        """
        found = np.zeros(self.doc_count_all(), np.uint8)
        name = f"_{field}_len"
        if self.has_column(name):
            file, start, size = self._get_column_file(name)
            stored = np.frombuffer(file.view(start, size), np.uint8)
            found[: len(stored)] = stored
        return found


LENGTH_OF_BYTE = np.array([whoosh3.byte_to_length(byte) for byte in range(256)], np.float64)
"""Whoosh keeps the length of a field in one byte; what each of them stands for."""


class Codes(columns.RefBytesColumn):  # type: ignore[misc]  # Whoosh has no types
    """A column of texts that many documents share, which is also read as one array."""

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> "CodesReader":
        return CodesReader(dbfile, basepos, length, doccount, 0)


class CodesReader(columns.RefBytesColumn.Reader):  # type: ignore[misc]  # Whoosh has no types
    """Reads ``Codes``."""

    def codes(self) -> tuple[NDArray[np.intp], list[str]]:
        """Give a number for each document, and the text that each number stands for."""
        kind: Literal["u1", ">u2"] = "u1" if self._itemsize == 1 else ">u2"
        stored = self._dbfile.view(self._basepos, self._doccount * self._itemsize)
        return np.frombuffer(stored, kind).astype(np.intp), [t.decode() for t in self._uniques]


class MappedSegment(whoosh3.W3Segment):  # type: ignore[misc]  # Whoosh has no types
    """A segment in one file that is read where it lies."""

    def open_compound_file(self, storage: Any) -> "MappedStorage":
        return MappedStorage(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class MappedStorage(CompoundStorage):  # type: ignore[misc]  # Whoosh has no types
    """The parts of a segment as files."""

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> "MappedFile":
        start, length = self.range(name)
        return MappedFile(memoryview(self._source)[start : start + length], name)


class MappedFile(BufferFile):  # type: ignore[misc]  # Whoosh has no types
    """A part of a mapped file; Whoosh's own copies it. ``get`` and ``view`` move no position."""

    def __init__(self, mapped: memoryview, name: str) -> None:
        self._buf = mapped
        self._name = name
        self.file = _Reader(mapped)
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def view(self, start: int, length: int) -> memoryview:
        """Give a stretch of the file without copying it."""
        return self.file.mapped[start : start + length]


class _Reader:
    """Reads a mapped file from a position, as a file does."""

    def __init__(self, mapped: memoryview) -> None:
        self.mapped = mapped
        self._at = 0

    def read(self, size: int) -> bytes:
        found = bytes(self.mapped[self._at : self._at + size])
        self._at += len(found)
        return found

    def readline(self) -> bytes:
        rest = bytes(self.mapped[self._at :])
        return self.read(rest.find(b"\n") + 1 or len(rest))

    def seek(self, position: int) -> None:
        self._at = position

    def tell(self) -> int:
        return self._at
