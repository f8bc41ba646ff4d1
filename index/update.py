"""Apply what changed to a new generation beside the current one, then make it current.

In: the generation to begin from and an iterable of changed documents, tombstones included, in the
order of their revision. Out: ``Outcome``, and on disk a new generation whose manifest says up to
which revision of the store it goes: only that is an acknowledgement. Nothing changed: nothing is
written. Knows no database; the caller holds the writer's lock.

Cost follows what changed: the files of the segments that stay are linked, not copied. A document
that is gone is marked so in its segment and leaves the files when that segment is merged; what
must be gone from disk needs a rebuild, see ``generations``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from index.checks import Check
from index.engines.base import Engine, Snapshot, Writer
from index.entries import Classify, Describe, entry_of, undescribed
from index.errors import BuildFailed
from index.generations import Draft, Found, Generations
from index.manifest import Manifest
from library.progress import Progress
from library.store import StoredDocument

TELL_EVERY = 100
"""Documents between two messages of progress: about once a second."""
SAMPLES = 8
"""Documents that are looked up in a new generation before it is published."""


Examine = Callable[[Snapshot, Path], tuple[Check, ...]]
"""Asks a new index, of which it gets the folder too, what it must be able to answer."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. ``published`` is false when nothing changed, it was stopped, or a check was
    not met; ``checks`` are what a whole build was asked."""

    published: bool = False
    generation: int = 0
    documents: int = 0
    revision: int = 0
    added: int = 0
    removed: int = 0
    stopped: bool = False
    checks: tuple[Check, ...] = ()


def update(
    generations: Generations,
    engine: Engine,
    base: Found,
    changes: Iterable[StoredDocument],
    *,
    classify: Classify,
    describe: Describe = undescribed,
    progress: Progress,
) -> Outcome:
    """Publish a generation with the changes, up to the last one before a request to stop."""
    stream = iter(changes)
    first = next(stream, None)
    if first is None:
        now = base.manifest
        return Outcome(generation=now.number, documents=now.documents, revision=now.revision)
    progress.phase("build")
    with generations.draft(base) as draft:
        writer = engine.writer(draft.folder, generations.files)
        many = base.manifest.documents
        applied = Applied(writer, classify, progress, describe=describe, documents=many)
        applied.run(chain([first], stream))
        progress.phase("verify")
        verify(engine, draft, applied)
        manifest = generations.publish(
            draft, stamp=engine.stamp, revision=applied.revision, documents=applied.documents
        )
    return applied.outcome(manifest)


class Applied:
    """Documents going into a writer, counted, with a few remembered to look up afterwards.

    ``documents`` is how many there must be at the end; it begins with how many there were.
    """

    def __init__(
        self,
        writer: Writer,
        classify: Classify,
        progress: Progress,
        *,
        describe: Describe = undescribed,
        documents: int = 0,
    ) -> None:
        self._writer = writer
        self._classify = classify
        self._describe = describe
        self._progress = progress
        self.documents = documents
        self.added = self.removed = self.revision = 0
        self.stopped = False
        self.samples: dict[str, bool] = {}

    def run(self, changes: Iterable[StoredDocument], total: int | None = None) -> None:
        """Apply all changes or, when asked to stop, those before; complete the files."""
        done = 0
        try:
            for done, stored in enumerate(changes, start=1):
                self._apply(stored)
                if done % TELL_EVERY == 0:
                    self._tell(done, total)
                    self.stopped = self._progress.should_stop()
                if self.stopped:
                    break
            self._tell(done, total)
            self._writer.finish()
        except BaseException:
            self._writer.abandon()
            raise

    def _apply(self, stored: StoredDocument) -> None:
        document_id = stored.document.id
        live = stored.removed_at is None
        if live:
            self.documents += self._writer.put(entry_of(stored, self._classify, self._describe))
            self.added += 1
        elif self._writer.remove(document_id):
            self.documents -= 1
            self.removed += 1
        self.revision = stored.revision
        # Where a document comes twice, what it was last is what counts.
        if document_id in self.samples or len(self.samples) < SAMPLES:
            self.samples[document_id] = live

    def _tell(self, done: int, total: int | None) -> None:
        self._progress.advance(done, {"added": self.added, "removed": self.removed}, total)

    def outcome(self, manifest: Manifest, checks: tuple[Check, ...] = ()) -> Outcome:
        """Tell what was published."""
        return Outcome(
            published=True,
            generation=manifest.number,
            documents=manifest.documents,
            revision=manifest.revision,
            added=self.added,
            removed=self.removed,
            stopped=self.stopped,
            checks=checks,
        )


def verify(
    engine: Engine, draft: Draft, applied: Applied, examine: Examine | None = None
) -> tuple[Check, ...]:
    """Open the new files and check them; give what ``examine`` found of them."""
    snapshot = engine.open(draft.folder)
    try:
        _check(snapshot, applied)
        return examine(snapshot, draft.folder) if examine is not None else ()
    finally:
        snapshot.close()


def _check(snapshot: Snapshot, applied: Applied) -> None:
    """Raise ``BuildFailed`` unless every document is there once and the samples are right."""
    found = len(set(snapshot.ids()))
    if not found == snapshot.count() == applied.documents:
        raise BuildFailed(
            f"The new index has {snapshot.count()} documents with {found} ids and must have "
            f"{applied.documents}; it was not published."
        )
    for document_id, live in applied.samples.items():
        if (snapshot.find(document_id) is not None) is not live:
            raise BuildFailed(
                f"The new index is wrong about document {document_id}; it was not published."
            )
