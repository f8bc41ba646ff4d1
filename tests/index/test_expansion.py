"""Every word of a query gets what it may be found by, and what words say together counts for each."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.alternatives import (
    AS_A_WHOLE,
    CORRECTED_WEIGHT,
    FILLER_WEIGHT,
    JOINED_WEIGHT,
    Alternative,
    Weights,
    terms_of,
)
from index.analysis import terms
from index.expansion import MOST_CORRECTED, expand, query_terms
from index.synonyms import SYNONYM_WEIGHT
from tests.index.made import as_terms, sequences, the_list, vocabulary_of


def test_the_own_term_comes_first_and_weighs_most() -> None:
    (group,) = expand(["Buurthuizen"])
    assert group.word == "Buurthuizen"
    assert group.alternatives[0] == Alternative(("buurthuis",), 1.0, "stem")
    assert sequences(group, "exact") == ["buurthuizen"]
    assert all(one.weight < 1 for one in group.alternatives[1:] if one.kind != "exact")
    synonyms = [one for one in group.alternatives if one.kind == "synonym"]
    assert {one.weight for one in synonyms} <= {SYNONYM_WEIGHT, 0.9}


def test_a_corrected_word_is_found_as_typed_and_as_meant() -> None:
    typed = ["bewoners", "initatief"]
    first, second = expand(typed, synonyms={}, vocabulary=vocabulary_of("bewoners initiatief"))
    assert (first.corrected, second.corrected) == ("", "initiatief")
    assert second.word == "initatief"
    assert [one.kind for one in second.alternatives[:2]] == ["stem", "corrected"]
    assert second.alternatives[0].terms == (as_terms("initatief"),)
    assert second.alternatives[1] == Alternative(("initiatief",), CORRECTED_WEIGHT, "corrected")
    assert as_terms("bewonersinitiatief") in sequences(first, "joined")
    assert sequences(second, "exact") == ["initiatief"]


def test_words_that_were_typed_as_one_are_words_of_their_own() -> None:
    texts = ["subsidies aanvragen", "aanvragen van subsidies", "een buurthuis", "het buurthuis"]
    typed = ["hoe", "aanvragenbuurthuis", "subsidies"]
    known = vocabulary_of(*texts)
    first, second, third = expand(typed, synonyms={}, vocabulary=known)
    assert [group.word for group in (first, second)] == ["aanvragenbuurthuis"] * 2
    assert [group.corrected for group in (first, second, third)] == ["aanvragen buurthuis"] * 2 + [
        ""
    ]
    assert first.alternatives[0] == Alternative(("aanvraag",), CORRECTED_WEIGHT, "split")
    assert second.alternatives[0] == Alternative(("buurthuis",), CORRECTED_WEIGHT, "split")
    assert as_terms("buurthuissubsidies") in sequences(second, "joined")


def test_other_words_as_near_rank_and_are_not_counted() -> None:
    known = vocabulary_of("de bond", "de bond", "een hond")
    (group,) = expand(["qond"], synonyms={}, vocabulary=known)
    assert group.corrected == "bond"
    assert [(one.terms, one.counts) for one in group.alternatives if one.kind == "corrected"] == [
        (("bond",), True),
        (("hond",), False),
    ]


def test_what_looks_alike_ranks_and_is_not_counted() -> None:
    known = vocabulary_of("subsidie voor het buurthuis", "subsidieregeling", "gesubsidieerd")
    (group,) = expand(["subsidie"], synonyms={}, vocabulary=known)
    alike = [one for one in group.alternatives if one.kind == "lookalike"]
    assert as_terms("subsidieregeling") in [one.terms[0] for one in alike]
    assert all(not one.counts and one.weight < 1 for one in alike)
    assert ("subsidie",) not in [one.terms for one in alike]


def test_a_part_stays_a_part_though_it_looks_like_the_word() -> None:
    known = vocabulary_of("een buurthuis in de buurt")
    (group,) = expand(["buurthuis"], synonyms={}, vocabulary=known)
    assert "buurt" in sequences(group, "part")
    assert "buurt" in sequences(group, "lookalike")


def test_no_more_than_some_words_are_corrected() -> None:
    groups = expand(["fuot"] * 9, vocabulary=vocabulary_of("fout"))
    assert sum(bool(group.corrected) for group in groups) == MOST_CORRECTED


def test_a_compound_is_found_by_its_parts_too() -> None:
    (group,) = expand(["subsidieaanvragen"], synonyms={})
    assert sequences(group, "part") == ["subsidie", "aanvraag"]
    assert all(one.counts is (one.kind != "part") for one in group.alternatives)
    assert sequences(group, "split") == ["subsidie aanvraag"]
    assert next(terms_of(group)) == group.alternatives[0].terms[0]
    assert {"subsidie", "aanvraag"} <= set(query_terms("subsidieaanvragen"))
    (simple,) = expand(["subsidie"], synonyms={})
    assert [one.kind for one in simple.alternatives] == ["stem", "language", "exact"]


def test_stop_words_drop_out_and_hyphens_divide() -> None:
    groups = expand(["Hoe", "werkt", "het", "wijk-bestuur"])
    assert [group.word for group in groups] == ["werkt", "wijk", "bestuur"]
    assert expand([]) == expand(["de", "?!"]) == ()


def test_neighbours_are_joined_with_what_may_stand_between() -> None:
    left, right = expand(["vereniging", "gebouw"], synonyms={})
    assert sequences(left, "joined") == sequences(right, "joined")
    assert as_terms("verenigingsgebouw") in sequences(left, "joined")
    assert as_terms("verenigingengebouw") in sequences(left, "joined")
    assert {one.weight for one in left.alternatives if one.kind == "joined"} == {JOINED_WEIGHT}


@pytest.mark.parametrize("typed", ["subsidie voor aanvraag", "artikel 12", "aanvraag"])
def test_what_does_not_stand_side_by_side_is_not_joined(typed: str) -> None:
    for group in expand(typed.split(), synonyms={}):
        assert sequences(group, "joined") == []


def test_a_single_letter_is_joined_without_anything_between() -> None:
    for typed in (["e", "mail"], ["e-mail"]):
        group, _ = expand(typed, synonyms={})
        assert sequences(group, "joined") == ["email"]


@given(st.lists(st.text(max_size=20), max_size=8))
def test_a_vocabulary_takes_nothing_away(typed: list[str]) -> None:
    plain, known = expand(typed), expand(typed, vocabulary=vocabulary_of("een buurthuis", "zorg"))
    assert len(known) >= len(plain)
    assert {group.word for group in known} == {group.word for group in plain}


@given(st.lists(st.text(max_size=20), max_size=8))
def test_every_group_is_one_word_and_names_no_sequence_twice(typed: list[str]) -> None:
    groups = expand(typed)
    assert [group.alternatives[0].terms for group in groups] == [
        (term,) for text in typed for term in terms(text)
    ]
    for group in groups:
        found = [(one.field, one.terms) for one in group.alternatives]
        assert len(set(found)) == len(found)
        assert all(all(sequence) and sequence for _, sequence in found)


def test_what_words_say_together_is_each_of_them_and_scores_once_apart() -> None:
    article, number, other, law = expand(["artikel", "2.3", "Wmo"], synonyms={})
    assert sequences(article, "whole") == ["artikel_2.3_naam_wmo"]
    assert sequences(number, "whole") == sequences(other, "whole") == sequences(article, "whole")
    assert sequences(law, "whole") == ["artikel_2.3_naam_wmo", "naam_wmo"]
    assert [one.apart for one in article.alternatives if one.kind == "whole"] == [AS_A_WHOLE]
    assert [one.apart for one in number.alternatives if one.kind == "whole"] == [0]


def test_of_an_article_with_its_law_the_law_decides() -> None:
    *article, law = expand(["artikel", "2.3", "Wmo"], synonyms={})
    assert [group.is_filler for group in (*article, law)] == [True, True, True, False]
    alone, number = expand(["artikel", "2"], synonyms={})
    assert sequences(alone, "whole") == ["artikel_2"]
    assert [group.is_filler for group in (alone, number)] == [False, False]


def test_what_is_said_around_a_question_weighs_less() -> None:
    first, second, third = expand(
        ["wat", "moeten", "mensen", "weten", "over", "subsidie"], synonyms={}
    )
    assert [group.is_filler for group in (first, second, third)] == [True, True, False]
    assert first.alternatives[0].weight == FILLER_WEIGHT
    assert third.alternatives[0].weight == 1.0
    (alone,) = expand(["mensen"], synonyms={})
    assert not alone.is_filler


def test_a_word_with_a_synonym_is_known_though_no_document_has_it(tmp_path: Path) -> None:
    known = the_list(tmp_path, "kerkhuis, pastorie\n")
    texts = vocabulary_of("een kerk", "een huis")
    (group,) = expand(["kerkhuis"], synonyms=known, vocabulary=texts)
    assert group.corrected == ""
    assert len(expand(["kerkhuis"], synonyms={}, vocabulary=texts)) == 2


def test_a_weight_of_nought_turns_a_way_off() -> None:
    texts = vocabulary_of("een buurthuis", "de buurthuizen van de wijk")
    off = Weights(lookalike=0, corrected=0, synonym=0, part=0, exact=0, split=0, language=0)
    (group,) = expand(["buurthuis"], vocabulary=texts, weights=off)
    assert [one.kind for one in group.alternatives] == ["stem"]
    (slip,) = expand(["burthuis"], vocabulary=texts, weights=off)
    assert slip.corrected == ""


def test_a_word_may_stand_in_a_text_in_another_language() -> None:
    (group,) = expand(["minsken"], synonyms={})
    assert sequences(group, "language") == ["en_minsken", "minsken"]
