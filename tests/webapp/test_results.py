"""The list of results has a line under what is counted, and languages to choose from."""

from pathlib import Path

import pytest

from index import Index
from index.facets import Facets
from index.places import Place
from index.query import ThemeTag
from tests.index.made import build, document
from webapp.question import Question
from webapp.results import results_page
from webapp.search_pages import ResultsPage


@pytest.fixture
def index(tmp_path: Path) -> Index:
    build(
        tmp_path,
        [
            document("heel", "De subsidieregeling van dit jaar.", title="Heel"),
            document("deel", "De regeling van dit jaar.", title="Deel"),
            document("vreemd", "The garden of our street.", title="Vreemd", language="en"),
        ],
    )
    return Index(tmp_path)


def asked(index: Index, question: Question) -> ResultsPage:
    return results_page(question, index.search(question.query()), index, site="")


def titles(page: ResultsPage) -> tuple[list[str], list[str]]:
    return [item.title for item in page.hits], [item.title for item in page.below]


def test_what_only_ranks_stands_below_the_line(index: Index) -> None:
    page = asked(index, Question(text="subsidieregeling"))
    assert page.count.startswith("1 resultaat")
    assert titles(page) == (["Heel"], ["Deel"])
    index.close()


def test_only_counted_results_are_counted_in_pages(tmp_path: Path) -> None:
    whole = [document(f"heel-{n}", f"De subsidieregeling {n}.", title="Heel") for n in range(22)]
    parts = [document(f"deel-{n}", f"De regeling {n}.", title="Deel") for n in range(30)]
    build(tmp_path, [*whole, *parts])
    index = Index(tmp_path)
    counts = [asked(index, Question(text="subsidieregeling", page=n)).count for n in (1, 2, 3)]
    index.close()
    assert counts == [
        "22 resultaten voor 'subsidieregeling', bladzijde 1 van 2",
        "22 resultaten voor 'subsidieregeling', bladzijde 2 van 2",
        "Lijkt op 'subsidieregeling', bladzijde 3 van 3",
    ]


def test_with_fewer_words_the_line_is_under_what_is_counted_too(index: Index) -> None:
    page = asked(index, Question(text="subsidieregeling oranje"))
    assert page.count == "1 resultaat voor 'subsidieregeling oranje'"
    assert titles(page) == (["Heel"], ["Deel"])
    index.close()


def test_a_language_is_a_choice_where_there_are_several(index: Index) -> None:
    (languages,) = [one for one in asked(index, Question()).facets if one.name == "taal"]
    assert [(one.label, one.count) for one in languages.choices] == [
        ("Nederlands", "2"),
        ("Engels", "1"),
    ]
    english = Question(languages=("en",))
    page = asked(index, english)
    assert titles(page) == (["Vreemd"], [])
    assert english.address() == "/zoeken?taal=en"
    assert [chip.text for chip in page.chips] == ["Verwijder filter: Engels"]
    one_language = asked(index, Question(text="regeling")).facets
    assert all(not one.choices for one in one_language if one.name == "taal")
    index.close()


@pytest.fixture
def told(tmp_path: Path) -> Index:
    """Documents with what is told of each: themes, and a place."""
    facets = {
        "dak": Facets((ThemeTag("energie en klimaat", 0.9, ("dak",)),)),
        "dorp": Facets(
            (ThemeTag("zorg en welzijn", 0.9, ("zorg",)), ThemeTag("wonen", 0.8, ("huis",))),
            place=Place("Overijssel", "Deventer", ("Deventer",)),
        ),
        "niets": Facets(),
    }
    build(tmp_path, [document(name, "Tekst.") for name in facets], facets=facets)
    return Index(tmp_path)


def test_themes_and_places_are_choices_with_names_people_read(told: Index) -> None:
    facets = {one.name: one for one in asked(told, Question()).facets}
    themes, places = facets["thema"], facets["plaats"]
    assert (themes.label, places.label) == ("Thema", "In uw buurt")
    assert {(one.value, one.label, one.count) for one in themes.choices} == {
        ("energie en klimaat", "Energie en klimaat", "1"),
        ("wonen", "Wonen", "1"),
        ("zorg en welzijn", "Zorg en welzijn", "1"),
    }
    assert {one.label for one in places.choices} == {"Deventer", "Provincie Overijssel"}
    told.close()


def test_a_theme_and_a_place_narrow_and_can_be_taken_away(told: Index) -> None:
    question = Question(themes=("wonen",), places=("provincie Overijssel",))
    assert question.address() == "/zoeken?thema=wonen&plaats=provincie+Overijssel"
    page = asked(told, question)
    assert len(page.hits) == 1
    assert [(chip.text, chip.address) for chip in page.chips] == [
        ("Verwijder filter: Wonen", "/zoeken?plaats=provincie+Overijssel"),
        ("Verwijder filter: Provincie Overijssel", "/zoeken?thema=wonen"),
    ]
    assert page.chosen
    told.close()


def test_without_themes_and_places_there_is_no_filter(index: Index) -> None:
    names = {one.name: one.choices for one in asked(index, Question()).facets}
    assert names["thema"] == names["plaats"] == ()
    index.close()
