"""The list of results has a line under what is counted, and languages to choose from."""

from pathlib import Path

import pytest

from index import Index
from index.facets import Facets
from index.places import Place
from index.query import ThemeTag
from tests.index.made import build, document
from webapp.messages import say
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


@pytest.fixture
def long(tmp_path: Path) -> Index:
    """22 documents that are counted, on two pages, and 50 that fit less: 18 beside them, 32 after."""
    whole = [document(f"heel-{n}", f"De subsidieregeling {n}.", title="Heel") for n in range(22)]
    parts = [document(f"deel-{n}", f"De regeling {n}.", title="Deel") for n in range(50)]
    build(tmp_path, [*whole, *parts])
    return Index(tmp_path)


def numbers(page: ResultsPage) -> list[str]:
    assert page.pages
    return [link.text for link in page.pages.numbers]


def test_counts_and_numbers_of_pages_agree_in_each_part(long: Index) -> None:
    pages = [asked(long, Question(text="subsidieregeling", page=n)) for n in (1, 2, 3, 4)]
    long.close()
    assert [page.count for page in pages] == [
        "22 resultaten voor 'subsidieregeling', bladzijde 1 van 2",
        "22 resultaten voor 'subsidieregeling', bladzijde 2 van 2",
        "Lijkt op 'subsidieregeling', bladzijde 1 van 2",
        "Lijkt op 'subsidieregeling', bladzijde 2 van 2",
    ]
    assert [numbers(page) for page in pages] == [["1", "2"]] * 4
    assert [page.pages.current for page in pages if page.pages] == ["1", "2", "1", "2"]


def test_one_link_leads_from_what_is_counted_to_what_fits_less_and_back(long: Index) -> None:
    found = [asked(long, Question(text="subsidieregeling", page=n)).pages for n in (1, 2, 3, 4)]
    long.close()
    pages = [one for one in found if one]
    address = "/zoeken?q=subsidieregeling"
    assert [one.less and one.less.address for one in pages] == [None, f"{address}&p=3", None, None]
    assert [one.better and one.better.address for one in pages] == [None, None, address, address]
    assert [one.following for one in pages] == [f"{address}&p=2", "", f"{address}&p=4", ""]
    assert [one.previous for one in pages] == ["", address, "", f"{address}&p=3"]


def test_a_part_of_one_page_has_no_numbers(tmp_path: Path) -> None:
    parts = [document(f"deel-{n}", f"De regeling {n}.", title="Deel") for n in range(30)]
    build(tmp_path, [document("heel", "De subsidieregeling.", title="Heel"), *parts])
    index = Index(tmp_path)
    pages = [asked(index, Question(text="subsidieregeling", page=n)) for n in (1, 2)]
    index.close()
    assert [page.count for page in pages] == [
        "1 resultaat voor 'subsidieregeling'",
        "Lijkt op 'subsidieregeling'",
    ]
    assert [numbers(page) for page in pages] == [[], []]
    assert pages[0].pages
    assert pages[0].pages.less
    assert pages[0].pages.less.text == say("pag.less")


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
