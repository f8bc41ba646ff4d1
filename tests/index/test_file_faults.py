"""Every file operation of an update and a rebuild fails once: the old state or the new, no mix."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import WriterError
from tests.index.faults import FailingDisk
from tests.index.made import build, change, contents, document, stored

OLD = {"a": "een", "b": "een", "c": "een"}
UPDATED = {"a": "twee", "c": "een", "d": "twee"}


def _update(folder: Path, disk: FailingDisk | None = None) -> None:
    changes = [
        stored(document("a", "tekst", title="twee"), 4),
        stored(document("b"), 5, removed=True),
        stored(document("d", "tekst", title="twee"), 6),
    ]
    change(folder, changes, files=disk, kept=1)


def _rebuild(folder: Path, disk: FailingDisk | None = None) -> None:
    documents = [document(i, "tekst", title=t) for i, t in UPDATED.items()]
    build(folder, documents, files=disk, kept=1)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("work", [_update, _rebuild])
def test_each_operation_fails_once(
    work: Callable[[Path, FailingDisk | None], None], code: int, tmp_path: Path
) -> None:
    pristine = tmp_path / "pristine"
    build(pristine, [document(i, "tekst", title=t) for i, t in OLD.items()])
    failed = 0
    while True:
        folder = tmp_path / f"{failed}"
        shutil.copytree(pristine, folder)
        disk = FailingDisk(failed + 1, code)
        try:
            work(folder, disk)
        except WriterError:
            assert disk.failed
        else:
            if not disk.failed:
                break
            # Whoosh leaves a file of its own lying that it cannot remove, and removes it next time.
            assert disk.failed.startswith("unlink"), disk.failed
            assert contents(folder) == UPDATED
        assert contents(folder) in (OLD, UPDATED), f"operation {failed + 1}: {disk.failed}"
        # The lock is free, and what was left lying around is in nobody's way.
        work(folder, None)
        assert contents(folder) == UPDATED, f"operation {failed + 1}: {disk.failed}"
        shutil.rmtree(folder)
        failed += 1
    assert failed > 20


def test_an_error_tells_where_and_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriterError, match="Not a directory"):
        build(tmp_path / "file" / "index", [])
