"""The measures are those of the textbook: by hand here, and beside the set's own scorer."""

import gzip
import importlib.util
import json
import math
import random
from pathlib import Path
from types import ModuleType

import pytest

from index.evaluate import (
    EvaluationError,
    Figures,
    Question,
    evaluate,
    in_order,
    mean,
    measure,
    read_qrels,
    read_queries,
    write_run,
)

SCORER = Path(__file__).parents[2].parent / "shared" / "eval" / "score.py"


def ranked(*documents: str) -> list[tuple[str, float]]:
    return [(document, float(-rank)) for rank, document in enumerate(documents)]


def test_measures_by_hand() -> None:
    figures = measure(ranked("x", "two", "y", "one"), {"two": 2, "one": 1, "gone": 1, "bad": 0})
    gained = 3 / math.log2(3) + 1 / math.log2(5)
    ideal = 3 / 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert figures.ndcg == pytest.approx(gained / ideal)
    assert figures.mrr == pytest.approx(1 / 2)
    assert figures.recall == pytest.approx(2 / 3)


def test_a_perfect_answer_is_one_and_no_answer_zero() -> None:
    assert measure(ranked("a", "b"), {"a": 2, "b": 1}) == Figures(1.0, 1.0, 1.0)
    assert measure([], {"a": 1}) == measure(ranked("a"), {"a": 0}) == Figures(0.0, 0.0, 0.0)


def test_only_the_first_ten_and_hundred_count() -> None:
    others = [f"x{number:03}" for number in range(200)]
    eleventh = measure(ranked(*others[:10], "a"), {"a": 1})
    assert eleventh == Figures(0.0, 0.0, 1.0)
    assert measure(ranked(*others[:99], "a"), {"a": 1}).recall == 1.0
    assert measure(ranked(*others[:100], "a"), {"a": 1}).recall == 0.0


def test_equal_scores_are_ordered_by_id_and_documents_count_once() -> None:
    assert in_order([("b", 1.0), ("c", 2.0), ("a", 1.0), ("c", 0.5)]) == [
        ("c", 2.0),
        ("a", 1.0),
        ("b", 1.0),
    ]


def test_every_judged_query_counts_and_groups_are_apart() -> None:
    questions = [Question("q1", "een", "kort"), Question("q2", "twee", "kort"), Question("q3", "x")]
    qrels = {"q1": {"a": 1}, "q2": {"b": 1}, "q4": {"c": 1}}
    answers = {"een": ranked("a"), "twee": ranked("x", "b")}
    asked: list[str] = []
    told: list[tuple[int, int]] = []

    def search(text: str) -> list[tuple[str, float]]:
        asked.append(text)
        return answers[text]

    found = evaluate(questions, qrels, search, each=lambda done, total: told.append((done, total)))
    assert asked == ["een", "twee"]
    assert told == [(1, 2), (2, 2)]
    assert found.overall.queries == 3
    assert found.overall.mrr == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert set(found.by_group) == {"kort"}
    assert found.by_group["kort"].mrr == pytest.approx(3 / 4)
    assert found.by_query["q4"] == Figures(0.0, 0.0, 0.0)


def test_the_table_has_a_line_for_each_group() -> None:
    questions = [Question("q1", "een", "kort"), Question("q2", "twee", "een lange groepsnaam")]
    qrels = {"q1": {"a": 1}, "q2": {"b": 1}}
    lines = evaluate(questions, qrels, lambda _: ranked("a", "x")).table().splitlines()
    assert lines[0].split() == ["queries", "nDCG@10", "MRR@10", "recall@100"]
    assert [line[:20].strip() for line in lines[1:]] == [
        "all",
        "een lange groepsnaam",
        "kort",
        "mean of groups",
    ]
    assert lines[1].split()[1:] == ["2", "0.5000", "0.5000", "0.5000"]
    assert len({len(line) for line in lines}) == 1
    plain = evaluate([Question("q1", "een")], {"q1": {"a": 1}}, lambda _: ranked("a"))
    assert len(plain.table().splitlines()) == 2


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) == Figures(0.0, 0.0, 0.0, 0)


