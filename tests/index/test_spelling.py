"""The nearest words: one or two letters away, the commonest first, never for a known word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import Speller, as_written, distance
from tests.index.made import document

WORDS = {"gemeente": 90, "subsidie": 50, "subsidies": 20, "buurt": 30, "buurthuis": 9, "bocht": 2}
WORDS |= {"recht": 40, "rechts": 3, "zorg": 60, "covid19": 5, "wet": 70}
SPELLER = Speller(WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gemeete", "gemeente"),
        ("Gemeenet", "gemeente"),
        ("subisidie", "subsidie"),
        ("sbusidei", "subsidie"),
        ("buurthüisje", "buurthuis"),
        ("buurhuis", "buurthuis"),
        ("bucht", "bocht"),
    ],
)
def test_one_or_two_mistakes(typed: str, meant: str) -> None:
    assert SPELLER.nearest(typed)[0] == meant


@pytest.mark.parametrize("typed", ["Gemeente", "wt", "wte", "covid18", "zrgo1", "onvindbaar", ""])
def test_known_short_odd_and_far_words_stay(typed: str) -> None:
    assert SPELLER.nearest(typed) == ()


def test_short_words_have_one_mistake_at_most() -> None:
    assert SPELLER.nearest("brutu") == ()
    assert SPELLER.nearest("brut") == ()


def test_the_word_in_most_documents_comes_first_among_equals() -> None:
    assert SPELLER.nearest("subsidiem") == ("subsidie", "subsidies")
    assert SPELLER.nearest("rechtt") == ("recht", "rechts")
    assert SPELLER.nearest("gemeentee", 1) == ("gemeente",)


def test_two_mistakes_only_when_asked_for() -> None:
    assert SPELLER.nearest("sbusidei", 1) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("subsidiegemeente", ("subsidie", "gemeente")),
        ("Buurthuissubsidies", ("buurthuis", "subsidies")),
        ("zorgbuurtrecht", ("zorg", "buurt", "recht")),
        ("voorsubsidie", ("subsidie",)),
        ("buurthuisvan", ("buurthuis",)),
        ("zorgrechtsubsidiegemeente", ()),
        ("subsidie", ()),
        ("subsidiebocht12", ()),
        ("voorvan", ()),
        ("zeldzaambuurt", ()),
        ("", ()),
    ],
)
def test_words_that_were_typed_as_one(typed: str, meant: tuple[str, ...]) -> None:
    assert Speller(WORDS | {"zeldzaam": 1}).apart(typed) == meant


def test_distances_by_hand() -> None:
    assert distance("abc", "abc", 2) == 0
    assert distance("abc", "acb", 2) == 1
    assert distance("abcd", "abd", 2) == 1
    assert distance("abcd", "badc", 2) == 2
    assert distance("abcdef", "xyzdef", 2) == 3
    assert distance("", "abcd", 2) == 3


@pytest.mark.parametrize(
    ("texts", "words", "written"),
    [
        (["Coöperatie", "een coöperatie", "Coöperatie, cooperatie"], "cooperatie", "coöperatie"),
        (["Movisie weet dat.", "Bij Movisie."], "movisie", "Movisie"),
        (["Een café in België."], "cafe belgie", "café België"),
        (["Iets anders."], "cafe", "cafe"),
    ],
)
def test_a_word_is_shown_as_most_documents_write_it(
    texts: list[str], words: str, written: str
) -> None:
    assert as_written(words, [document(text, text) for text in texts]) == written


def slow(one: str, other: str) -> int:
    """The same distance, the whole table."""
    table = [
        [max(i, j) if not (i and j) else 0 for j in range(len(other) + 1)]
        for i in range(len(one) + 1)
    ]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7), st.integers(1, 2))
def test_the_quick_distance_is_the_slow_one(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(slow(one, other), most + 1)


@given(st.text("abcde", min_size=6, max_size=9), st.text("abcde", min_size=6, max_size=9))
def test_nothing_near_is_passed_over(word: str, typed: str) -> None:
    found = Speller({word: 1}).nearest(typed)
    near = 0 < slow(word, typed) <= 2
    assert (found == (word,)) == near
