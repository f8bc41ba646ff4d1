"""Names of places are found where they stand, with what they may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.place_lists import house_gazetteer
from index.places import Gazetteer, Known, Near, Place

VLEDDER = (Place("Drenthe", "Westerveld"),)


def words(text: str) -> list[str]:
    return [one.words for one in house_gazetteer().named(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Van Horst aan de Maas naar De Heurne", ["Horst aan de Maas", "De Heurne"]),
        ("De heer komt uit 't Harde in Gelderland", ["'t Harde", "Gelderland"]),
        ("De Heemstede-Bennebroekse tram", []),
        ("De club Heemstede-Bennebroek", ["Heemstede", "Bennebroek"]),
        ("Oud-Beijerland en Ouwster Nijega", ["Oud-Beijerland", "Ouwster Nijega"]),
        ("ZWOLLE - Het dorp Nederland", ["ZWOLLE"]),
    ],
)
def test_names_as_they_stand(text: str, names: list[str]) -> None:
    assert words(text) == names


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Henk van Vledder", False),
        ("H. van Vledder", False),
        ("H. Vledder", False),
        ("Henk van de Vledder", False),
        ("dat zei mevrouw Van Vledder", False),
        ("Dorpsraad van Vledder", True),
        ("Energiecoöperatie van Vledder", True),
        ("De APV van Vledder", True),
        ("Dat is zo. Van Vledder is het ver", True),
    ],
)
def test_the_name_of_a_person_is_none_of_a_place(text: str, is_one: bool) -> None:
    small = Gazetteer([Known(("vledder",), VLEDDER)])
    assert bool(list(small.named(text))) is is_one


@pytest.mark.parametrize(
    ("text", "is_surname"),
    [
        ("Voorzitter Henk Bakel stopt", True),
        ("Interview met Piet Deurne", True),
        ("Anne-Marie Delden vertelt", True),
        ("Dorpshuis Bakel", False),
        ("Ook Bakel wil het", False),
        ("Van Deventer leert men", False),
        ("Henk, Bakel wacht", False),
        ("SWO Deurne", False),
    ],
)
def test_a_name_behind_a_first_name_is_a_surname(text: str, is_surname: bool) -> None:
    assert [one.is_surname for one in house_gazetteer().named(text)] == [is_surname]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("in Ede en Epe", [True, True]),
        ("in Zwolle of Epe", [True, True]),
        ("in Zwolle, Ede en Epe", [True, True, True]),
        ("Zwolle en Epe", [True, False]),
        ("in Zwolle. Epe ook", [True, False]),
        ("in Zwolle maar Epe niet", [True, False]),
    ],
)
def test_the_word_before_a_place_goes_on_to_the_next(text: str, sure: list[bool]) -> None:
    assert [one.sure for one in house_gazetteer().named(text)] == sure


def test_what_a_name_is_behind_and_beside() -> None:
    behind = frozenset({"in"})
    small = Gazetteer(
        [
            Known(("leek",), VLEDDER, behind, Near.TOWN),
            Known(("best",), VLEDDER, behind, Near.NOTHING),
        ]
    )
    assert [one.sure for one in small.named("Leek in Leek")] == [False, True]
    assert [one.start for one in small.named("Best in Best")] == [8]


def test_a_village_and_who_lives_there_are_hardly_named_in_passing() -> None:
    text = "Van Vledder naar de inwoners van Zwolle, langs Deventer"
    told = [one.is_told for one in house_gazetteer().named(text)]
    assert told == [True, True, False]


@given(st.text(alphabet="'’sStT-. vanDeVledrNijmg(),", max_size=60))
def test_whatever_the_text_the_words_stand_in_it(text: str) -> None:
    free_from = 0
    for one in house_gazetteer().named(text):
        assert text[one.start :].startswith(one.words)
        assert one.start >= free_from
        free_from = one.start + len(one.words)
