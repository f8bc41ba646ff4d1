"""The word lists can hold comments, and a list that cannot be read says why."""

from pathlib import Path

import pytest

from index.wordlists import WordListError, broken, read_lines


def test_comments_and_empty_lines_mean_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# a list\n\none two # of them\n   # indented\nthree\n", encoding="utf-8")
    assert [(line.number, line.text) for line in read_lines(path)] == [(3, "one two"), (5, "three")]


def test_the_error_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("one\n", encoding="utf-8")
    line = next(read_lines(path))
    assert str(broken(path, line, "no good")) == "list.txt, line 1: no good ('one')"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xfa"])
def test_a_missing_or_foreign_file_is_an_error_in_one_line(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WordListError, match=r"^list\.txt cannot be read: [^\n]+$"):
        list(read_lines(path))
