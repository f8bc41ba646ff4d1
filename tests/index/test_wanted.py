"""What words of a text show of a question, and what that is worth."""

import pytest

from index.expansion import expand
from index.synonyms import Synonyms
from index.wanted import Rank, Shown, Wanted, beside, wanted_of, worth

SYNONYMS: Synonyms = {("buurthuis",): {("dorpshuis",): 0.6, ("hart", "dorp"): 0.6}}


def bits(*ranks: tuple[int, Rank]) -> Shown:
    return sum(1 << (len(Rank) * number + rank) for number, rank in ranks)


def wanted(*words: str) -> Wanted:
    return wanted_of(expand(words, synonyms=SYNONYMS))


@pytest.mark.parametrize(
    ("word", "rank"),
    [
        ("buurthuizen", Rank.TYPED),
        ("dorpshuis", Rank.MEANT),
        ("buurthuisfeest", Rank.INSIDE),
        ("huis", Rank.PART),
        ("huiswerk", Rank.SHARED),
    ],
)
def test_a_word_has_a_rank(word: str, rank: Rank) -> None:
    (inside,) = wanted("buurthuis").inside(word)
    assert (inside.start, inside.end) == (0, len(word))
    best = inside.shown & -inside.shown
    assert best == bits((0, rank))


def test_other_words_are_not_looked_for() -> None:
    assert wanted("buurthuis").inside("fiets") == ()


def test_words_of_a_piece_are_found_each() -> None:
    found = wanted("tuin", "en", "vuur").inside("vuur?het;tuin")
    assert [(one.start, one.end, one.shown) for one in found] == [
        (0, 4, bits((1, Rank.TYPED))),
        (9, 13, bits((0, Rank.TYPED))),
    ]


def test_words_in_a_row_are_parts_of_what_is_asked() -> None:
    question = wanted("buurthuis")
    assert question.rows == (
        (("buurt", "huis"), bits((0, Rank.MEANT))),
        (("hart", "dorp"), bits((0, Rank.MEANT))),
    )
    (inside,) = question.inside("hart")
    assert inside.shown == bits((0, Rank.PART))


def test_a_phrase_is_a_row() -> None:
    question = wanted_of((), [("fiet", "pad"), ("tuin",)])
    assert question.rows == ((("fiet", "pad"), bits((0, Rank.TYPED))),)
    assert question.terms["tuin"] == bits((1, Rank.TYPED))


def test_each_word_of_the_question_is_worth_its_best_rank() -> None:
    typed, meant, part = (bits((0, rank)) for rank in (Rank.TYPED, Rank.MEANT, Rank.PART))
    assert worth(typed) == worth(typed | meant) > worth(meant) > worth(part) > worth(0) == 0
    assert worth(typed | bits((1, Rank.PART))) == worth(typed) + worth(part)
    two_meant, two_parts = (bits((0, r), (1, r)) for r in (Rank.MEANT, Rank.PART))
    assert worth(two_meant) > worth(typed) > worth(two_parts)


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        (bits((0, Rank.TYPED), (0, Rank.PART)), bits((0, Rank.TYPED))),
        (bits((0, Rank.INSIDE), (0, Rank.SHARED)), bits((0, Rank.INSIDE))),
        (bits((0, Rank.PART), (0, Rank.SHARED)), bits((0, Rank.PART))),
        (bits((0, Rank.SHARED)), bits((0, Rank.SHARED))),
        (bits((0, Rank.TYPED), (1, Rank.PART)), bits((0, Rank.TYPED), (1, Rank.PART))),
    ],
)
def test_parts_are_marked_where_nothing_better_is(shown: Shown, kept: Shown) -> None:
    assert beside(shown) == kept
