"""Collect an answer piece by piece, unpacked where it is gzip, never further than a cap.

In: bytes as they arrive. Out: the whole, or ``Unpackable`` with a reason code. An 809-byte
answer can unpack to 2 GB (threats 6.4); here at most one small piece beyond the cap is ever made,
and a ratio over 100 stops it after the first 1 MB, whatever the cap.
"""

import zlib

MOST_RATIO = 100
RATIO_COUNTS_FROM = 1_000_000
_PIECE = 65_536
_MOST_MEMBERS = 100
_GZIP = 16 + zlib.MAX_WBITS


class Unpackable(Exception):
    """The bytes cannot or may not be unpacked; ``reason`` is a code of ``crawler.outcomes``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Plain:
    """One answer that is not packed."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._bytes = bytearray()

    def add(self, piece: bytes) -> None:
        """Take what came; raise ``Unpackable`` when it is more than the cap."""
        self._bytes += piece
        if len(self._bytes) > self._cap:
            raise Unpackable("too-large")

    def begin(self) -> bytes:
        """Give what fits under the cap."""
        return bytes(self._bytes[: self._cap])

    def finish(self) -> bytes:
        """Give all of it."""
        return bytes(self._bytes)


class Gunzip:
    """One packed answer; the cap holds for what comes in and for what comes out."""

    def __init__(self, cap: int) -> None:
        self._cap = cap
        self._unpacked = bytearray()
        self._received = 0
        self._members = 1
        self._stream = zlib.decompressobj(_GZIP)

    def add(self, packed: bytes) -> None:
        """Unpack what came; raise ``Unpackable`` as soon as it goes too far."""
        self._received += len(packed)
        if self._received > self._cap:
            raise Unpackable("too-large")
        while packed:
            if self._stream.eof and not self._next_member(packed):
                return
            try:
                self._unpacked += self._stream.decompress(packed, _PIECE)
            except zlib.error as error:
                raise Unpackable("bad-gzip") from error
            self._check()
            packed = self._stream.unconsumed_tail or self._stream.unused_data

    def _next_member(self, packed: bytes) -> bool:
        """Begin the next member of a gzip file; bytes of another kind at its end are padding."""
        if not packed.startswith(b"\x1f"):
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise Unpackable("bad-gzip")
        self._stream = zlib.decompressobj(_GZIP)
        return True

    def _check(self) -> None:
        size = len(self._unpacked)
        if size > RATIO_COUNTS_FROM and size > MOST_RATIO * self._received:
            raise Unpackable("bomb")
        if size > self._cap:
            raise Unpackable("too-large")

    def begin(self) -> bytes:
        """Give what fits under the cap."""
        return bytes(self._unpacked[: self._cap])

    def finish(self) -> bytes:
        """Give all of it; raise ``Unpackable`` when the end is missing."""
        if self._received and not self._stream.eof:
            raise Unpackable("bad-gzip")
        return bytes(self._unpacked)


def gunzip(packed: bytes, cap: int) -> bytes:
    """Unpack a whole gzip file."""
    stream = Gunzip(cap)
    stream.add(packed)
    return stream.finish()
