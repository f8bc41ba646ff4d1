"""Copies of an installation: whole while others write, checked, rotated, and put in place elsewhere."""

import json
import shutil
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from library.backup import (
    CONTENTS,
    DATABASE,
    KEY,
    BackupError,
    make_backup,
    read_contents,
    restore_backup,
)
from library.settings import Settings, read_settings
from library.store import Store
from library.worker import AlreadyRunning, WorkerLock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({}, home=tmp_path / "home")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store.open(settings)
    (settings.home / KEY).write_text("k" * 43)
    yield store
    store.close()


def elsewhere(tmp_path: Path) -> Settings:
    other = read_settings({}, home=tmp_path / "other")
    other.home.mkdir(mode=0o700)
    return other


def test_what_was_copied_is_there_elsewhere(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    store.sources.add(name="Dorp", url="https://dorp.example/")
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    other = elsewhere(tmp_path)
    assert restore_backup(other, file) is None
    restored = Store.open(other)
    assert restored.sources.all() == store.sources.all()
    assert (other.home / KEY).read_text() == "k" * 43
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.tar.gz", "home", "other"]
    restored.close()


def test_nobody_is_signed_in_and_no_mail_goes_again(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    account = store.accounts.add_admin("Beheerder", "ans@dorp.example")
    token = store.accounts.sign_in_link(account.id, NOW)
    store.mails.add("sign-in", "ans@dorp.example", NOW)
    other = elsewhere(tmp_path)
    restore_backup(other, make_backup(settings, tmp_path / "copy.tar.gz", NOW))
    restored = Store.open(other)
    assert [one.name for one in restored.accounts.all()] == ["Beheerder"]
    assert restored.mails.waiting() == 0
    with closing(sqlite3.connect(other.database)) as connection:
        for table in ("session", "sign_in_link"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert token
    restored.close()


def test_a_copy_that_is_made_while_others_write_is_one_moment(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with store.transaction():
                # Two rows in one transaction: both are in a copy, or neither.
                for part in ("a", "b"):
                    store.jobs.add("count", {"part": part, "number": number}, f"{part}:{number}")
            number += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        files = [make_backup(settings, tmp_path / f"{n}.tar.gz", NOW) for n in range(3)]
    finally:
        stop.set()
        writing.join()
    for number, file in enumerate(files):
        folder = tmp_path / f"read-{number}"
        folder.mkdir()
        read_contents(file, folder)
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            keys = [row[0] for row in connection.execute("SELECT key FROM job")]
        assert {key[2:] for key in keys if key[0] == "a"} == {
            key[2:] for key in keys if key[0] == "b"
        }


def test_old_copies_go(store: Store, settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "something-else.tar.gz").write_text("not ours")
    for day in range(5):
        made = make_backup(settings, folder, NOW + timedelta(days=day), keep=3)
    assert made.name == "kennisbank-20261127T120000Z.tar.gz"
    assert sorted(path.name for path in folder.iterdir()) == [
        *(f"kennisbank-202611{day}T120000Z.tar.gz" for day in (25, 26, 27)),
        "something-else.tar.gz",
    ]


def test_nothing_is_overwritten_unasked(store: Store, settings: Settings, tmp_path: Path) -> None:
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    with pytest.raises(BackupError, match=r"exists already\. Use --force"):
        make_backup(settings, file, NOW)
    make_backup(settings, file, NOW, force=True)
    with pytest.raises(BackupError, match="There is an installation in"):
        restore_backup(settings, file)
    store.sources.add(name="Later", url="https://later.example/")
    store.close()
    settings.index_folder.mkdir()
    aside = restore_backup(settings, file, force=True)
    assert aside is not None
    assert {path.name for path in aside.iterdir()} >= {DATABASE, KEY, "index"}
    assert not settings.index_folder.exists()
    restored = Store.open(settings)
    assert restored.sources.find("later") is None
    restored.close()


def test_what_goes_wrong_half_way_tells_where_the_old_home_is(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    weights = settings.home / "goals"
    (weights / "0001").mkdir(parents=True)
    (weights / "chosen").write_text("0001\n")
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    store.sources.add(name="Later", url="https://later.example/")
    store.close()
    # A folder cannot take the place of this: the disk that it was on is not there.
    shutil.rmtree(weights)
    weights.symlink_to(tmp_path / "another disk")
    with pytest.raises(BackupError, match="was not put in place: ") as failed:
        restore_backup(settings, file, force=True)
    (aside,) = settings.home.glob("before-restore-*")
    assert str(failed.value).endswith(
        f"Nothing that was here is lost: it is in {aside}. To go back, remove {DATABASE} and {KEY} "
        f"from {settings.home}, then move all that is in that folder to {settings.home}."
    )
    for name in (DATABASE, KEY):
        (settings.home / name).unlink()
    for path in aside.iterdir():
        path.rename(settings.home / path.name)
    back = Store.open(settings)
    assert back.sources.find("later") is not None
    back.close()


@pytest.mark.parametrize("name", ["start", "worker"])
def test_nothing_is_restored_where_something_runs(
    store: Store, settings: Settings, tmp_path: Path, name: str
) -> None:
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    with WorkerLock(settings.home, name), pytest.raises(AlreadyRunning):
        restore_backup(settings, file, force=True)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this system")
def test_a_copy_that_went_wrong_leaves_the_one_before(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    whole = file.read_bytes()
    folder = settings.home / "goals" / "0001"
    folder.mkdir(parents=True)
    # A file that is never the same when it is read twice.
    (folder / "report.json").symlink_to("/proc/self/stat")
    with pytest.raises(BackupError, match="not what was put in it"):
        make_backup(settings, file, NOW, force=True)
    assert file.read_bytes() == whole
    with pytest.raises(BackupError):
        make_backup(settings, tmp_path, NOW, keep=1)
    assert [path.name for path in tmp_path.glob("*.tar.gz")] == ["copy.tar.gz"]


def test_rotation_asks_for_a_folder(store: Store, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="only rotated in a folder"):
        make_backup(settings, tmp_path / "copy.tar.gz", NOW, keep=3)
    with pytest.raises(BackupError, match="was not made: "):
        make_backup(settings, tmp_path / "no" / "such" / "copy.tar.gz", NOW)


def test_there_may_be_nothing_to_copy(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to copy"):
        make_backup(settings, tmp_path / "copy.tar.gz", NOW)


def test_every_damage_is_found(store: Store, settings: Settings, tmp_path: Path) -> None:
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    whole = file.read_bytes()
    other = elsewhere(tmp_path)
    step = len(whole) // 25
    damaged = [whole[:cut] for cut in range(0, len(whole), step)]
    # Not in the header of gzip, of which the time and the system mean nothing.
    damaged += [
        whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :]
        for at in range(20, len(whole) - 8, step)
    ]
    for content in damaged:
        file.write_bytes(content)
        with pytest.raises(BackupError, match="damaged"):
            restore_backup(other, file)
    assert [path.name for path in other.home.iterdir() if path.suffix != ".lock"] == []
    file.write_text("this is no copy")
    with pytest.raises(BackupError, match="damaged, or no copy"):
        restore_backup(other, file)
    with pytest.raises(BackupError, match="There is no file"):
        restore_backup(other, tmp_path / "nothing")


def tar_of(path: Path, **files: bytes) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    return path


def test_only_what_belongs_there_is_taken_out(tmp_path: Path) -> None:
    other = elsewhere(tmp_path)
    for name in ("../outside", "/etc/outside", "index"):
        with pytest.raises(BackupError, match="is in it"):
            restore_backup(other, tar_of(tmp_path / "t.gz", **{name: b"x"}))
    with pytest.raises(BackupError, match="damaged"):
        restore_backup(other, tar_of(tmp_path / "t.gz", **{CONTENTS: b"[]"}))
    old = json.dumps({"format": 99, "files": {}}).encode()
    with pytest.raises(BackupError, match="another version"):
        restore_backup(other, tar_of(tmp_path / "t.gz", **{CONTENTS: old}))
    empty = json.dumps({"format": 1, "files": {}}).encode()
    with pytest.raises(BackupError, match="not what was put in it"):
        restore_backup(other, tar_of(tmp_path / "t.gz", **{CONTENTS: empty}))
    assert not (tmp_path / "outside").exists()


def test_weights_that_were_learned_here_go_along(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    weights = settings.home / "goals" / "0001"
    weights.mkdir(parents=True)
    (weights / "weights.txt").write_text("bias 0")
    (weights.parent / "chosen").write_text("0001\n")
    (weights / "left-behind.tmp").write_text("half")
    file = make_backup(settings, tmp_path / "copy.tar.gz", NOW)
    other = elsewhere(tmp_path)
    (other.home / "goals").mkdir()
    (other.home / "goals" / "chosen").write_text("0007\n")
    aside = restore_backup(other, file)
    assert aside is not None
    assert (aside / "goals" / "chosen").read_text() == "0007\n"
    assert (other.home / "goals" / "chosen").read_text() == "0001\n"
    kept = [path.name for path in (other.home / "goals" / "0001").iterdir()]
    assert kept == ["weights.txt"]


@pytest.mark.parametrize(
    "name", ["goals/../chosen", "goals/0001/../chosen", "/goals/chosen", "goals/0001/a.pickle"]
)
def test_weights_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupError, match="is in it"):
        read_contents(tar_of(tmp_path / "copy.tar.gz", **{name: b"x"}))
