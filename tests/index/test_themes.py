"""The themes are read with their words, and what is wrong with the file is told in one line."""

from pathlib import Path

import pytest

from index.analysis import terms
from index.signs import Reader
from index.themes import FIRST_NUMBER, THEME_NAMES, THEMES, read_themes
from index.wordlists import WordListError
from tests.index.labelled import a_document, labelled


def test_there_are_eleven_themes_with_numbers_of_their_own() -> None:
    assert len(THEMES) == 11
    assert [theme.number for theme in THEMES] == list(range(FIRST_NUMBER, FIRST_NUMBER + 11))
    assert "zorg en welzijn" in THEME_NAMES


def test_every_label_is_a_theme() -> None:
    given = {name for one in labelled() if one.told for name in one.told.themes}
    assert given == set(THEME_NAMES)


def test_no_term_of_several_words_shrinks_to_one() -> None:
    written = [words for theme in THEMES for words in (*theme.strong, *theme.ordinary)]
    assert [words for words in written if len(terms(words)) < min(2, len(words.split()))] == []


def test_a_reader_finds_goals_and_themes_side_by_side() -> None:
    """The longer word of a theme does not hide the shorter one of a goal."""
    wonen = THEMES[0]
    reader = Reader((), lambda _: None, (wonen,))
    score = reader.read(a_document("Samen", "Een wooncoöperatie is een coöperatie.")).scores
    assert score[wonen.number].strong == {"wooncoöperatie"}
    assert score[wonen.number].strong_in_lead == {"wooncoöperatie"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("themes = 3", "cannot be read"),
        ("[[themes]]\nname = 'wonen'", "cannot be read"),
        ("[[themes]]\nname = 'x'\nstrong = ['a', 'A']\nordinary = []", "written twice"),
    ],
)
def test_a_broken_file_is_an_error_in_one_line(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(WordListError, match=told):
        read_themes(path)
