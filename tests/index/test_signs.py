"""A document shows the words it has, each with the weight of the place where it stands."""

from dataclasses import replace

import pytest

from index.signs import LEAD_PIECES, Reader, Signs
from library.document import Document, Section
from tests.index.labelled import a_document, a_goal


def read(document: Document) -> tuple[Signs, dict[str, float]]:
    known: dict[str, int] = {}
    reader = Reader((a_goal(1, "commons"),), lambda name: known.setdefault(name, len(known)))
    signs = reader.read(document)
    names = {number: name for name, number in known.items()}
    return signs, {names[number]: weight for number, weight in signs.counts.items()}


def test_places_weigh() -> None:
    text = "dorp " + "woord " * 299 + "plein"
    _, counts = read(a_document("buurt", Section(text, heading="straat")))
    assert (counts["w:buurt"], counts["t:buurt"]) == (3.0, 1.0)
    assert counts["w:straat"] == 2.0
    assert (counts["w:dorp"], counts["w:plein"]) == (1.0, 0.5)
    assert "t:dorp" not in counts


def test_the_lead_is_the_title_and_what_comes_first() -> None:
    text = " ".join(["zonnedak", *["woord"] * (LEAD_PIECES - 1), "plein"])
    _, counts = read(a_document("buurt", text))
    assert (counts["l:buurt"], counts["l:zonnedak"], counts["l:dak"]) == (1.0, 1.0, 0.5)
    assert "l:plein" not in counts


def test_a_document_is_named_by_its_title_and_the_address_behind_its_host() -> None:
    document = a_document("Hoe dan?", "Hoe zo.")
    url = "https://nieuws.example/nieuws/2026/Soep%20eten.html?soort=agenda#top"
    _, counts = read(replace(document, url=url))
    named = {name for name in counts if name[:2] in {"h:", "u:"}}
    assert named == {
        *("h:hoe", "h:dan", "h:?", "h:^_hoe", "h:hoe_dan", "h:dan_?", "h:?_$"),
        *("u:nieuws", "u:soep", "u:eten", "u:html"),
    }


def test_a_part_of_a_compound_counts_half() -> None:
    _, counts = read(a_document("", "zonnepanelen"))
    assert counts["w:zonnepaneel"] == 1.0
    assert counts["w:zon"] == counts["w:paneel"] == 0.5


def test_numbers_say_nothing() -> None:
    _, counts = read(a_document("2024", "In 2024 kost het 1.500 euro."))
    assert not [name for name in counts if name[2].isdigit()]


def test_words_are_shown_as_they_stand() -> None:
    signs, counts = read(a_document("", '"Buurthuizen", zei hij.'))
    number = list(counts).index("w:buurthuis")
    assert signs.written(list(signs.counts)[number]) == "Buurthuizen"
    assert signs.written(10_000) == ""


@pytest.mark.parametrize(
    "title", ["Vacature: projectleider fondsen", "Privacyverklaring", "Bestuursleden gezocht"]
)
def test_a_title_tells_that_a_page_is_no_knowledge(title: str) -> None:
    assert read(a_document(title, "Subsidie."))[0].is_no_knowledge
    assert not read(a_document("Subsidie", title))[0].is_no_knowledge


def test_a_word_that_reader_does_not_know_is_left_out() -> None:
    signs = Reader((a_goal(1, "commons"),), {"w:dorp": 7}.get).read(a_document("", "dorp plein"))
    assert dict(signs.counts) == {7: 1.0}


def test_known_terms_are_found_as_those_that_are_still_learned() -> None:
    document = replace(
        a_document("Wij vertellen", "Wij vertellen u: vraagt u aan?"),
        url="https://dorp.example/geld/aanvragen",
    )
    known: dict[str, int] = {}
    learned = Reader((), lambda name: known.setdefault(name, len(known))).read(document)
    found = Reader((), known).read(document)
    assert found.counts == {number: value for number, value in learned.counts.items() if value}
    assert {"r:wij", "b:wij_vertellen", "h:^_wij", "u:geld"} <= known.keys()
    few = {name: number for name, number in known.items() if name in {"b:wij_vertellen", "u:geld"}}
    assert Reader((), few).read(document).counts == {
        known["b:wij_vertellen"]: 2.0,
        known["u:geld"]: 1.0,
    }
