"""Differences with their intervals, tables by group, and figures that hold no text."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks.relevance import FIGURES, FLOORS
from tests.benchmarks.relevance_report import (
    Measured,
    chart,
    difference,
    read_figures,
    rows,
    write_figures,
)

NOW = {f"q{number}": 0.5 + 0.01 * (number % 5) for number in range(50)}
BEFORE = dict.fromkeys(NOW, 0.5)


def test_a_difference_is_paired_and_lies_in_its_interval() -> None:
    found = difference(NOW, BEFORE)
    assert found is not None
    assert found.mean == pytest.approx(0.02)
    assert 0.0 < found.low < found.mean < found.high < 0.04
    assert found == difference(NOW, BEFORE)
    assert difference(NOW, {"other": 1.0}) is None


def test_a_query_that_is_new_is_not_compared() -> None:
    found = difference({"a": 1.0, "b": 0.0}, {"a": 0.5})
    assert found is not None
    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)


def test_a_set_comes_before_its_groups() -> None:
    one = Measured({"a": 1.0, "b": 0.5}, {"a": "law", "b": "typo"}, 0.75)
    found = list(rows({"own": one}, {"own": {"a": 0.5}}))
    assert [row[0] for row in found] == ["**own**", "law", "typo"]
    assert found[0][1:4] == ("2", "0.750", "0.750")
    assert found[2][-1] == "new"


def test_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    assert read_figures(path) == {}
    write_figures(path, {"own": Measured({"a": 0.12345}, {}, 1.0)})
    assert read_figures(path) == {"own": {"a": 0.123}}


def test_the_committed_figures_are_ids_and_numbers() -> None:
    for figures in read_figures(FIGURES).values():
        assert all(" " not in query for query in figures)
        assert all(0 <= figure <= 1 for figure in figures.values())


def test_a_floor_stands_under_what_was_committed() -> None:
    committed = read_figures(FIGURES)
    for name in set(FLOORS) & set(committed):
        reached = sum(committed[name].values()) / len(committed[name])
        assert 0 <= reached - FLOORS[name] < 0.03


def test_the_chart_tells_all_figures_in_words() -> None:
    picture = ET.fromstring(chart("Steps", {"none": {"eval": 0.5}, "all": {"eval": 0.6}}))
    told = " ".join(picture.itertext())
    assert "none: eval 0.500; all: eval 0.600" in told
