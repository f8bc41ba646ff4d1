"""Facets are learned the same way every time, and measured beside what needs no learning."""

import tomllib
from datetime import date
from pathlib import Path

import numpy as np

from index.classify import Classifier
from index.facets import AXES, BESIDE, COLUMNS, ENTRIES
from index.labels import Told
from index.model import read_model
from index.train_facets import train_facets
from tests.index.labelled import labelled

DAY = date(2026, 11, 23)
FEW = 60


def test_facets_are_learned_the_same_every_time_and_known_again(tmp_path: Path) -> None:
    few = labelled()[-FEW:]
    trained, again = train_facets(few, DAY), train_facets(few, DAY)
    assert trained.figures == again.figures
    assert np.array_equal(trained.model.weights, again.model.weights)
    trained.write(tmp_path)
    model = read_model(tmp_path, ENTRIES, BESIDE)
    classifier = Classifier(read_model(), facets=model)
    told = [(classifier.facets(one.document), one.told) for one in few]
    assert sum(a.kind == b.kind for a, b in told if b) > 0.8 * FEW
    figures = tomllib.loads(trained.figures)
    assert figures["documents"] == FEW
    assert len(figures["values"]) == len(COLUMNS)
    for axis in AXES:
        assert 0 <= figures[axis]["macro_f1"] <= 1
        assert 0 <= figures[axis]["right_plain"] <= 1


def test_a_judge_gives_several_themes_and_one_of_all_else() -> None:
    told = Told("wet", frozenset({"wonen", "jeugd"}), "", "bestuur")
    given = [(column.axis, column.value) for column in COLUMNS if told.has(*column[1:])]
    assert given == [
        ("theme", "wonen"),
        ("theme", "jeugd"),
        ("kind", "wet"),
        ("phase", ""),
        ("audience", "bestuur"),
    ]
