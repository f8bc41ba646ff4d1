"""Words become terms: which ones are one, which stay apart, and where they stand."""

import threading
from pathlib import Path

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from index import analysis
from index.analysis import (
    content_words,
    english_term,
    index_terms,
    normalise,
    own_terms,
    read_exceptions,
    read_stopwords,
    terms,
    tokens,
)
from index.wordlists import WordListError

# All kinds of signs, with those that have rules of their own among them more often.
ANY_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("aAeésS'’.-/_ \u0301\u00ad\u200b½ﬁß 0")),
    max_size=80,
)


def test_the_stemmer_is_kraaij_pohlmann() -> None:
    """Snowball's two Dutch algorithms differ on these words; older ones call the other `dutch`."""
    kraaij_pohlmann = Stemmer.Stemmer("dutch").stemWords(["huizen", "organisatie", "hartelijk"])
    porter_variant = Stemmer.Stemmer("dutch_porter").stemWords(["huizen", "organisatie"])
    assert kraaij_pohlmann == ["huis", "organiseer", "hartelijk"]
    assert porter_variant == ["huiz", "organisatie"]
    assert terms("huizen") == ["huis"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coöperatie", "cooperaties"),
        ("café", "cafe\u0301s"),
        ("foto", "foto's"),
        ("foto’s", "fotos"),
        ("subsidie", "sub\u00adsidie"),
        ("financiering", "ﬁnanciering"),
        ("Wmo", "W.m.o."),
        ("BV", "b.v."),
        ("bv’s", "B.V.'s"),
        ("D66", "D’66"),
        ("gemeente", "gemeentelijke"),
        ("dak", "daken"),
        ("fonds", "fondsen"),
        ("buurtfonds", "buurtfondsen"),
        ("bewonersinitiatief", "bewonersinitiatieven"),
        ("stad", "steden"),
        ("bestuurslid", "bestuursleden"),
        ("duurzaam", "duurzame"),
        ("sociaal", "sociale"),
        ("aftrekbaar", "aftrekbare"),
        ("periodiek", "periodieke"),
        ("strategie", "strategieën"),
        ("organisatie", "organiseren"),
        ("voorbeeld", "voorbeelden"),
        ("werkproces", "werkprocessen"),
        ("huishouden", "huishoudens"),
        ("inspraak", "inspreken"),
        ("aankopen", "aangekocht"),
        ("aankoper", "aankopers"),
        ("coördinator", "coördinatoren"),
        ("subsidieplafond", "subsidieplafonds"),
        ("mechanisme", "mechanismen"),
        ("opname", "opnamen"),
        ("checklist", "checklists"),
        ("wiskundeles", "wiskundelessen"),
    ],
)
def test_forms_of_one_word_get_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)
    assert len(terms(one)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemeente", "gemeen"),
        ("geld", "geldig"),
        ("statuut", "statuten"),
        ("giften", "giftig"),
        ("zon", "zo'n"),
        ("leden", "verleden"),
        ("leden", "leed"),
        ("steden", "besteden"),
        ("vrijwilliger", "vrijwillig"),
        ("gezond", "zon"),
        ("overheid", "over"),
        ("begeleiding", "beleid"),
        ("begroting", "groot"),
        ("beginsel", "begin"),
        ("bewoner", "wonen"),
    ],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_a_compound_keeps_its_term_and_gets_those_of_its_parts() -> None:
    (token,) = tokens("De subsidieaanvragen")
    assert (token.term, token.parts) == ("subsidieaanvraag", ("subsidie", "aanvraag"))
    assert terms("subsidieaanvragen") == ["subsidieaanvraag"]
    assert index_terms("de Buurthuizen") == ["buurthuis", "buurt", "huis"]
    (word,) = content_words("Buurthuizen")
    assert word == ("buurthuis", ("buurt", "huis"), "buurthuizen")


def test_a_part_that_is_the_whole_again_is_said_once() -> None:
    for text in ("dorpsdorp", "huishuis"):
        assert len(set(index_terms(text))) == len(index_terms(text))


