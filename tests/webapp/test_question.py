"""One clean address per question, whatever comes in."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from webapp.question import MOST_VALUES, Question, is_clean, read_question

NAMES = (
    "q",
    "doel",
    "organisatie",
    "soort",
    "jaar_van",
    "jaar_tot",
    "zonder_datum",
    "sorteer",
    "p",
    "per",
    "x",
)
PAIRS = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["1", "4", "nieuws", "nee", "ja", "oudste", "doel", "2020", " a "]),
        ),
    ),
    max_size=30,
)


def asked(address: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


@given(PAIRS)
def test_the_clean_address_asks_the_same_and_is_clean(pairs: list[tuple[str, str]]) -> None:
    question = read_question(MultiDict(pairs))
    arguments = asked(question.address())
    assert read_question(arguments) == question
    assert is_clean(arguments, question)


@given(PAIRS)
def test_every_question_can_be_asked(pairs: list[tuple[str, str]]) -> None:
    query = read_question(MultiDict(pairs)).query()
    assert 0 <= query.offset < 1000
    assert len(query.organisations) <= MOST_VALUES
    for year in (query.year_from, query.year_to):
        assert year is None or 1000 <= year < 3000


def test_a_form_sends_more_than_a_clean_address_has() -> None:
    sent: MultiDict[str, str] = MultiDict(
        [
            ("q", " subsidie "),
            ("jaar_van", ""),
            ("jaar_tot", ""),
            ("zonder_datum", "nee"),
            ("zonder_datum", "ja"),
            ("sorteer", "beste"),
            ("p", "1"),
            ("utm_source", "x"),
        ]
    )
    assert read_question(sent).address() == "/zoeken?q=subsidie"


@pytest.mark.parametrize(
    ("first", "last", "formats", "order"),
    [
        ("2020", "2024", (), False),
        ("2024", "2020", (), True),
        ("20", "", ("jaar_van",), False),
        ("", "later", ("jaar_tot",), False),
        ("x", "y", ("jaar_van", "jaar_tot"), False),
        ("٢٠٢٠", "", ("jaar_van",), False),
    ],
)
def test_wrong_periods_are_known_and_not_asked(
    first: str, last: str, formats: tuple[str, ...], order: bool
) -> None:
    question = Question(text="x", year_from=first, year_to=last)
    assert question.wrong_format == formats
    assert question.wrong_order is order
    if formats or order:
        assert (question.query().year_from, question.query().year_to) == (None, None)


def test_filters_are_counted() -> None:
    question = Question(goals=(1, 4), kinds=("nieuws",), year_from="2020", year_to="2021")
    assert question.chosen == 4
    assert question.without_filters() == Question()
    assert Question().is_empty
