"""The weights of the goals come out of a process the same, byte by byte, whenever it runs."""

from pathlib import Path

from index.labels import WRITTEN_FILE
from tests.commands.command import Home

FEW = 40
FILES = ("model.toml", "weights.txt")


def test_the_same_labels_give_the_same_bytes_in_another_process(home: Home, tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    lines = WRITTEN_FILE.read_text("utf-8").splitlines()[:FEW]
    few.write_text("\n".join(lines), "utf-8")
    made = []
    # Sets and dictionaries of texts have another order in each process.
    for seed in ("1", "2"):
        folder = tmp_path / seed
        asked = ("--labels", str(few), "--only", "--output", str(folder))
        done = home.run("train-goals", *asked, PYTHONHASHSEED=seed)
        assert done.code == 0, done.err
        assert done.out == (folder / "model.toml").read_text("utf-8")
        made.append([(folder / name).read_bytes() for name in FILES])
    assert made[0] == made[1]
    assert f"documents = {FEW}".encode() in made[0][0]


def test_without_labels_there_is_nothing_to_learn(home: Home, tmp_path: Path) -> None:
    done = home.run("train-goals", "--only", "--output", str(tmp_path))
    assert done.code != 0
    assert "no labels" in done.err
