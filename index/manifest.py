"""The manifest of a generation: what its files must be, and how far in the store it goes.

In and out: ``manifest.json``, two lines. The first is the SHA-256 of the second, so that a damaged
manifest is found as surely as a damaged file; the second is the manifest as JSON.
"""

import hashlib
import json
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
    """What is known of one generation. ``files`` gives size and SHA-256 by name."""

    number: int
    stamp: str
    revision: int
    documents: int
    built_at: datetime
    files: dict[str, tuple[int, str]]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(size for size, _ in self.files.values())


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
        if measure(folder / name) != expected:
            return f"{name} is damaged"
    return ""
