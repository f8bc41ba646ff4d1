"""A segment as one file with parts in it, written part after part and read where it lies.

The file has Whoosh's own form of such a file: where its list of parts is, the parts, the list. A
part begins at a multiple of eight bytes, so that arrays can be used as they lie in memory. Whoosh
copies every part of a file that it opens, stored texts included; ``MappedFile`` copies nothing.
"""

import io
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, cast, overload

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import whoosh3
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import StructFile

ALIGNED = 8
_HEADER = 12
"""Bytes before the first part: where the list of parts begins, and its length."""


class PartsWriter:
    """Writes the parts of a new file one after another."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = file.write(bytes(_HEADER))
        self.parts: dict[str, dict[str, int]] = {}
        self._last: dict[str, int] = {}

    def begin(self, name: str) -> None:
        """Let what is written from here on be a part."""
        self._last = {}
        self.fill()
        self._last = self.parts[name] = {"offset": self._at, "length": 0}

    def write(self, content: bytes | memoryview) -> None:
        """Add to the part that was begun last."""
        self._file.write(content)
        self._at += content.nbytes if isinstance(content, memoryview) else len(content)
        if self._last:
            self._last["length"] = self._at - self._last["offset"]

    def fill(self) -> None:
        """Go on to a place where an array may begin."""
        self.write(bytes(-self._at % ALIGNED))

    def finish(self) -> None:
        """Write the list of parts and close the file."""
        CompoundStorage.write_dir(StructFile(self._file), 0, self.parts)

    def abandon(self) -> None:
        """Close the file as it is: what was not written yet is not, as it may fail again."""
        cast("io.BufferedRandom", self._file).raw.close()


class TextsWriter:
    """Writes texts into a part, so that ``Texts`` finds each by its number."""

    def __init__(self, parts: PartsWriter) -> None:
        self._parts = parts
        self._lengths = array("Q")

    def add(self, text: bytes) -> None:
        """Write a text."""
        self._parts.write(text)
        self._lengths.append(len(text))

    def add_all(self, texts: Sequence[bytes]) -> None:
        """Write some texts."""
        self._parts.write(b"".join(texts))
        self._lengths.extend(map(len, texts))

    def add_joined(self, joined: memoryview, lengths: NDArray[np.uint64]) -> None:
        """Write texts that are joined already."""
        self._parts.write(joined)
        self._lengths.frombytes(lengths.tobytes())

    def finish(self) -> None:
        """Write where each text begins, where the last one ends, and how many there are."""
        starts = np.zeros(len(self._lengths) + 1, np.uint64)
        np.cumsum(np.frombuffer(self._lengths, np.uint64), out=starts[1:])
        self._parts.fill()
        self._parts.write(starts.data)
        self._parts.write(np.array([len(self._lengths)], np.uint64).data)


class Texts(Sequence[bytes]):
    """Texts by number, as ``TextsWriter`` wrote them at the end of a part."""

    def __init__(self, part: memoryview) -> None:
        (size,) = part[-8:].cast("Q")
        self._starts = part[-8 * (size + 2) : -8].cast("Q")
        self._joined = part

    @property
    def starts(self) -> NDArray[np.uint64]:
        """Where each text begins in ``joined``, and where the last one ends."""
        return np.frombuffer(self._starts, np.uint64)

    def joined(self, first: int, last: int) -> memoryview:
        """The texts from one number up to another, without anything between them."""
        return self._joined[self._starts[first] : self._starts[last]]

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, number: int) -> bytes: ...
    @overload
    def __getitem__(self, number: slice) -> list[bytes]: ...
    def __getitem__(self, number: int | slice) -> bytes | list[bytes]:
        if isinstance(number, slice):
            first, last, _ = number.indices(len(self))
            base, *ends = self._starts[first : last + 1].tolist()
            joined = bytes(self._joined[base : ends[-1]]) if ends else b""
            return [joined[a - base : b - base] for a, b in zip([base, *ends], ends, strict=False)]
        return bytes(self._joined[self._starts[number] : self._starts[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        for first in range(0, len(self), _AT_ONCE):
            yield from self[first : first + _AT_ONCE]

    def place(self, text: bytes) -> int | None:
        """Where a text is, among texts that are in order."""
        found = bisect_left(self, text)
        return found if found < len(self) and self[found] == text else None


_AT_ONCE = 1_000
"""Texts that are copied together: one by one takes five times as long."""


class MappedSegment(whoosh3.W3Segment):  # type: ignore[misc]  # Whoosh has no types
    """A segment in one file that is read where it lies."""

    def open_compound_file(self, storage: Any) -> "MappedStorage":
        return MappedStorage(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class MappedStorage(CompoundStorage):  # type: ignore[misc]  # Whoosh has no types
    """The parts of a segment as files."""

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> "MappedFile":
        start, length = self.range(name)
        return MappedFile(memoryview(self._source)[start : start + length])


class MappedFile:
    """A part of a mapped file. Nothing has a position that threads could move for each other."""

    def __init__(self, mapped: memoryview) -> None:
        self.mapped = mapped

    def array(self, kind: type[np.generic]) -> NDArray[Any]:
        """Give the whole part as one array, without copying it."""
        return np.frombuffer(self.mapped, kind)

    def close(self) -> None:
        """The file is closed when nothing looks at it any more."""
