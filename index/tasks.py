"""The shell of the index: from the store into a generation, by command or job.

In: store, settings and somebody who listens to progress. Out: what was done, as plain values for a
job's result. Both take the writer's lock and raise ``AlreadyRunning`` at once when it is taken.
"""

from dataclasses import asdict
from typing import Any

from index import analysis
from index.classify import classify
from index.engines.base import Engine
from index.engines.whoosh import WhooshEngine
from index.errors import IndexUnavailable
from index.generations import Found, Generations
from index.improvements import protected_words, read_protected
from index.query import GoalTag
from index.rebuild import rebuild
from index.update import Outcome, update
from library.document import Document
from library.progress import Progress
from library.settings import Settings
from library.store import Store


def update_index(store: Store, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Bring the index up to the store; rebuild it when there is none that can be used."""
    return _run(store, settings, progress, full=False)


def rebuild_index(store: Store, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Build the index again from the store, then add what changed in the meantime."""
    return _run(store, settings, progress, full=True)


def _run(store: Store, settings: Settings, progress: Progress, *, full: bool) -> dict[str, Any]:
    engine = WhooshEngine()
    generations = Generations(settings.index_folder, kept=settings.generations_kept)
    protected = protected_words(store.improvements.current())
    with generations.writing(), analysis.protecting(protected):
        base = None if full else _base(store, generations, engine)
        if base is None:
            built = _rebuild(store, generations, engine, progress)
            if built.stopped:
                return _told(built, rebuilt=True)
            base = generations.find(engine.stamp)
            changed = _update(store, generations, engine, base, progress)
            return _told(changed if changed.published else built, rebuilt=True)
        return _told(_update(store, generations, engine, base, progress), rebuilt=False)


def _base(store: Store, generations: Generations, engine: Engine) -> Found | None:
    """The generation to begin from; none where only a build from the documents is safe."""
    try:
        generations.restore_pointer(generations.find(engine.stamp))
        found = generations.find(engine.stamp)
    except IndexUnavailable:
        return None
    # The current generation is damaged, and what it shares with the one before it may be too; or
    # the store comes from an older backup, and its revisions mean other documents.
    is_safe = not found.problems and found.manifest.revision <= store.documents.revision()
    # Other words are kept whole now than when it was made, so its documents must be read again.
    is_same = read_protected(found.folder) == analysis.protected()
    return found if is_safe and is_same else None


def _classify(document: Document) -> tuple[GoalTag, ...]:
    """Find the goals, which were learned of words that nobody protects."""
    with analysis.protecting(frozenset()):
        return classify(document)


def _update(
    store: Store, generations: Generations, engine: Engine, base: Found, progress: Progress
) -> Outcome:
    changes = store.documents.changed_since(base.manifest.revision)
    return update(generations, engine, base, changes, classify=_classify, progress=progress)


def _rebuild(store: Store, generations: Generations, engine: Engine, progress: Progress) -> Outcome:
    return rebuild(
        generations,
        engine,
        store.documents.live(),
        revision=store.documents.revision(),
        total=store.documents.count(),
        classify=_classify,
        progress=progress,
    )


def _told(outcome: Outcome, *, rebuilt: bool) -> dict[str, Any]:
    return asdict(outcome) | {"rebuilt": rebuilt}
