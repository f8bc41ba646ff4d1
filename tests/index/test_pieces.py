"""Pieces of a text that hold a term: found as analysing the whole text would find them."""

from hypothesis import given
from hypothesis import strategies as st

from index import analysis
from index.passages import Passage, fragments
from index.pieces import Pieces

TEXTS = (
    "De buurthuizen, het buurthuis en (buurthuis) bij het huis.",
    "Foto's van coöperaties; co-operatie en coöperatie/bewoners...",
    "W.m.o. of Wmo: 'huizen' ’s avonds.\u00a0Buurthuis\u2009huis",
    "a" * 100 + " huis " + "huis-" * 40,
)


def plainly(text: str, terms: frozenset[str]) -> set[str]:
    return {piece for piece in text.split() if not terms.isdisjoint(analysis.index_terms(piece))}


@given(st.lists(st.sampled_from(TEXTS), min_size=1), st.sets(st.text("buurthizenaco", max_size=5)))
def test_pieces_are_found_however_much_is_remembered(texts: list[str], more: set[str]) -> None:
    terms = frozenset(analysis.terms("buurthuis huis coöperatie wmo foto")) | more
    for remembered in (Pieces(0), Pieces(3), Pieces()):
        for text in texts:
            assert remembered.with_terms(set(text.split()), terms) == plainly(text, terms)


@given(st.text(alphabet="huis buren's-é.\u0301\n\u00a0", max_size=80))
def test_marks_stand_where_analysis_of_the_whole_text_puts_them(text: str) -> None:
    terms = frozenset(analysis.terms("huis buren huizen"))
    expected = [
        text[token.start : token.end]
        for token in analysis.tokens(text)
        if terms & {token.term, *token.parts}
    ]
    found = fragments([Passage(text)], terms) if text.strip() else ()
    marked = [piece for one in found for piece, is_match in one.pieces if is_match]
    assert [" ".join(one.split()) for one in marked] == [" ".join(one.split()) for one in expected]
