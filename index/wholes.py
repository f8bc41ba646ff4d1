"""What several words say as one: dates, articles of laws, names, hyphened and shortened compounds.

In: a text and its words. Out: where such a thing stands and the terms that it has as a whole. They
stand beside the terms of the words, so the words apart still find it:

- "13 april 2024", "13-04-2024" and "2024-04-13" are 2024-04-13, and with "april 2024" 2024-04;
- "artikel 2.3, tweede lid, van de Wmo 2015" is artikel_2.3, and the same with its lid and its law;
- a name from ``data/names.txt`` is one term, whichever of its names is written;
- "zorg-coöperatie" is also zorgcoöperatie, "bewoners- en buurtgroepen" also bewonersgroepen,
  "buurthuizen en -kamers" also buurtkamers, "dorps-/wijkraad" also dorpsraad;
- "3,5" is one number beside 3 and 5.

A slash between whole words only divides them: en/of, kosten/baten. Two numbers with a hyphen
between them are a period or a telephone number and stay apart, and so does what is longer than a
word can be.

Looking closer begins only at a sign (a hyphen, a comma between digits) or at one of the words that
such a thing begins with, so that a text without them costs one look at each of its words.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from index import compounds
from index.letters import LONGEST_WORD, may_begin, normalise
from index.wordlists import FOLDER, broken, read_lines

NAMES_FILE = FOLDER / "names.txt"
NAME = "naam_"
"""What the term of a name begins with; no word has a sign like that in it."""
ARTICLE = "artikel_"
"""The same for an article of a law."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb february", "maart mrt march", "april apr",
            "mei may", "juni jun june", "juli jul july", "augustus aug august",
            "september sep sept", "oktober okt oct october", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Dutch and English names of months with their abbreviations."""

ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5,
    "zesde": 6, "zevende": 7, "achtste": 8, "negende": 9, "tiende": 10,
}  # fmt: skip

_LETTERS = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[-\u2010\u2011]|[,/.](?<=\d.)(?=\d)")
_HYPHENS = "-\u2010\u2011"
_CHAIN = re.compile(rf"[^\W_]+(?:[{_HYPHENS}][^\W_]+)+(?![^\W_])")
_AND = r"(?:\s+(?:en/of|en|of|and|or)\s+|\s*/\s*)"
_SHORTENED = re.compile(rf"[{_HYPHENS}](?:(?:,\s+|{_AND})[^\W_]+[{_HYPHENS}])*{_AND}([^\W_]+)")
_SHORTENED_BEFORE = re.compile(rf"(?<![^\W_])([^\W_]+){_AND}$")
_NUMERIC_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![-\d])"
    r"|(?P<day_of>\d{1,2})(?P<sign>[-/.])(?P<month_of>\d{1,2})(?P=sign)"
    r"(?P<year_of>\d{4})(?![-\d])"
)
_OPEN_HYPHEN = re.compile(rf"[^\W_][{_HYPHENS}](?![^\W_])|(?<![^\W_])[{_HYPHENS}][^\W_]")
_BOUND_HEAD = "geving"
_DECIMAL = re.compile(r"(\d+),(\d+)(?![\w,]|\.\d)")
_DAY_BEFORE = re.compile(r"(\d{1,2})(?:e|ste|de)?\.?\s+$")
_YEAR_AFTER = re.compile(r"[^\W_]+\.?\s+((?:1[89]|20|21)\d\d)(?![^\W_])")
_ARTICLE = re.compile(
    r"art(?:ikel(?:en)?)?\.?\s*+(?P<number>\d+[a-z]{0,2}(?:[.:]\d+[a-z]{0,2})*)(?![^\W_])"
    rf"(?:,?\s+(?:(?P<ordinal>{'|'.join(ORDINALS)})\s+lid|lid\s+(?P<lid>\d+[a-z]?))(?![^\W_]),?)?"
    r"(?:,?\s+(?:aanhef\s+en\s+)?(?:onder|onderdeel|sub)\s+[^\W_]+,?)?"
    r"(?:\s+van)?(?:\s+(?:de|het))?\s*",
    re.IGNORECASE,
)
_LID = re.compile(r"lid\s+(\d+[a-z]?)(?![^\W_])", re.IGNORECASE)
_ORDINAL_BEFORE = re.compile(rf"(?<![^\W_])({'|'.join(ORDINALS)})\s+$", re.IGNORECASE)
_YEAR_OF_LAW = re.compile(r"\s+((?:19|20)\d\d)(?![^\W_])")
_AROUND = 20
"""Letters on both sides of a name in capitals that tell whether everything is in capitals."""


class Whole(NamedTuple):
    """Words that say one thing, ``text[start:end]``: its term, or a compound to be analysed."""

    start: int
    end: int
    term: str = ""
    compound: str = ""


class Name(NamedTuple):
    """A name as it may be written, and the term that it has."""

    written: str
    term: str
    is_law: bool
    needs_capitals: bool


class _Names(NamedTuple):
    """All names that begin with one word, longest first, as one expression and by what it matched."""

    pattern: re.Pattern[str]
    known: Mapping[str, Name]


def find(text: str, words: Collection[str], *, signs: bool = True) -> list[Whole]:
    """Give the wholes of a text in order; ``words`` are its words as they stand in it.

    Where no sign in it can be part of a whole, ``signs`` need not be looked at.
    """
    found = list(_at_signs(text)) if signs else []
    for trigger in _TRIGGERS.intersection(words):
        look = TRIGGERS[trigger]
        for place in _places(text, trigger):
            # No look finds anything that begins before the word, unless at a word of its own.
            if may_begin(text, place):
                found += look(text, place)
    return sorted(one for one in found if may_begin(text, one.start))


def is_open(piece: str) -> bool:
    """Whether a hyphen in a piece between two spaces may stand for words beside that piece."""
    return _OPEN_HYPHEN.search(piece) is not None


def _first_word(text: str, place: int) -> str:
    """The letters and digits that stand at a place, in small letters."""
    found = _LETTERS.match(text, place, place + LONGEST_WORD)
    return found[0].lower() if found else ""


def _places(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + len(word))


def _at_signs(text: str) -> Iterator[Whole]:
    """What has a hyphen in it, or a sign between digits."""
    done = 0
    for sign in _SIGN.finditer(text):
        place = sign.start()
        if place < done:
            continue
        for whole in _at_sign(text, place):
            done = max(done, whole.end)
            yield whole


def _at_sign(text: str, place: int) -> Iterator[Whole]:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if before.isdigit() and after.isdigit():
        yield from _number(text, _start_of(text, place))
    elif text[place] not in _HYPHENS:
        return
    elif before.isalnum() and after.isalnum():
        yield from _hyphened(text, _start_of(text, place))
    elif before.isalnum():
        yield from _shortened(text, place)
    elif after.isalpha():
        yield from _shortened_before(text, place)


def _start_of(text: str, end: int) -> int:
    start = end
    while start and end - start <= LONGEST_WORD and text[start - 1].isalnum():
        start -= 1
    return start


def _number(text: str, start: int) -> Iterator[Whole]:
    dated = _NUMERIC_DATE.match(text, start)
    if dated:
        said = dated.groupdict()
        year, month, day = (said[name] or said[f"{name}_of"] for name in ("year", "month", "day"))
        if is_date(int(year), int(month), int(day)):
            yield Whole(start, dated.end(), f"{year}-{int(month):02}-{int(day):02}")
            month_from = start if said["year"] else dated.start("month_of")
            yield Whole(month_from, dated.end(), f"{year}-{int(month):02}")
        return
    decimal = _DECIMAL.match(text, start)
    if decimal and decimal.end() - start <= LONGEST_WORD:
        behind = decimal[2].rstrip("0")
        if behind:
            yield Whole(start, decimal.end(), f"{decimal[1]},{behind}")


def is_date(year: int, month: int, day: int) -> bool:
    """Whether there is such a day."""
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _hyphened(text: str, start: int) -> Iterator[Whole]:
    chain = _CHAIN.match(text, start)
    if chain and len(chain[0]) <= LONGEST_WORD:
        pieces = re.split(f"[{_HYPHENS}]", chain[0])
        if not all(map(str.isdigit, pieces)):
            yield Whole(start, chain.end(), compound="".join(pieces))


def _shortened(text: str, hyphen: int) -> Iterator[Whole]:
    """ "bewoners- en buurtgroepen": what stands before the hyphen with the end of what follows."""
    start = _start_of(text, hyphen)
    full = _SHORTENED.match(text, hyphen)
    if full:
        parts = _parts_of(normalise(full[1][:LONGEST_WORD]))
        if parts:
            yield Whole(start, hyphen, compound=text[start:hyphen] + parts[-1])


def _parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound; "geving" is no word, and yet it is shared in "wet- en regelgeving"."""
    head = word.removesuffix(_BOUND_HEAD)
    return compounds.split(word) or ((head, _BOUND_HEAD) if head != word else ())


