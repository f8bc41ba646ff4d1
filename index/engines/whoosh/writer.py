"""Entries to the files of one generation.

In: a folder, empty or with (links to) the files of the generation to change. Out: the same folder,
complete, not yet synced. Documents go into a new segment until that has taken as much memory as it
may; then it is written and the next begins. At the end segments are merged that are small or have
lost many documents. Whoosh keeps the table of contents. Its own lock is not used:
``Generations.writing`` holds ours.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from whoosh.index import TOC, clean_files
from whoosh.reading import SegmentReader

from index.engines.whoosh.fields import make_schema
from index.engines.whoosh.mapped import MappedSegment
from index.engines.whoosh.merging import Source, merge, source_of
from index.engines.whoosh.numbering import Vocabulary
from index.engines.whoosh.segments import INDEX_NAME, NewSegment
from index.engines.whoosh.storage import SeamStorage
from index.entries import Entry
from index.files import Files

MEMORY = 160_000_000
"""Bytes of memory that a new segment may take before it is written."""

_DELETED_SHARE = 0.25
"""A segment with more than this share of removed documents is written anew without them."""
_GROWTH = 2
"""A segment is merged when it is at most this many times as large as what it is merged with.

Sizes of segments then grow by this factor: their number stays near the logarithm of the number
of documents, and a document is rewritten about that many times in its life.
"""


class _Written(NamedTuple):
    """A segment that is on disk, and open."""

    segment: MappedSegment
    reader: SegmentReader
    source: Source

    @property
    def live(self) -> int:
        return int(self.segment.doc_count())

    @property
    def is_worn(self) -> bool:
        """Whether so much was removed from it that it is written anew."""
        return bool(self.segment.deleted_count() > _DELETED_SHARE * self.segment.doc_count_all())

    def remove(self, document_id: bytes) -> bool:
        """Mark a document as removed; ``False`` when it is not there or was removed before."""
        ids = self.source.terms.fields["id"]
        place = ids.terms.place(document_id)
        if place is None:
            return False
        number = int(ids.at(place).numbers[0])
        was_there = not self.segment.is_deleted(number)
        self.segment.delete_document(number)
        return was_there


class _Filter:
    """Tells of most ids for certain that they were not added, however many there were.

    A rebuild writes a segment for each ten thousand documents or so, and looking for an id takes 5
    microseconds in each of them. One bit of 16 million tells it for 97% of 500,000 ids.
    """

    def __init__(self) -> None:
        self._bits = bytearray(1 << 21)

    def add(self, text: bytes) -> None:
        place, bit = self._place(text)
        self._bits[place] |= bit

    def may_have(self, text: bytes) -> bool:
        place, bit = self._place(text)
        return bool(self._bits[place] & bit)

    def _place(self, text: bytes) -> tuple[int, int]:
        number = zlib.crc32(text)
        return number >> 3 & len(self._bits) - 1, 1 << (number & 7)


class WhooshWriter:
    """Writes one generation; see ``index.engines.base.Writer``."""

    def __init__(self, folder: Path, files: Files, memory: int = MEMORY) -> None:
        self._folder, self._files, self._memory = folder, files, memory
        self._storage = SeamStorage(folder, files)
        self._schema = make_schema()
        # Whoosh has no other way to tell; -1 where there is no index yet.
        latest = TOC._latest_generation(self._storage, INDEX_NAME)
        self._generation = latest + 1
        known = (
            TOC.read(self._storage, INDEX_NAME, schema=self._schema).segments if latest >= 0 else []
        )
        self._before = [self._open(segment) for segment in known]
        self._added: list[_Written] = []
        self._ids = _Filter()
        self._vocabulary = Vocabulary()
        self._new: NewSegment | None = None

    def _open(self, segment: MappedSegment) -> _Written:
        reader = SegmentReader(self._storage, self._schema, segment)
        return _Written(segment, reader, source_of(reader))

    def put(self, entry: Entry) -> bool:
        replaced = self.remove(entry.document.id)
        if self._new is None:
            self._new = NewSegment(self._folder, self._files, self._vocabulary)
        self._new.put(entry)
        self._ids.add(entry.document.id.encode())
        if self._new.nbytes >= self._memory:
            self._flush()
        return not replaced

    def remove(self, document_id: str) -> bool:
        if self._new is not None and self._new.remove(document_id):
            return True
        packed = document_id.encode()
        added = self._added if self._ids.may_have(packed) else ()
        return any(one.remove(packed) for one in (*self._before, *added))

    def _flush(self) -> None:
        """Write what is in memory."""
        if self._new is not None:
            self._added.append(self._open(self._new.finish()))
            self._new = None
        if self._vocabulary.is_full:
            self._vocabulary = Vocabulary()

    def finish(self) -> None:
        self._flush()
        kept, merged = _choose(self._before, self._added)
        segments = [one.segment for one in kept]
        if merged:
            sources = [source_of(one.reader) for one in merged]
            segments.append(merge(sources, self._folder, self._files))
        self._close()
        TOC(self._schema, segments, self._generation).write(self._storage, INDEX_NAME)
        clean_files(self._storage, INDEX_NAME, self._generation, segments)

    def abandon(self) -> None:
        # The folder is thrown away, so nothing is tidied up in it.
        if self._new is not None:
            self._new.abandon()
        self._close()

    def _close(self) -> None:
        while self._before or self._added:
            (self._before or self._added).pop().reader.close()


def _choose(
    before: Sequence[_Written], added: Sequence[_Written]
) -> tuple[list[_Written], list[_Written]]:
    """Choose the segments that stay as they are, and those that become one."""
    merged = [one for one in added if one.live]
    size = sum(one.live for one in merged)
    kept = []
    for one in sorted(before, key=lambda one: one.live):
        if one.live > _GROWTH * size and not one.is_worn:
            kept.append(one)
        elif one.live:
            merged.append(one)
            size += one.live
    if len(merged) == 1 and not merged[0].is_worn:
        return kept + merged, []
    # Older documents first.
    return kept, merged[::-1]
