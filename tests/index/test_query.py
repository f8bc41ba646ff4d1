"""Our query language: words, "phrases", -minus, and nothing that costs more than its length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QueryError
from index.query import MAX_CHARACTERS, Clause, Fragment, parse


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", ()),
        ("  ", ()),
        ("buurthuis", (Clause("buurthuis"),)),
        ("a  b", (Clause("a"), Clause("b"))),
        ('"een huis"', (Clause("een huis", is_phrase=True),)),
        ("“een   huis”", (Clause("een huis", is_phrase=True),)),
        ('"huis"', (Clause("huis"),)),
        ('-"een huis"', (Clause("een huis", is_phrase=True, excluded=True),)),
        ("-tuin", (Clause("tuin", excluded=True),)),
        ("−tuin", (Clause("tuin", excluded=True),)),
        ("e-mail", (Clause("e-mail"),)),
        ("- tuin -", (Clause("tuin"),)),
        ('"open einde', (Clause("open"), Clause("einde"))),
        ('a "b c" "d', (Clause("a"), Clause("b c", is_phrase=True), Clause("d"))),
        ("a\x00b\u202ec\ud800d", (Clause("a"), Clause("b"), Clause("c"), Clause("d"))),
        ('"" -"" !? -', ()),
        ("title:x AND (y OR z*)", tuple(map(Clause, ("title:x", "AND", "(y", "OR", "z*)")))),
    ],
)
def test_parse(text: str, clauses: tuple[Clause, ...]) -> None:
    assert parse(text) == clauses


def test_a_long_query_is_refused() -> None:
    assert len(parse("a " * (MAX_CHARACTERS // 2))) == MAX_CHARACTERS // 2
    with pytest.raises(QueryError) as caught:
        parse("a" * (MAX_CHARACTERS + 1))
    assert caught.value.code == "too_long"


@given(st.text(max_size=MAX_CHARACTERS))
def test_any_text_can_be_read(text: str) -> None:
    for clause in parse(text):
        assert any(sign.isalnum() for sign in clause.text)
        assert '"' not in clause.text
        assert clause.is_phrase == (" " in clause.text)


def test_a_fragment_is_its_pieces() -> None:
    assert Fragment((("een ", False), ("huis", True))).text == "een huis"
