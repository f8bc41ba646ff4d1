"""Whoosh as an engine: what it is stamped with, and where its writer and reader begin."""

from pathlib import Path

from whoosh import __version__ as whoosh_version

from index.engines.whoosh import codec
from index.engines.whoosh.snapshot import WhooshSnapshot
from index.engines.whoosh.writer import WhooshWriter
from index.files import Files
from index.schema import STAMP


class WhooshEngine:
    """Whoosh-Reloaded, as an ``index.engines.base.Engine``."""

    @property
    def stamp(self) -> str:
        return f"whoosh-{'.'.join(map(str, whoosh_version))} {codec.VERSION} {STAMP}"

    def writer(self, folder: Path, files: Files) -> WhooshWriter:
        return WhooshWriter(folder, files)

    def open(self, folder: Path) -> WhooshSnapshot:
        return WhooshSnapshot(folder)
