"""The manifest of a generation: what its files must be, and how far in the store it goes.

In and out: ``manifest.json``, two lines. The first is the SHA-256 of the second, so that a damaged
manifest is found as surely as a damaged file; the second is the manifest as JSON.

A file that this process has read and found good is not read again as long as it is the same file
with the same size and time of change: of the files of an update most are those of the generation
before. What a disk loses later in silence is found by the next process.
"""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

NAME = "manifest.json"
_BLOCK = 1 << 20


class Damaged(Exception):
    """A generation is not what its manifest says; the text tells how."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of one generation. ``files`` gives size and SHA-256 by name.

    ``instead_of`` is set when somebody put this older content back: the number of the generation that
    it took the place of. Such an index is held: what changed comes in only when it is asked for.
    """

    number: int
    stamp: str
    revision: int
    documents: int
    built_at: datetime
    files: dict[str, tuple[int, str]]
    instead_of: int = 0

    @property
    def is_held(self) -> bool:
        """Whether a person put this generation back in the place of a newer one."""
        return self.instead_of > 0

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(size for size, _ in self.files.values())


@dataclass(frozen=True, slots=True)
class _Mark:
    """What changes when a file does. Links to one file, in several generations, share it."""

    device: int
    inode: int
    size: int
    changed_at: int


_known: dict[_Mark, tuple[int, str]] = {}
"""Files that were measured, oldest first."""
_MOST = 1_000
"""Files to remember: 300 bytes each."""
_SETTLED = 2 * 10**9
"""Nanoseconds after which a change would get another time: some disks tell whole seconds."""


def _measured(path: Path) -> tuple[int, str]:
    """Give size and SHA-256 of a file, read now or before."""
    status = path.stat()
    mark = _Mark(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    found = _known.get(mark)
    if found is None:
        found = measure(path)
        if time.time_ns() - mark.changed_at > _SETTLED:
            _known[mark] = found
            for oldest in list(_known)[:-_MOST]:
                _known.pop(oldest, None)
    return found


def measure(path: Path) -> tuple[int, str]:
    """Give size and SHA-256 of a file."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def write(manifest: Manifest) -> bytes:
    """Give the content of the file."""
    fields = asdict(manifest) | {"built_at": manifest.built_at.isoformat()}
    body = json.dumps(fields, sort_keys=True).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body + b"\n"


def read(content: bytes) -> Manifest:
    """Read the content of the file; raise ``Damaged`` when one bit of it is wrong."""
    digest, _, rest = content.partition(b"\n")
    body = rest.removesuffix(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest or rest == body:
        raise Damaged("its manifest is damaged")
    fields: dict[str, Any] = json.loads(body)
    files = {name: (size, sha) for name, (size, sha) in fields.pop("files").items()}
    built_at = datetime.fromisoformat(fields.pop("built_at"))
    return Manifest(**fields, built_at=built_at, files=files)


def check(folder: Path, number: int, stamp: str) -> Manifest:
    """Read the manifest in a folder and compare everything with it; raise ``Damaged``."""
    try:
        manifest = read((folder / NAME).read_bytes())
        fault = _fault(manifest, folder, number, stamp)
    except OSError as error:
        raise Damaged(f"it cannot be read: {error.strerror}") from error
    if fault:
        raise Damaged(fault)
    return manifest


def _fault(manifest: Manifest, folder: Path, number: int, stamp: str) -> str:
    if manifest.number != number:
        return f"it is generation {manifest.number}"
    if manifest.stamp != stamp:
        return "it was made by another version of the program"
    odd = {path.name for path in folder.iterdir()} - {NAME} ^ set(manifest.files)
    if odd:
        return f"{min(odd)} is missing or does not belong there"
    for name, expected in sorted(manifest.files.items()):
        if _measured(folder / name) != expected:
            return f"{name} is damaged"
    return ""
