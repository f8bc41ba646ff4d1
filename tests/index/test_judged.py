"""Judgments of people measure the ranking, and a floor says when that is too little."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.judged import judge, keep, measure, numbered, verdict_of
from library.settings import read_settings
from library.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(read_settings({}, home=tmp_path / "home"))
    yield made
    made.close()


def rank(text: str) -> list[tuple[str, float]]:
    return {"subsidie": [("b", 2.0), ("a", 1.0)], "statuten": [("c", 1.0)]}.get(text, [])


def test_what_was_judged_is_measured() -> None:
    found = measure({"statuten": {"c": 3}, "subsidie": {"a": 3, "b": 0}}, rank)
    assert found.by_query["statuten"].ndcg == 1.0
    assert found.by_query["subsidie"].ndcg == pytest.approx(0.631, abs=0.001)
    assert found.overall.queries == 2


def test_in_a_run_a_query_has_no_space_in_its_name() -> None:
    questions, qrels = numbered({"zon op dak": {"c": 3}, "niets": {"c": 0}})
    assert [(one.id, one.text) for one in questions] == [("1-zon_op_dak", "zon op dak")]
    assert qrels == {"1-zon_op_dak": {"c": 3}}


def test_a_query_without_a_good_answer_says_nothing_of_the_order() -> None:
    assert measure({"molen": {"a": 0}}, rank).overall.queries == 0


def test_without_judgments_nothing_is_below_a_floor(store: Store) -> None:
    store.improvements.change(NOW, None, seen=0, add=("floor", {"ndcg": 0.9}))
    assert not judge(store, rank).is_below
    assert not keep(store, rank, "1", NOW).queries
    assert verdict_of(store) is None


def test_a_ranking_below_the_floor_is_told(store: Store) -> None:
    store.judgments.add("subsidie", {"a": 3, "b": 0}, NOW)
    assert not judge(store, rank).is_below
    store.improvements.change(NOW, None, seen=0, add=("floor", {"ndcg": 0.7}))
    assert keep(store, rank, "1", NOW).is_below
    verdict = verdict_of(store)
    assert verdict is not None
    assert verdict.is_below
    assert (verdict.queries, verdict.floor) == (1, 0.7)
