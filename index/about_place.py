"""The one place a document is about: a municipality or a province of the Netherlands, or none.

In: a document, and the names of places. Out: its place with the words that told it. A document is
about a place when its title names only that one; or what it begins with does, once for a village and
twice for a city, which has offices and congresses, and the rest is not of others; or when most of all
names in it are of that place, three at least; or when it is of that municipality's or village's own, by
its organisation or by its address, and names no other. A name for places in several municipalities is
of the one that is named too, or that lies in a province that is. A surname tells nothing, there and
where it stands alone, unless the place is named with a word as "in"; nor does Den Haag the government.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from index.other_names import GOVERNMENT, is_the_city
from index.place_lists import house_gazetteer
from index.places import AS_A_VILLAGE, PROVINCE, Gazetteer, Known, Named, Near, Place, words_of
from library.document import Document

LEAD_CHARACTERS = 300
LEAST_NAMED = 3
"""Times that a place must be named to be what a document is about, without title or beginning."""
MOSTLY = 0.7
TWICE = 2
"""The same where it is the only one in the beginning."""
MOST_CHARACTERS = 200_000
"""Characters that are looked through; what a longer document is about has been said by then."""
OF_ITS_OWN = AS_A_VILLAGE | {PROVINCE, "plaatselijk"}
"""How the names of organisations begin that are of one place."""

_HOST_SAYS = re.compile(
    r"(?:gemeente|dorpen|dorpshuis|dorpsraad|dorpsvereniging|dorpscooperatie|dorpsbelangen?|dorpsplan"
    r"|dorpsplatform|dorpsquiz|dorpskrant|dorps?|plaatselijkbelang|stadsdorp|wijkraad|buurthuis)"
)

_Certain = tuple[Place, str, int]
"""A place, the words that name it, and 2 where these hardly name it in passing."""


def place_of(document: Document) -> Place | None:
    """The one place that a document is about, if there is one."""
    return about(house_gazetteer(), document)


def about(gazetteer: Gazetteer, document: Document) -> Place | None:
    """What a document is about by title, by beginning, by all of it, or by who publishes it."""
    text = "" if document.is_listing else document.text[:MOST_CHARACTERS]
    in_title = list(gazetteer.named(document.title))
    in_text = list(gazetteer.named(text))
    own = list(gazetteer.named(document.organisation))
    host = _of_address(gazetteer, document.url)
    everywhere = [*in_title, *in_text, *own]
    others = _no_places(everywhere, host)
    # Only then, as it reads all of the text once more.
    if any(words_of(one.words) == GOVERNMENT for one in everywhere) and not is_the_city(
        (document.title, text, document.organisation)
    ):
        others.add(GOVERNMENT)
    in_title, in_text, own = (_without(others, names) for names in (in_title, in_text, own))
    certain = _Certainty([*in_title, *in_text, *own], host)
    title = certain.of(in_title)
    lead = [*title, *certain.of(one for one in in_text if one.start < LEAD_CHARACTERS)]
    named = [*title, *certain.of(in_text)]
    of_own = certain.of(own) if _is_of_a_place(document.organisation) else []
    if not of_own and host is not None and (named or host.behind is None):
        of_own = [(host.places[0], urlsplit(document.url).hostname or "", 1)]
    return _by_what_it_says(title, lead, named) or _by_who_says_it(of_own, named)


def _no_places(names: Iterable[Named], host: Known | None) -> set[tuple[str, ...]]:
    """The names that are of persons, and of which nothing says that they are of a place too."""
    listed = list(names)
    surnames = {words_of(one.words) for one in listed if one.is_surname}
    placed = {words_of(one.words) for one in listed if one.is_placed}
    return surnames - placed - ({host.words} if host is not None else set())


def _without(others: set[tuple[str, ...]], names: Iterable[Named]) -> list[Named]:
    return [one for one in names if words_of(one.words) not in others]


def _by_what_it_says(
    title: Sequence[_Certain], lead: Sequence[_Certain], named: Sequence[_Certain]
) -> Place | None:
    of_all = _shares(named)
    only = _only(title)
    if only is not None:
        return _told(only, named)
    itself = {place for place, *_ in named}
    only = _only(lead)
    if only in itself and of_all[only] >= MOSTLY and _weight(only, named, lead) >= TWICE:
        return _told(only, named)
    for place, share in of_all.items():
        if place in itself and share >= MOSTLY and _times(place, named) >= LEAST_NAMED:
            return _told(place, named)
    return None


def _by_who_says_it(own: Sequence[_Certain], named: Sequence[_Certain]) -> Place | None:
    """The place of the organisation or of the address, if nothing else is named."""
    if own and _times(own[0][0], named) == len(named):
        return _told(own[0][0], [*named, *own])
    return None


def _is_of_a_place(organisation: str) -> bool:
    first, _, rest = organisation.lower().partition(" ")
    return bool(rest) and first in OF_ITS_OWN


def _of_address(gazetteer: Gazetteer, address: str) -> Known | None:
    """The municipality that the name of a host tells, as dorpsraadgrijpskerk.nl does."""
    labels = (urlsplit(address).hostname or "").split(".")
    said = labels[-2].replace("-", "") if len(labels) > 1 else ""
    what = _HOST_SAYS.match(said)
    one = gazetteer.written(said)
    return gazetteer.written(said[what.end() :]) if one is None and what is not None else one


class _Certainty:
    """What the names in a document mean: by themselves, or by the others that stand beside them."""

    def __init__(self, everywhere: Iterable[Named], host: Known | None) -> None:
        names = list(everywhere)
        sure = [one.places[0] for one in names if one.sure]
        cities = {one.places[0] for one in names if one.is_told}
        self._towns = {place for place in sure if place.municipality}
        self._provinces = {place.province for place in sure}
        # Who writes "provincie Utrecht", and not "gemeente Utrecht", means that by Utrecht as well.
        self._wholes = {
            Place(one.province, one.province): one
            for one in sure
            if not one.municipality and Place(one.province, one.province) not in cities
        }
        if host is not None:
            self._towns.add(host.places[0])

    def of(self, found: Iterable[Named]) -> list[_Certain]:
        """The names of which the place is certain, with that place."""
        placed = [(self._wide(one) if one.sure else self._beside(one), one) for one in found]
        return [(place, one.words, 1 + one.is_told) for place, one in placed if place is not None]

    def _wide(self, one: Named) -> Place:
        return self._wholes.get(one.places[0], one.places[0])

    def _beside(self, one: Named) -> Place | None:
        """The one of its places that is named too, or else the one in a province that is."""
        near = [place for place in one.places if place in self._towns]
        if not near and one.near is Near.PROVINCE:
            near = [place for place in one.places if place.province in self._provinces]
        return near[0] if len(near) == 1 else None


def _within(one: Place, place: Place) -> bool:
    """Whether a place is another one, or a municipality in it."""
    same = one.province == place.province
    return same and place.municipality in {"", one.municipality}


def _times(place: Place, named: Sequence[_Certain]) -> int:
    return sum(_within(one, place) for one, *_ in named)


def _weight(place: Place, named: Sequence[_Certain], lead: Sequence[_Certain]) -> int:
    """How often a place is named; one that is hardly in passing in the beginning counts twice."""
    told = any(_within(one, place) and weight > 1 for one, _, weight in lead)
    return _times(place, named) + told


def _shares(named: Sequence[_Certain]) -> dict[Place, float]:
    """Which part of what is named lies in each place: municipalities first, then their provinces. A
    province beside one of its municipalities says nothing against that one."""
    towns = Counter(place for place, *_ in named if place.municipality)
    provinces = Counter(Place(place.province) for place, *_ in named)
    beside = Counter(place.province for place, *_ in named if not place.municipality)
    shares = {}
    for town, times in towns.most_common():
        shares[town] = times / (len(named) - beside[town.province])
    for province, times in provinces.most_common():
        shares[province] = times / len(named)
    return shares


def _only(named: Sequence[_Certain]) -> Place | None:
    """The only municipality that is named, or where none is the only province."""
    towns = {place for place, *_ in named if place.municipality}
    provinces = {place.province for place, *_ in named}
    if len(provinces) != 1:
        return None
    return next(iter(towns)) if len(towns) == 1 else Place(next(iter(provinces)))


def _told(place: Place, named: Sequence[_Certain]) -> Place:
    words = dict.fromkeys(words for one, words, _ in named if _within(one, place))
    return Place(place.province, place.municipality, tuple(words)[:LEAST_NAMED])
