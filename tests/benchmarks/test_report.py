"""Tables, goals and charts follow from the figures, and the README shows what the figures are."""

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import report
from tests.benchmarks.engines import ENGINES, Codes, analysed, open_engine
from tests.benchmarks.generated import generated, questions
from tests.benchmarks.goals import goals
from tests.benchmarks.rows import Measurements
from tests.benchmarks.sets import MARK, DocumentSet, made_set


def figures(documents: int = 100_000) -> dict[str, Any]:
    found = Measurements(documents)
    for engine, factor in (("ours", 1), ("stock", 2_000), ("fts5", 20), ("tantivy", 1.5)):
        found.add("any", engine, [[0.5 * factor, 1.0 * factor], [0.6 * factor, 0.8 * factor]])
        for row in ("build, s", "build, processor, s"):
            found.note(row, engine, 60 * factor)
    return {
        "machine": {"cores": 2, "python": "3.11.0", "versions": {"tantivy": "0.1"}},
        "sets": {
            str(documents): {"documents": documents, "times": found.times, "values": found.values}
        },
    }


def test_what_is_published_follows_from_the_figures() -> None:
    data = report.read_data(report.DATA)
    assert report.PAGE.read_text("utf-8") == report.page(data)
    text = report.README.read_text("utf-8")
    assert report.readme(text, data) == text
    for name, content in report.charts(data).items():
        assert (report.DOCS / name).read_text("utf-8") == content


def test_of_each_question_the_fastest_round_counts() -> None:
    ours = figures()["sets"]["100000"]["times"]["any"]["ours"]
    assert (ours["p50"], ours["rounds"][0]["p50"], ours["questions"]) == (0.65, 0.75, 2)


def test_an_engine_with_fewer_questions_is_compared_on_these() -> None:
    found = Measurements(10)
    found.add("any", "ours", [[1.0, 1.0, 9.0]])
    found.add("any", "stock", [[100.0]])
    assert found.times["any"]["stock"]["beside"] == {"p50": 1.0, "p95": 1.0}


def test_goals_tell_what_is_reached() -> None:
    found = goals(figures()["sets"]["100000"])
    told = {(goal.work, goal.goal): (goal.reached, goal.met) for goal in found}
    assert told["any word, p50", "1/1,000 of stock Whoosh"] == ("1/2,000", True)
    assert told["any word, p50", "1/30 of SQLite FTS5"] == ("1/20", False)
    assert told["any word, p95", "no slower than tantivy"] == ("1/1.5", True)
    assert told["build, processor time", "at least 0.33x as fast as SQLite FTS5"] == ("20x", True)


def test_what_was_missed_is_told_with_the_reason() -> None:
    data = figures()
    for row in ("build, s", "build, processor, s"):
        data["sets"]["100000"]["values"][row]["stock"] = 120
    told = report.page(data)
    missed = "build, processor time, 100,000 documents, generated: 2x, where at least 5x"
    assert missed in told
    assert "The analysis of stock Whoosh is the same" in told
    assert "## What was missed" not in report.page({})


def test_the_readme_shows_the_set_of_all_engines() -> None:
    data = report.merged(figures(), figures(500_000))
    for name in ("stock", "tantivy"):
        for row in ("times", "values"):
            for engines in data["sets"]["500000"][row].values():
                engines.pop(name)
    text = report.readme(report.README.read_text("utf-8"), data)
    assert "| 100.000 documenten | Kennisbank | stock Whoosh, keer zo lang |" in text
    assert "| een van 1 tot 5 woorden | 0,65 ms | 2.000 | 20 | 1,5 |" in text
    assert "| any of 1 to 5 words | 0.65 ms | 2,000 | 20 | 1.5 |" in text
    assert report.readme(text, data) == text
    assert "100,000 to 500,000 documents, build" in report.page(data)


def test_figures_are_added_to_those_that_are_known() -> None:
    known = figures()
    new = {"sets": {"100000": {"values": {"build, s": {"ours": 1.0}}}, "real": {"documents": 5}}}
    both = report.merged(known, new)
    assert both["sets"]["100000"]["values"]["build, s"] == {
        **known["sets"]["100000"]["values"]["build, s"],
        "ours": 1.0,
    }
    assert both["sets"]["100000"]["times"] == known["sets"]["100000"]["times"]
    assert both["sets"]["real"] == {"documents": 5}


def test_a_page_is_the_same_after_its_figures_were_kept(tmp_path: Path) -> None:
    data = report.merged(figures(), figures(5_000))
    report.write_data(tmp_path / "figures.json", data)
    assert report.page(report.read_data(tmp_path / "figures.json")) == report.page(data)


def test_a_chart_can_be_read_without_seeing_it() -> None:
    ((name, drawn),) = report.charts(figures()).items()
    assert name == "benchmarks-100000.svg"
    root = ET.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    labelled = root.attrib["aria-labelledby"].split()
    assert [
        root.find(f"{space}{tag}[@id='{one}']") is not None
        for tag, one in zip(("title", "desc"), labelled, strict=True)
    ] == [True, True]
    texts = [element.text for element in root.iter(f"{space}text")]
    assert {"Kennisbank 0.65", "stock Whoosh 1,300"} <= set(texts)
    assert report.charts(figures())[name] == drawn


def test_generated_words_follow_the_law() -> None:
    documents = [analysed(document) for document in generated(1_500)]
    shares = Counter(
        term for terms in documents for term in set(terms[terms.index("qxz") + 1 : -1])
    )
    ranked = [count / len(documents) for _, count in shares.most_common(1_000)]
    for rank, share in ((1, 0.46), (10, 0.31), (100, 0.072), (1_000, 0.008)):
        assert ranked[rank - 1] == pytest.approx(share, rel=0.35)
    lengths = sorted(map(len, documents))
    assert 50 < lengths[len(lengths) // 2] < 80
    assert [one.id for one in islice(generated(9), 5)] == [one.id for one in generated(5)]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DocumentSet:
    return made_set("120", tmp_path_factory.mktemp("sets"), Path(), None)


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_finds_the_same(small: DocumentSet, name: str) -> None:
    """Counted by hand from the analysed texts."""
    folder = small.folder / name
    folder.mkdir()
    ENGINES[name]().build(folder, small.documents())
    engine = open_engine(name, folder)
    texts = [(set(analysed(one)), one.kind) for one in small.documents()]
    for terms in questions(small.texts(), "any", 20):
        kinds = Counter(kind for text, kind in texts if text & set(terms))
        told = engine.ask(terms, "any")
        assert (told.total, {k: n for k, n in told.kinds.items() if n}) == (kinds.total(), kinds)
    engine.close()
    changes = small.changes(7)
    ENGINES[name]().change(folder, changes)
    engine = open_engine(name, folder)
    assert engine.ask((MARK,), "any").total == 7
    engine.close()


def test_codes_come_back_as_they_were_given(tmp_path: Path, small: DocumentSet) -> None:
    codes = Codes(tmp_path)
    given = [codes.of(document) for document in small.documents()]
    codes.save()
    assert [Codes(tmp_path).of(document) for document in small.documents()] == given
