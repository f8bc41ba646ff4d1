"""The lists of places: provinces, municipalities, and their villages and towns.

In: ``data/places.txt`` and ``data/villages.txt``, which tell their own format. Out: names to be found
in a text, ``house_gazetteer``, which has them all, and the names that one may choose. A village counts
as its municipality; one name for villages in several municipalities is known as all of these.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from index.places import AS_A_VILLAGE, BEFORE, Gazetteer, Known, Near, Place, folded, words_of
from index.wordlists import FOLDER, Line, broken, read_lines

PLACES_FILE = FOLDER / "places.txt"
VILLAGES_FILE = FOLDER / "villages.txt"
VILLAGE_MARKS = {
    "?": (BEFORE | AS_A_VILLAGE, Near.TOWN),
    "!": (AS_A_VILLAGE, Near.NOTHING),
    "*": (AS_A_VILLAGE, Near.PROVINCE),
}
"""Behind which words a name with a mark counts by itself, and beside what it counts elsewhere."""
OF_ITSELF = frozenset({"gemeente"})
"""The only word behind which one is that stands there as a plain word as well ("in huizen")."""
PLACE_MARKS = {"?": (BEFORE, Near.TOWN), "!": (OF_ITSELF, Near.NOTHING)}
QUARTERS = ("Noord", "Oost", "Zuid", "West", "Centrum", "Zuidoost", "Noordoost", "Zuidwest")
PARTS = ("Noord", "Oost", "Zuid", "West", "Midden", *QUARTERS[-3:], "Noordwest")
NOT_A_PART = frozenset({"West-Friesland", "West-Friese", "Midden-Drenthe", "Midden-Groningen"})
"""A region of Noord-Holland, and two municipalities."""


@cache
def house_gazetteer() -> Gazetteer:
    """The places of the Netherlands."""
    return Gazetteer([*read_places(), *read_villages()])


@cache
def place_names() -> Mapping[str, str]:
    """Every place one may choose, with the province that it lies in."""
    places = (place for one in read_places() for place in one.places)
    names = {name: place.province for place in places for name in place.names}
    return {name: names[name] for name in sorted(names)}


def read_places(path: Path = PLACES_FILE) -> Iterator[Known]:
    """Read a list of places; an error names the line that is wrong."""
    province = ""
    for is_heading, lines in groupby(read_lines(path), key=lambda line: line.text[0] == "["):
        listed = list(lines)
        if is_heading:
            names = [name.strip() for name in listed[-1].text.strip("[]").split("=")]
            province = names[0]
            names += [f"{part}-{name}" for name in names if name.isalpha() for part in PARTS]
            known = [words_of(name) for name in names if name not in NOT_A_PART]
            yield from (Known(words, (Place(province),)) for words in known)
        elif not province:
            raise broken(path, listed[0], "a municipality without a province")
        else:
            yield from _municipalities(path, listed, province)


def _municipalities(path: Path, lines: Sequence[Line], province: str) -> Iterator[Known]:
    for written in " ".join(line.text for line in lines).split(","):
        first, *others = (name.strip() for name in written.split("="))
        shown = others[0] if first.endswith("*") and others else first.rstrip("?!*")
        names = others if first.endswith("*") else [shown, *others]
        if not all(names):
            raise broken(path, lines[0], "a name that is empty")
        places = (Place(province, shown),)
        behind, near = PLACE_MARKS.get(first[-1:], (None, Near.PROVINCE))
        yield Known(words_of(names[0]), places, behind, near)
        yield from (Known(words_of(name), places) for name in names[1:])
        if behind is None and shown.isalpha():
            yield from (Known((folded(one),), places) for one in _derived(shown))


def _derived(name: str) -> Iterator[str]:
    """What else names a city of one word: its quarters."""
    yield from (f"{name}-{quarter}" for quarter in QUARTERS)


def read_villages(path: Path = VILLAGES_FILE) -> Iterator[Known]:
    """Read a list of villages; an error names the line that is wrong."""
    written = dict[tuple[str, ...], tuple[dict[Place, None], str]]()
    for name, place in _names(path):
        for words in _ways(name.rstrip("?!*")):
            places, mark = written.setdefault(words, ({}, name[-1]))
            places[place] = None
    for words, (places, mark) in written.items():
        behind, near = VILLAGE_MARKS.get(mark, (None, Near.PROVINCE))
        yield Known(words, tuple(places), behind, near, is_village=True)


def _names(path: Path) -> Iterator[tuple[str, Place]]:
    """Every name with its mark, and the municipality that it means."""
    known = {place.municipality: place for one in read_places() for place in one.places}
    place = None
    for is_heading, lines in groupby(read_lines(path), key=lambda line: line.text[0] == "["):
        listed = list(lines)
        if is_heading:
            place = _municipality(path, listed[-1], known)
        elif place is None:
            raise broken(path, listed[0], "a village without a municipality")
        else:
            text = " ".join(line.text for line in listed).replace("=", ",")
            names = [name.strip() for name in text.split(",")]
            if not all(names):
                raise broken(path, listed[0], "a name that is empty")
            yield from ((name, place) for name in names)


def _municipality(path: Path, line: Line, known: Mapping[str, Place]) -> Place:
    name = line.text.strip("[]")
    if not name or name not in known:
        raise broken(path, line, "not a municipality of today")
    return known[name]


def _ways(name: str) -> Iterator[tuple[str, ...]]:
    """How a name is written, word by word: with its hyphen or without, "Sint" in full or not."""
    words = words_of(name)
    yield words
    if len(words) == 1 and "-" in words[0]:
        yield tuple(words[0].split("-"))
    if words[0] == "sint":
        yield ("st", *words[1:])
    if (
        words[0] in {"sint", "kerk", "kapel", "oud", "nieuw"}
        and len(words) == len(name.split()) == 2
    ):
        yield ("-".join(words),)
