"""Pieces of a text that hold a term: found as analysing the whole text would find them."""

from hypothesis import given
from hypothesis import strategies as st

from index import analysis
from index.pieces import Glossary, Pieces, Sought

TEXTS = (
    "De buurthuizen, het buurthuis en (buurthuis) bij het huis. Huis huis.",
    "Foto's van coöperaties; co-operatie en coöperatie/bewoners...",
    "W.m.o. of Wmo: 'huizen' ’s avonds.\u00a0Buurthuis\u2009huis",
    "a" * 100 + " huis " + "huis-" * 40,
    "İstanbul huis STRASSE Straße ΑΣ huis",
    "Het kost 1.000 of 3,100.000 of 1:30, op 13-04-2024. En 2.500.",
    "",
)


def plainly(pieces: frozenset[str], terms: frozenset[str]) -> set[str]:
    return {piece for piece in pieces if not terms.isdisjoint(analysis.index_terms(piece))}


@given(st.lists(st.sampled_from(TEXTS), min_size=1), st.sets(st.text("buurthizenaco", max_size=5)))
def test_pieces_are_found_however_much_is_remembered(texts: list[str], more: set[str]) -> None:
    terms = frozenset(analysis.terms("buurthuis huis coöperatie wmo foto")) | more
    for remembered in (Glossary(most=0), Glossary(most=3), Glossary()):
        for text in texts:
            pieces = Pieces(text).all
            assert remembered.holding(pieces, Sought(terms)) == plainly(pieces, terms)


def test_what_was_learned_beforehand_is_found_too() -> None:
    glossary = Glossary()
    glossary.learn(["buurthuis", "a" * 100])
    assert glossary.holding(frozenset({"buurthuis", "boom"}), Sought(["huis"])) == {"buurthuis"}


@given(
    st.sampled_from(TEXTS)
    | st.text(alphabet="huis Burenİß's-é.,()/:0125\u0301\n\u00a0", max_size=80)
)
def test_words_stand_where_analysis_of_the_whole_text_puts_them(text: str) -> None:
    pieces = Pieces(text)
    found = {
        (place + token.start, token.term)
        for piece in pieces.all
        for place in pieces.places(piece)
        for token in analysis.tokens(piece)
    }
    assert found == {(one.start, one.term) for one in analysis.tokens(text)}