def test_queries_are_read_with_their_group_or_kind(tmp_path: Path) -> None:
    lines = [
        {"id": "q1", "text": "een", "group": "g"},
        {"id": "q2", "text": "twee", "kind": "k"},
        {"id": "q3", "text": "drie", "goals": [4]},
    ]
    text = "\n\n".join(json.dumps(line) for line in lines)
    plain, packed = tmp_path / "queries.jsonl", tmp_path / "queries.jsonl.gz"
    plain.write_text(text, encoding="utf-8")
    packed.write_bytes(gzip.compress(text.encode()))
    expected = (Question("q1", "een", "g"), Question("q2", "twee", "k"), Question("q3", "drie"))
    assert read_queries(plain) == read_queries(packed) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id": "q1", "text": "een"}\n{"id": "q1", "text": "twee"}', "line 2: q1 is there twice"),
        ('{"id": "q1"}', "line 1: its text is missing or no text"),
        ('{"id": 1, "text": "een"}', "line 1: its id is missing or no text"),
        ("\n[1, 2]", "line 2: is not a JSON object"),
        ("{", "line 1: "),
    ],
)
def test_a_broken_query_names_its_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=reason):
        read_queries(path)


def test_qrels_are_read_with_tabs_or_spaces(tmp_path: Path) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text("q1 0 a 2\nq1\t0\tb\t0\n\nq2 0 a 1\n", encoding="utf-8")
    assert read_qrels(path) == {"q1": {"a": 2, "b": 0}, "q2": {"a": 1}}


@pytest.mark.parametrize("line", ["q1 0 a", "q1 0 a high", "q1 0 a 1 2"])
def test_a_broken_judgment_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "qrels.tsv"
    path.write_text(f"q1 0 a 1\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"qrels\.tsv, line 2: write query, 0, document"):
        read_qrels(path)


def test_a_file_that_is_not_there_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"^none\.tsv cannot be read: [^\n]+$"):
        read_qrels(tmp_path / "none.tsv")
    broken = tmp_path / "broken.gz"
    for content in (b"no gzip", b"\x1f\x8b\x08\x00damaged damaged", gzip.compress(b"[]")[:-4]):
        broken.write_bytes(content)
        with pytest.raises(EvaluationError, match=r"^broken\.gz cannot be read"):
            read_queries(broken)


def test_a_run_is_written_in_trec_form(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    write_run({"q1": [("b", 1.5), ("a", 2.0)], "q2": []}, path, tag="test")
    assert path.read_text(encoding="utf-8") == "q1 Q0 a 1 2.0 test\nq1 Q0 b 2 1.5 test\n"
    write_run({}, path)
    assert path.read_text(encoding="utf-8") == ""


def test_the_figures_are_those_of_the_scorer_that_came_with_the_set(tmp_path: Path) -> None:
    if not SCORER.exists():
        pytest.skip("the evaluation set with its scorer is not beside the project")
    scorer = _load(SCORER)
    chance = random.Random(7)
    documents = [f"d{number}" for number in range(300)]
    qrels = {
        f"q{number}": {chance.choice(documents): chance.randrange(3) for _ in range(5)}
        for number in range(40)
    }
    rankings = {
        query: [(one, chance.randrange(20) / 7) for one in chance.sample(documents, 150)]
        for query in list(qrels)[:-2]
    }
    questions = [Question(query, query) for query in rankings]
    found = evaluate(questions, qrels, rankings.__getitem__)
    run = tmp_path / "run.txt"
    write_run(found.run, run)
    theirs = scorer.per_query(scorer.read_run(run), qrels)
    for query, figures in found.by_query.items():
        expected = theirs[query]
        assert figures.ndcg == pytest.approx(expected["nDCG@10"])
        assert figures.mrr == pytest.approx(expected["MRR@10"])
        assert figures.recall == pytest.approx(expected["recall@100"])


def _load(path: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("scorer", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_an_id_with_a_space_cannot_stand_in_a_run(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="has a space"):
        write_run({"q1": [("een twee", 1.0)]}, tmp_path / "run.txt")
    assert not (tmp_path / "run.txt").exists()