def test_stop_words_leave_no_gap() -> None:
    found = list(tokens("recht om uit te dagen"))
    assert [(token.term, token.position) for token in found] == [("recht", 0), ("dag", 1)]


def test_hyphens_and_slashes_divide_words() -> None:
    assert terms("sociaal-cultureel dorps-/wijkraad") == [
        *terms("sociaal cultureel"),
        *terms("dorps wijkraad"),
    ]


@pytest.mark.parametrize("question", ["Hoe werkt het?", "Wat kan ik doen voor de buurt?"])
def test_question_words_say_nothing(question: str) -> None:
    assert set(terms(question)).isdisjoint({"hoe", "het", "wat", "kan", "ik", "de", "voor"})
    assert terms(question)


def test_english_text_has_english_terms_and_frisian_text_its_own_words() -> None:
    (word,) = content_words("volunteers", "en")
    assert word.parts == (english_term("volunteering"),)
    assert "the" not in terms("the volunteers")
    assert index_terms("doarpshûzen", "fy") == ["doarpshuzen"]
    (typed,) = content_words("doarpshûzen")
    assert own_terms(typed) == (english_term("doarpshuzen"), "doarpshuzen")
    assert own_terms(content_words("mienskip")[0]) == (english_term("mienskip"),)


def test_initials_and_names_are_told_apart() -> None:
    assert [token.term for token in tokens("p.j.klaver woont a.d. Rijn 2.3")] == [
        "pj",
        *terms("klaver woont"),
        "ad",
        "rijn",
        "2",
        "3",
    ]


def test_offsets_count_in_the_text_as_given() -> None:
    text = "De cafe\u0301's van (gemeenten), W.m.o.!"
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "cafe\u0301's",
        "gemeenten",
        "W.m.o.",
    ]


@given(ANY_TEXT)
def test_every_token_is_the_term_of_the_text_it_points_at(text: str) -> None:
    found = list(tokens(text))
    assert [token.term for token in found] == terms(text)
    assert [token.position for token in found] == list(range(len(found)))
    end = 0
    for token in found:
        assert end <= token.start < token.end <= len(text)
        assert terms(text[token.start : token.end]) == [token.term]
        end = token.end


@given(ANY_TEXT)
def test_terms_are_words_of_letters_and_digits(text: str) -> None:
    for term in terms(text):
        assert term == term.strip()
        assert term.isalnum()


@given(ANY_TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    for word in analysis.words(text):
        assert normalise(normalise(word)) == normalise(word)


def test_a_word_without_end_costs_no_more_than_a_long_one() -> None:
    token = next(tokens("a" * 1_000_000))
    assert len(token.term) <= analysis.LONGEST_WORD
    assert token.end == 1_000_000


def test_threads_share_the_stemmer_without_mixing_words() -> None:
    words = [f"{letter}{number}huizen" for letter in "bdfg" for number in range(200)]
    expected = [f"{word[:-6]}huis" for word in words]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([analysis.stem(word) for word in words]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4


def test_the_version_names_rules_stemmer_and_lists() -> None:
    rules, stemmer, lists = analysis.VERSION.split("-")
    assert rules.isdigit()
    assert stemmer == Stemmer.version()
    assert len(lists) == 12


def test_every_exception_holds_for_its_whole_family() -> None:
    for form, term in analysis.EXCEPTIONS.words.items():
        assert analysis.stem(form) == term
        assert analysis.stem(term) == term


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("lid leden", "line 1: write the term, a colon and its forms"),
        ("# leden\nlid: Leden", "line 2: words are written in lower case"),
        ("lid: leden\nleed: leden", "line 2: leden already belongs to lid"),
        ("~ie: ieën", "line 1: words are written in lower case"),
    ],
)
def test_a_broken_exception_names_its_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "exceptions.txt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WordListError, match=reason):
        read_exceptions(path)


def test_a_broken_stop_word_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "stopwords.txt"
    path.write_text("de het\nzo'n", encoding="utf-8")
    with pytest.raises(WordListError, match="line 2"):
        read_stopwords(path)
