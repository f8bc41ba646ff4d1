"""Words that speak of the same are known by the groups that they are in."""

from collections import Counter
from pathlib import Path

import pytest

from index.signs import Reader
from index.word_groups import word_groups
from index.wordlists import WordListError
from tests.index.labelled import a_document


def written(folder: Path, text: str) -> Path:
    path = folder / "groups.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_term_has_the_groups_of_its_words_in_order(tmp_path: Path) -> None:
    groups = word_groups(
        written(tmp_path, "leren: cursus\nleren: lessen cursussen\ngeld: cursus fonds # van wie\n")
    )
    assert groups == {"cursus": ("leren", "geld"), "les": ("leren",), "fonds": ("geld",)}


@pytest.mark.parametrize("line", ["cursus les", "leren:", ": cursus"])
def test_a_line_that_is_no_group_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(WordListError, match=r"groups\.txt, line 1"):
        word_groups(written(tmp_path, line))


def test_the_groups_that_come_with_the_program_are_of_many_words() -> None:
    counted = Counter(name for names in word_groups().values() for name in names)
    assert len(counted) > 30
    assert min(counted.values()) >= 5


def test_a_document_shows_the_groups_of_its_words_and_of_their_parts() -> None:
    known: dict[str, int] = {}
    reader = Reader((), lambda name: known.setdefault(name, len(known)))
    signs = reader.read(a_document("Intervisie", "Een leerkring, een spreekuur."))
    counts = {name: signs.counts[number] for name, number in known.items() if name[:2] == "c:"}
    assert counts["c:leren"] >= 3.0 + 1.0
    assert counts["c:advies"] >= 1.0
    assert "c:belasting" not in counts
