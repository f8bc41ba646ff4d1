"""Reading the word lists in ``index/data``: text that people edit, with comments.

In: a file of UTF-8 text in which ``#`` begins a comment and empty lines mean nothing. Out: its
other lines with their numbers, so that whoever finds a line wrong can say which one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from library.errors import KennisbankError

FOLDER = Path(__file__).parent / "data"


class WordListError(KennisbankError):
    """A word list cannot be read; the message names file and line."""


class Line(NamedTuple):
    """One line that says something: its number in the file, from 1, and its text."""

    number: int
    text: str


def read_lines(path: Path) -> Iterator[Line]:
    """Yield the lines of a word list without comments and empty lines."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WordListError(f"{path.name} cannot be read: {error}") from error
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.split("#", 1)[0].strip()
        if said:
            yield Line(number, said)


def read_words(path: Path) -> frozenset[str]:
    """All words of a list, divided by white space."""
    return frozenset(word for line in read_lines(path) for word in line.text.split())


def broken(path: Path, line: Line, reason: str) -> WordListError:
    """The error for a line that breaks the format of its file."""
    return WordListError(f"{path.name}, line {line.number}: {reason} ({line.text!r})")
