"""Generations: one lock, one pointer, room on the disk, a folder for its owner alone."""

import json
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


def test_disk_use_stays_bounded_over_many_updates(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document(f"d{n}", "buurthuis " * 50) for n in range(50)])
    for revision in range(51, 111):
        change(folder, [stored(document(f"d{revision % 50}", "buurthuis " * 50), revision)])
    generations = folder / "generations"
    inodes = {p.stat().st_ino: p.stat().st_size for p in generations.rglob("*") if p.is_file()}
    build(tmp_path / "fresh", [document(f"d{n}", "buurthuis " * 50) for n in range(50)])
    live = sum(p.stat().st_size for p in (tmp_path / "fresh").rglob("*") if p.is_file())
    assert sum(inodes.values()) < 4 * live


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
