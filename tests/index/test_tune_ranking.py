"""The weights in use are those that were tuned; the ascent climbs, and keeps what is no better."""

import tomllib
from collections.abc import Sequence

import pytest

from index.alternatives import WEIGHTS
from index.scoring import SCORING
from index.tune_ranking import (
    FOLDS,
    OUTPUT,
    STEPS,
    Asked,
    Setting,
    ascend,
    folds_of,
    objective,
    of_product,
    scoring_of,
    tune,
    weights_of,
)


def asked(number: int, name: str = "written", group: str = "") -> Asked:
    return Asked(f"vraag {number}", {"d": 1}, name, group, f"q{number}")


def with_value(setting: Setting, name: str, value: float) -> Setting:
    return tuple((one, value if one == name else known) for one, known in setting)


def test_the_weights_in_use_are_those_of_the_file_with_all_their_neighbours() -> None:
    written = tomllib.loads(OUTPUT.read_text("utf-8"))
    assert {name: one["value"] for name, one in written["weights"].items()} == dict(of_product())
    for name, one in written["weights"].items():
        tried = {near["value"] for near in one["near"]}
        assert 1 <= len(tried) <= 2
        assert tried <= set(STEPS[name])


def test_a_setting_is_what_expansion_and_scoring_take() -> None:
    assert weights_of(of_product()) == WEIGHTS
    assert scoring_of(of_product()) == SCORING


def test_the_ascent_moves_one_weight_after_the_other_to_the_best() -> None:
    def value(setting: Setting) -> float:
        chosen = dict(setting)
        return -abs(chosen["k1"] - 2.0) - abs(chosen["part"] - 0.35)

    found = dict(ascend(of_product(), value))
    assert (found["k1"], found["part"]) == (2.0, 0.35)
    assert {name: value for name, value in found.items() if name not in ("k1", "part")} == {
        name: value for name, value in of_product() if name not in ("k1", "part")
    }


def test_sets_count_by_their_shares_and_groups_count_the_same() -> None:
    queries = [asked(1, "written", "a"), asked(2, "written", "a"), asked(3, "written", "b")]
    assert objective(queries, [1.0, 0.0, 0.0]) == pytest.approx(0.25)
    both = [asked(1, "written"), asked(2, "slip")]
    assert objective(both, [1.0, 0.0]) == pytest.approx(0.3 / 0.45)


def test_forms_of_one_query_are_in_one_fold() -> None:
    queries = [asked(n, name) for name in ("written", "slip") for n in range(20)]
    folds = folds_of(queries)
    assert folds[:20] == folds[20:]
    assert set(folds) == set(range(FOLDS))


QUERIES = [asked(number) for number in range(20)]


def test_what_holds_outside_of_the_folds_is_taken() -> None:
    def better(setting: Setting) -> Sequence[float]:
        return [0.6 if dict(setting)["title"] > 1 else 0.5] * len(QUERIES)

    start = with_value(of_product(), "title", 1.0)
    found = tune(QUERIES, better, start)
    assert dict(found.setting)["title"] == 1.5
    assert (found.began, found.within, found.outside) == pytest.approx((0.5, 0.6, 0.6))


def test_what_only_fits_some_queries_changes_nothing() -> None:
    fold_of = folds_of(QUERIES)

    def by_chance(setting: Setting) -> Sequence[float]:
        # One step is far better for one fold, and worse for every other.
        if dict(setting)["title"] > 1:
            return [1.0 if fold == 0 else 0.45 for fold in fold_of]
        return [0.5] * len(QUERIES)

    start = with_value(of_product(), "title", 1.0)
    found = tune(QUERIES, by_chance, start)
    assert found.within > found.began > found.outside
    assert found.setting == start
