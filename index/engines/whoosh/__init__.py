"""Whoosh behind our interface; nothing outside this folder knows that it is Whoosh.

``WhooshEngine`` is the door. ``storage`` gives Whoosh files through our seam, ``fields`` maps our
schema, ``writer`` writes a generation, ``snapshot`` searches one, ``queries`` turns a question into
Whoosh's query objects and ``columns`` filters, counts and sorts.
"""

from pathlib import Path

from whoosh import __version__ as whoosh_version

from index.engines.whoosh.snapshot import WhooshSnapshot
from index.engines.whoosh.writer import WhooshWriter
from index.files import Files
from index.schema import STAMP

__all__ = ["WhooshEngine"]


class WhooshEngine:
    """Whoosh-Reloaded, as an ``index.engines.base.Engine``."""

    @property
    def stamp(self) -> str:
        return f"whoosh-{'.'.join(map(str, whoosh_version))} {STAMP}"

    def writer(self, folder: Path, files: Files) -> WhooshWriter:
        return WhooshWriter(folder, files)

    def open(self, folder: Path) -> WhooshSnapshot:
        return WhooshSnapshot(folder)
