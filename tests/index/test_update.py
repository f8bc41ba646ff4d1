"""Update and rebuild as pure functions: documents in, a published generation out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from index.engines.whoosh import WhooshEngine
from index.engines.whoosh.snapshot import WhooshSnapshot
from index.errors import BuildFailed
from index.generations import Generations
from index.rebuild import rebuild
from index.update import update
from library.progress import Silent
from library.store import StoredDocument
from tests.index.made import ENGINE, build, change, contents, document, goals_of, stored


class Listener(Silent):
    """Remembers what it is told; asks to stop when so much is done."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.phases: list[str] = []
        self.told: list[tuple[int, Mapping[str, int] | None]] = []
        self._stop_at = stop_at

    def phase(self, name: str, total: int | None = None) -> None:
        self.phases.append(name)

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        self.told.append((done, counts))

    def should_stop(self) -> bool:
        return self._stop_at is not None and self.told[-1][0] >= self._stop_at


def test_changes_are_applied_and_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document(i, "tekst", title="een") for i in "abc"])
    outcome = change(
        folder,
        [
            stored(document("b"), 4, removed=True),
            stored(document("c", "tekst", title="twee"), 5),
            stored(document("d", "tekst", title="drie"), 7),
            stored(document("nooit"), 9, removed=True),
        ],
    )
    assert contents(folder) == {"a": "een", "c": "twee", "d": "drie"}
    assert (outcome.documents, outcome.added, outcome.removed) == (3, 2, 1)
    assert outcome.revision == Generations(folder).find(ENGINE.stamp).manifest.revision == 9


def test_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst")])
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    outcome = change(folder, [])
    assert not outcome.published
    assert (outcome.generation, outcome.revision) == (1, 1)
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


def test_a_document_that_changes_while_it_is_read_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst", title="een")])
    changes = [
        stored(document("b", "tekst", title="een"), 2),
        stored(document("a", "tekst", title="twee"), 3),
        stored(document("b", "tekst", title="twee"), 4),
        stored(document("a"), 5, removed=True),
    ]
    assert change(folder, changes).documents == 1
    assert contents(folder) == {"b": "twee"}


def test_a_stopped_update_keeps_what_it_did(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [])
    generations = Generations(folder)
    changes = [stored(document(f"d{n}", "tekst"), n + 1) for n in range(500)]
    listener = Listener(stop_at=200)
    with generations.writing():
        outcome = update(
            generations,
            ENGINE,
            generations.find(ENGINE.stamp),
            changes,
            classify=goals_of,
            progress=listener,
        )
    assert outcome.stopped
    assert (outcome.documents, outcome.revision) == (200, 200)
    assert listener.phases == ["build", "verify"]
    assert listener.told[0] == (100, {"added": 100, "removed": 0})
    assert change(folder, changes[200:]).documents == 500


def test_a_stopped_rebuild_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst", title="een")])
    generations = Generations(folder)
    with generations.writing():
        outcome = rebuild(
            generations,
            ENGINE,
            (stored(document(f"d{n}", "tekst"), n + 1) for n in range(500)),
            revision=500,
            total=500,
            classify=goals_of,
            progress=Listener(stop_at=100),
        )
    assert outcome.stopped
    assert not outcome.published
    assert contents(folder) == {"a": "een"}
    assert [p.name for p in (folder / "generations").iterdir()] == ["1"]


def test_documents_pass_one_by_one(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    alive = 0

    def documents() -> Iterator[StoredDocument]:
        nonlocal alive
        for number in range(300):
            alive += 1
            yield stored(document(f"d{number}", "tekst"), number + 1)

    generations = Generations(folder)
    seen: list[int] = []

    class Watching(Listener):
        def advance(
            self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
        ) -> None:
            seen.append(alive - done)

    with generations.writing():
        rebuild(
            generations,
            ENGINE,
            documents(),
            revision=300,
            total=300,
            classify=goals_of,
            progress=Watching(),
        )
    assert set(seen) == {0}, "no document is asked for before the one before it is written"


class Forgetful(WhooshSnapshot):
    """Does not find one document that it counts."""

    def find(self, document_id: str) -> None:
        return None


class ForgetfulEngine(WhooshEngine):
    def open(self, folder: Path, weights: Mapping[str, float] | None = None) -> Forgetful:
        return Forgetful(folder)


class LosingEngine(WhooshEngine):
    """Loses every document that it is given."""

    def open(self, folder: Path, weights: Mapping[str, float] | None = None) -> WhooshSnapshot:
        empty = folder.parent / "empty"
        empty.mkdir()
        self.writer(empty, Generations(folder).files).finish()
        return WhooshSnapshot(empty)


@pytest.mark.parametrize("engine", [ForgetfulEngine(), LosingEngine()])
def test_a_generation_that_fails_its_checks_is_not_published(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst", title="een")])
    generations = Generations(folder)
    with generations.writing(), pytest.raises(BuildFailed):
        rebuild(
            generations,
            engine,
            [stored(document("b", "tekst"), 1)],
            revision=1,
            total=1,
            classify=goals_of,
            progress=Silent(),
        )
    assert contents(folder) == {"a": "een"}
