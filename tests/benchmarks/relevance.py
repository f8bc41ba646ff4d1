"""``make eval``: how well search does on judged data; fails below the floors.

In: the folder with the evaluation data, and the graded queries over the examples. Out: tables on
standard output with what changed since the committed figures, exit code 1 when a figure is below its
floor. The floors stand a little under what was reached when they were set, so that noise passes and a
loss does not. With ``--publish`` the figures, ``docs/relevance.md`` and its chart are written anew.

Without the folder nothing is measured, and that is said.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

from index import Index, Query, QueryError
from index.alternatives import WEIGHTS, Weights
from index.analysis import index_terms
from index.evaluate import Evaluation, Question, Search, evaluate, read_qrels, read_queries
from index.expansion import query_terms
from tests.benchmarks.corpora import folder_from_arguments, indexed_folder
from tests.benchmarks.relevance_report import (
    Measured,
    chart,
    read_figures,
    rows,
    table,
    write_figures,
)
from tests.relevance.examples import FOLDER, indexed_examples

DOCS = Path(__file__).parents[2] / "docs"
FIGURES = FOLDER / "figures.json"
PAGE = DOCS / "relevance.md"
PICTURE = DOCS / "pictures" / "relevance.svg"
PUBLISH = "--publish"

FLOORS = {
    "pairs must match": 0.90,
    "pairs must not": 0.895,
    "eval, as written": 0.645,
    "eval, recall@100": 0.905,
    "eval, one slip": 0.62,
    "eval, split": 0.642,
    "eval, joined": 0.64,
    "domain": 0.82,
    "domain, abbreviations": 0.80,
    "domain, synonyms": 0.73,
    "examples": 0.825,
}
MOST_TIMES = 3.0
"""How many times the time without expansion a query may take with it."""
TIMED = 120
"""Queries whose time is taken, each as if it were the first."""

_OFF = Weights(
    exact=0, part=0, joined=0, split=0, whole=0, name=0, language=0, synonym=0, corrected=0,
    near=0, filler=1, lookalike=0,
)  # fmt: skip
_WORDS = replace(_OFF, part=WEIGHTS.part, split=WEIGHTS.split, joined=WEIGHTS.joined)
_TYPED = replace(_WORDS, exact=WEIGHTS.exact)
_ALIKE = replace(_TYPED, lookalike=WEIGHTS.lookalike)
_RIGHT = replace(_ALIKE, corrected=WEIGHTS.corrected, near=WEIGHTS.near)
STEPS: Mapping[str, Weights] = {
    "words as they are written": replace(_OFF, stem=0, exact=1),
    "stems (Kraaij-Pohlmann with exceptions)": _OFF,
    "and compounds, apart and joined": _WORDS,
    "and the form as typed a little more": _TYPED,
    "and words that look alike": _ALIKE,
    "and unknown words corrected": _RIGHT,
    "and synonyms, names, fillers: all": WEIGHTS,
}


def main() -> None:
    """Measure everything, print it, compare it with the floors."""
    publish = PUBLISH in sys.argv
    if publish:
        sys.argv.remove(PUBLISH)
    folder = folder_from_arguments()
    pairs = _pairs(folder / "eval" / "term_pairs.jsonl")
    sets: dict[str, Measured] = {}
    with (
        indexed_folder(folder / "eval" / "corpus.jsonl.gz") as general,
        indexed_folder(folder / "domain" / "documents.jsonl") as domain,
    ):
        sets |= _general(folder / "eval", general) | _domain(folder / "domain", domain)
        steps = dict(_steps(folder, general, domain)) if publish else {}
        times = _times(folder / "eval" / "queries.jsonl", general)
    sets["examples"] = _examples()
    reached = {**pairs, **_reached(sets)}
    below = [name for name, value in reached.items() if value < FLOORS[name]]
    changes = table(
        ("set", "queries", "nDCG@10", "recall@100", "since the committed figures"),
        list(rows(sets, read_figures(FIGURES))),
    )
    floors = table(
        ("figure", "reached", "floor"),
        [[name, f"{value:.4f}", f"{FLOORS[name]:.4f}"] for name, value in reached.items()],
    )
    told = f"A query with expansion takes {times:.2f} times one without; at most {MOST_TIMES}."
    sys.stdout.write(f"\n{changes}\n\n{floors}\n\n{told}\n")
    if publish:
        write_figures(FIGURES, sets)
        PICTURE.write_text(
            chart("From words as written to the whole chain, nDCG@10", steps), "utf-8"
        )
        PAGE.write_text(_page(changes, floors, told), "utf-8")
    for name in below:
        sys.stdout.write(f"BELOW ITS FLOOR: {name}\n")
    sys.exit(1 if below or times > MOST_TIMES else 0)


def _measured(questions: tuple[Question, ...], report: Evaluation) -> Measured:
    figures = {query: one.ndcg for query, one in report.by_query.items()}
    return Measured(figures, {one.id: one.group for one in questions}, report.overall.recall)


def _ask(folder: Path, name: str, search: Search) -> Measured:
    questions = read_queries(folder / name)
    return _measured(questions, evaluate(questions, read_qrels(folder / "qrels.tsv"), search))


def _general(folder: Path, place: Path) -> dict[str, Measured]:
    files = {"as written": "", "one slip": "_typo", "split": "_split", "joined": "_join"}
    index = Index(place)
    found = {
        f"eval, {name}": _ask(folder, f"queries{ending}.jsonl", index.rank)
        for name, ending in files.items()
    }
    index.close()
    return found


def _domain(folder: Path, place: Path) -> dict[str, Measured]:
    index = Index(place)
    found = {"domain": _ask(folder, "queries.jsonl", index.rank)}
    index.close()
    return found


def _examples() -> Measured:
    with tempfile.TemporaryDirectory() as home, indexed_examples(Path(home)) as collection:
        return _ask(FOLDER, "queries.jsonl", lambda text: collection.search(text, 100).ranking)


def _reached(sets: Mapping[str, Measured]) -> dict[str, float]:
    found = {name: one.ndcg for name, one in sets.items()}
    found["eval, recall@100"] = sets["eval, as written"].recall
    domain = sets["domain"]
    for name, group in (("abbreviations", "afkorting"), ("synonyms", "synoniem")):
        of_group = [f for query, f in domain.figures.items() if domain.groups[query] == group]
        found[f"domain, {name}"] = sum(of_group) / len(of_group)
    return found


def _steps(folder: Path, general: Path, domain: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """What each step of the chain brings, on top of the one before."""
    for step, weights in STEPS.items():
        figures = {}
        for name, place in (("eval", general), ("domain", domain)):
            index = Index(place, weights=weights)
            figures[name] = _ask(folder / name, "queries.jsonl", index.rank).ndcg
            index.close()
        yield step, figures


def _times(path: Path, place: Path) -> float:
    """How many times the time without expansion a query takes with it, facets included: medians of
    one run over queries that are asked in turn, each for the first time."""
    found: dict[str, list[float]] = {}
    queries = [one.text for one in read_queries(path)][::4][:TIMED]
    ways = {"with": WEIGHTS, "without": _OFF}
    indexes = {way: Index(place, weights=weights) for way, weights in ways.items()}
    for text in queries:
        for way, index in indexes.items():
            try:
                index.search(Query("fiets"))  # Opens it, and reads its vocabulary.
                began = time.perf_counter()
                index.search(Query(text[:200]))
                found.setdefault(way, []).append(time.perf_counter() - began)
            except QueryError:
                pass
    for index in indexes.values():
        index.close()
    return median(found["with"]) / median(found["without"])


def _page(changes: str, floors: str, told: str) -> str:
    return f"""# How well search finds

