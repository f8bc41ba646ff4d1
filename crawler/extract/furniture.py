"""What stands on a page around its text, by signs that a person can check: ``furniture.toml``.

In: the names of an element, or a line of a page. Out: whether it is furniture. These signs hold for any site; what is the habit of one site is learned from its pages
(``crawler.extract.prints``).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crawler.extract.days import without_dates
from crawler.extract.text import lines

_COUNTER_LINE = 100
_COUNTER = re.compile(
    r"\d\s*(?:x|keer|maal)?\s*(?:bekeken|gelezen|weergaven|views|bezoekers|reacties?|likes?)\b"
    r"|\b(?:bekeken|gelezen|weergaven|views|reacties|likes|hits)\s*[:(]\s*\d",
    re.IGNORECASE,
)
ABOUT_LINE = 120
_ABOUT = re.compile(
    r"^(?:ge(?:plaatst|publiceerd|schreven|post|wijzigd)|ingediend|publicatie(?:datum)?|datum|door|auteur"
    r"|redactie|tekst|beeld|foto|laatst (?:bijgewerkt|gewijzigd|bewerkt)|bijgewerkt|aangemaakt|leestijd"
    r"|categorie(?:ën)?|thema|tags?|trefwoorden|details|soort|type|written by|posted)\b",
    re.IGNORECASE,
)
_SHORT_WORDS = 3
"""So many words may stand beside a date in a line that tells it: "Nieuws", "door de redactie"."""

_SIZE_LENGTH = 60
_SIZE = re.compile(
    r"[\s(\[]*(?:\b(?:pdf|docx?|xlsx?|pptx?)\b)?[\s,:-]*\b[\d.,]+\s*[kmg]i?b\b[)\]]*\s*$"
    r"|\s*[(\[](?:pdf|docx?|xlsx?|pptx?)[)\]]\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_WITHOUT = re.compile(r"(?:^|[-_])(?:has|with|no|not|without|one|two|both)[-_]", re.IGNORECASE)
"""A name that tells what a part has or lacks: the page with a sidebar is not the sidebar."""


@dataclass(frozen=True, slots=True)
class _Signs:
    names: re.Pattern[str]
    whole: frozenset[str]
    kept: re.Pattern[str]
    headings: frozenset[str]
    lines: frozenset[str]
    phrases: re.Pattern[str]


def is_named_furniture(names: str) -> bool:
    """Whether the class and id of an element say that it is no text."""
    signs = _signs()
    own = [name for name in names.split() if not _WITHOUT.search(name)]
    joined = " ".join(own)
    if signs.kept.search(joined):
        return False
    return not signs.whole.isdisjoint(own) or signs.names.search(joined) is not None


def without_phrases(text: str) -> str:
    """A text without what scripts put into it."""
    return lines(_signs().phrases.sub(" ", text))


def without_size(text: str) -> str:
    """The name of a file without its type and size: "(pdf, 345 KB)"."""
    return lines("\n".join(_without_end(line) for line in text.split("\n")))


def _without_end(line: str) -> str:
    # Only the end is looked at: on a line of nothing but brackets the pattern would take its time.
    return line[:-_SIZE_LENGTH] + _SIZE.sub("", line[-_SIZE_LENGTH:])


def is_furniture_heading(text: str) -> bool:
    """Whether what stands below a heading is no part of the text: "Lees ook", "3 reacties"."""
    return _DIGITS.sub("#", text.lower()).strip() in _signs().headings


def is_furniture_line(text: str) -> bool:
    """Whether a line is never text, or counts visits or reactions, or claims a copyright."""
    if len(text) > _COUNTER_LINE:
        return False
    plain = _DIGITS.sub("#", text.lower()).strip()
    return plain in _signs().lines or plain.startswith("©") or _COUNTER.search(text) is not None


def is_about_page(text: str) -> bool:
    """A short line that tells date, writer or subject of the page, or hardly more than a date."""
    if len(text) > ABOUT_LINE or text.endswith((".", "!", "?")):
        return False
    if _ABOUT.search(text):
        return True
    rest = without_dates(text)
    return rest != text and len(_WORD.findall(rest)) <= _SHORT_WORDS


@cache
def _signs() -> _Signs:
    table = tomllib.loads(Path(__file__).with_name("furniture.toml").read_text("utf-8"))
    phrases = "|".join(re.escape(phrase) for phrase in table["phrases"]["cut"])
    return _Signs(
        names=_names(table["names"]["furniture"]),
        whole=frozenset(table["names"]["whole"]),
        kept=_names(table["names"]["kept"]),
        headings=frozenset(table["headings"]["furniture"]),
        lines=frozenset(table["lines"]["furniture"]),
        phrases=re.compile(phrases.replace(r"\ ", r"\s+"), re.IGNORECASE),
    )


def _names(words: list[str]) -> re.Pattern[str]:
    """One pattern for all names, each between marks that divide the parts of a name."""
    inner = "|".join(re.escape(word).replace(r"\*", r"[a-z0-9]*") for word in words)
    return re.compile(rf"(?:^|[-_\s])(?:{inner})(?=$|[-_\s])", re.IGNORECASE)
