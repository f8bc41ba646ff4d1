"""Documents in and out: import, export, search, terms, classify, evaluate, reindex."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from library.settings import read_settings
from library.store import Store
from tests.commands.command import PROJECT, Home, line, write_lines
from tests.commands.conftest import DOCUMENTS
from tests.conftest import SHARED_REASON

pytestmark = pytest.mark.xdist_group("front documents")

SCORE = PROJECT.parent / "shared" / "eval" / "score.py"


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(one) for one in path.read_text("utf-8").splitlines()]


def test_the_same_file_again_changes_nothing(filled: Home, tmp_path: Path) -> None:
    current = (filled.folder / "index" / "CURRENT").read_bytes()
    packed = tmp_path / "documents.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(DOCUMENTS).encode()))
    done = filled.run("import", str(packed))
    assert (done.code, done.out) == (0, "3 unchanged\n")
    assert (filled.folder / "index" / "CURRENT").read_bytes() == current


def test_what_export_writes_comes_back_unchanged(filled: Home, home: Home, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert filled.run("export", str(first)).out == f"Wrote 3 documents to {first}.\n"
    assert filled.run("import", str(first)).out == "3 unchanged\n"
    assert home.run("import", str(first)).out == "3 new\n"
    assert home.run("export", str(second)).code == 0
    assert records(first) == records(second)
    assert records(first)[0]["id"] == 'map/een "twee"'
    assert records(first)[1]["kind"] == "nieuws"


def test_a_bad_line_is_told_and_the_rest_goes_in(home: Home, tmp_path: Path) -> None:
    lines = [
        line(id="a"),
        "niet json",
        "[1]",
        "",
        '{"id": "b", "title": "T"}',
        line(id="c", text="Meer tekst"),
    ]
    file = write_lines(tmp_path / "documents.jsonl", lines)
    done = home.run("import", str(file))
    assert (done.code, done.out) == (1, "2 new, 3 bad\n")
    told = [text for text in done.err.splitlines() if text.startswith(f"{file}, line ")]
    assert told == [
        f"{file}, line 2: is not JSON: Expecting value: line 1 column 1 (char 0)",
        f"{file}, line 3: is not a JSON object",
        f"{file}, line 5: has no text",
    ]
    assert home.run("search", "tekst", "--json").value["total"] == 2
    (tmp_path / "binary.jsonl").write_bytes(b"\xff\xfe\x00" * 99)
    assert "line 1: is not UTF-8" in home.run("import", str(tmp_path / "binary.jsonl")).err
    (tmp_path / "empty.jsonl").touch()
    empty = home.run("import", str(tmp_path / "empty.jsonl"))
    assert (empty.code, empty.out) == (0, "nothing\n")


@pytest.mark.parametrize("command", ["import", "classify", "extract"])
def test_a_file_that_cannot_be_read(filled: Home, tmp_path: Path, command: str) -> None:
    absent = filled.run(command, str(tmp_path / "absent"))
    assert absent.code == 1
    assert "cannot be read: No such file" in absent.said
    folder = filled.run(command, str(tmp_path))
    assert folder.code == 1
    assert "cannot be read: Is a directory" in folder.said


def test_a_file_that_cannot_be_written(filled: Home, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent" / "out.jsonl"):
        done = filled.run("export", str(path))
        assert done.code == 1
        assert "cannot be written" in done.said


def test_search_as_json(filled: Home) -> None:
    done = filled.run("search", "energiecoöperatie", "zonnepanelen", "--json")
    assert done.code == 0
    assert set(done.value) >= {"total", "facets", "hits"}
    facets = {"goal", "organisation", "kind", "language", "year", "theme", "place"}
    assert set(done.value["facets"]) == facets
    hit = done.value["hits"][0]
    assert set(hit) == {"id", "url", "title", "organisation", "score", "snippet", "goals"}
    assert (hit["id"], hit["organisation"]) == ('map/een "twee"', "Zon")
    assert "zonnepanelen" in hit["snippet"]
    assert hit["goals"] == [{"number": 3, "probability": 1.0, "evidence": ["aangeleverd"]}]


def test_search_with_filters_and_as_text(filled: Home) -> None:
    assert filled.run("search", "", "--json").value["total"] == 3
    assert filled.run("search", "", "--goal", "3", "--json").value["total"] == 1
    by_organisation = filled.run("search", "", "--organisation", "Zorg", "--json").value
    assert [hit["id"] for hit in by_organisation["hits"]] == ["2"]
    limited = filled.run("search", "", "--limit", "1")
    assert "  1. " in limited.out
    assert "  2. " not in limited.out
    assert limited.out.endswith("3 documents\n")


def test_a_query_that_asks_too_much(filled: Home) -> None:
    long = filled.run("search", "a" * 10_000)
    assert (long.code, "at most 256 characters" in long.said) == (1, True)
    many = filled.run("search", *(f"zon{number}" for number in range(20)))
    assert (many.code, "at most 16 words" in many.said) == (1, True)


def test_a_reader_that_has_seen_enough(filled: Home) -> None:
    process = filled.begin("search", "")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait() == 1


def test_what_is_typed_is_completed(filled: Home) -> None:
    offered = filled.run("complete", "buurtf", "--json").value
    assert "did_you_mean" in offered
    assert all(set(one) == {"text", "kind", "count"} for one in offered["suggestions"])
    texts = [one["text"] for one in filled.run("complete", "zon", "--json").value["suggestions"]]
    assert texts
    assert filled.run("complete", "zon", "--limit", "1").out.startswith(f"{texts[0]}  [")


def test_terms_need_no_home(home: Home) -> None:
    indexed = home.run("terms", "de zonnepanelen", "buurten", "--json").value
    assert set(indexed) == {"de zonnepanelen", "buurten"}
    assert indexed["de zonnepanelen"] == ["zonnepaneel", "zon", "paneel"]
    asked = home.run("terms", "v.v.e.", "--query", "--json").value
    assert all(isinstance(term, str) for term in asked["v.v.e."])
    assert home.run("terms", "buurten").out.startswith("buurten: ")
    assert not home.folder.exists()


def test_classify_gives_goals_with_evidence(home: Home, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "documents.jsonl", [*DOCUMENTS, "kapot"])
    done = home.run("classify", str(file))
    assert done.code == 1
    assert "line 4: is not JSON" in done.said
    found = [json.loads(one) for one in done.out.splitlines()]
    assert [one["id"] for one in found] == ['map/een "twee"', "2", "3"]
    tags = [tag for one in found for tag in one["goals"]]
    assert all(set(tag) == {"number", "probability", "evidence"} for tag in tags)
    assert ["aangeleverd"] not in [tag["evidence"] for tag in tags]
    assert not home.folder.exists()


def test_evaluate_writes_a_run_and_agrees_with_the_score_beside_the_project(
    home: Home, tmp_path: Path
) -> None:
    numbered = [line(id=str(n), title=f"Zon {n}", text=f"zon {'dak ' * n}") for n in range(30)]
    home.run("import", str(write_lines(tmp_path / "documents.jsonl", numbered)))
    queries = write_lines(tmp_path / "queries.jsonl", ['{"id": "q1", "text": "zon dak"}'])
    qrels = write_lines(tmp_path / "qrels.tsv", ["q1\t0\t3\t2", "q1\t0\t9\t1"])
    run = tmp_path / "run.trec"
    done = home.run("evaluate", "--queries", str(queries), "--qrels", str(qrels), "--run", str(run))
    assert done.code == 0, done.err
    rows = [row.split() for row in run.read_text().splitlines()]
    assert [row[:2] + row[3:4] for row in rows] == [["q1", "Q0", str(n)] for n in range(1, 31)]
    figures = done.out.splitlines()[1].split()[2:]
    assert len(figures) == 3
    assert all(float(figure) > 0 for figure in figures)
    if not SCORE.exists():
        pytest.skip(f"{SHARED_REASON}: {SCORE.name} is not there")
    command = [sys.executable, str(SCORE), "run", str(run), str(qrels)]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert all(figure in theirs for figure in figures), (figures, theirs)


def test_evaluate_needs_judgments(filled: Home) -> None:
    done = filled.run("evaluate")
    assert (done.code, done.out) == (1, "")
    assert "/beheer/beoordelen" in done.err
    assert filled.run("evaluate", "--queries", "alone.jsonl").code == 2


def test_evaluate_uses_what_people_judged(filled: Home) -> None:
    store = Store.open(read_settings({}, home=filled.folder))
    store.judgments.add("subsidie", {"2": 3}, datetime.now(UTC))
    assert store.judgments.latest() is None
    done = filled.run("evaluate")
    assert done.code == 0, done.err
    assert done.out.splitlines()[1].split()[:2] == ["all", "1"]
    # A new index is measured by itself.
    assert filled.run("reindex", "--full").code == 0
    latest = store.judgments.latest()
    assert latest is not None
    assert latest.queries == 1
    store.judgments.remove("subsidie")
    store.close()


def test_evaluate_of_what_is_not_there(filled: Home, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "queries.jsonl", ['{"id": "q1", "text": "zon"}'])
    done = filled.run("evaluate", "--queries", str(tmp_path / "no"), "--qrels", str(file))
    assert (done.code, "cannot be read" in done.said) == (1, True)


def test_reindex_tells_what_it_did(filled: Home) -> None:
    again = filled.run("reindex").value
    assert (again["published"], again["documents"]) == (False, 3)
    full = filled.run("reindex", "--full").value
    assert (full["published"], full["documents"], full["rebuilt"]) == (True, 3, True)


def test_another_working_directory(filled: Home, tmp_path: Path) -> None:
    assert filled.run("search", "zorg", "--json", cwd=tmp_path).value["total"] >= 1
