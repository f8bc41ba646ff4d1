"""Generations: one lock, one pointer, room on the disk, a folder for its owner alone."""

import json
import random
import stat
from pathlib import Path

import pytest

from index import manifest as manifests
from index.errors import AlreadyRunning, IndexUnavailable, NoSpace
from index.files import Disk
from index.generations import Generations
from index.manifest import Damaged
from tests.index.made import ENGINE, build, change, contents, document, stored


class FullDisk(Disk):
    def free_bytes(self, folder: Path) -> int:
        return 150_000_000


def test_nothing_yet(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="nothing has been indexed yet"):
        Generations(tmp_path / "index").find(ENGINE.stamp)


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with Generations(folder).writing(), pytest.raises(AlreadyRunning, match="already running"):
        build(folder, [])
    build(folder, [])


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "index")
    with pytest.raises(RuntimeError), generations.writing():
        raise RuntimeError
    with generations.writing():
        pass


def test_refuses_to_begin_on_a_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst", title="een")])
    with pytest.raises(NoSpace, match=r"150 MB free and this needs 200 MB"):
        build(folder, [], files=FullDisk())
    with pytest.raises(NoSpace):
        change(folder, [stored(document("b", "tekst"), 2)], files=FullDisk())
    assert contents(folder) == {"a": "een"}


def test_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst")])
    for path in (folder, folder / "generations", folder / "generations" / "1"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_no_more_generations_stay_than_asked(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for number in range(5):
        build(folder, [document("a", "tekst", title=str(number))], kept=2)
    assert sorted(p.name for p in (folder / "generations").iterdir()) == ["4", "5"]


@pytest.mark.parametrize("commits", [60, pytest.param(1_000, marks=pytest.mark.slow)])
def test_many_commits_leave_little_behind(commits: int, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    texts = [f"buurthuis {number} " * 40 for number in range(200)]
    build(folder, [document(f"d{n}", text) for n, text in enumerate(texts)])
    chance = random.Random(1)
    before = _descriptors()
    segments = []
    for revision in range(201, 201 + 3 * commits, 3):
        changed = [chance.randrange(200) for _ in range(3)]
        change(
            folder,
            [stored(document(f"d{n}", texts[n]), revision + at) for at, n in enumerate(changed)],
        )
        segments.append(len(list(_newest(folder).glob("*.seg"))))
    assert _descriptors() == before
    # Each is more than twice as large as all that are smaller.
    assert max(segments) <= 6
    build(tmp_path / "fresh", [document(f"d{n}", text) for n, text in enumerate(texts)])
    assert _bytes(folder) < 4 * _bytes(tmp_path / "fresh")
    assert len(contents(folder)) == 200


def _bytes(folder: Path) -> int:
    """What files take on disk; several names of one file take it once."""
    files = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum({status.st_ino: status.st_size for status in files}.values())


def _newest(folder: Path) -> Path:
    return max((folder / "generations").iterdir(), key=lambda path: int(path.name))


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_text_of_a_removed_document_is_gone_after_rebuilds(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    def on_disk() -> bool:
        return any(b"zonnedak" in p.read_bytes() for p in folder.rglob("*") if p.is_file())

    build(folder, [document("a", "zonnedak"), document("b", "tekst")], kept=2)
    assert on_disk()
    change(folder, [stored(document("a"), 3, removed=True)], kept=2)
    for _ in range(2):
        build(folder, [document("b", "tekst")], kept=2)
    assert not on_disk()


def test_another_version_of_the_program_is_not_searched(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst")])
    with pytest.raises(IndexUnavailable, match="another version"):
        Generations(folder).find("other stamp")


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst")])
    left = folder / "generations" / "2" / "MAIN.tmp"
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"x")
    with Generations(folder).writing():
        assert not left.parent.exists()


def test_a_draft_that_fails_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst", title="een")])
    broken = [stored(document("b", "tekst"), 2), None]
    with pytest.raises(AttributeError):
        change(folder, broken)  # type: ignore[arg-type]  # the surprise is what is tested
    assert [p.name for p in (folder / "generations").iterdir()] == ["1"]
    assert contents(folder) == {"a": "een"}


def test_a_manifest_tells_what_it_is_about(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("a", "tekst"), document("b", "tekst")])
    found = Generations(folder).find(ENGINE.stamp)
    manifest = found.manifest
    assert (manifest.number, manifest.documents, manifest.revision) == (1, 2, 2)
    assert manifest.size == sum(
        p.stat().st_size for p in found.folder.iterdir() if p.name != manifests.NAME
    )
    assert manifests.read(manifests.write(manifest)) == manifest


@pytest.mark.parametrize("place", [0, 10, 63, 64, 65, 100, -2])
def test_one_wrong_bit_in_a_manifest_is_found(place: int, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [])
    content = bytearray(manifests.write(Generations(folder).find(ENGINE.stamp).manifest))
    json.loads(content.split(b"\n")[1])
    content[place] ^= 1
    with pytest.raises(Damaged):
        manifests.read(bytes(content))
