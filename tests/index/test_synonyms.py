"""What is said to be the same is found both ways, and a line that is broken is named."""

from pathlib import Path

import pytest

from index.analysis import terms
from index.expansion import expand, query_terms
from index.synonyms import SYNONYM_WEIGHT, SYNONYMS, SYNONYMS_FILE
from index.wordlists import WordListError, read_lines
from tests.index.made import as_terms, sequences, the_list


def test_a_group_finds_both_ways_and_an_arrow_one_way(tmp_path: Path) -> None:
    known = the_list(tmp_path, "# list\nbuurthuis, dorpshuis -> gebouw\n")
    (one,), (other,), (wider,) = (
        expand([word], synonyms=known) for word in ("buurthuizen", "dorpshuis", "gebouw")
    )
    assert sequences(one, "synonym") == ["dorpshuis", as_terms("gebouw")]
    assert sequences(other, "synonym") == ["buurthuis", as_terms("gebouw")]
    assert sequences(wider, "synonym") == []


def test_a_group_may_have_a_weight_of_its_own(tmp_path: Path) -> None:
    known = the_list(tmp_path, "wmo, wet maatschappelijke ondersteuning @0.9\nwmo, zorgwet\n")
    (group,) = expand(["wmo"], synonyms=known)
    weights = {" ".join(one.terms): one.weight for one in group.alternatives}
    assert weights["zorgwet"] == SYNONYM_WEIGHT
    assert weights[as_terms("wet maatschappelijke ondersteuning")] == 0.9


def test_the_list_of_the_house_is_long_and_shrinks_no_name_to_an_everyday_word() -> None:
    assert len(list(read_lines(SYNONYMS_FILE))) >= 150
    for line in read_lines(SYNONYMS_FILE):
        for written in line.text.partition("@")[0].replace("->", ",").split(","):
            assert len(terms(written)) >= min(2, len(written.split())), written


def test_several_words_of_the_query_are_known_together(tmp_path: Path) -> None:
    known = the_list(tmp_path, "uitdaagrecht, right to challenge\nright, rechts\n")
    groups = expand(["wat", "is", "right", "to", "challenge"], synonyms=known)
    assert [group.word for group in groups] == ["right", "to", "challenge"]
    for group in groups:
        assert sequences(group, "synonym") == ["uitdaagrecht"]
    (alone,) = expand(["right"], synonyms=known)
    assert sequences(alone, "synonym") == [as_terms("rechts")]


def test_several_words_of_the_list_stand_together(tmp_path: Path) -> None:
    known = the_list(tmp_path, "VOG, verklaring omtrent het gedrag\n")
    (group,) = expand(["vog"], synonyms=known)
    assert sequences(group, "synonym") == [as_terms("verklaring omtrent gedrag")]


def test_a_word_of_two_groups_finds_both(tmp_path: Path) -> None:
    known = the_list(tmp_path, "CPO, wooncoöperatie\ncpo, opdrachtgeverschap\n")
    (group,) = expand(["C.P.O."], synonyms=known)
    assert len(sequences(group, "synonym")) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# one\n\nbuurthuis\n", "line 3: a group needs two words"),
        ("buurthuis, , dorpshuis", "line 1: a word is missing"),
        ("buurthuis, het", "line 1: a word is missing, or only says"),
        ("buurthuis, dorpshuis -> ", "line 1: a word is missing"),
        ("a1 -> b1 -> c1", "line 1: a line has one arrow at most"),
        ("a1, b1 @ veel", "line 1: the weight behind @ is a number"),
        ("a1, b1 @0", "line 1: the weight behind @ is a number"),
        ("buurthuis, Buurthuizen", "line 1: two of these words are the same"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(WordListError, match=reason):
        the_list(tmp_path, text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("uitdaagrecht", "right to challenge"),
        ("right to challenge", "uitdaagrecht"),
        ("wmo", "wet maatschappelijke ondersteuning"),
        ("Oranjefonds", "Oranje Fonds"),
        ("Landelijke Vereniging voor Kleine Kernen", "LVKK"),
        ("fondsenwerving", "financiering"),
        ("zonne panelen", "zonnepanelen"),
    ],
)
def test_the_list_of_the_house_is_used(typed: str, found: str) -> None:
    assert set(terms(found)) <= set(query_terms(typed))


def test_a_verb_does_not_find_a_foundation() -> None:
    assert query_terms("wat kan ik doen") == ["doen", "en_doen"]
    assert ("doen",) not in SYNONYMS
