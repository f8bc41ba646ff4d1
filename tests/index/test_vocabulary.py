"""What is known is never corrected; one slip before a forgotten space, that before two slips."""

import pytest

from index.analysis import Word, word_of
from index.vocabulary import Meant
from tests.index.made import vocabulary_of

KNOWN = vocabulary_of(
    "subsidie aanvragen voor het buurthuis", "de subsidie aanvragen", "een buurthuis bij de kerk"
)


def word(typed: str) -> Word:
    found = word_of(typed)
    assert found is not None
    return found


def meant(typed: str) -> Meant | None:
    return KNOWN.meant(word(typed))


@pytest.mark.parametrize("typed", ["subsidies", "Subsidie", "huis", "onvindbaar", "2024", "recept"])
def test_known_words_strange_ones_and_those_of_the_dictionary_stay(typed: str) -> None:
    assert meant(typed) is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("subisidie", ("subsidie",)),
        ("buurthiuss", ("buurthuis",)),
        ("subsidiebuurthuis", ("subsidie", "buurthuis")),
        ("buurthuisaanvragen", ("buurthuis", "aanvragen")),
        ("voorsubsidie", ("subsidie",)),
        ("kerkhuis", ("kerk", "huis")),
    ],
)
def test_what_was_probably_meant(typed: str, words: tuple[str, ...]) -> None:
    assert meant(typed) == Meant(words)


def test_one_slip_comes_before_a_forgotten_space_and_that_before_two_slips() -> None:
    typed = word("blorkwimp")
    texts = ["blork wimp", "wimp blork"]
    assert vocabulary_of(*texts, "blorkwimpa").meant(typed) == Meant(("blorkwimpa",))
    assert vocabulary_of(*texts, "blorkwinpt").meant(typed) == Meant(("blork", "wimp"))
    assert vocabulary_of("blorkwinpt").meant(typed) == Meant(("blorkwinpt",))


def test_look_alikes_are_terms_of_the_collection() -> None:
    assert [one.term for one in KNOWN.alike("subsidiegever")] == ["subsidie"]
