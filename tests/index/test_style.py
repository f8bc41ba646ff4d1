"""How a text is written is counted word by word."""

from index.signs import Reader
from index.style import NAMES, cues_of
from tests.index.labelled import a_document


def test_a_piece_has_the_cues_of_its_word_and_signs() -> None:
    def names(piece: str) -> set[str]:
        return {NAMES[number] for number in cues_of(piece)}

    assert names("U") == {"you"}
    assert names("“Zij,") == {"they", "quotes"}
    assert names("waarom?") == {"asks"}
    assert names("€25") == {"euro"}
    assert names("dorp") == set()


def test_a_document_counts_its_cues() -> None:
    signs = Reader((), lambda _: None).read(a_document("Wat mag u?", "U mag en u kunt."))
    style = dict(zip(NAMES, signs.style, strict=True))
    assert (style["you"], style["may"], style["asks"], style["past"]) == (3, 3, 1, 0)
