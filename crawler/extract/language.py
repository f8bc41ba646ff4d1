"""The language of a text: what the page states, checked against its words.

In: the stated language and the text. Out: a code of two letters. Only the five languages that Dutch
sites are made in are told apart, which py3langid does with few mistakes. Short texts are not judged:
a Dutch title of six words may look like Afrikaans, German or Frisian.
"""

import lzma
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, Any, Self

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

LANGUAGES = ("nl", "en", "de", "fr", "fy")
BYTES = 256
AT_A_TIME = 128
"""Rows of the model that are in memory at the same time, each with what the system reads around it."""
LATIN = np.array([*range(0xC0), *range(0xC2, 0xCA), 0xE2])
"""Bytes of UTF-8 that Latin letters with their signs are made of, and those of dashes and quotes."""
_ENOUGH = 200
_SAMPLE = 4000
_ARRAYS = ("ptc", "pc", "classes", "nextmove", "nextmove_row", "out_feat")

Numbers = NDArray[np.integer]


def language_of(text: str, stated: str | None) -> str:
    """The language that the words are in, or the stated one for a short text; Dutch by default."""
    if stated is not None and stated not in LANGUAGES:
        return stated
    if len(text) < _ENOUGH:
        return stated or "nl"
    found, _ = _identifier().classify(text[:_SAMPLE])
    return str(found)


@cache
def _identifier() -> LanguageIdentifier:
    """What tells our languages apart, from the model that comes with py3langid.

    Read here, part by part, and cut down to what our languages are written in: whole, the model and
    what Python makes of it take 60 MB of every parser, of which 12 are left; what it tells of texts
    in Latin script stays the same.
    """
    with tempfile.TemporaryFile() as unpacked, ExitStack() as files:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, unpacked, 1 << 20)
        with zipfile.ZipFile(unpacked) as model:
            kept = {name: files.enter_context(_Kept.of(model, name)) for name in _ARRAYS}
        classes = kept["classes"].rows().tolist()
        ours = np.array([n for n, language in enumerate(classes) if language in LANGUAGES])
        following, rows, features = _latin(
            kept["nextmove"], kept["nextmove_row"].rows(), kept["out_feat"].rows()
        )
        return LanguageIdentifier(
            np.concatenate([part for _, part in kept["ptc"].parts(columns=ours)]),
            kept["pc"].rows()[ours],
            [classes[n] for n in ours],
            following.reshape(-1).data,
            features.data,
            tk_row=rows.tolist(),
        )


@dataclass
class _Kept:
    """An array in a file without a name, of which only some rows need be in memory at a time."""

    file: IO[bytes]
    kind: np.dtype[Any]
    shape: tuple[int, ...]

    @classmethod
    @contextmanager
    def of(cls, archive: zipfile.ZipFile, name: str) -> Iterator[Self]:
        """Take an array out of an archive of NumPy."""
        with archive.open(f"{name}.npy") as stored, tempfile.TemporaryFile() as file:
            if np.lib.format.read_magic(stored) != (1, 0):
                raise RuntimeError("the model of py3langid is not of the version that is read here")
            shape, _, kind = np.lib.format.read_array_header_1_0(stored)
            shutil.copyfileobj(stored, file, 1 << 20)
            yield cls(file, kind, (shape[0] // BYTES, BYTES) if name == "nextmove" else shape)

    def rows(self, some: Numbers | slice = slice(None)) -> NDArray[Any]:
        """Some rows, or all, in memory."""
        mapped = np.memmap(self.file, self.kind, "r").reshape(self.shape)
        return np.array(mapped[some])

    def parts(
        self, some: Numbers | None = None, *, columns: Numbers
    ) -> Iterator[tuple[Numbers, NDArray[Any]]]:
        """Some rows, or all, by some columns, a part at a time; before it which of the rows are in it."""
        wanted = np.arange(self.shape[0]) if some is None else some
        for part in np.array_split(np.arange(len(wanted)), len(wanted) // AT_A_TIME + 1):
            yield part, self.rows(wanted[part])[:, columns]


def _latin(table: _Kept, rows: Numbers, features: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The part of an automaton that bytes of Latin script lead to; other bytes lead to its begin.

    In and out: the next states, one for each byte of each row, the row of each state, and the feature
    of each.
    """
    reached, new = np.zeros(len(rows), bool), np.zeros(len(rows), bool)
    new[0] = True
    while new.any():
        reached |= new
        for _, following in table.parts(np.unique(rows[new]), columns=LATIN):
            new[following] = True
        new &= ~reached
    states = np.flatnonzero(reached)
    numbers: Numbers = np.zeros(len(rows), np.min_scalar_type(len(states)))
    numbers[states] = np.arange(len(states))
    kept, rows_kept = np.unique(rows[states], return_inverse=True)
    smaller: Numbers = np.zeros((len(kept), BYTES), numbers.dtype)
    for some, following in table.parts(kept, columns=LATIN):
        smaller[np.ix_(some, LATIN)] = numbers[following]
    return smaller, rows_kept, features[states]
