"""What looks alike: shared groups of letters, the rare ones most; the nearest first, never itself."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lookalikes import LEAST, MOST, MOST_TERMS, Lookalikes

TERMS = ["bestuur", "bestuurder", "besturen", "dagbestuur", "subsidie", "subsidieregel", "zorg"]
TERMS += ["verzorg", "zorgt", "x", "2024", "en_zorg", "banaan"]


def of(term: str, terms: list[str] = TERMS) -> dict[str, float]:
    return dict(Lookalikes(dict.fromkeys(terms, 1)).of(term))


def test_longer_shorter_and_bent_words_look_alike() -> None:
    assert {"bestuurder", "dagbestuur"} <= of("bestuur").keys()
    assert {"bestuur", "bestuurder"} <= of("bestuurlijk").keys()
    assert list(of("subsidie")) == ["subsidieregel"]
    assert "banaan" not in of("bestuur") | of("zorg")


def test_a_slip_looks_like_what_was_meant() -> None:
    assert next(iter(of("subsdie"))) == "subsidie"


@pytest.mark.parametrize("term", ["x", "2024", "en_zorg", "", "z" * 41, "qqqq"])
def test_what_is_no_word_looks_like_nothing(term: str) -> None:
    assert of(term) == {}
    assert term not in of("zorg")


def test_an_empty_collection_has_nothing_alike() -> None:
    assert of("zorg", []) == {}


def test_no_more_than_some_and_the_nearest_first() -> None:
    others = ["".join(letters) for letters in product("abcdefghijklmnopqrstuvwxyz", repeat=3)]
    found = of("gemeente", [*others, *(f"gemeente{other}" for other in others[:99])])
    assert len(found) == MOST
    assert list(found.values()) == sorted(found.values(), reverse=True)


def test_of_too_many_terms_those_in_most_documents_are_kept() -> None:
    letters = product("abcdefghijklmnopqrstuvwxyz", repeat=4)
    terms = dict.fromkeys(map("".join, letters), 1)
    assert len(terms) > MOST_TERMS
    known = Lookalikes(terms | {"zzzy": 2, "zzzz": 1})
    assert "zzzy" in dict(known.of("zzz"))
    assert "zzzx" not in dict(known.of("zzz"))


def slow_cosine(one: str, other: str, terms: list[str]) -> float:
    """The same cosine, by sets."""

    def groups(term: str) -> set[str]:
        marked = f"<{term}>"
        return {marked[at : at + 3] for at in range(len(marked) - 2)}

    def idf(group: str) -> float:
        return math.log(1 + len(terms) / (sum(group in groups(term) for term in terms) or 1))

    def length(term: str) -> float:
        return math.sqrt(sum(idf(group) ** 2 for group in groups(term)))

    shared = sum(idf(group) ** 2 for group in groups(one) & groups(other))
    return shared / (length(one) * length(other))


WORDS = st.text("abcd", min_size=3, max_size=7)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=12, unique=True))
def test_the_cosine_is_that_of_sets(term: str, terms: list[str]) -> None:
    cosines = {other: slow_cosine(term, other, terms) for other in terms if other != term}
    near = {other: one for other, one in cosines.items() if one >= LEAST + 1e-9}
    found = of(term, terms)
    assert near.keys() <= found.keys()
    for other, cosine in found.items():
        assert cosine == pytest.approx(cosines[other])
