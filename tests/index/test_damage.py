"""Damage on disk: found when the index is opened, and the generation before it answers."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import Index, IndexUnavailable, Query
from index.generations import Generations
from tests.index.made import ENGINE, build, change, contents, document, stored

PROJECT = Path(__file__).parents[2]
OLD = {"a": "een", "b": "een"}
NEW = {"a": "twee", "c": "twee"}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations that share no file."""
    folder = tmp_path_factory.mktemp("damage") / "index"
    for state in (OLD, NEW):
        build(folder, [document(i, f"woord {t}", title=t) for i, t in state.items()])
    return folder


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _cut(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(len(content))])


def _zero(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    place = next(i for i in range(chance.randrange(len(content)), -1, -1) if content[i])
    content[place] = 0
    path.write_bytes(content)


def _delete(path: Path, chance: random.Random) -> None:
    path.unlink()


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (_flip, _cut, _zero, _delete)


@pytest.mark.parametrize("seed", range(100))
def test_damage_is_found_at_open(seed: int, pristine: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    newest = sorted((folder / "generations" / "2").iterdir())
    path = chance.choice([*newest, folder / "CURRENT"])
    chance.choice(DAMAGES)(path, chance)
    index = Index(folder)
    titles = {hit.id: hit.title for hit in index.search(Query("woord")).hits}
    # A lost pointer loses nothing; a damaged file of the newest generation makes it unusable.
    assert titles == (NEW if path.name == "CURRENT" else OLD)
    assert index.status().problem
    index.close()


def test_swapped_files_are_found(pristine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    one, two = (folder / "generations" / number / "manifest.json" for number in "12")
    content = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(content)
    with pytest.raises(IndexUnavailable, match="cannot be used"):
        Generations(folder).find(ENGINE.stamp)


def test_a_file_that_does_not_belong_there_is_found(pristine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    (folder / "generations" / "2" / "_MAIN_99.toc").write_bytes(b"")
    assert contents(folder) == OLD


def test_an_update_goes_on_from_what_is_good(pristine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    _cut(folder / "generations" / "2" / "manifest.json", random.Random(1))
    outcome = change(folder, [stored(document("d", "woord", title="drie"), 3)])
    assert outcome.generation == 3
    assert contents(folder) == OLD | {"d": "drie"}


def test_damage_in_a_shared_file_is_never_searched(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document(f"d{i}", "woord", title="een") for i in range(9)])
    change(folder, [stored(document("x", "woord", title="twee"), 10)])
    shared = [p for p in (folder / "generations" / "2").iterdir() if p.stat().st_nlink == 2]
    assert shared, "an update links the segments that stay as they are"
    _flip(shared[0], random.Random(1))
    with pytest.raises(IndexUnavailable, match="damaged"):
        Index(folder).search(Query("woord"))


def test_damage_beside_an_open_index_changes_no_answer(pristine: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    index = Index(folder, check_every=0)
    before = index.search(Query("woord"))
    for path in (folder / "generations").rglob("manifest.json"):
        path.unlink()
    (folder / "CURRENT").unlink()
    assert index.search(Query("woord")) == before
    index.close()


def _set_back(path: Path, moment: int) -> None:
    os.utime(path, ns=(moment, moment))


def test_a_file_that_did_not_change_is_read_once_in_a_process(
    pristine: Path, tmp_path: Path
) -> None:
    """So damage that leaves no trace is found by another process, and any other by this one."""
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    (segment,) = (folder / "generations" / "2").glob("*.seg")
    long_ago = time.time_ns() - 10**10
    _set_back(segment, long_ago)
    generations = Generations(folder)
    assert not generations.find(ENGINE.stamp).problems
    _flip(segment, random.Random(1))
    _set_back(segment, long_ago)
    assert not generations.find(ENGINE.stamp).problems
    code = "import sys; from pathlib import Path; from index.generations import Generations\n"
    code += "print(Generations(Path(sys.argv[1])).find(sys.argv[2]).problems)"
    command = [sys.executable, "-c", code, str(folder), ENGINE.stamp]
    told = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True)
    assert "is damaged" in told.stdout
    _set_back(segment, long_ago + 1)
    assert "is damaged" in generations.find(ENGINE.stamp).problems[0]


def test_a_file_that_just_changed_is_read_again(pristine: Path, tmp_path: Path) -> None:
    """Two changes at once may have one time."""
    folder = tmp_path / "index"
    shutil.copytree(pristine, folder)
    (segment,) = (folder / "generations" / "2").glob("*.seg")
    now = time.time_ns()
    _set_back(segment, now)
    assert not Generations(folder).find(ENGINE.stamp).problems
    _flip(segment, random.Random(1))
    _set_back(segment, now)
    assert Generations(folder).find(ENGINE.stamp).problems
