"""A theme of the NL Design System in the place of our own colours, font and corners.

In: the CSS file that ``KENNISBANK_THEME`` names, as the theme packages of the NL Design System hold one
(``theme.css``): a class such as ``.voorbeeld-theme``, or ``:root``, with design tokens in it. Out: where the
file is served, and the class that brings its tokens to the page. Which tokens we look at stands in
``site.css`` and nowhere else. A theme brings one set of colours, so our dark ones are left out with it.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from library.errors import SettingsError
from webapp.assets import FOLDER

_CLASS = re.compile(r"\.([\w-]+-theme)\s*[,{]")
_TOKEN = re.compile(r"--(?:utrecht|nl|basis)-[\w-]+")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme file, its address on the site and the class of the page; empty for ``:root``."""

    path: Path
    address: str
    name: str


def read_theme(path: Path | None) -> Theme | None:
    """Read a theme file; none when none is set.

    Raise ``SettingsError`` when the file cannot be read or has no token that our style looks at.
    """
    if path is None:
        return None
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"KENNISBANK_THEME: {path} cannot be read: {error}.") from error
    if not tokens() & set(re.findall(r"(--[\w-]+)\s*:", text)):
        raise SettingsError(
            f"KENNISBANK_THEME: {path} has no design token that the site uses, such as "
            "--utrecht-link-color; take the theme.css of a theme of the NL Design System."
        )
    found = _CLASS.search(text)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Theme(path, f"/static/theme-{digest}.css", found[1] if found else "")


def tokens() -> set[str]:
    """The design tokens that the style sheet takes from a theme."""
    return set(_TOKEN.findall((FOLDER / "site.css").read_text("utf-8")))
