"""The one place a document is about: a municipality or a province of the Netherlands, or none.

In: a document, and ``data/places.txt``. Out: ``Place`` with the name and the words that told it. A
document is about a place when its title names only that one; or what it begins with does, and the rest
is not of others; or when most of all names in it are of that place, three at least; or when it is of
that municipality's own. A name that is a plain word too (Best, Huizen, Leiden) counts behind words as
"in" and "gemeente". The same name for a city and its province is the city, unless "provincie" stands
before it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from index.wordlists import FOLDER, Line, broken, read_lines
from library.document import Document

PLACES_FILE = FOLDER / "places.txt"
BEFORE = frozenset(
    {"gemeente", "in", "te", "uit", "naar", "bij", "rond", "vanuit", "binnen", "buiten", "omgeving"}
)
"""Words behind which a name that is a plain word too is a place."""
OF_ITSELF = frozenset({"gemeente"})
"""The only word behind which one is that stands there as a plain word as well ("in huizen")."""
PROVINCE = "provincie"
QUARTERS = ("Noord", "Oost", "Zuid", "West", "Centrum", "Zuidoost", "Noordoost", "Zuidwest")
LEAD_CHARACTERS = 300
LEAST_NAMED = 3
"""Times that a place must be named to be what a document is about, without title or beginning."""
MOSTLY = 0.7
TWICE = 2
"""The same where it is the only one in the beginning."""
MOST_CHARACTERS = 200_000
"""Characters that are looked through; what a longer document is about has been said by then."""

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CAPITAL = re.compile(r"(?<![\w'’-])['’]?(?:[A-Z]|s-[GH])[^\W_]*(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality with its province, or a province alone; ``evidence`` are the words that told it."""

    province: str
    municipality: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What one may choose to find it: the province, and the municipality."""
        whole = province_name(self.province)
        return (whole, self.municipality) if self.municipality else (whole,)


class _Known(NamedTuple):
    """A name as it is written, word by word, what it means, and behind which words only it does."""

    words: tuple[str, ...]
    place: Place
    behind: frozenset[str] | None = None


def province_name(province: str) -> str:
    """The name of a province where that of a city may stand too."""
    return f"{PROVINCE} {province}"


class Gazetteer:
    """Names of places, ready to be found."""

    def __init__(self, known: Sequence[_Known]) -> None:
        self._first: dict[str, list[_Known]] = {}
        # A city before the province of the same name.
        for one in sorted(known, key=lambda one: (-len(one.words), not one.place.municipality)):
            self._first.setdefault(one.words[0], []).append(one)
        self.places = tuple(dict.fromkeys(one.place for one in known))

    def named(self, text: str) -> Iterator[tuple[Place, str]]:
        """Give the places that a text names, in order, with the words as they stand."""
        free_from = 0
        for found in _CAPITAL.finditer(text):
            if found.start() < free_from or _folded(found[0]) not in self._first:
                continue
            words = list(_ahead(text, found.start()))
            place = self._at(text, found.start(), [_folded(word) for word, _ in words])
            if place is not None:
                end = words[len(place.words) - 1][1]
                free_from = end
                yield self._meant(place, text, found.start()), text[found.start() : end]

    def _at(self, text: str, start: int, words: Sequence[str]) -> _Known | None:
        """The longest name that begins here."""
        for one in self._first[words[0]]:
            if tuple(words[: len(one.words)]) == one.words and (
                one.behind is None or _before(text, start) in one.behind
            ):
                return one
        return None

    def _meant(self, found: _Known, text: str, start: int) -> Place:
        """The province where that word stands before the name of a city."""
        if found.place.municipality == found.place.province and _before(text, start) == PROVINCE:
            return Place(found.place.province)
        return found.place


_MOST_WORDS = 5


def _ahead(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The next words of a text, each with its end; what no name has between them ends them."""
    end = start
    for count, found in enumerate(_WORD.finditer(text, start)):
        gap = text[end : found.start()]
        if count == _MOST_WORDS or (count and gap not in {" ", " (", ", "}):
            return
        end = found.end()
        yield found[0], end


