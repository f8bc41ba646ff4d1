"""Limits are set by the labels, the same ones every time, and the figures can be checked by hand."""

import json
import math
import tomllib
from pathlib import Path

import pytest

from index.classify import LIMITS_FILE, read_limits
from index.tune_goals import (
    Case,
    Figures,
    best_limit,
    compare,
    cross_validate,
    fit_curve,
    main,
    read_labelled,
)
from index.wordlists import WordListError

CASES = [
    Case(4.0, grounded=True, labelled=True),
    Case(3.0, grounded=True, labelled=True),
    Case(2.0, grounded=True, labelled=False),
    Case(9.0, grounded=False, labelled=True),
    Case(1.0, grounded=True, labelled=False),
]


def test_figures_by_hand() -> None:
    figures = compare(CASES, 2.0)
    assert figures == Figures(both=2, only_tag=1, only_label=1)
    assert figures.precision == pytest.approx(2 / 3)
    assert figures.recall == pytest.approx(2 / 3)
    assert figures.f1 == pytest.approx(2 / 3)
    assert Figures(only_tag=3).precision == Figures(only_label=3).recall == Figures().f1 == 0.0


def test_the_limit_parts_the_labels_best() -> None:
    assert best_limit(CASES) == 3.0
    assert best_limit([Case(1.0, grounded=False, labelled=True)]) == 0.0


def test_cross_validation_judges_every_case_once_a_round() -> None:
    total = cross_validate(CASES * 4, folds=5, rounds=2)
    assert total.both + total.only_label == 3 * 4 * 2
    assert total == cross_validate(CASES * 4, folds=5, rounds=2)


def test_the_curve_rises_with_the_score_and_is_even_where_labels_are() -> None:
    cases = [Case(score / 10, grounded=True, labelled=score > 20) for score in range(41)]
    intercept, slope = fit_curve(cases)
    assert slope > 0
    assert 1 / (1 + math.exp(-(intercept + slope * 2.05))) == pytest.approx(0.5, abs=0.1)


def test_the_command_writes_limits_that_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {4: "subsidie en een fonds", 3: "btw en de statuten", 5: "een handleiding en training"}
    path, output = tmp_path / "labelled.jsonl", tmp_path / "limits.toml"
    lines = [
        {"id": f"{goal}-{n}", "title": "Plan", "text": text, "organisation": "", "goals": [goal]}
        for goal, text in texts.items()
        for n in range(10)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    main([str(path), "--output", str(output)])
    written = output.read_text(encoding="utf-8")
    assert capsys.readouterr().out == written
    figures = {entry["number"]: entry for entry in tomllib.loads(written)["goals"]}
    assert {number: figures[number]["f1"] for number in figures} == {1: 0, 2: 0, 3: 1, 4: 1, 5: 1}
    assert set(read_limits(output)) == {1, 2, 3, 4, 5}


def test_a_broken_label_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('\n{"id": "d1"}', encoding="utf-8")
    with pytest.raises(WordListError, match=r"labelled\.jsonl, line 1"):
        read_labelled(path)


def test_the_limits_of_the_house_are_those_that_the_command_writes(tmp_path: Path) -> None:
    """Whoever changes terms, analysis or scoring must measure again, and may not set by hand."""
    shared = Path(__file__).parents[2].parent / "shared" / "domain" / "documents.jsonl"
    if not shared.exists():
        pytest.skip("the labelled domain set is not beside the project")
    output = tmp_path / "limits.toml"
    main([str(shared), "--output", str(output)])
    written, kept = (tomllib.loads(path.read_text("utf-8")) for path in (output, LIMITS_FILE))
    assert written | {"measured_on": None} == kept | {"measured_on": None}
