"""What several words say as one: it is found whole, in any of its ways of writing, and apart."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import analysis, wholes
from index.analysis import content_words, index_terms, terms, together, tokens
from index.wordlists import WordListError


def beside(text: str) -> set[str]:
    """The terms that the words of a text, taken apart, do not have."""
    apart = {term for word in analysis.words(text) for term in index_terms(word)}
    return set(index_terms(text)) - apart


@pytest.mark.parametrize(
    "text",
    [
        "13 april 2024",
        "op 13 apr. 2024 om",
        "13-04-2024",
        "13-4-2024",
        "13/04/2024",
        "2024-04-13",
        "April 13 en 13 April 2024",
    ],
)
def test_a_date_is_one_term_in_every_notation(text: str) -> None:
    assert beside(text) >= {"2024-04-13", "2024-04"}


def test_a_date_with_dots_is_a_day() -> None:
    assert beside("13.4.2024") == {"2024-04-13"}


@pytest.mark.parametrize(
    "text", ["31-02-2024", "06-12345678", "2023-2024", "13 april", "mei dit jaar", "2.3", "25/30"]
)
def test_other_numbers_are_no_date(text: str) -> None:
    assert beside(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("artikel 2.3 Wmo", {"artikel_2.3", "artikel_2.3_naam_wmo", "naam_wmo"}),
        ("art. 2.3", {"artikel_2.3"}),
        ("Artikel 2:3 BW", {"artikel_2:3", "artikel_2:3_naam_bw", "naam_bw"}),
        ("artikel 4a, tweede lid", {"artikel_4a", "artikel_4a_lid_2", "lid_2"}),
        ("artikel 4a lid 2", {"artikel_4a", "artikel_4a_lid_2", "lid_2"}),
        (
            "artikel 1, onder b, van de Wet maatschappelijke ondersteuning 2015",
            {"artikel_1", "artikel_1_naam_wmo", "naam_wmo", "naam_wmo_2015"},
        ),
        ("Wmo 2015", {"naam_wmo", "naam_wmo_2015"}),
        ("het artikel over lid worden", set()),
        ("start 2", set()),
    ],
)
def test_an_article_is_one_term_with_its_lid_and_its_law(text: str, expected: set[str]) -> None:
    assert set(index_terms(text)) - {t for w in analysis.words(text) for t in terms(w)} == expected


def test_the_number_of_an_article_is_no_other_number() -> None:
    assert "artikel_2.3" not in index_terms("23 artikelen, artikel 23")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("het Oranje Fonds", True),
        ("oranjefonds", True),
        ("oranje tulpen", False),
        ("Stichting DOEN", True),
        ("stichting Doen", True),
        ("Het geld komt van DOEN.", True),
        ("DOEN", True),
        ("wat kunnen we doen", False),
        ("WAT KUNNEN WE DOEN IN DE BUURT", False),
        ("Doen is een werkwoord", False),
        ("LSA", True),
        ("het Landelijk Samenwerkingsverband Aandachtswijken", True),
        ("salsa", False),
    ],
)
def test_a_name_is_one_term_by_any_of_its_names(text: str, found: bool) -> None:
    names = {"naam_oranje_fonds", "naam_stichting_doen", "naam_lsa_bewoners"}
    assert bool(names.intersection(index_terms(text))) is found


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("e-mail", "email"),
        ("zorg-coöperatie", "zorgcoöperatie"),
        ("bewoners- en buurtgroepen", "bewonersgroepen"),
        ("dorps- of wijkraden", "dorpsraden"),
        ("wet- en regelgeving", "wetgeving"),
        ("dorps-/wijkraad", "dorpsraad"),
        ("buurt-, dorps- en wijkhuizen", "buurthuizen"),
        ("buurthuizen en -kamers", "buurtkamers"),
        ("covid-19", "covid19"),
    ],
)
def test_a_compound_with_a_hyphen_is_found_as_one_word(written: str, whole: str) -> None:
    assert terms(whole)[0] in beside(written)
    assert set(terms(written)) <= set(index_terms(written))


@pytest.mark.parametrize("text", ["en/of", "kosten/baten", "in- en uitvoer", "- en -", "a -- b"])
def test_what_only_looks_shortened_stays_as_it_is(text: str) -> None:
    assert beside(text) == set()


def test_a_part_that_only_the_joined_word_has_is_kept() -> None:
    assert "email" in index_terms("e-mailadres")
    assert index_terms("zorg-coöperatie").count(terms("coöperatie")[0]) == 1


@pytest.mark.parametrize("text", ["€ 1.000,-", "1000", "1.000 euro"])
def test_dots_between_thousands_say_nothing(text: str) -> None:
    assert terms(text)[0] == "1000"


def test_a_decimal_is_one_number() -> None:
    assert beside("3,5 en 3,50") == {"3,5"}
    assert beside("2,00 en 1,2,3") == set()


def test_what_is_said_together_tells_its_words() -> None:
    assert together("subsidie van het Oranje Fonds") == [(1, 3, "naam_oranje_fonds", False)]
    assert together("artikel 2.3 Wmo")[:2] == [
        (0, 3, "artikel_2.3", False),
        (0, 4, "artikel_2.3_naam_wmo", False),
    ]
    assert together("per e-mail") == [(0, 2, "email", True)]
    assert together("gewone woorden") == []


def test_a_whole_stands_at_its_first_word() -> None:
    first, second = tokens("de Oranje Fonds")
    assert "naam_oranje_fonds" in first.parts
    assert second.parts == ()


PIECES = (
    "artikel Art. 2.3 13 april 2024 -04- lid tweede Wmo oranje fonds DOEN bewoners- en -kamers de "
    "buurthuizen dorps-/wijkraad e-mail o\u0308-x W.m.o.-y 1.000 3,5 \u00ad ' _ /"
)
SAID = st.lists(st.sampled_from(sorted(PIECES.split())), max_size=12)


@given(SAID, st.sampled_from(["", " "]))
def test_wholes_leave_the_words_as_they_are(said: list[str], between: str) -> None:
    text = between.join(said)
    assert [word.term for word in content_words(text)] == terms(text)
    assert [(t.term, t.parts) for t in tokens(text)] == [
        (w.term, w.parts) for w in content_words(text)
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [("LSA,, LVKK", "a name is missing"), ("LSA\nx, lsa", "line 2: lsa already stands")],
)
def test_a_broken_name_names_its_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WordListError, match=reason):
        wholes.read_names(path)
