"""What the index keeps of a document comes back the same."""

import pytest

from index.entries import Entry, entry_of, pack, unpack
from index.query import GoalTag
from library.document import Section
from tests.index.made import document, goals_of, stored


def test_there_and_back() -> None:
    one = document(
        "a",
        Section("Tekst \ud800 met half teken", heading="Kop", anchor="kop", page=3),
        title="Titel",
        day="2024-02-29",
        goals=(1, 4),
        is_example=True,
        attached_to="b",
        directives=("noarchive", "nosnippet"),
    )
    entry = Entry(one, (GoalTag(1, 0.25, ("samen",)),), 12, 3)
    assert unpack(pack(entry)) == entry


def test_visible_text_is_not_kept() -> None:
    one = document("a", "tekst", visible_text="tekst en menu")
    assert unpack(pack(Entry(one, (), 1))).document.visible_text == ""


def test_a_pickle_is_not_read() -> None:
    with pytest.raises(UnicodeDecodeError):
        unpack(b"\x80\x04N.")


def test_an_entry_has_the_tags_of_the_classifier() -> None:
    entry = entry_of(stored(document("a", goals=(2,)), 5), goals_of)
    assert [tag.number for tag in entry.tags] == [2]
    assert entry.revision == 5
