"""No evidence, no tag: every word that gave a goal is shown where it stands."""

import pytest

from examples.texts import documents
from index.classify import classify
from index.evidence import MOST, evidence_of
from index.passages import LENGTH
from index.query import Fragment
from library.document import Section
from tests.index.labelled import a_document


def marked(fragment: Fragment) -> list[str]:
    return [text for text, is_marked in fragment.pieces if is_marked]


def test_every_tag_of_every_example_shows_the_words_that_caused_it() -> None:
    tagged = 0
    for document in documents().values():
        for tag in classify(document):
            tagged += 1
            places = evidence_of(document, tag.evidence)
            assert 0 < len(places) <= MOST, (document.title, tag)
            assert all(marked(place) for place in places)
            for word in tag.evidence:
                (only,) = evidence_of(document, (word,))
                first = marked(only)[0]
                assert first.lower().split()[0].startswith(word.lower().split()[0]), tag
    assert tagged > 150


def test_words_that_stand_together_share_a_fragment_with_its_place() -> None:
    text = "Lang geleden. " * 40 + "Voor structurele\nfinanciering is er een buurtfonds."
    document = a_document("Plan", Section(text, "Geld", "geld", 3))
    (one,) = evidence_of(document, ("structurele financiering", "buurtfonds"))
    assert marked(one) == ["structurele\nfinanciering", "buurtfonds"]
    assert (one.heading, one.anchor, one.page) == ("Geld", "geld", 3)
    assert len(one.text) < 2 * LENGTH


def test_a_word_that_stands_only_in_the_title_or_a_heading_is_shown_there() -> None:
    document = a_document("Alles over subsidie", Section("Niets.", "Een lening"))
    assert [one.text for one in evidence_of(document, ("subsidie", "lening"))] == [
        "Alles over subsidie",
        "Een lening",
    ]


@pytest.mark.parametrize("text", ["crowdsubsidies", "De SUBSIDIE-regeling", "sub sidie"])
def test_only_the_word_itself_is_marked(text: str) -> None:
    found = evidence_of(a_document("Plan", text), ("subsidie",))
    assert [marked(one) for one in found] == ([["SUBSIDIE"]] if "SUBSIDIE" in text else [])


def test_of_marks_that_overlap_the_longest_is_shown() -> None:
    document = a_document("Plan", "Het right to challenge geldt.")
    (one,) = evidence_of(document, ("challenge", "right to challenge"))
    assert marked(one) == ["right to challenge"]
