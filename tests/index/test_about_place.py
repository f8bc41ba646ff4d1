"""The one place that a document is about is found, and no place where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.about_place import _Certainty, _shares, place_of
from index.place_lists import house_gazetteer
from index.places import Place
from library.document import Document, Section
from tests.index.labelled import a_document

FILLER = "Dit gaat over iets heel anders dan waar het staat. " * 10


def found(title: str, *texts: str) -> tuple[str, ...]:
    place = place_of(a_document(title, *texts))
    return place.names if place else ()


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


@pytest.mark.parametrize(
    ("title", "surname"),
    [
        ("Voorzitter Henk Bakel stopt", "Bakel"),
        ("Penningmeester Marieke Hengelo vertelt", "Hengelo"),
        ("Interview met Piet Deurne", "Deurne"),
        ("Jan Terneuzen overleden", "Terneuzen"),
        ("Anneke Delden is dorpsondersteuner", "Delden"),
    ],
)
def test_the_name_of_a_person_tells_no_place(title: str, surname: str) -> None:
    assert found(title, FILLER) == ()
    assert found(title, f"{surname} begon. {surname} ging door. {surname} stopt nu.") == ()


def test_a_surname_is_a_place_where_the_document_says_that_it_is_one() -> None:
    title = "Voorzitter Henk Bakel stopt"
    bakel = ("provincie Noord-Brabant", "Gemert-Bakel")
    assert found(title, FILLER + "Hij woont in Bakel.") == bakel
    address = "https://www.dorpsraadbakel.nl/"
    document = Document("a", address, address, title, (Section(FILLER),), "")
    place = place_of(document)
    assert place is not None
    assert place.names == bakel


@pytest.mark.parametrize(
    ("title", "municipality"),
    [
        ("Dorpshuis Bakel", "Gemert-Bakel"),
        ("Gemeente Deurne", "Deurne"),
        ("Wijkraad Delden", "Hof van Twente"),
        ("Stichting Dorpsraad Grijpskerk", "Westerkwartier"),
        ("Zorgcoöperatie Hoogeloon", "Bladel"),
        ("Ook Deurne doet mee", "Deurne"),
    ],
)
def test_a_place_behind_a_plain_word_is_no_surname(title: str, municipality: str) -> None:
    assert found(title, FILLER)[-1:] == (municipality,)


@pytest.mark.parametrize(
    "title",
    [
        "Den Haag komt met nieuwe wet",
        "Lobby in Den Haag voor wooncoöperaties",
        "Zo werkt de Wet op Den Haag",
        "Bewoners naar debat in Den Haag",
        "Haagse politiek: Den Haag aarzelt",
    ],
)
def test_den_haag_is_the_government_without_a_second_sign(title: str) -> None:
    assert found(title, FILLER) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Gemeente Den Haag helpt",
        "Bewoners van Den Haag kiezen",
        "Buurtmoestuin in Den Haag",
        "Haagse wijk kiest in Den Haag",
        "Den Haag: Moerwijk kiest",
        "Feest in Scheveningen",
    ],
)
def test_den_haag_is_the_city_with_a_second_sign(title: str) -> None:
    assert found(title, FILLER) == ("provincie Zuid-Holland", "Den Haag")


def test_places_that_share_the_word_before_them_are_named_both() -> None:
    assert found("Feest in Zwolle en Epe", FILLER) == ()
    assert found("Feest in Ede en Epe", FILLER) == ("provincie Gelderland",)
    assert "Zwolle" not in found("Feest in Zwolle, Epe of Deventer", FILLER)


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


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Dorpshuis Waterlandkerkje zoekt hulp", ("provincie Zeeland", "Sluis")),
        ("Feest in De Westereen", ("provincie Friesland", "Dantumadiel")),
        ("Feest in Zwaagwesteinde", ("provincie Friesland", "Dantumadiel")),
        ("Bewoners van 's-Heerenberg", ("provincie Gelderland", "Montferland")),
        ("Nieuws uit St. Annaparochie", ("provincie Friesland", "Waadhoeke")),
        ("Nieuws uit Sint-Annaparochie", ("provincie Friesland", "Waadhoeke")),
        ("Dorpsraad Een vergadert", ("provincie Drenthe", "Noordenveld")),
        ("Dorpshuis in Hem", ()),
        ("Wonen in Echt", ("provincie Limburg", "Echt-Susteren")),
        ("Historische Vereniging Bussum-Naarden", ("provincie Noord-Holland", "Gooise Meren")),
        ("Verordening gemeente Neerijnen", ("provincie Gelderland", "West Betuwe")),
        ("Molen te Stad aan 't Haringvliet", ("provincie Zuid-Holland", "Goeree-Overflakkee")),
        ("Platteland van Zuidwest-Friesland", ("provincie Friesland",)),
    ],
)
def test_a_village_is_its_municipality(title: str, names: tuple[str, ...]) -> None:
    assert found(title, FILLER) == names


@pytest.mark.parametrize(
    "title",
    [
        "Een goed begin",
        "Echt waar: zo kan het",
        "Loon naar werken",
        "Jan van Drunen stopt als voorzitter",
        "In gesprek met mevrouw Van Drunen",
        "Buurthuis De Hoeve",
        "West-Friese dorpen",
        "Dorpsraad Noordwolde",
        "Wonen op Sint Maarten",
    ],
)
def test_a_word_a_person_or_a_name_of_more_places_is_no_village(title: str) -> None:
    assert found(title, FILLER) == ()


def test_a_name_of_more_places_is_the_one_that_is_near() -> None:
    hogeland = ("provincie Groningen", "Het Hogeland")
    assert found("Dorpshuis Winsum", "De gemeente Het Hogeland betaalt.") == hogeland
    assert found("Dorpshuis Winsum", "De provincie Groningen betaalt.") == hogeland
    friesland = ("provincie Friesland", "Waadhoeke")
    assert found("Dorpshuis Winsum", "In Franeker is geld.") == friesland


def test_a_plain_word_counts_where_it_is_certain_elsewhere() -> None:
    assert found("Leek wint", FILLER + "Het feest is in Leek.") == (
        "provincie Groningen",
        "Westerkwartier",
    )
    assert found("Leek wint", FILLER + "Het feest is in Groningen.") != (
        "provincie Groningen",
        "Westerkwartier",
    )


def test_a_province_named_like_its_city_is_meant_where_it_is_told_once() -> None:
    title = "Leningen in Groningen"
    province = "De dorpen liggen in de provincie Groningen. "
    assert found(title, province) == ("provincie Groningen",)
    city = ("provincie Groningen", "Groningen")
    assert found(title, province + "Ook de gemeente Groningen betaalt.") == city


def test_villages_of_one_municipality_count_together() -> None:
    text = FILLER + "In Vledder begon het, toen kwam Diever, en nu Dwingeloo."
    place = place_of(a_document("Zo kan het", text))
    assert place == Place("Drenthe", "Westerveld", ("Vledder", "Diever", "Dwingeloo"))


def test_once_in_the_beginning_is_enough_for_a_village_or_for_who_lives_there() -> None:
    westerveld = ("provincie Drenthe", "Westerveld")
    assert found("Zo kan het", "In Vledder begon het. " + FILLER) == westerveld
    assert found("Zo kan het", FILLER * 10 + "In Vledder begon het.") == ()
    deventer = ("provincie Overijssel", "Deventer")
    assert found("Zo kan het", "Bewoners van Deventer begonnen. " + FILLER) == deventer


def test_towns_far_from_the_beginning_are_no_province() -> None:
    assert found("Zo kan het", FILLER + "Eerst Zwolle, toen Deventer, en later Almelo.") == ()


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://www.dorpsraadgrijpskerk.nl/over", ("provincie Groningen", "Westerkwartier")),
        ("https://dorpsbelangen-scheemda.nl/", ("provincie Groningen", "Oldambt")),
        ("https://www.raerd.com/", ("provincie Friesland", "Súdwest-Fryslân")),
        ("https://www.dorpshuizen.nl/btw", ()),
        ("https://www.best.nl/", ()),
        ("https://localhost/", ()),
        ("", ()),
    ],
)
def test_the_address_tells_where_nothing_else_does(address: str, names: tuple[str, ...]) -> None:
    document = Document("a", address, address, "Over ons", (Section(FILLER),), "")
    place = place_of(document)
    assert (place.names if place else ()) == names
    elsewhere = Document("a", address, address, "Over ons", (Section("In Gouda. " + FILLER),), "")
    assert place_of(elsewhere) is None


@given(
    st.lists(st.sampled_from(["Deventer", "Zwolle", "Gouda", "provincie Overijssel", "Drenthe"]))
)
def test_shares_are_of_all_that_is_named_elsewhere(names: list[str]) -> None:
    """Counted once for all: a look at every name for each name took seconds for a long list of them."""
    found = list(house_gazetteer().named(" en ".join(names)))
    named = _Certainty(found, None).of(found)
    for place, share in _shares(named).items():
        mine = [one for one, *_ in named if one == place]
        if place.municipality:
            others = [one for one, *_ in named if one not in {place, Place(place.province)}]
        else:
            others = [one for one, *_ in named if one.province != place.province]
            mine = [one for one, *_ in named if one.province == place.province]
        assert share == len(mine) / (len(mine) + len(others))
