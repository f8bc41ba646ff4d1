"""Whoosh's storage on our seam for files.

Whoosh makes, renames and removes its table of contents through this, and removes segments that were
merged. New files are exclusive: the files of a generation may be hard links to those of the one
before, and nothing may be written into them. Nothing is synced here; ``Generations.publish`` syncs
what is left when all is written.
"""

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from index.files import Files


class SeamStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder that Whoosh writes into."""

    def __init__(self, folder: Path, files: Files) -> None:
        super().__init__(str(folder))
        self._path = folder
        self._files = files

    def create_file(self, name: str, **options: Any) -> StructFile:
        # Whoosh asks for modes "wb" and "w+b"; ours is always new, to be written and read.
        options.pop("mode", None)
        options.pop("excl", None)
        return StructFile(self._files.create(self._path / name), name=name, **options)

    def delete_file(self, name: str) -> None:
        self._files.unlink(self._path / name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 - Whoosh's own signature
        if safe and (self._path / newname).exists():
            raise NameError(f"File {newname!r} exists")
        self._files.replace(self._path / oldname, self._path / newname)
