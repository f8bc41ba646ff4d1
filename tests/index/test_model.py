"""A model is read as it was written, and what is wrong with its files is told in one line."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.model import FIGURES_FILE, HOUSE, WEIGHTS_FILE, Curve, read_model, write_weights
from index.wordlists import WordListError
from library.goals import GOALS


def test_the_model_of_the_house_is_whole() -> None:
    model = read_model()
    assert model.goals == tuple(goal.number for goal in GOALS)
    assert model.weights.shape == (len(model.terms) + 26, len(GOALS))
    assert np.isfinite(model.weights).all()
    assert model.version


def test_what_is_written_is_read_and_written_the_same(tmp_path: Path) -> None:
    shutil.copy(HOUSE / FIGURES_FILE, tmp_path)
    shutil.copy(HOUSE / WEIGHTS_FILE, tmp_path)
    model = read_model(tmp_path)
    lines = (tmp_path / WEIGHTS_FILE).read_text("utf-8").splitlines()
    cells = [line.split() for line in lines if not line.startswith("#")]
    write_weights(model, {row[0]: int(row[1]) for row in cells}, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_text("utf-8").splitlines() == lines
    assert read_model(tmp_path).digest == read_model().digest


def test_other_weights_are_another_model(tmp_path: Path) -> None:
    shutil.copy(HOUSE / FIGURES_FILE, tmp_path)
    text = (HOUSE / WEIGHTS_FILE).read_text("utf-8")
    bias = next(line for line in text.splitlines() if line.startswith("bias"))
    (tmp_path / WEIGHTS_FILE).write_text(text.replace(bias, "bias 0 1 2 3 4 5"), "utf-8")
    assert read_model(tmp_path).digest != read_model().digest


def test_probability_rises_with_the_value_and_is_never_certain() -> None:
    curve = Curve(0.0, 0.0, 2.0)
    assert curve.probability(0.0) == 0.5
    assert 0.5 < curve.probability(1.0) < curve.probability(1000.0) == 0.999


@pytest.mark.parametrize("name", [FIGURES_FILE, WEIGHTS_FILE])
@pytest.mark.parametrize("content", ["goals = 3", "goals = [", "", "bias 0 1\nw:dorp 1 2"])
def test_broken_files_are_an_error_in_one_line(tmp_path: Path, name: str, content: str) -> None:
    for file in (FIGURES_FILE, WEIGHTS_FILE):
        shutil.copy(HOUSE / file, tmp_path)
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(WordListError, match=r"cannot be read: [^\n]+$"):
        read_model(tmp_path)


def test_absent_files_are_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(WordListError, match=r"^model\.toml cannot be read: [^\n]+$"):
        read_model(tmp_path)
