"""The names of places in a text: of municipalities, of their villages, and of provinces.

In: names that are known (``index.place_lists``), and texts. Out: the names that a text has, each with
the ``Place`` or places that it may mean. A name that is a plain word too (Best, Huizen, Leiden) counts
by itself behind words as "in" and "gemeente"; the name of a person (Jan van Dongen) is none of a place.
The same name for a city and its province is the city, unless "provincie" stands before it. What a
document is about: ``index.about_place``.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from index.compounds import is_in_dictionary, split

BEFORE = frozenset(
    {"gemeente", "in", "te", "uit", "naar", "bij", "rond", "vanuit", "binnen", "buiten", "omgeving"}
)
"""Words behind which a name that is a plain word too is a place."""
AS_A_VILLAGE = frozenset(
    {"dorp", "dorpje", "dorpskern", "kern", "buurtschap", "stadje", "dorpsraad", "belang"}
    | {"dorpsbelang", "dorpsbelangen", "dorpshuis", "dorpsvereniging", "dorpsvisie", "dorpskrant"}
    | {
        "dorpscoöperatie",
        "wijkraad",
        "gemeente",
        "gemeenteraad",
        "burgemeester",
        "inwoners",
        "bewoners",
    }
)
"""Words behind which a name tells more than a name in passing does, also with "van" between."""
BETWEEN = frozenset({"van"})
PROVINCE = "provincie"

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CAPITAL = re.compile(
    r"(?<![\w'’-])['’]?(?:[A-Z]|s-[GH]|(?<=['’])t(?= [A-Z]))[^\W_]*(?:[-'’][^\W_]+)*"
)
_GAPS = frozenset({" ", " (", ", ", " '", " ’"})
_MOST_WORDS = 5
_ARTICLES = frozenset({"de", "den", "het", "it", "t", "ter", "ten", "oud", "nieuw", "sint", "st"})
"""First words of so many names, and of so much else, that the second one is looked at as well."""
_OF_A_PERSON = re.compile(
    r"(?:^|[\s(])([A-Z][\w'-]*\.?)( van(?: de[rn]?)?)? $|[\w,] (Van(?: de[rn]?)?) $"
)


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


class Near(Enum):
    """What must be named too for a name that does not count by itself."""

    NOTHING = auto()
    """It never counts then."""
    TOWN = auto()
    PROVINCE = auto()
    """Its municipality, or its province."""


class Known(NamedTuple):
    """A name, word by word, and what it may mean. By itself it counts only behind some words, where
    these are given; elsewhere it counts beside what ``near`` tells, or not at all."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    behind: frozenset[str] | None = None
    near: Near = Near.PROVINCE
    is_village: bool = False


class Named(NamedTuple):
    """A name as it stands in a text, and where; ``sure`` when it means one place by itself, and
    ``is_told`` when it is hardly named in passing: a village, or what has "inwoners van" before it."""

    places: tuple[Place, ...]
    words: str
    start: int
    sure: bool
    is_told: bool
    near: Near


def province_name(province: str) -> str:
    """The name of a province where that of a city may stand too."""
    return f"{PROVINCE} {province}"


