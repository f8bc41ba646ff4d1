"""A copy of an installation in one file, made while everything runs, and an installation made of one.

In: a home. Out: a gzipped tar file with the database as it was at one moment, the key that signs
links, the weights of goals that were learned here, and ``contents.json``, written last, with the
SHA-256 of each. The index is not in it: it is
built again of the documents, as index files of unknown origin must not be opened (threats 4.1, pickle).

What is restored is looked at first: names, checksums, the database's own check, and the migration it
has. Nobody is signed in afterwards, no link to sign in works and mail that waited is gone: those who
signed out, or had the mail, do not meet the past. What was there is set aside, never removed; when it
goes wrong after that, the error tells where it is and how to go back.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from library.errors import KennisbankError, StoreError
from library.settings import Settings
from library.store.copies import copy_database, fault_of, forget_the_moment
from library.store.migrate import known_version
from library.worker import WorkerLock

FORMAT = 1
CONTENTS = "contents.json"
DATABASE = "kennisbank.db"
KEY = "secret-key"
NAMES = (DATABASE, KEY)
GOALS = "goals"
_WEIGHTS = re.compile(rf"{GOALS}/(?:chosen|[0-9]+/[a-z]+\.(?:txt|toml|json))")
"""The files of weights: text that is only ever read as text."""
PREFIX, SUFFIX = "kennisbank-", ".tar.gz"
_BLOCK = 1 << 20


class BackupError(KennisbankError):
    """A copy cannot be made, read or put in place."""


def make_backup(
    settings: Settings, place: Path, now: datetime, *, force: bool = False, keep: int = 0
) -> Path:
    """Write a copy to a file, or under a name with the time into a folder; give the file.

    With ``keep`` only so many of the newest copies stay in that folder.
    """
    if not settings.database.exists():
        raise BackupError(f"There is nothing to copy: {settings.database} does not exist.")
    if keep and not place.is_dir():
        raise BackupError("Copies are only rotated in a folder that exists: give that as FILE.")
    file = place / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}{SUFFIX}" if place.is_dir() else place
    if file.exists() and not force:
        raise BackupError(f"{file} exists already. Use --force to put the new copy in its place.")
    try:
        _write(settings, file, now)
        for old in sorted(place.glob(f"{PREFIX}*{SUFFIX}"))[:-keep] if keep else ():
            old.unlink()
    except (OSError, StoreError, tarfile.TarError) as error:
        raise BackupError(f"The copy {file} was not made: {error}.") from error
    return file


def _write(settings: Settings, file: Path, now: datetime) -> None:
    """Write all of it beside its place, and put it there in one step."""
    with TemporaryDirectory(dir=file.parent, prefix=".kennisbank-") as folder:
        copy, packed = Path(folder) / DATABASE, Path(folder) / "packed"
        copy_database(settings.database, copy)
        files = {DATABASE: copy}
        if (settings.home / KEY).exists():
            files[KEY] = settings.home / KEY
        for path in sorted((settings.home / GOALS).rglob("*")):
            name = path.relative_to(settings.home).as_posix()
            if path.is_file() and _WEIGHTS.fullmatch(name):
                files[name] = path
        contents = {
            "format": FORMAT,
            "made_at": now.isoformat(),
            "migration": known_version(copy),
            "files": {name: _digest(path) for name, path in files.items()},
        }
        _pack(packed, files, json.dumps(contents, indent=1).encode())
        # Read back first: what is in that place may be the only good copy.
        read_contents(packed)
        packed.replace(file)
    _sync(file.parent)


def _pack(packed: Path, files: dict[str, Path], contents: bytes) -> None:
    with (
        _created(packed) as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6) as zipped,
        tarfile.open(fileobj=zipped, mode="w|") as tar,
    ):
        for name, path in files.items():
            with path.open("rb") as file:
                tar.addfile(_member(name, path.stat().st_size), file)
        # Last: what is cut off has no contents, so it is never taken for a whole copy.
        tar.addfile(_member(CONTENTS, len(contents)), BytesIO(contents))


@contextmanager
def _created(path: Path) -> Iterator[IO[bytes]]:
    """Write a file that only its owner may read, and have it on the disk at the end."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def read_contents(file: Path, into: Path | None = None) -> dict[str, Any]:
    """Read all of a copy and compare it with its checksums; keep what is in it in a folder.

    Raises ``BackupError`` when anything is wrong with it.
    """
    found: dict[str, str] = {}
    contents: dict[str, Any] | None = None
    try:
        with gzip.open(file) as unzipped:
            with tarfile.open(fileobj=unzipped, mode="r|") as tar:
                for member in tar:
                    stream = tar.extractfile(member) if member.isfile() else None
                    if stream is None or not _belongs(member.name) or member.name in found:
                        raise BackupError(
                            f"{file} is no copy of Kennisbank: {member.name!r} is in it."
                        )
                    if member.name == CONTENTS:
                        contents = json.loads(stream.read(_BLOCK))
                    else:
                        path = None if into is None else into / member.name
                        found[member.name] = _take(stream, path)
            while unzipped.read(_BLOCK):
                pass  # To its end, where gzip has its own checksum.
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {file}.") from error
    except (OSError, EOFError, ValueError, tarfile.TarError, zlib.error) as error:
        raise BackupError(f"{file} is damaged, or no copy of Kennisbank: {error}.") from error
    if not isinstance(contents, dict):
        raise BackupError(f"{file} is damaged: its end is missing.")
    if contents.get("format") != FORMAT:
        raise BackupError(f"{file} was made by another version of Kennisbank. Use that version.")
    if contents.get("files") != found or DATABASE not in found:
        raise BackupError(f"{file} is damaged: what is in it is not what was put in it.")
    return contents


