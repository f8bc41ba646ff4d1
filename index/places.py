"""The names of places in a text: of municipalities, of their villages, and of provinces.

In: names that are known (``index.place_lists``), and texts. Out: the names that a text has, each with
the ``Place`` or places that it may mean. A name that is a plain word too (Best, Huizen, Leiden) counts
by itself behind words as "in" and "gemeente"; the name of a person (Jan van Dongen) is none of a place.
The same name for a city and its province is the city, unless "provincie" stands before it. What a
word before a place tells goes on behind "en", "of" or a comma. What a document is about:
``index.about_place``.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from index.other_names import is_a_word, is_first_name

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
_AND = frozenset({" en ", " of ", ", ", ", en "})
"""What carries on the word before a place to the next place."""
_GAPS = frozenset({" ", " (", ", ", " '", " ’"})
_MOST_WORDS = 5
_ARTICLES = frozenset({"de", "den", "het", "it", "t", "ter", "ten", "oud", "nieuw", "sint", "st"})
"""First words of so many names, and of so much else, that the second one is looked at as well."""
_WORD_BEFORE = re.compile(r"(?<![^\s(])([^\W\d_][\w-]*) $")
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
    is_placed: bool = False
    """Whether a word as "in" or "dorpshuis" stands before it."""
    is_surname: bool = False
    """Whether a first name stands before it."""


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
        behind: tuple[str, ...] = ()
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
            goes_on = bool(behind) and text[free_from:start] in _AND
            before = behind if goes_on else _before(text, start)
            one = self._at(text, start, words, before)
            if one is not None:
                alone = not goes_on and start - 1 != free_from and one.places[0].municipality
                is_surname = bool(alone) and self._is_named(text, start)
                free_from = ahead[len(one.words) - 1][1]
                named = _named(one, text[start:free_from], start, before, is_surname=is_surname)
                behind = before if named.sure and not is_surname else ()
                yield named

    def written(self, letters: str) -> Known | None:
        """The name of which these are the letters, as an address has them."""
        return self._letters.get(letters)

    def _is_named(self, text: str, start: int) -> bool:
        """Whether the word before a name is a first name, and none of a place."""
        found = _WORD_BEFORE.search(text[max(0, start - 40) : start])
        if found is None:
            return False
        plain = folded(found[1])
        return plain not in self._first and is_first_name(found[1], plain)

    def _at(
        self, text: str, start: int, words: Sequence[str], before: tuple[str, ...]
    ) -> Known | None:
        """The longest name that begins here."""
        for one in self._first.get(_key(words), ()):
            length = len(one.words)
            if tuple(words[:length]) == one.words and (
                one.near is not Near.NOTHING or _counts(one, before)
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
        before = _before(text, start)
        is_surname = self._is_named(text, start)
        for one, part in zip(known, parts, strict=True):
            if one.near is not Near.NOTHING:
                yield _named(one, part, start, before, is_surname=is_surname)
                before = ("",)
            start += len(part) + 1


def _key(words: Sequence[str]) -> str:
    """What a name is looked up by: its first word, or two when the first one is an article."""
    return " ".join(words[:2]) if words[0] in _ARTICLES else words[0]


def _leads_on(first: str, text: str, end: int) -> bool:
    """Whether a word is an article with a name behind it."""
    return first in _ARTICLES and any(sign.isupper() for sign in text[end : end + 4])


def _named(
    one: Known, written: str, start: int, words: tuple[str, ...], *, is_surname: bool
) -> Named:
    """A name with what the words before it tell."""
    places = one.places
    if places[0].municipality == places[0].province and words[-1] == PROVINCE:
        # The province where that word stands before the name of a city.
        places = (Place(places[0].province),)
    sure = len(places) == 1 and _counts(one, words)
    is_told = one.is_village or not AS_A_VILLAGE.isdisjoint(words)
    is_placed = not (BEFORE | AS_A_VILLAGE | {PROVINCE}).isdisjoint(words)
    return Named(places, written, start, sure, is_told, one.near, is_placed, is_surname)


def _counts(one: Known, before: tuple[str, ...]) -> bool:
    """Whether a name counts by itself behind these words."""
    return one.behind is None or not one.behind.isdisjoint(before)


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
    return first.endswith(".") or (first[1:].islower() and not is_a_word(folded(first)))


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
