"""Disks that fail: one loses power, one fails at its n-th operation.

``CuttableDisk`` does every operation at once, as a cache does, and remembers what was synced. After
the cut ``crash`` writes what a disk might hold then: names and contents that were synced, and of the
rest any part in any order, whole, shortened, with zeros in it or not at all (the method of Lucene's
and SQLite's own tests).
"""

import errno
import io
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from index.files import Disk


class PowerCut(BaseException):
    """The machine is off: nothing can be tidied up."""


@dataclass(eq=False)
class FileNode:
    """A file: what was synced of it, and a handle to read what the program has written."""

    handle: io.BufferedReader
    synced: bytes = b""

    def content(self) -> bytes:
        self.handle.seek(0)
        return self.handle.read()

    def after_cut(self, chance: random.Random) -> bytes:
        content = self.content()
        if content == self.synced:
            return content
        match chance.choice(("whole", "shortened", "zeros", "lost")):
            case "whole":
                return content
            case "shortened":
                return content[: chance.randrange(len(content) + 1)]
            case "zeros":
                start = chance.randrange(len(content) + 1)
                length = chance.randrange(len(content) + 1 - start)
                return content[:start] + bytes(length) + content[start + length :]
        return self.synced


Names = dict[str, "Node | None"]


@dataclass(eq=False)
class FolderNode:
    """A folder: the names that were synced, and the changes since, each one whole or not at all."""

    synced: dict[str, "Node"] = field(default_factory=dict)
    pending: list[Names] = field(default_factory=list)

    def names(self) -> dict[str, "Node"]:
        return self._with(self.pending)

    def after_cut(self, chance: random.Random) -> dict[str, "Node"]:
        return self._with([change for change in self.pending if chance.random() < 0.5])

    def _with(self, changes: list[Names]) -> dict[str, "Node"]:
        names = dict(self.synced)
        for change in changes:
            for name, node in change.items():
                if node is None:
                    names.pop(name, None)
                else:
                    names[name] = node
        return names


Node = FileNode | FolderNode


class CuttableDisk(Disk):
    """Does what a disk does, until its ``cut_at``-th operation."""

    def __init__(self, root: Path, *, cut_at: int | None = None) -> None:
        self.operations = 0
        self._cut_at = cut_at
        self._root = root
        self._top = FolderNode()
        self._handles: list[io.BufferedReader] = []

    def create(self, path: Path) -> BinaryIO:
        self._count()
        file = super().create(path)
        node = FileNode(path.open("rb"))
        self._handles.append(node.handle)
        self._change(path, node)
        return file

    def sync(self, path: Path) -> None:
        self._count()
        node = self._node(path)
        if isinstance(node, FileNode):
            node.synced = node.content()
        else:
            node.synced, node.pending = node.names(), []

    def replace(self, source: Path, target: Path) -> None:
        self._count()
        super().replace(source, target)
        assert source.parent == target.parent
        folder = self._folder(source.parent)
        folder.pending.append({target.name: folder.names()[source.name], source.name: None})

    def link(self, source: Path, target: Path) -> None:
        self._count()
        super().link(source, target)
        self._change(target, self._node(source))

    def unlink(self, path: Path) -> None:
        self._count()
        super().unlink(path)
        self._change(path, None)

    def make_folder(self, path: Path) -> None:
        self._count()
        if not path.exists():
            super().make_folder(path)
            self._change(path, FolderNode())

    def remove_folder(self, path: Path) -> None:
        self._count()
        super().remove_folder(path)
        self._change(path, None)

    def crash(self, chance: random.Random, into: Path) -> None:
        """Write what is left after the cut into an empty folder."""
        self._write(self._top, chance, into)

    def close(self) -> None:
        for handle in self._handles:
            handle.close()

    def _write(self, node: FolderNode, chance: random.Random, into: Path) -> None:
        for name, child in sorted(node.after_cut(chance).items()):
            if isinstance(child, FolderNode):
                (into / name).mkdir()
                self._write(child, chance, into / name)
            else:
                (into / name).write_bytes(child.after_cut(chance))

    def _count(self) -> None:
        self.operations += 1
        if self._cut_at is not None and self.operations >= self._cut_at:
            raise PowerCut

    def _change(self, path: Path, node: Node | None) -> None:
        self._folder(path.parent).pending.append({path.name: node})

    def _node(self, path: Path) -> Node:
        node: Node = self._top
        for name in path.relative_to(self._root).parts:
            assert isinstance(node, FolderNode)
            node = node.names()[name]
        return node

    def _folder(self, path: Path) -> FolderNode:
        node = self._node(path)
        assert isinstance(node, FolderNode)
        return node


class FailingDisk(Disk):
    """Fails once, at its ``fail_at``-th operation; writes count as they reach the system."""

    def __init__(self, fail_at: int, code: int = errno.EIO) -> None:
        self.operations = 0
        self.failed = ""
        self._fail_at = fail_at
        self._code = code

    def count(self, name: str, path: Path) -> None:
        self.operations += 1
        if self.operations == self._fail_at:
            self.failed = f"{name} {path.name}"
            raise OSError(self._code, errno.errorcode[self._code], str(path))

    def create(self, path: Path) -> BinaryIO:
        self.count("create", path)
        return cast("BinaryIO", io.BufferedRandom(_FailingFile(self, path)))

    def sync(self, path: Path) -> None:
        self.count("sync", path)

    def replace(self, source: Path, target: Path) -> None:
        self.count("replace", target)
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self.count("link", target)
        super().link(source, target)

    def unlink(self, path: Path) -> None:
        self.count("unlink", path)
        super().unlink(path)

    def make_folder(self, path: Path) -> None:
        self.count("make_folder", path)
        super().make_folder(path)

    def remove_folder(self, path: Path) -> None:
        self.count("remove_folder", path)
        super().remove_folder(path)


class _FailingFile(io.FileIO):
    """A file whose writes count."""

    def __init__(self, disk: FailingDisk, path: Path) -> None:
        super().__init__(path, "x+")
        self._disk = disk
        self._path = path

    def write(self, data: object, /) -> int:
        self._disk.count("write", self._path)
        return super().write(data)  # type: ignore[arg-type]  # the buffer above gives what FileIO takes