def _belongs(name: str) -> bool:
    return name in {*NAMES, CONTENTS} or _WEIGHTS.fullmatch(name) is not None


def _take(stream: IO[bytes], into: Path | None) -> str:
    if into is not None:
        into.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with _writing(into) as write:
        while block := stream.read(_BLOCK):
            digest.update(block)
            write(block)
    return digest.hexdigest()


@contextmanager
def _writing(path: Path | None) -> Iterator[Callable[[bytes], object]]:
    if path is None:
        yield lambda _: None
        return
    with _created(path) as file:
        yield file.write


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def restore_backup(settings: Settings, file: Path, *, force: bool = False) -> Path | None:
    """Put a copy in place of what is in the home; give where that was set aside, if there was any.

    The index has to be built afterwards. Raises ``AlreadyRunning`` while a site or worker runs.
    """
    home = settings.home
    with WorkerLock(home, "start"), WorkerLock(home):
        if settings.database.exists() and not force:
            raise BackupError(
                f"There is an installation in {home} already. Use --force to set it aside."
            )
        try:
            with TemporaryDirectory(dir=home, prefix=".restore-") as folder:
                read_contents(file, Path(folder))
                _look_at(Path(folder) / DATABASE, file)
                forget_the_moment(Path(folder) / DATABASE)
                return _exchange(settings, Path(folder), file)
        except (OSError, StoreError) as error:
            raise BackupError(f"{file} was not put in place: {error}.") from error


def _exchange(settings: Settings, folder: Path, file: Path) -> Path | None:
    """Set aside what is in the home and put what is in a folder there; give where the old is."""
    home, placed = settings.home, list[str]()
    aside = home / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    try:
        _set_aside(settings, aside)
        for name in (*NAMES, GOALS):
            if (folder / name).exists():
                (folder / name).replace(home / name)
                placed.append(name)
        _sync(home)
    except (OSError, KeyboardInterrupt) as error:
        if not aside.exists():
            raise
        why = str(error) or "it was stopped"
        raise BackupError(
            f"{file} was not put in place: {why}. {_way_back(home, aside, placed)}"
        ) from error
    return aside if aside.exists() else None


def _way_back(home: Path, aside: Path, placed: list[str]) -> str:
    remove = f"remove {' and '.join(placed)} from {home}, then " if placed else ""
    return (
        f"Nothing that was here is lost: it is in {aside}. To go back, "
        f"{remove}move all that is in that folder to {home}."
    )


def _look_at(database: Path, file: Path) -> None:
    known_version(database)
    if fault := fault_of(database):
        raise BackupError(f"The database in {file} is damaged: {fault}.")


def _set_aside(settings: Settings, aside: Path) -> None:
    """Move what a copy takes the place of, and the index that belongs to it, into a folder."""
    home = settings.home
    mine = [home / name for name in (*NAMES, GOALS, f"{DATABASE}-wal", f"{DATABASE}-shm")]
    there = [path for path in (*mine, settings.index_folder) if path.exists()]
    if there:
        aside.mkdir(mode=0o700)
    for path in there:
        shutil.move(path, aside / path.name)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
