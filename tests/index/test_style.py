"""How a text is written is counted word by word."""

from index.signs import Reader
from index.style import NAMES, cues_of
from tests.index.labelled import a_document


def test_a_piece_has_the_cues_of_its_word_and_signs() -> None:
    def names(piece: str) -> set[str]:
        return {NAMES[number] for number in cues_of(piece)}

    assert names("U") == {"you-formal", "capital"}
    assert names("“Zij,") == {"they", "quotes", "capital"}
    assert names("waarom?") == {"asks", "asks-how", "ends"}
    assert names("€25") == {"euro", "number"}
    assert names("19.30") == {"clock", "number"}
    assert names("2026.") == {"year", "number", "ends"}
    assert names("1.") == {"item", "number", "ends"}
    assert names("besloten") == {"happens"}
    assert names("dorp") == set()


def test_a_summons_is_told_from_the_same_word_elsewhere() -> None:
    do = NAMES.index("do")
    assert do in cues_of("Meld")
    assert do in cues_of("“Vul")
    assert do not in cues_of("meld")
    assert do not in cues_of("Meldpunt")


def test_a_document_counts_its_cues() -> None:
    signs = Reader((), lambda _: None).read(a_document("Wat mag u?", "U mag en u kunt."))
    style = dict(zip(NAMES, signs.style, strict=True))
    assert (style["you-formal"], style["may"], style["asks"], style["past"]) == (3, 3, 1, 0)
