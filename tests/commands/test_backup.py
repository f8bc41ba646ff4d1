"""From one installation to another by a copy, and what the commands say of it."""

from pathlib import Path

from tests.commands.command import Home


def test_a_search_finds_the_same_in_a_home_made_of_a_copy(filled: Home, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    made = filled.run("backup", str(folder), "--keep", "2")
    assert made.code == 0, made.err
    (file,) = folder.iterdir()
    assert str(file) in made.out
    other = Home(tmp_path / "other")
    restored = other.run("restore", str(file))
    assert (restored.code, restored.out) == (0, f"Restored from {file}, with 3 documents.\n")
    question = ("search", "energie", "--json")
    assert other.run(*question).value == filled.run(*question).value
    # What was copied says so where people look.
    assert "no copy of this installation" not in filled.run("doctor").out
    assert other.run("restore", str(file)).said.startswith("kennisbank: There is an installation")
    file.write_bytes(file.read_bytes()[:-100])
    assert "is damaged" in other.run("restore", str(file), "--force").said
    assert other.run(*question).code == 0


def test_another_index_comes_back_by_command(filled: Home) -> None:
    assert filled.run("reindex", "--full").code == 0
    done = filled.run("reindex", "--previous")
    assert done.code == 0, done.err
    assert done.value["published"]
    assert "An older index was put back" in filled.run("doctor").out
    assert filled.run("reindex", "--full").value["published"]
    assert "An older index was put back" not in filled.run("doctor").out
