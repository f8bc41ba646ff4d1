"""Put the generation back that was current before, and hold it there.

In: an older generation, and what was removed from the store since it was made. Out: a new generation
of the same files without those documents: what somebody wanted gone stays gone. It is held: updates
take out what is removed, and everything else waits until a person asks for a new index or for the
newer one (``Manifest.instead_of``). Knows no database; the caller holds the writer's lock.
"""

from collections.abc import Iterable

from index.engines.base import Engine
from index.generations import Found, Generations
from index.update import Applied, Outcome, verify
from library.progress import Progress
from library.store import StoredDocument


def publish_copy(
    generations: Generations,
    engine: Engine,
    base: Found,
    removed: Iterable[StoredDocument],
    *,
    instead_of: int,
    progress: Progress,
) -> Outcome:
    """Publish the content of ``base`` without what was removed, at the revision that it had."""
    tombstones = tuple(removed)
    progress.phase("build", len(tombstones))
    with generations.draft(base) as draft:
        applied = Applied(
            engine.writer(draft.folder, generations.files),
            lambda _: (),
            progress,
            documents=base.manifest.documents,
        )
        applied.run(tombstones, len(tombstones))
        progress.phase("verify")
        verify(engine, draft, applied)
        manifest = generations.publish(
            draft,
            stamp=engine.stamp,
            revision=base.manifest.revision,
            documents=applied.documents,
            instead_of=instead_of,
        )
    return applied.outcome(manifest)
