"""200 simulated power cuts: whatever the disk kept, every acknowledged document is there."""

import contextlib
import random
from pathlib import Path

import pytest

from index.errors import IndexUnavailable
from tests.index.faults import CuttableDisk, PowerCut
from tests.index.made import build, change, contents, document, stored

CUTS = 200


def _work(folder: Path, disk: CuttableDisk, acknowledged: list[dict[str, str]]) -> None:
    """Build, change three times and build again; note what is there after each."""
    state = {"a": "een", "b": "een", "c": "een"}
    build(folder, [document(i, "tekst", title=t) for i, t in state.items()], files=disk, kept=2)
    acknowledged.append(dict(state))
    for revision, (document_id, title) in enumerate([("d", "twee"), ("a", "twee"), ("b", "")], 4):
        one = stored(document(document_id, "tekst", title=title), revision, removed=not title)
        state[document_id] = title
        if not title:
            del state[document_id]
        change(folder, [one], files=disk, kept=2)
        acknowledged.append(dict(state))
    state["e"] = "drie"
    build(folder, [document(i, "tekst", title=t) for i, t in state.items()], files=disk, kept=2)
    acknowledged.append(dict(state))


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, list[dict[str, str]]]:
    """How many operations the work takes when nothing happens, and its states."""
    root = tmp_path_factory.mktemp("whole")
    disk = CuttableDisk(root)
    states: list[dict[str, str]] = []
    _work(root / "index", disk, states)
    disk.close()
    return disk.operations, states


@pytest.mark.parametrize("first", range(0, CUTS, 20))
def test_every_acknowledged_document_survives(
    first: int, whole_run: tuple[int, list[dict[str, str]]], tmp_path: Path
) -> None:
    operations, states = whole_run
    for seed in range(first, first + 20):
        chance = random.Random(seed)
        root, left = tmp_path / f"{seed}", tmp_path / f"{seed}-left"
        root.mkdir()
        left.mkdir()
        disk = CuttableDisk(root, cut_at=chance.randrange(1, operations + 2))
        acknowledged: list[dict[str, str]] = []
        with contextlib.suppress(PowerCut):
            _work(root / "index", disk, acknowledged)
        disk.crash(chance, left)
        disk.close()
        done = len(acknowledged)
        allowed = states[max(done - 1, 0) : done + 1]
        try:
            found = contents(left / "index")
        except IndexUnavailable:
            assert done == 0, f"seed {seed}: the index is gone"
            found = {}
            (left / "index").mkdir(exist_ok=True)
            build(left / "index", [])
        assert found in allowed or (done == 0 and not found), f"seed {seed}"
        # Writing goes on by itself, whatever the cut left lying around.
        change(left / "index", [stored(document("z", "tekst", title="na"), 99)])
        assert contents(left / "index") == found | {"z": "na"}, f"seed {seed}"


@pytest.mark.parametrize("forgotten", ["files", "folders"])
def test_the_simulation_catches_a_missing_sync(forgotten: str, tmp_path: Path) -> None:
    class Careless(CuttableDisk):
        def sync(self, path: Path) -> None:
            if path.is_dir() is (forgotten == "folders"):
                return
            super().sync(path)

    lost = 0
    for seed in range(20):
        root, left = tmp_path / f"{seed}", tmp_path / f"{seed}-left"
        root.mkdir()
        left.mkdir()
        disk = Careless(root)
        build(root / "index", [document("a", "tekst", title="een")], files=disk)
        disk.crash(random.Random(seed), left)
        disk.close()
        try:
            lost += contents(left / "index") != {"a": "een"}
        except IndexUnavailable:
            lost += 1
    assert lost > 10