def _shortened_before(text: str, hyphen: int) -> Iterator[Whole]:
    """ "buurthuizen en -kamers": the beginning of what goes before with what follows."""
    before = text[max(0, hyphen - LONGEST_WORD - _AROUND) : hyphen]
    full = _SHORTENED_BEFORE.search(before)
    if full:
        word = normalise(full[1])
        parts = _parts_of(word)
        tail = _first_word(text, hyphen + 1)
        if parts and tail:
            joined = word.removesuffix(parts[-1]) + tail
            yield Whole(hyphen + 1, hyphen + 1 + len(tail), compound=joined)


def _month(text: str, place: int) -> Iterator[Whole]:
    after = _YEAR_AFTER.match(text, place)
    if after is None:
        return
    month, year = MONTHS.get(_first_word(text, place)), int(after[1])
    if month is None:
        return
    yield Whole(place, after.end(), f"{year}-{month:02}")
    before = _DAY_BEFORE.search(text, max(0, place - 8), place)
    if before and is_date(year, month, int(before[1])):
        yield Whole(before.start(), after.end(), f"{year}-{month:02}-{int(before[1]):02}")


def _article(text: str, place: int) -> Iterator[Whole]:
    found = _ARTICLE.match(text, place)
    if found is None:
        return
    article = f"{ARTICLE}{found['number'].lower()}"
    yield Whole(place, found.end("number"), article)
    lid = found["lid"] or ORDINALS.get((found["ordinal"] or "").lower())
    if lid:
        yield Whole(place, found.end("lid" if found["lid"] else "ordinal"), f"{article}_lid_{lid}")
    names = NAMES.get(_first_word(text, found.end()))
    for end, name in _named(names, text, found.end()) if names else ():
        if name.is_law:
            yield Whole(place, end, f"{article}_{name.term}")