def _before(text: str, start: int) -> str:
    """The word before a place in a text, in lower case; none where a sentence begins."""
    words = text[max(0, start - 20) : start].split(" ")
    return words[-2].lower() if len(words) > 1 and not words[-1] else ""


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.lstrip("'’"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def place_of(document: Document) -> Place | None:
    """The one place that a document is about, if there is one."""
    return about(house_gazetteer(), document)


def about(gazetteer: Gazetteer, document: Document) -> Place | None:
    """What a document is about by title, by beginning, by all of it, or by who publishes it."""
    text = "" if document.is_listing else document.text[:MOST_CHARACTERS]
    title = list(gazetteer.named(document.title))
    named = [*title, *gazetteer.named(text)]
    lead = [*title, *gazetteer.named(text[:LEAD_CHARACTERS])]
    of_all = _shares(named)
    only = _only(title)
    if only is not None:
        return _told(only, named)
    only = _only(lead)
    if only is not None and of_all[only] >= MOSTLY and _times(only, named) >= TWICE:
        return _told(only, named)
    for place, share in of_all.items():
        if share >= MOSTLY and _times(place, named) >= LEAST_NAMED:
            return _told(place, named)
    own = list(gazetteer.named(document.organisation))
    is_own = document.organisation.lower().startswith(("gemeente ", PROVINCE))
    if own and is_own and _times(own[0][0], named) == len(named):
        return _told(own[0][0], [*named, *own])
    return None


def _within(one: Place, place: Place) -> bool:
    """Whether a place is another one, or a municipality in it."""
    same = one.province == place.province
    return same and place.municipality in {"", one.municipality}


def _times(place: Place, named: Sequence[tuple[Place, str]]) -> int:
    return sum(_within(one, place) for one, _ in named)


def _shares(named: Sequence[tuple[Place, str]]) -> dict[Place, float]:
    """Which part of what is named lies in each place: municipalities first, then their provinces. A
    province beside one of its municipalities says nothing against that one."""
    towns = Counter(place for place, _ in named if place.municipality)
    provinces = Counter(Place(place.province) for place, _ in named)
    beside = Counter(place.province for place, _ in named if not place.municipality)
    shares = {}
    for town, times in towns.most_common():
        shares[town] = times / (len(named) - beside[town.province])
    for province, times in provinces.most_common():
        shares[province] = times / len(named)
    return shares


def _only(named: Sequence[tuple[Place, str]]) -> Place | None:
    """The only municipality that is named, or where none is the only province."""
    towns = {place for place, _ in named if place.municipality}
    provinces = {place.province for place, _ in named}
    if len(provinces) != 1:
        return None
    return next(iter(towns)) if len(towns) == 1 else Place(next(iter(provinces)))


def _told(place: Place, named: Sequence[tuple[Place, str]]) -> Place:
    words = dict.fromkeys(words for one, words in named if _within(one, place))
    return Place(place.province, place.municipality, tuple(words)[:LEAST_NAMED])


@cache
def house_gazetteer() -> Gazetteer:
    """The places of the Netherlands."""
    return Gazetteer(list(read_places()))


@cache
def place_names() -> Mapping[str, str]:
    """Every place one may choose, with the province that it lies in."""
    names = {name: place.province for place in house_gazetteer().places for name in place.names}
    return {name: names[name] for name in sorted(names)}


def read_places(path: Path = PLACES_FILE) -> Iterator[_Known]:
    """Read a list of places; an error names the line that is wrong."""
    province = ""
    for is_heading, lines in groupby(read_lines(path), key=lambda line: line.text[0] == "["):
        listed = list(lines)
        if is_heading:
            names = [name.strip() for name in listed[-1].text.strip("[]").split("=")]
            province = names[0]
            yield from (_Known(_words(name), Place(province)) for name in names)
        elif not province:
            raise broken(path, listed[0], "a municipality without a province")
        else:
            yield from _municipalities(path, listed, province)


def _municipalities(path: Path, lines: Sequence[Line], province: str) -> Iterator[_Known]:
    for written in " ".join(line.text for line in lines).split(","):
        first, *others = (name.strip() for name in written.split("="))
        shown = others[0] if first.endswith("*") and others else first.rstrip("?!*")
        names = others if first.endswith("*") else [shown, *others]
        if not all(names):
            raise broken(path, lines[0], "a name that is empty")
        place = Place(province, shown)
        behind = {"?": BEFORE, "!": OF_ITSELF}.get(first[-1:])
        yield _Known(_words(names[0]), place, behind)
        yield from (_Known(_words(name), place) for name in names[1:])
        if behind is None and shown.isalpha():
            yield from (_Known((_folded(one),), place) for one in _derived(shown))


def _derived(name: str) -> Iterator[str]:
    """What else names a city of one word: its quarters."""
    yield from (f"{name}-{quarter}" for quarter in QUARTERS)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_folded(found[0]) for found in _WORD.finditer(name))
