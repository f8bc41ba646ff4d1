"""Packed answers are unpacked up to a cap, whole or not at all."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.gunzip import Gunzip, Plain, Unpackable, gunzip

MEGABYTE = 1_000_000


@given(st.binary(max_size=5000), st.integers(min_value=1, max_value=700))
def test_pieces_of_any_size_give_the_whole(content: bytes, size: int) -> None:
    packed = gzip.compress(content)
    stream = Gunzip(10_000)
    for start in range(0, len(packed), size):
        stream.add(packed[start : start + size])
    assert stream.finish() == content


def test_members_are_joined_and_padding_is_ignored() -> None:
    packed = gzip.compress(b"een ") + gzip.compress(b"twee")
    assert gunzip(packed + b"\x00\x00", 100) == b"een twee"


def packed_up(content: bytes) -> bytes:
    """The same bytes at any time, as the name of a test is made of them."""
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize(
    ("packed", "cap", "reason"),
    [
        (packed_up(bytes(5 * MEGABYTE)), 50 * MEGABYTE, "bomb"),
        (packed_up(bytes(range(256)) * 50), 10_000, "too-large"),
        (packed_up(b"tekst")[:-4], 100, "bad-gzip"),
        (b"\x1f\x8b\x08 geen gzip", 100, "bad-gzip"),
        (b"gewone tekst", 100, "bad-gzip"),
        (zlib.compress(b"tekst"), 100, "bad-gzip"),
        (packed_up(b"") * 200, 10_000, "bad-gzip"),
    ],
)
def test_what_is_refused(packed: bytes, cap: int, reason: str) -> None:
    with pytest.raises(Unpackable) as refused:
        gunzip(packed, cap)
    assert refused.value.reason == reason


def test_no_more_than_one_piece_beyond_the_cap_is_made() -> None:
    stream = Gunzip(100_000)
    with pytest.raises(Unpackable):
        stream.add(gzip.compress(bytes(900_000)))
    assert len(stream.begin()) == 100_000


def test_an_answer_that_is_not_packed_has_the_same_cap() -> None:
    stream = Plain(5)
    stream.add(b"vijf!")
    assert stream.finish() == b"vijf!"
    with pytest.raises(Unpackable):
        stream.add(b"x")
    assert stream.begin() == b"vijf!"


def test_an_empty_packed_answer_is_empty() -> None:
    assert Gunzip(10).finish() == b""
