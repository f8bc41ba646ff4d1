"""Whoosh as an engine: what it is stamped with, and where its writer and reader begin."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from whoosh import __version__ as whoosh_version

from index.engines.whoosh import codec
from index.engines.whoosh.snapshot import CACHE_BYTES, WhooshSnapshot
from index.engines.whoosh.writer import WhooshWriter
from index.files import Files
from index.schema import STAMP
from index.scoring import SCORING, Scoring


class WhooshEngine:
    """Whoosh-Reloaded, as an ``index.engines.base.Engine``.

    Each open generation keeps up to ``cache_bytes`` of what it worked out, and ranks by ``scoring``.
    """

    def __init__(self, cache_bytes: int = CACHE_BYTES, scoring: Scoring = SCORING) -> None:
        self._cache_bytes = cache_bytes
        self._scoring = scoring

    @property
    def stamp(self) -> str:
        return f"whoosh-{'.'.join(map(str, whoosh_version))} {codec.VERSION} {STAMP}"

    def writer(self, folder: Path, files: Files) -> WhooshWriter:
        return WhooshWriter(folder, files)

    def open(self, folder: Path, weights: Mapping[str, float] | None = None) -> WhooshSnapshot:
        scoring = self._scoring
        if weights:
            scoring = replace(scoring, weights={**scoring.weights, **weights})
        return WhooshSnapshot(folder, self._cache_bytes, scoring)
