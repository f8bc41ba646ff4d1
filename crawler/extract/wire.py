"""The line between the parser child and its parent: frames of bytes, JSON inside.

A frame is its length in four bytes, big-endian, and then that many bytes. A question is two frames
(``Ask`` as JSON, the body), an answer is one (``Facts`` or ``Failure``). There is no pickle on the
line: what comes out of a child that read hostile input is data and never code.
"""

import struct
from typing import IO

_LENGTH = struct.Struct(">I")
MAX_FRAME = 64_000_000


class BrokenLine(Exception):
    """The other end is gone, or does not keep to the form."""


def write_frame(stream: IO[bytes], payload: bytes) -> None:
    """Send one frame."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes:
    """Receive one frame; raise ``BrokenLine`` at the end of the stream or for a frame too long."""
    (length,) = _LENGTH.unpack(_read(stream, _LENGTH.size))
    if length > MAX_FRAME:
        raise BrokenLine(f"a frame of {length} bytes")
    return _read(stream, length)


def _read(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BrokenLine("the line is closed")
    return data
