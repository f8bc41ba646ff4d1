"""The shell of the index: from the store into a generation, by command or job.

In: store, settings and somebody who listens to progress. Out: what was done, as plain values for a
job's result. All take the writer's lock and raise ``AlreadyRunning`` at once when it is taken.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from index import analysis
from index.checks import Answering, Check, Wanted, checks
from index.engines.base import Engine, Snapshot
from index.engines.whoosh import WhooshEngine
from index.entries import Classify, Describe
from index.errors import IndexUnavailable
from index.facets import Facets
from index.generations import Found, Generations
from index.goal_models import GoalModels
from index.improvements import compiled, protected_words, read_protected
from index.judged import answerable, floor_of
from index.query import GoalTag
from index.rebuild import rebuild
from index.rollback import publish_copy
from index.update import Examine, Outcome, update
from library.document import Document
from library.progress import Progress
from library.settings import Settings
from library.store import MOST_PINNED, Improvement, Store, StoredDocument


class _How(NamedTuple):
    """What finds the goals of a document, and what is told beside them."""

    tags: Classify
    facets: Describe


def update_index(store: Store, settings: Settings, progress: Progress) -> dict[str, Any]:
    """Bring the index up to the store; rebuild it when there is none that can be used.

    Of an index that somebody put back only what was removed is taken out.
    """
    with _writing(store, settings) as (engine, generations):
        base, how = _base(store, generations, engine), _classifying(settings)
        if base is None:
            return _built(store, generations, engine, how, progress)
        updated = _update(store, generations, engine, base, how, progress)
        return _told(updated, rebuilt=False) | {"put_back": base.manifest.is_held}


def rebuild_index(
    store: Store, settings: Settings, progress: Progress, *, accept: bool = False
) -> dict[str, Any]:
    """Build the index again from the store, then add what changed in the meantime.

    It is not published when it looks worse than what is there (``index.checks``), unless somebody
    accepts that.
    """
    with (
        _writing(store, settings) as (engine, generations),
        _opened(engine, _usable(generations, engine)) as old,
    ):
        examine = None if old is None else _examining(store, old, progress)
        how = _classifying(settings)
        return _built(store, generations, engine, how, progress, examine, accept=accept)


def _examining(store: Store, old: tuple[Snapshot, Path], progress: Progress) -> Examine:
    """What compares a new index with the old one, both with what people changed about finding."""
    wanted, improved = wanted_of(store), store.improvements.current()

    def examine(new: Snapshot, folder: Path) -> tuple[Check, ...]:
        return checks(
            _answering(*old, improved), _answering(new, folder, improved), wanted, progress
        )

    return examine


def _answering(snapshot: Snapshot, folder: Path, improved: Iterable[Improvement]) -> Answering:
    protected = read_protected(folder)
    return Answering(snapshot, compiled(improved, protected=protected), protected)


def put_back(store: Store, settings: Settings, seen: int, progress: Progress) -> dict[str, Any]:
    """Put the generation before ``seen`` back, or the newer one in whose place that had come.

    Nothing happens when ``seen`` is not current any more: whoever asked for it saw another index.
    """
    with _writing(store, settings) as (engine, generations):
        current = generations.find(engine.stamp).manifest
        other = generations.find_other(engine.stamp)
        if current.number != seen or other is None:
            return _told(Outcome(generation=current.number), rebuilt=False)
        base = generations.open_other(other)
        removed = _removed_since(store, engine, base)
        instead_of = 0 if current.is_held else current.number
        outcome = publish_copy(
            generations, engine, base, removed, instead_of=instead_of, progress=progress
        )
        return _told(outcome, rebuilt=False)


def wanted_of(store: Store) -> Wanted:
    """What a new index must answer: the pinned searches, or else those with a best bet and those
    that are asked most and always find something."""
    searches = store.pinned.all()
    if not searches:
        improved = store.improvements.current()
        bets = [str(one.value["query"]) for one in improved if one.kind == "best_bet"]
        often = store.searches.often_found(datetime.now(UTC).date())
        searches = tuple(dict.fromkeys([*bets, *often]))
    judged = answerable(store.judgments.all())
    return Wanted(searches[:MOST_PINNED], judged, floor_of(store))


@contextmanager
def _writing(store: Store, settings: Settings) -> Iterator[tuple[Engine, Generations]]:
    generations = Generations(settings.index_folder, kept=settings.generations_kept)
    protected = protected_words(store.improvements.current())
    with generations.writing(), analysis.protecting(protected):
        yield WhooshEngine(), generations


@contextmanager
def _opened(engine: Engine, found: Found | None) -> Iterator[tuple[Snapshot, Path] | None]:
    if found is None:
        yield None
        return
    snapshot = engine.open(found.folder)
    try:
        yield snapshot, found.folder
    finally:
        snapshot.close()


def _built(
    store: Store,
    generations: Generations,
    engine: Engine,
    how: _How,
    progress: Progress,
    examine: Examine | None = None,
    *,
    accept: bool = False,
) -> dict[str, Any]:
    built = _rebuild(store, generations, engine, how, progress, examine, accept=accept)
    if not built.published:
        return _told(built, rebuilt=True)
    base = generations.find(engine.stamp)
    changed = _update(store, generations, engine, base, how, progress)
    last = replace(changed, checks=built.checks) if changed.published else built
    return _told(last, rebuilt=True)


def _usable(generations: Generations, engine: Engine) -> Found | None:
    """The generation that is searched now, if any."""
    try:
        generations.restore_pointer(generations.find(engine.stamp))
        return generations.find(engine.stamp)
    except IndexUnavailable:
        return None


def _base(store: Store, generations: Generations, engine: Engine) -> Found | None:
    """The generation to begin from; none where only a build from the documents is safe."""
    found = _usable(generations, engine)
    if found is None:
        return None
    # The current generation is damaged, and what it shares with the one before it may be too; or
    # the store comes from an older backup, and its revisions mean other documents.
    is_safe = not found.problems and found.manifest.revision <= store.documents.revision()
    # Other words are kept whole now than when it was made, so its documents must be read again.
    is_same = read_protected(found.folder) == analysis.protected()
    return found if is_safe and is_same else None


def _classifying(settings: Settings) -> _How:
    """Find them by the weights in use, which were learned of words that nobody protects."""
    classifier = GoalModels.of(settings).in_use().classifier

    def classify(document: Document) -> tuple[GoalTag, ...]:
        with analysis.protecting(frozenset()):
            return classifier(document)

    def describe(document: Document) -> Facets:
        with analysis.protecting(frozenset()):
            return classifier.facets(document)

    return _How(classify, describe)


def _update(
    store: Store,
    generations: Generations,
    engine: Engine,
    base: Found,
    how: _How,
    progress: Progress,
) -> Outcome:
    if base.manifest.is_held:
        return _update_held(store, generations, engine, base, progress)
    changes = store.documents.changed_since(base.manifest.revision)
    return update(
        generations,
        engine,
        base,
        changes,
        classify=how.tags,
        describe=how.facets,
        progress=progress,
    )


def _update_held(
    store: Store, generations: Generations, engine: Engine, base: Found, progress: Progress
) -> Outcome:
    removed = _removed_since(store, engine, base)
    now = base.manifest
    if not removed:
        return Outcome(generation=now.number, documents=now.documents, revision=now.revision)
    return publish_copy(
        generations, engine, base, removed, instead_of=now.instead_of, progress=progress
    )


def _removed_since(store: Store, engine: Engine, base: Found) -> tuple[StoredDocument, ...]:
    """What is in a generation and was removed from the store after it was made."""
    snapshot = engine.open(base.folder)
    try:
        return tuple(
            stored
            for stored in store.documents.changed_since(base.manifest.revision)
            if stored.removed_at is not None and snapshot.find(stored.document.id) is not None
        )
    finally:
        snapshot.close()


def _rebuild(
    store: Store,
    generations: Generations,
    engine: Engine,
    how: _How,
    progress: Progress,
    examine: Examine | None,
    *,
    accept: bool,
) -> Outcome:
    return rebuild(
        generations,
        engine,
        store.documents.live(),
        revision=store.documents.revision(),
        total=store.documents.count(),
        classify=how.tags,
        describe=how.facets,
        progress=progress,
        examine=examine,
        accept=accept,
    )


def _told(outcome: Outcome, *, rebuilt: bool) -> dict[str, Any]:
    return asdict(outcome) | {"rebuilt": rebuilt}
