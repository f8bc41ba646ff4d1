"""Documents get themes with evidence, and one kind, phase and reader, by the model of the house."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from index.classify import Classifier, classify, describe
from index.entries import entry_of, pack, unpack
from index.facets import (
    AUDIENCES,
    BESIDE,
    COLUMNS,
    HOUSE,
    PHASES,
    Facets,
    read_facet_figures,
    read_facet_model,
)
from index.model import WEIGHTS_FILE, read_model
from index.places import Place
from index.wordlists import WordListError
from library.document import KINDS
from tests.index.labelled import a_document, labelled
from tests.index.made import document, goals_of, stored


@pytest.mark.parametrize(
    ("theme", "title", "text"),
    [
        ("wonen", "Een wooncoöperatie beginnen", "Huurders kopen samen hun woningen."),
        ("zorg en welzijn", "Zorgcoöperatie in het dorp", "Mantelzorgers en thuiszorg."),
        ("energie en klimaat", "Zonnepanelen op het dak", "De energiecoöperatie levert stroom."),
        ("groen en voedsel", "Een moestuin met de buurt", "Samen tuinieren en oogsten."),
        ("mobiliteit", "De buurtbus rijdt weer", "Chauffeurs brengen mensen met de deelauto."),
    ],
)
def test_a_theme_is_found_with_words_of_the_text(theme: str, title: str, text: str) -> None:
    tags = {tag.name: tag for tag in describe(a_document(title, text)).themes}
    assert theme in tags
    assert all(word in f"{title} {text}" for word in tags[theme].evidence)
    assert 0 < tags[theme].probability < 1


def test_every_theme_of_every_labelled_document_has_evidence_in_its_text() -> None:
    found = 0
    for one in labelled():
        everything = " ".join((one.document.title, one.document.text))
        for tag in describe(one.document).themes:
            found += 1
            assert tag.evidence
            assert all(word.split()[0] in everything for word in tag.evidence), tag
    assert found > 150


def test_what_is_told_is_one_of_the_values() -> None:
    for one in labelled()[:60]:
        told = describe(one.document)
        assert told.kind in KINDS
        assert told.phase in {*PHASES, ""}
        assert told.audience in {*AUDIENCES, ""}


def test_a_page_that_is_no_knowledge_has_no_theme() -> None:
    text = "De energiecoöperatie zoekt iemand voor zonnepanelen."
    assert describe(a_document("Vacature: adviseur energie", text)).themes == ()


def test_goals_are_the_same_with_facets_and_without() -> None:
    alone = Classifier(read_model())
    for one in labelled()[:40]:
        assert alone(one.document) == classify(one.document)
    assert alone.facets(a_document("Deventer")).themes == ()


def test_a_classifier_that_was_asked_of_another_document_reads_again() -> None:
    first, second = a_document("Zonnepanelen op het dak"), a_document("Een moestuin")
    told = describe(first)
    describe(second)
    assert describe(first) == told


def test_facets_are_kept_in_the_index_as_they_are() -> None:
    place = Place("Overijssel", "Deventer", ("Deventer",))
    told = replace(describe(a_document("Zonnepanelen")), place=place, phase="start")
    entry = entry_of(stored(document("a", "Tekst"), 1), goals_of, lambda _: told)
    assert unpack(pack(entry)).facets == replace(told, kind=None)


def test_the_kind_of_what_was_crawled_is_found_and_that_of_an_import_is_kept() -> None:
    def describe_it(_: object) -> Facets:
        return Facets(kind="wet")

    imported = stored(document("a", "Tekst", kind="verhaal"), 1)
    crawled = replace(imported, source_id=1)
    assert entry_of(imported, goals_of, describe_it).document.kind == "verhaal"
    assert entry_of(crawled, goals_of, describe_it).document.kind == "wet"
    assert entry_of(crawled, goals_of).document.kind == "verhaal"


def test_the_model_of_the_house_was_learned_from_all_labels_here() -> None:
    figures = read_facet_figures()
    assert figures["documents"] == len(labelled())
    assert [one["number"] for one in figures["values"]] == [column.number for column in COLUMNS]
    model = read_facet_model()
    assert model.weights.shape == (len(model.terms) + len(BESIDE.names), len(COLUMNS))


def test_a_broken_model_is_an_error_in_one_line(tmp_path: Path) -> None:
    for file in HOUSE.iterdir():
        shutil.copy(file, tmp_path)
    (tmp_path / WEIGHTS_FILE).write_text("bias 0 1", "utf-8")
    with pytest.raises(WordListError, match=r"cannot be read: [^\n]+$"):
        read_facet_model(tmp_path)


def test_a_document_without_a_word_of_a_theme_does_not_have_it() -> None:
    text = "Wat misging, ging daarna vanzelf goed. In het project was dat niet anders. " * 5
    assert describe(a_document("Verhalen", text)).themes == ()
