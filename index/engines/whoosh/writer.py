"""Entries to the files of one generation.

In: a folder, empty or with (links to) the files of the generation to change. Out: the same folder,
complete, not yet synced. Whoosh's own lock is not used: ``Generations.writing`` holds ours.

Measured with `kennisbank import` of 24,012 documents (21.7 million characters): peak memory 267 MB,
71 MB on disk.

One Whoosh writer takes any number of documents in bounded memory: beyond ``POOL_MB`` of postings
it sorts them to a temporary file. Only a document that comes twice makes it commit in between,
since a Whoosh writer cannot replace what it added itself.
"""

from pathlib import Path
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.writing import SegmentWriter

from index.engines.whoosh.codec import ArrayCodec
from index.engines.whoosh.columns import leaves_of
from index.engines.whoosh.fields import make_schema, values_of
from index.engines.whoosh.storage import SeamStorage
from index.entries import Entry
from index.files import Files

POOL_MB = 64
"""Postings that Whoosh keeps before it sorts them to disk."""

_DELETED_SHARE = 0.25
"""A segment with more than this share of removed documents is written anew without them."""
_GROWTH = 2
"""A segment is merged when it is at most this many times as large as what it is merged with.

Sizes of segments then grow by this factor: their number stays near the logarithm of the number
of documents, and a document is rewritten about that many times in its life.
"""


class WhooshWriter:
    """Writes one generation; see ``index.engines.base.Writer``."""

    def __init__(self, folder: Path, files: Files) -> None:
        storage = SeamStorage(folder, files)
        schema = make_schema()
        fresh = not any(name.endswith(".toc") for name in storage.list())
        self._index = (
            FileIndex.create(storage, schema) if fresh else FileIndex(storage, schema=schema)
        )
        self._begin()

    def _begin(self) -> None:
        self._writer = SegmentWriter(self._index, _lk=False, limitmb=POOL_MB, codec=ArrayCodec())
        self._before = self._writer.reader()
        self._added: set[str] = set()

    def put(self, entry: Entry) -> bool:
        replaced = self.remove(entry.document.id)
        self._writer.add_document(**values_of(entry))
        self._added.add(entry.document.id)
        return not replaced

    def remove(self, document_id: str) -> bool:
        if document_id in self._added:
            self._commit()
            self._begin()
        removed = False
        for number in self._numbers_of(document_id):
            removed = removed or not self._writer.is_deleted(number)
            self._writer.delete_document(number)
        return removed

    def _numbers_of(self, document_id: str) -> list[int]:
        """The numbers of a document in the segments that were there before this writer."""
        found: list[int] = []
        for leaf, offset in leaves_of(self._before):
            try:
                matcher = leaf.postings("id", document_id)
            except TermNotFound:
                continue
            found += (offset + number for number in matcher.all_ids())
        return found

    def finish(self) -> None:
        self._commit()

    def _commit(self) -> None:
        self._before.close()
        self._writer.commit(mergetype=_merge)

    def abandon(self) -> None:
        # The folder is thrown away, so Whoosh need not tidy up in it; its own way to cancel
        # completes files first and fails where a disk is full.
        self._before.close()


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Choose the segments to merge into the new one; give back those that stay as they are."""
    kept = []
    size = writer.docnum
    for segment in sorted(segments, key=lambda one: one.doc_count()):
        live, deleted = segment.doc_count(), segment.deleted_count()
        if live and (live > _GROWTH * size and deleted <= _DELETED_SHARE * (live + deleted)):
            kept.append(segment)
            continue
        size += live
        if live:
            _take_in(writer, segment)
    return kept


def _take_in(writer: Any, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()
