"""Every operation on files that changes the index, in one place that a test can put its hand in.

In: paths. Out: changes on disk. ``Disk`` does what it says; tests wrap it to lose writes that were
not synced or to fail the n-th operation (threats, F5 and F6). Reading needs no seam: what is read
is checked against a manifest.
"""

import os
import shutil
from pathlib import Path
from typing import BinaryIO, Protocol, cast


class Files(Protocol):
    """What a writer of the index does to a disk."""

    def create(self, path: Path) -> BinaryIO:
        """Make a new file to write and read; an existing one is an error, it may be shared."""

    def sync(self, path: Path) -> None:
        """Return when the content of a file, or the names in a folder, would survive a cut."""

    def replace(self, source: Path, target: Path) -> None:
        """Give a file another name, in place of what had that name."""

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name."""

    def unlink(self, path: Path) -> None:
        """Take a name away."""

    def make_folder(self, path: Path) -> None:
        """Make a folder for its owner alone; one that exists is fine."""

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""

    def free_bytes(self, folder: Path) -> int:
        """Tell how much room there is."""


class Disk:
    """The files of this machine."""

    def create(self, path: Path) -> BinaryIO:
        return cast("BinaryIO", path.open("x+b"))

    def sync(self, path: Path) -> None:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        target.hardlink_to(source)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        # The mode matters: whoever can write here can run code, since Whoosh pickles its segments.
        path.mkdir(mode=0o700, exist_ok=True)

    def remove_folder(self, path: Path) -> None:
        path.rmdir()

    def free_bytes(self, folder: Path) -> int:
        return shutil.disk_usage(folder).free