Made by `make eval EVAL=--publish`; not edited by hand, except the notes in `docs/relevance-notes.md`.
Intervals: 95 of 100, paired bootstrap over the queries, against the figures that were committed before.

![nDCG@10 for each step of the chain, from words as they are written to all of it](pictures/relevance.svg)

{changes}

## Floors

{floors}

{told}
"""


def _pairs(path: Path) -> dict[str, float]:
    """Words that must find each other and words that must not, without any collection.

    A pair matches when each word of the query shares a term with the text, or when the words
    together give a term (a joined compound, a synonym) that none gives alone and the text has.
    """
    right: dict[tuple[str, bool], list[bool]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        wanted = pair["should_match"]
        is_right = _find_each_other(pair["query_term"], pair["doc_term"]) is wanted
        for relation in (pair["relation"], "all"):
            right.setdefault((relation, wanted), []).append(is_right)
    print("\nterm pairs        must match    must not")
    for relation in sorted({relation for relation, _ in right}):
        cells = [right.get((relation, wanted), []) for wanted in (True, False)]
        print(f"{relation:16}", *(f"{sum(cell):5} of {len(cell):3}" for cell in cells))
    shares = [sum(right["all", wanted]) / len(right["all", wanted]) for wanted in (True, False)]
    return {"pairs must match": shares[0], "pairs must not": shares[1]}


def _find_each_other(asked: str, written: str) -> bool:
    text = set(index_terms(written))
    alone = [found for word in asked.split() if (found := set(query_terms(word)))]
    together = set(query_terms(asked)).difference(*alone)
    return (bool(alone) and all(found & text for found in alone)) or bool(together & text)


if __name__ == "__main__":
    main()