def _lid(text: str, place: int) -> Iterator[Whole]:
    found = _LID.match(text, place)
    if found:
        yield Whole(place, found.end(), f"lid_{found[1].lower()}")
        return
    before = _ORDINAL_BEFORE.search(text, max(0, place - _AROUND), place)
    if before:
        yield Whole(before.start(), place + 3, f"lid_{ORDINALS[before[1].lower()]}")


def _looking_for(names: _Names) -> "Look":
    """A look for all names that begin with one word."""

    def look(text: str, place: int) -> Iterator[Whole]:
        for end, name in _named(names, text, place):
            yield Whole(place, end, name.term)
            year = _YEAR_OF_LAW.match(text, end) if name.is_law else None
            if year:
                yield Whole(place, year.end(), f"{name.term}_{year[1]}")

    return look


def _named(names: _Names, text: str, place: int) -> Iterator[tuple[int, Name]]:
    """The longest of the names that begins at a place, with its end."""
    found = names.pattern.match(text, place)
    if found:
        name = names.known[_spaced(found[0]).lower()]
        if not name.needs_capitals or _has_its_capitals(text, found, name):
            yield found.end(), name


def _has_its_capitals(text: str, found: re.Match[str], name: Name) -> bool:
    """Whether a name is written as it should be, and not only because everything is in capitals."""
    if _spaced(found[0]) != name.written:
        return False
    around = text[max(0, found.start() - _AROUND) : found.start()]
    around += text[found.end() : found.end() + _AROUND]
    return not around.isupper()


def _spaced(written: str) -> str:
    return " ".join(written.split())


def read_names(path: Path) -> tuple[Name, ...]:
    """Read the list of names; a name that two lines claim is an error."""
    found: dict[str, Name] = {}
    for line in read_lines(path):
        is_law = line.text.startswith("§")
        names = [_spaced(name) for name in line.text.removeprefix("§").split(",")]
        if not all(names):
            raise broken(path, line, "a name is missing")
        term = "_".join(normalise(part) for part in _LETTERS.findall(names[0]))
        for name in names:
            written = name.rstrip("!")
            if written.lower() in found:
                raise broken(path, line, f"{written} already stands in another line")
            found[written.lower()] = Name(written, f"{NAME}{term}", is_law, name.endswith("!"))
    return tuple(found.values())


def _by_first_word(names: Collection[Name]) -> dict[str, _Names]:
    grouped: dict[str, list[Name]] = {}
    for name in sorted(names, key=lambda one: -len(one.written)):
        grouped.setdefault(_first_word(name.written, 0), []).append(name)
    return {first: _expression(same) for first, same in grouped.items()}


def _expression(names: list[Name]) -> _Names:
    either = "|".join(r"\s+".join(map(re.escape, one.written.split())) for one in names)
    pattern = re.compile(rf"(?:{either})(?![^\W_])", re.IGNORECASE)
    return _Names(pattern, {one.written.lower(): one for one in names})


Look = Callable[[str, int], Iterator[Whole]]


def _triggers(names: Collection[Name]) -> dict[str, Look]:
    """The words at which to look closer, in small letters, with one capital and all in capitals."""
    looks: dict[str, Look] = {first: _looking_for(same) for first, same in NAMES.items()}
    looks |= dict.fromkeys(MONTHS, _month)
    looks |= dict.fromkeys(("artikel", "artikelen", "art"), _article)
    looks["lid"] = _lid
    # As they stand in names: LSA, NLdoet, VSBfonds.
    written = {_LETTERS.findall(name.written)[0] for name in names}
    return {
        variant: look
        for word, look in looks.items()
        for variant in (word, word.capitalize(), word.upper())
    } | {word: looks[word.lower()] for word in written}


_READ = read_names(NAMES_FILE)
NAMES = _by_first_word(_READ)
TRIGGERS = _triggers(_READ)
_TRIGGERS = frozenset(TRIGGERS)