class Gazetteer:
    """Names of places, ready to be found."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._first: dict[str, list[Known]] = {}
        # A city before the province of the same name.
        for one in sorted(known, key=lambda one: (-len(one.words), not one.places[0].municipality)):
            self._first.setdefault(_key(one.words), []).append(one)
        self._letters = {
            "".join(re.findall(r"\w", "".join(one.words))): one
            for one in known
            if len(one.places) == 1 and one.places[0].municipality
        }
        self.places = tuple(dict.fromkeys(place for one in known for place in one.places))

    def named(self, text: str) -> Iterator[Named]:
        """Give the names of places in a text, in order."""
        free_from = 0
        for found in _CAPITAL.finditer(text):
            start = found.start()
            if start < free_from:
                continue
            first = folded(found[0])
            if first not in self._first and not _leads_on(first, text, found.end()):
                if "-" in first:
                    yield from self._pair(text, found)
                continue
            ahead = list(_ahead(text, start))
            words = [folded(word) for word, _ in ahead]
            one = self._at(text, start, words)
            if one is not None:
                free_from = ahead[len(one.words) - 1][1]
                yield _named(one, text, start, free_from)

    def written(self, letters: str) -> Known | None:
        """The name of which these are the letters, as an address has them."""
        return self._letters.get(letters)

    def _at(self, text: str, start: int, words: Sequence[str]) -> Known | None:
        """The longest name that begins here."""
        for one in self._first.get(_key(words), ()):
            length = len(one.words)
            if tuple(words[:length]) == one.words and (
                one.near is not Near.NOTHING or _counts(one, text, start)
            ):
                return None if length == 1 and _is_of_a_person(text, start) else one
        return None

    def _pair(self, text: str, found: re.Match[str]) -> Iterator[Named]:
        """Two names with a hyphen between them: Heemstede-Bennebroek."""
        parts = found[0].split("-")
        known = [one for part in parts for one in self._first.get(folded(part), ())[-1:]]
        if len(known) < len(parts) or any(len(one.words) > 1 for one in known):
            return
        start = found.start()
        for one, part in zip(known, parts, strict=True):
            if one.near is not Near.NOTHING:
                yield _named(one, text, start, start + len(part))
            start += len(part) + 1


def _key(words: Sequence[str]) -> str:
    """What a name is looked up by: its first word, or two when the first one is an article."""
    return " ".join(words[:2]) if words[0] in _ARTICLES else words[0]


def _leads_on(first: str, text: str, end: int) -> bool:
    """Whether a word is an article with a name behind it."""
    return first in _ARTICLES and any(sign.isupper() for sign in text[end : end + 4])


def _named(one: Known, text: str, start: int, end: int) -> Named:
    words = _before(text, start)
    places = one.places
    if places[0].municipality == places[0].province and words[-1] == PROVINCE:
        # The province where that word stands before the name of a city.
        places = (Place(places[0].province),)
    sure = len(places) == 1 and _counts(one, text, start)
    is_told = one.is_village or not AS_A_VILLAGE.isdisjoint(words)
    return Named(places, text[start:end], start, sure, is_told, one.near)


def _counts(one: Known, text: str, start: int) -> bool:
    """Whether a name counts by itself where it stands."""
    return one.behind is None or not one.behind.isdisjoint(_before(text, start))


def _ahead(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The next words of a text, each with its end; what no name has between them ends them."""
    end = start
    word = ""
    for count, found in enumerate(_WORD.finditer(text, start)):
        gap = text[end : found.start()]
        of_a_saint = word in {"St", "st"} and gap in {". ", ".-"}
        if count == _MOST_WORDS or (count and gap not in _GAPS and not of_a_saint):
            return
        word, end = found[0], found.end()
        yield word, end


def _before(text: str, start: int) -> tuple[str, ...]:
    """The word before a place in a text, in lower case, and with "van" there the one before
    that; none where a sentence begins."""
    *words, end = text[max(0, start - 30) : start].lower().split(" ")
    if end or not words:
        return ("",)
    return tuple(words[-2:]) if words[-1] in BETWEEN else (words[-1],)


def _is_of_a_person(text: str, start: int) -> bool:
    """Whether a name stands behind "Jan van" or "mevrouw Van", so that it is one of a person."""
    found = _OF_A_PERSON.search(text[max(0, start - 40) : start])
    if found is None:
        return False
    if found[3]:
        return True
    first = found[1]
    if found[2] is None:
        return len(first) == 2 and first.endswith(".")
    return first.endswith(".") or (first[1:].islower() and not _is_a_word(folded(first)))


def _is_a_word(word: str) -> bool:
    return is_in_dictionary(word) or len(split(word)) > 1


def folded(word: str) -> str:
    """A word without accents, in lower case."""
    plain = word.lstrip("'’")
    if plain.isascii():
        return plain.lower()
    plain = unicodedata.normalize("NFD", plain)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def words_of(name: str) -> tuple[str, ...]:
    """A name word by word, as it is looked up."""
    return tuple(folded(found[0]) for found in _WORD.finditer(name))
