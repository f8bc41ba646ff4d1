"""Segments to one, without the documents that were removed.

In: segments that are open, and for each whether its documents are still wanted. Out: one new
segment in which their documents follow each other in the same order. Postings are moved as arrays,
a stretch of terms at a time, so memory is bounded whatever the number of documents.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import schema
from index.engines.whoosh.codec import (
    INDEXED,
    LENGTH_OF_BYTE,
    ArrayLengths,
    ArrayTerms,
    Codes,
    FieldTerms,
)
from index.engines.whoosh.mapped import MappedSegment, Texts, TextsWriter
from index.engines.whoosh.postings import Many, Places, before, stretches, taken_apart
from index.engines.whoosh.segments import VALUES, WORDS, SegmentFile
from index.files import Files

STRETCH = 2_000_000
"""Words of postings (32 bits) that are moved at a time: 8 MB, and seven times that while it lasts."""
_TEXTS = 1_000
"""Texts that are copied at a time."""
_WITH_POSITIONS = {field.name for field in schema.FIELDS if field.positions}


class Source(NamedTuple):
    """A segment to take documents from; ``live`` tells which."""

    terms: ArrayTerms
    documents: ArrayLengths
    live: NDArray[np.bool_]


def source_of(reader: Any) -> Source:
    """Look at a segment that Whoosh opened."""
    codec, storage, segment = reader.codec(), reader.storage(), reader.segment()
    live = np.ones(segment.doc_count_all(), np.bool_)
    live[list(segment.deleted_docs())] = False
    return Source(
        codec.terms_reader(storage, segment), codec.per_document_reader(storage, segment), live
    )


def merge(
    sources: Sequence[Source], folder: Path, files: Files, stretch: int = STRETCH
) -> MappedSegment:
    """Write a segment with all live documents of the sources."""
    file = SegmentFile(folder, files)
    try:
        for name in ("record", "id"):
            _copy([(one.documents.texts(name), one.live) for one in sources], file.column(name))
        for name in VALUES:
            file.codes(name, *_codes(sources, name))
        for name in WORDS:
            lengths = np.concatenate([one.documents.lengths(name)[one.live] for one in sources])
            file.lengths(name, lengths, _total(sources, name))
        numbers = _numbers(sources)
        for name in INDEXED:
            writer = file.field(name)
            fields = [one.terms.fields[name] for one in sources]
            for terms in _in_stretches(fields, stretch):
                writer.add(*_merged(name, terms, numbers))
            writer.finish()
        return file.finish(sum(int(one.live.sum()) for one in sources))
    except BaseException:
        file.abandon()
        raise


def _copy(columns: Sequence[tuple[Texts, NDArray[np.bool_]]], writer: TextsWriter) -> None:
    """Copy the texts of live documents, those that follow each other together."""
    for texts, live in columns:
        sizes = np.diff(texts.starts)
        border = np.flatnonzero(np.diff(live, prepend=False, append=False)).tolist()
        for begin, end in zip(border[::2], border[1::2], strict=True):
            for first in range(begin, end, _TEXTS):
                last = min(first + _TEXTS, end)
                writer.add_joined(texts.joined(first, last), sizes[first:last])
    writer.finish()


def _codes(sources: Sequence[Source], name: str) -> tuple[NDArray[np.uint32], list[bytes]]:
    """A column of shared texts; a text that no live document has is left out."""
    places: dict[str, int] = {}
    found = []
    for one in sources:
        codes, texts = one.documents.column_reader(name, Codes()).codes()
        codes = codes[one.live]
        new = np.zeros(len(texts), np.uint32)
        for code in np.unique(codes).tolist():
            new[code] = places.setdefault(texts[code], len(places))
        found.append(new[codes])
    return np.concatenate(found), [text.encode() for text in places]


def _total(sources: Sequence[Source], name: str) -> int:
    """The length of a field in all documents; of removed ones it is known about as well as Whoosh
    keeps it."""
    total = 0.0
    for one in sources:
        removed = LENGTH_OF_BYTE[one.documents.lengths(name)[~one.live]].sum()
        total += max(0, one.documents.field_length(name) - removed)
    return round(total)


def _numbers(sources: Sequence[Source]) -> list[Places]:
    """For each source the new numbers of its documents; -1 for those that are removed."""
    found, first = [], 0
    for one in sources:
        found.append(np.where(one.live, np.cumsum(one.live) - 1 + first, -1))
        first += int(one.live.sum())
    return found


class _Stretch(NamedTuple):
    """Terms of one segment, from one place up to another."""

    field: FieldTerms
    first: int
    last: int


def _in_stretches(fields: Sequence[FieldTerms], size: int) -> Iterator[list[_Stretch]]:
    """Divide the terms of all segments at the same terms, so that each part fits in memory."""
    places = [0] * len(fields)
    while any(place < len(one.terms) for one, place in zip(fields, places, strict=True)):
        borders = [_border(*pair, size // len(fields)) for pair in zip(fields, places, strict=True)]
        border = min((one for one in borders if one is not None), default=None)
        ends = [
            len(one.terms) if border is None else bisect_left(one.terms, border, place)
            for one, place in zip(fields, places, strict=True)
        ]
        yield [_Stretch(*one) for one in zip(fields, places, ends, strict=True)]
        places = ends


def _border(field: FieldTerms, place: int, size: int) -> bytes | None:
    """The first term after so many words of postings, at least one term on; nothing at the end."""
    if place == len(field.terms):
        return None
    reached = np.searchsorted(field.starts, field.starts[place] + np.uint64(size), "right")
    found = max(int(reached) - 1, place + 1)
    return field.terms[found] if found < len(field.terms) else None


def _merged(
    name: str, stretch: Sequence[_Stretch], numbers: Sequence[Places]
) -> tuple[list[bytes], Many]:
    """Put the postings of each term together, in the order of the segments."""
    texts = [one.field.terms[one.first : one.last] for one in stretch]
    terms = sorted(set().union(*texts))
    place = {text: at for at, text in enumerate(terms)}
    parts = [_apart(name, one) for one in stretch]
    rank = np.concatenate(
        [
            np.repeat(np.fromiter(map(place.__getitem__, own), np.int64, len(own)), part.counts)
            for own, part in zip(texts, parts, strict=True)
        ]
    )
    number = np.concatenate([new[p.numbers] for p, new in zip(parts, numbers, strict=True)])
    # Stable, so that documents stay in order; it finds what is in order already.
    order = np.argsort(rank, kind="stable")
    order = order[number[order] >= 0]
    weights = np.concatenate([part.weights for part in parts])[order]
    sizes = positions = None
    if name in _WITH_POSITIONS:
        all_sizes = np.concatenate([p.sizes for p in parts if p.sizes is not None])
        sizes = all_sizes[order]
        all_positions = np.concatenate([p.positions for p in parts if p.positions is not None])
        positions = all_positions[stretches(before(all_sizes)[order], sizes)]
    counts = np.bincount(rank[order], minlength=len(terms))
    kept = np.flatnonzero(counts)
    return [terms[at] for at in kept.tolist()], Many(
        counts[kept], number[order].astype(np.uint32), weights, sizes, positions
    )


def _apart(name: str, stretch: _Stretch) -> Many:
    field, first, last = stretch
    starts = field.starts[first : last + 1].astype(np.int64)
    words = np.frombuffer(field.words, np.uint32)[starts[0] : starts[-1]]
    counts = field.counts[first:last].astype(np.int64)
    return taken_apart(words, starts[:-1] - starts[0], counts, positions=name in _WITH_POSITIONS)
