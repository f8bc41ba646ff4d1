"""Names of places that stand for something else: for a person, or for the government.

In: the word before a name, or the texts of a document. Out: whether that word is a first name, and
whether "Den Haag" is the city there. A capitalised word that is in no list of words is taken for a
first name, which nobody has a whole list of; those that are plain words too stand here. Den Haag is
the city where the document has its quarters, its people or its council, or tells of something
local that is in Den Haag; without these it is as often the ministries and parliament.
"""

import re
from collections.abc import Iterable

from index.analysis import STOPWORDS
from index.compounds import is_in_dictionary, split

GOVERNMENT = ("den", "haag")
FIRST_NAMES = frozenset(
    {
        "piet",
        "peter",
        "kees",
        "frank",
        "koen",
        "mark",
        "klaas",
        "hans",
        "gijs",
        "daan",
        "ben",
        "bob",
    }
    | {"max", "bram", "dirk", "roos", "iris", "linda", "jet", "trijn", "griet", "louis", "jaap"}
)
"""First names that our lexicon has as words, or may get."""
NO_NAMES = frozenset(
    {
        "zes",
        "elf",
        "krite",
        "omrop",
        "kulturhus",
        "doarpshus",
        "doarpsbelang",
        "rabobank",
        "noaberhulp",
        "noaberschap",
    }
)
"""Words that stand before places and in no list of ours: numbers, a bank, Frisian and eastern ones."""
SHORTEST_NAME = 3
"""Shorter words are not in the lexicon, and are seldom names."""

_LOCAL = re.compile(
    r"\b(?:[Gg]emeente(?:raad)?|[Ww]ijk(?:raad)?|[Bb]uurt|[Ss]tadsde(?:el|len)|[Bb]urgemeester|[Ww]ethouder"
    r"|[Ii]nwoners|[Bb]ewoners|[Ss]tad) (?:van |in |uit )?Den Haag\b"
    r"|\bDen Haag[- ](?:Noord|Oost|Zuid|West|Centrum|Zuidwest)\b"
    r"|\b(?:Haagse?|Hagenaars?|Hagenezen)\b(?! (?:politiek|politici|kringen|lobby|werkelijkheid))"
    r"|\b(?:['’]s-Gravenhage|Scheveningen|Loosduinen|Segbroek|Escamp|Laakkwartier|Schilderswijk"
    r"|Ypenburg|Leidschenveen|Moerwijk|Bezuidenhout|Mariahoeve|Duindorp|Statenkwartier"
    r"|Zeeheldenkwartier|Bouwlust|Vrederust|Benoordenhout|Regentessekwartier|Morgenstond)\b"
)
_THERE = re.compile(r"\b(?:in|te|uit) Den Haag\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?\n]")
_AROUND = 100
"""Characters of a sentence that are looked at on each side."""
_SOMETHING_LOCAL = re.compile(
    r"\b(?:stads)?(?:buurt|wijk|straat|bewoner|inwoner|stadsdorp|stadsdeel|moestuin|speeltuin|tuin|park"
    r"|plein|woongroep|gemeente\b|wethouder)",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?:lobby|wet(?:ten|svoorstel|geving)?\b|kamer|kabinet|minister|politie[kc]|petitie|debat|rijk|protest|demonstr|landelijk|nationa)",
    re.IGNORECASE,
)


def is_first_name(word: str, plain: str) -> bool:
    """Whether a word may be a first name; ``plain`` is the same, folded."""
    parts = word.split("-")
    if len(plain) < SHORTEST_NAME or not all(_is_written_as_a_name(part) for part in parts):
        return False
    if plain in STOPWORDS or plain in NO_NAMES:
        return False
    return any(part in FIRST_NAMES or not is_a_word(part) for part in plain.split("-"))


def is_a_word(word: str) -> bool:
    """Whether a folded word is one of our lexicon, or a compound of its words."""
    return is_in_dictionary(word) or len(split(word)) > 1


def is_the_city(texts: Iterable[str]) -> bool:
    """Whether Den Haag is the city in one of these texts, and not the government."""
    return any(_LOCAL.search(text) or _has_something_local(text) for text in texts)


def _has_something_local(text: str) -> bool:
    """Whether a sentence tells of a street, a garden or people in Den Haag, and of no state."""
    sentences = (_sentence(text, *found.span()) for found in _THERE.finditer(text))
    return any(_SOMETHING_LOCAL.search(one) and not _STATE.search(one) for one in sentences)


def _sentence(text: str, start: int, end: int) -> str:
    before = _ENDS.split(text[max(0, start - _AROUND) : start])[-1]
    return before + text[start:end] + _ENDS.split(text[end : end + _AROUND])[0]


def _is_written_as_a_name(part: str) -> bool:
    return part[:1].isupper() and part[1:].islower()
