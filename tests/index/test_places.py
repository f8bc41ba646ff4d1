"""The one place that a document is about is found, and no place where there is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.places import (
    Gazetteer,
    Place,
    _shares,
    about,
    house_gazetteer,
    place_names,
    place_of,
    read_places,
)
from index.wordlists import WordListError
from library.document import Document, Section
from tests.index.labelled import a_document

FILLER = "Dit gaat over iets heel anders dan waar het staat. " * 10


def found(title: str, *texts: str) -> tuple[str, ...]:
    place = place_of(a_document(title, *texts))
    return place.names if place else ()


def test_the_list_has_all_provinces_and_municipalities() -> None:
    places = house_gazetteer().places
    assert sum(1 for place in places if place.municipality) == 342
    assert len({place.province for place in places}) == 12
    assert place_names()["Deventer"] == "Overijssel"
    assert "provincie Overijssel" in place_names()


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Buurtmoestuin in Deventer", ("provincie Overijssel", "Deventer")),
        ("Rotterdamse wijk kiest", ("provincie Zuid-Holland", "Rotterdam")),
        ("Feest in Amsterdam-Noord", ("provincie Noord-Holland", "Amsterdam")),
        ("Subsidie van de provincie Utrecht", ("provincie Utrecht",)),
        ("Subsidie in Utrecht", ("provincie Utrecht", "Utrecht")),
        ("Dorpen in Drenthe", ("provincie Drenthe",)),
        ("Bewoners van Horst aan de Maas", ("provincie Limburg", "Horst aan de Maas")),
        ("Wonen in 's-Hertogenbosch", ("provincie Noord-Brabant", "Den Bosch")),
        ("Plan voor Bergen (NH)", ("provincie Noord-Holland", "Bergen (NH)")),
        ("Bergen op Zoom spaart", ("provincie Noord-Brabant", "Bergen op Zoom")),
        ("Inwoners van Súdwest-Fryslân", ("provincie Friesland", "Súdwest-Fryslân")),
        ("Samen in Leiden", ("provincie Zuid-Holland", "Leiden")),
        ("Beleid van de gemeente Best", ("provincie Noord-Brabant", "Best")),
    ],
)
def test_a_title_that_names_one_place(title: str, names: tuple[str, ...]) -> None:
    assert found(title, FILLER) == names


@pytest.mark.parametrize(
    "title",
    [
        "Best een goed idee",
        "Buren helpen buren",
        "Huizen van de wijk",
        "Leiden van een groep: zo doet u dat",
        "Hoge bergen, diepe dalen",
        "Van Utrecht naar Deventer",
        "Kampen met tegenslag",
        "Gezond Heerdenbos",
        "Bergen verzetten",
    ],
)
def test_a_title_that_names_no_place_or_more_than_one(title: str) -> None:
    assert found(title, FILLER) == ()


def test_a_province_beside_its_own_municipality_says_nothing_against_it() -> None:
    assert found("Zwolle in Overijssel", FILLER) == ("provincie Overijssel", "Zwolle")


def test_towns_of_one_province_are_that_province() -> None:
    title = "Zwolle, Deventer en Almelo werken samen"
    assert found(title, FILLER) == ("provincie Overijssel",)


def test_the_beginning_counts_when_the_rest_is_not_of_others() -> None:
    lead = "In Deventer begon het. Bewoners van Deventer kozen zelf."
    assert found("Zo kan het", lead + FILLER) == ("provincie Overijssel", "Deventer")
    elsewhere = FILLER + "Later volgden Arnhem, Tilburg, Breda, Zeist en Almere."
    assert found("Zo kan het", lead + elsewhere) == ()


def test_once_in_a_text_is_in_passing() -> None:
    assert found("Zo kan het", FILLER + "Ons kantoor staat in Deventer.") == ()
    assert found("Zo kan het", "Ons kantoor staat in Deventer. " + FILLER) == ()


def test_three_times_and_nothing_else_is_about_it() -> None:
    text = FILLER + "Deventer kiest. Ook in Deventer gaat het goed. Deventer wil meer."
    assert found("Zo kan het", text) == ("provincie Overijssel", "Deventer")


def test_what_a_municipality_publishes_is_about_it_unless_it_names_others() -> None:
    def of(text: str) -> Place | None:
        sections = (Section(text),)
        return place_of(Document("a", "", "", "Subsidie", sections, "Gemeente Woerden"))

    own = of(FILLER)
    assert own == Place("Utrecht", "Woerden", ("Woerden",))
    assert of(FILLER + "Dit geldt ook in Arnhem.") is None


def test_the_evidence_are_the_words_that_told_it() -> None:
    place = place_of(a_document("Rotterdamse wijk", "Bewoners van Rotterdam kozen."))
    assert place is not None
    assert place.evidence == ("Rotterdamse", "Rotterdam")


def test_a_list_that_is_wrong_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "places.txt"
    path.write_text("Zwolle, Deventer", "utf-8")
    with pytest.raises(WordListError, match="line 1: a municipality without a province"):
        list(read_places(path))
    path.write_text("[Overijssel]\nZwolle, , Deventer", "utf-8")
    with pytest.raises(WordListError, match="empty"):
        list(read_places(path))


def test_a_small_list_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "places.txt"
    path.write_text("[Zuid = Zuider]\nDorp = Oud Dorp, Best!", "utf-8")
    small = Gazetteer(list(read_places(path)))
    assert about(small, a_document("Oud Dorp")) == Place("Zuid", "Dorp", ("Oud Dorp",))
    assert about(small, a_document("In Best")) is None
    assert about(small, a_document("Zuider land")) == Place("Zuid", "", ("Zuider",))


@given(
    st.lists(st.sampled_from(["Deventer", "Zwolle", "Gouda", "provincie Overijssel", "Drenthe"]))
)
def test_shares_are_of_all_that_is_named_elsewhere(names: list[str]) -> None:
    """Counted once for all: a look at every name for each name took seconds for a long list of them."""
    named = list(house_gazetteer().named(" en ".join(names)))
    for place, share in _shares(named).items():
        mine = [one for one, _ in named if one == place]
        if place.municipality:
            others = [one for one, _ in named if one not in {place, Place(place.province)}]
        else:
            others = [one for one, _ in named if one.province != place.province]
            mine = [one for one, _ in named if one.province == place.province]
        assert share == len(mine) / (len(mine) + len(others))
