"""The eleven themes: what a collective solves, with the words that point at each.

In: ``data/themes.toml``. Out: ``THEMES``, in the order in which people see them. Their numbers begin
at 101, so that they are never taken for those of goals.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from index.wordlists import FOLDER, WordListError

THEMES_FILE = FOLDER / "themes.toml"
FIRST_NUMBER = 101


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; terms are those of a ``rubric.Subject``."""

    number: int
    name: str
    strong: tuple[str, ...]
    ordinary: tuple[str, ...]
    negative: tuple[str, ...] = ()


def read_themes(path: Path = THEMES_FILE) -> tuple[Theme, ...]:
    """Read the themes; an error tells what is wrong with the file."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found = tuple(
            Theme(number, entry["name"], tuple(entry["strong"]), tuple(entry["ordinary"]))
            for number, entry in enumerate(table["themes"], start=FIRST_NUMBER)
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WordListError(f"{path.name} cannot be read: {error!r}") from error
    for theme in found:
        written = [word.lower() for word in (*theme.strong, *theme.ordinary)]
        if len(set(written)) < len(written):
            raise WordListError(f"{path.name}: a term of {theme.name!r} is written twice")
    return found


THEMES = read_themes()
THEME_NAMES = tuple(theme.name for theme in THEMES)
