"""Build the index again from documents alone, beside the old one, then make it current.

In: all live documents. Out: ``Outcome``, and a generation that shares no file with those before
it, so that text of removed documents is not in it. Memory stays bounded: documents pass one by
one, postings go to disk in between (``engines.whoosh.writer``). Knows no database; the caller holds
the writer's lock. Until the swap every search is answered by the old generation.
"""

from collections.abc import Iterable

from index.engines.base import Engine
from index.entries import Classify, Describe, undescribed
from index.generations import Generations
from index.improvements import write_protected
from index.update import Applied, Examine, Outcome, verify
from library.progress import Progress
from library.store import StoredDocument


def rebuild(
    generations: Generations,
    engine: Engine,
    documents: Iterable[StoredDocument],
    *,
    revision: int,
    total: int | None,
    classify: Classify,
    describe: Describe = undescribed,
    progress: Progress,
    examine: Examine | None = None,
    accept: bool = False,
) -> Outcome:
    """Publish a generation of all documents, unless what ``examine`` asks of it is not met.

    ``revision`` is that of the store before the first document was read: what changed while the
    build ran is left to the next update. With ``accept`` a person wants it as it is.
    """
    progress.phase("build", total)
    with generations.draft(None) as draft:
        write_protected(generations.files, draft.folder)
        writer = engine.writer(draft.folder, generations.files)
        applied = Applied(writer, classify, progress, describe=describe)
        applied.run(documents, total)
        if applied.stopped:
            # Half of all documents is no index: the old one stays.
            generations.discard(draft)
            return Outcome(stopped=True)
        progress.phase("verify")
        checks = verify(engine, draft, applied, examine)
        if not accept and not all(check.met for check in checks):
            generations.discard(draft)
            return Outcome(checks=checks)
        manifest = generations.publish(
            draft, stamp=engine.stamp, revision=revision, documents=applied.documents
        )
    return applied.outcome(manifest, checks)
