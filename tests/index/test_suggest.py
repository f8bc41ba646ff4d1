"""Completion and "did you mean": what yields something, and never the name of a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Index
from index.offered import DENY_FILE, Suggestion, Written, suggestions
from index.suggest import LIMIT, Suggester
from index.wordlists import read_words
from library.document import Document
from tests.index.made import build, change, document, stored

DOCUMENTS = [
    document(
        "1", "Een subsidie voor het buurthuis. Wij deden dat.", title="Subsidie voor buurthuizen"
    ),
    document("2", "De dorpsraad vraagt subsidie aan voor een coöperatie."),
    document("3", "Het buurthuis is van de bewoners; subsidie aanvragen kan ook."),
    document(
        "4", "Wij spraken met Jesse Klaver over de buurt.", title="In gesprek met Jesse Klaver"
    ),
    document("5", "Een foutje: subsidei. Volgens Klaver kan de vrijwilliger helpen."),
    document("6", "Het Oranje Fonds steunt de ANBI en de Wmo.", title="Hulp van het Oranje Fonds"),
    *(document(f"n{number}", "De gemeente geeft subsidie.") for number in range(12)),
]
OFTEN = {
    "subsidie aanvragen": 40,
    "jesse klaver": 30,
    "energietransitie noord": 20,
    "kut buurthuis": 9,
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    build(tmp_path, DOCUMENTS)
    found = Index(tmp_path, often_asked=lambda: OFTEN)
    yield found
    found.close()


def texts(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.text for one in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("buurth", "buurthuis"),
        ("BUURTH", "buurthuis"),
        ("buurt hu", "buurthuis"),
        ("dorp ra", "dorpsraad"),
        ("coop", "coöperatie"),
        ("oranjef", "Oranje Fonds"),
        ("oranje f", "Oranje Fonds"),
        ("anb", "ANBI"),
        ("buurrth", "buurthuis"),
        ("uurthui", "buurthuis"),
        ("vrijwiliger", "vrijwilliger"),
        ("dorpsraad subs", "dorpsraad subsidie"),
        ("subsidie aan", "subsidie aanvragen"),
    ],
)
def test_what_is_typed_is_completed(index: Index, typed: str, first: str) -> None:
    assert texts(index.complete(typed))[0] == first


def test_a_title_is_suggested_after_words(index: Index) -> None:
    found = index.complete("subsidie")
    assert found[0].text == "subsidie aanvragen"
    assert found[0].kind == "query"
    assert "Subsidie voor buurthuizen" in texts(found)
    assert [one.kind for one in found] == sorted(
        (one.kind for one in found), key=["query", "name", "goal", "word", "title"].index
    )


@pytest.mark.parametrize("typed", ["", " ", "!!", "xqzw", "oranje xqzw"])
def test_nothing_is_suggested_for_nothing(index: Index, typed: str) -> None:
    assert index.complete(typed) == ()


def test_only_what_finds_something_is_suggested(index: Index) -> None:
    assert "energietransitie noord" not in texts(index.complete("energietrans"))
    assert "burendag" not in texts(index.complete("burend"))
    assert texts(index.complete("oranje subs")) == []


@pytest.mark.parametrize(
    "typed", ["klav", "klaver", "jesse", "jesse kl", "in gesprek", "kut buurt"]
)
def test_no_person_and_nothing_denied_is_suggested(index: Index, typed: str) -> None:
    found = " ".join(texts(index.complete(typed))).lower()
    assert "klaver" not in found
    assert "jesse" not in found
    assert "kut" not in found


def test_no_more_is_suggested_than_asked(index: Index) -> None:
    assert len(index.complete("s", 2)) == 2
    assert len(index.complete("s")) <= LIMIT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("subsidei", "subsidie"),
        ("subsidei dorpsraad", "subsidie dorpsraad"),
        ("buurthius", "buurthuis"),
        ("uurthuis", "buurthuis"),
        ("gemeete", "gemeente"),
        ("klavr", None),
        ("subsidie", None),
        ("dorpsraad oranje", None),
        ("", None),
    ],
)
def test_a_mistake_is_told_when_the_other_finds_more(
    index: Index, typed: str, meant: str | None
) -> None:
    assert index.did_you_mean(typed) == meant


def test_a_compound_written_apart_is_meant_together() -> None:
    offered = [Suggestion("buurthuis", "word", 5)]
    finds = {"buurt huis": 1, "buurthuis": 5}
    suggester = Suggester(
        offered, {"buurthuis": 5, "buurt": 9, "huis": 9}, lambda t: finds.get(t, 0)
    )
    assert suggester.did_you_mean("buurt huis") == "buurthuis"


def test_words_of_several_segments_are_known(tmp_path: Path) -> None:
    build(tmp_path, [document(str(number), "Het buurthuis en de subsidie.") for number in range(9)])
    change(tmp_path, [stored(document("x", "Een dorpsraad."), 10)])
    index = Index(tmp_path)
    assert texts(index.complete("dorpsr")) == ["dorpsraad"]
    assert index.did_you_mean("buurthius") == "buurthuis"
    index.close()


def written(*said: str, title: str = "") -> Written:
    found = Written()
    for text in said:
        found.read(document("1", text, title=title))
    found.close()
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Jesse Klaver vertelt",
        "Interview: Anna van der Meer",
        "P.J. Troelstra en de buurt",
        "Op de koffie met Anna",
        "Wethouder Bakker opent het huis",
        "Peter Visser over bakkers",
    ],
)
def test_a_text_with_the_name_of_a_person(text: str) -> None:
    said = written("De visser en de bakker praten met de peter, zegt Peter Bakker. Volgens Visser,"
                   " zegt Visser, en ook Bakker, dus Bakker.")  # fmt: skip
    assert said.holds_person(text)


@pytest.mark.parametrize(
    "text", ["Het Oranje Fonds helpt", "Subsidie voor Dorpen", "De Tweede Kamer", "Wet en regels"]
)
def test_a_text_without_one(text: str) -> None:
    assert not written("een subsidie voor dorpen, en wet en regels").holds_person(text)


def test_a_word_is_shown_as_it_is_mostly_written() -> None:
    said = written("Coöperatie, coöperatie en coöperatie, of cooperatie. De ANBI. VvE's en een vve")
    assert said.usual("cooperatie") == "coöperatie"
    assert said.usual("anbi") == "ANBI"
    assert said.usual("onbekend") == "onbekend"


def test_denied_words_are_left_out_in_all_their_forms() -> None:
    assert "wachtwoord" in read_words(DENY_FILE)
    documents: list[Document] = [
        document("1", "wachtwoorden en huizen", title="Wachtwoorden kiezen")
    ]
    found = {one.text for one in suggestions(documents, {"wachtwoorden": 1, "huizen": 1}, {})}
    assert "huizen" in found
    assert not {"wachtwoorden", "Wachtwoorden kiezen"} & found
