"""The list of results has a line under what is counted, and languages to choose from."""

from pathlib import Path

import pytest

from index import Index
from tests.index.made import build, document
from webapp.pages import ResultsPage
from webapp.question import Question
from webapp.results import results_page


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
