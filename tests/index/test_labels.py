"""The labelled documents: whole, about documents that exist, and as well agreed on as is told."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from index.labels import (
    JUDGES,
    Told,
    agreement,
    kappa,
    most_said,
    read_judged,
    read_summaries,
    read_written,
    settled,
)
from index.wordlists import WordListError
from library.document import KINDS
from library.goals import GOALS
from tests.index.labelled import labelled
from tests.relevance.examples import authored

FOLDER = Path(__file__).parents[2] / "index" / "data" / "labels"
THEMES = {
    "wonen",
    "zorg en welzijn",
    "energie en klimaat",
    "groen en voedsel",
    "ontmoetingsplek en vastgoed",
    "armoede en werk",
    "mobiliteit",
    "cultuur en erfgoed",
    "jeugd",
    "veiligheid",
    "digitaal",
}
PHASES = {"", "idee", "start", "doorgroei", "verduurzaming", "overdracht of stoppen"}
AUDIENCES = {"", "initiatiefnemer", "bestuur", "vrijwilliger", "gemeente", "fonds"}
KAPPAS = {
    "examples.jsonl": {1: 0.9, 2: 0.89, 3: 0.92, 4: 0.9, 5: 0.7},
    "summaries.jsonl": {1: 0.86, 2: 0.89, 3: 0.94, 4: 0.94, 5: 0.8},
    "written.jsonl": {1: 0.99, 2: 0.98, 3: 1.0, 4: 1.0, 5: 0.99},
}
"""What README.md of the labels tells of the agreement on each goal."""


@pytest.fixture(scope="module")
def labels() -> list[dict[str, Any]]:
    return read("examples.jsonl")


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text("utf-8").splitlines()]


def test_every_example_document_is_labelled_once(labels: list[dict[str, Any]]) -> None:
    assert Counter(one["key"] for one in labels) == Counter(key for key, _, _ in authored())


def test_more_than_three_hundred_documents_are_labelled_each_once() -> None:
    written = [one["key"] for name in ("written.jsonl", "summaries.jsonl") for one in read(name)]
    assert len(set(written)) == len(written)
    assert len(written) + len(read("examples.jsonl")) > 300


def test_a_page_is_summarised_once() -> None:
    pages = [urlsplit(one["url"]) for one in read("summaries.jsonl")]
    assert all(page.scheme in {"http", "https"} and page.hostname for page in pages)
    bare = [
        f"{page.netloc.removeprefix('www.')}{page.path.rstrip('/')}?{page.query}" for page in pages
    ]
    assert len(set(bare)) == len(bare)


@pytest.mark.parametrize("name", KAPPAS)
def test_labels_are_of_the_rubric(name: str) -> None:
    numbers = {goal.number for goal in GOALS}
    for one in read(name):
        assert "goals_second" in one, one
        for goals in (one[f"goals{judge}"] for judge in JUDGES if f"goals{judge}" in one):
            assert goals == sorted(set(goals) & numbers), one
            assert len(goals) <= 3, one
        for again in JUDGES:
            assert one.get(f"kind{again}", "overig") in KINDS, one
            assert set(one.get(f"themes{again}", [])) <= THEMES, one
            assert one.get(f"phase{again}", "") in PHASES, one
            assert one.get(f"audience{again}", "") in AUDIENCES, one


@pytest.mark.parametrize("name", KAPPAS)
def test_the_two_judgments_agree_as_is_told(name: str) -> None:
    rows = read(name)
    for goal, told in KAPPAS[name].items():
        pairs = [(goal in one["goals"], goal in one["goals_second"]) for one in rows]
        assert round(kappa(pairs), 2) == told


@pytest.mark.parametrize("name", KAPPAS)
def test_a_third_judge_looked_where_two_differ(name: str) -> None:
    for one in read(name):
        differ = any(one[field] != one[f"{field}_second"] for field in ("goals", "kind", "themes"))
        assert ("goals_third" in one) is differ, one["key"]


def test_kappa_by_hand() -> None:
    """Judges agree on 3 of 4; by chance they would on half."""
    assert kappa([(True, True), (False, False), (True, False), (False, False)]) == pytest.approx(
        0.5
    )
    assert kappa([(True, True)] * 3) == 1.0
    assert kappa([]) == 0.0


def test_agreement_is_of_what_was_judged_twice() -> None:
    twice = labelled()
    once = [replace(one, goals=frozenset(), judgments=()) for one in twice]
    found = agreement([*twice, *once])
    assert found == agreement(twice)
    assert all(0.8 <= value < 1 for value in found.values())


def test_judged_documents_of_others_are_read_without_their_goals(tmp_path: Path) -> None:
    file = tmp_path / "domain" / "documents.jsonl"
    file.parent.mkdir()
    line = {"id": "1", "title": "Btw", "text": "Belasting.", "organisation": "Fonds", "goals": [3]}
    file.write_text(json.dumps(line), "utf-8")
    (one,) = read_judged(file)
    assert (one.goals, one.document.goals, one.collection) == (frozenset({3}), (), "domain")
    file.write_text("kapot", "utf-8")
    with pytest.raises(WordListError, match="line 1"):
        read_judged(file)


def test_a_summary_has_the_address_of_its_page_and_its_labels_stand_apart(tmp_path: Path) -> None:
    line = {
        "key": "a001",
        "url": "https://dorp.example/agenda/soep",
        "goals": [1],
        "kind": "bijeenkomst",
        "themes": ["jeugd"],
        "phase": "",
        "audience": "initiatiefnemer",
        "title": "Soep voor de straat",
        "text": "Zaterdag koken wij samen.",
    }
    path = tmp_path / "summaries.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    (one,) = read_summaries(path)
    assert one.document.url == one.document.canonical_url == line["url"]
    assert (one.document.title, one.document.text) == (line["title"], line["text"])
    assert (one.goals, one.judgments) == (frozenset({1}), (frozenset({1}),))
    assert one.collection == "summaries"
    assert one.told == Told("bijeenkomst", frozenset({"jeugd"}), "", "initiatiefnemer")


def test_two_of_three_judges_settle_a_label() -> None:
    assert settled([frozenset({1, 2}), frozenset({2, 3}), frozenset({3})]) == {2, 3}
    assert settled([frozenset({1, 2}), frozenset({2, 3})]) == {1, 2}
    assert settled([frozenset({1})]) == {1}
    assert most_said(["nieuws", "verhaal", "verhaal"]) == "verhaal"
    assert most_said(["nieuws", "verhaal", "wet"]) == most_said(["nieuws", "wet"]) == "nieuws"


def test_what_judges_said_beside_the_goals_is_settled_too(tmp_path: Path) -> None:
    said: dict[str, tuple[Any, ...]] = {
        "": ([1], "nieuws", ["jeugd"], "", "vrijwilliger"),
        "_second": ([1, 2], "verhaal", ["jeugd", "wonen"], "start", "bestuur"),
        "_third": ([2], "verhaal", ["wonen"], "start", "gemeente"),
    }
    names = ("goals", "kind", "themes", "phase", "audience")
    line: dict[str, Any] = {"key": "a", "title": "Titel", "text": "Tekst."}
    for judge, values in said.items():
        line |= {f"{name}{judge}": value for name, value in zip(names, values, strict=True)}
    path = tmp_path / "written.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    (one,) = read_written(path)
    assert one.goals == {1, 2}
    assert one.judgments == (frozenset({1}), frozenset({1, 2}), frozenset({2}))
    assert one.told == Told("verhaal", frozenset({"jeugd", "wonen"}), "start", "vrijwilliger")
    assert one.told_by[0] == Told("nieuws", frozenset({"jeugd"}), "", "vrijwilliger")
    assert [told.kind for told in one.told_by] == ["nieuws", "verhaal", "verhaal"]
