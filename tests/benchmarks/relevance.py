"""``make eval``: how well search does on judged data; fails below the floors.

In: the folder with the evaluation data, and the graded queries over the examples. Out: tables on standard output, exit code 1 when a figure is
below its floor. The floors stand a little under what was reached when they were set, so that noise
passes and a loss does not.
"""

import json
import sys
import tempfile
from pathlib import Path

from index import Index
from index.analysis import index_terms
from index.evaluate import Evaluation, evaluate, read_qrels, read_queries
from index.expansion import query_terms
from tests.benchmarks.corpora import folder_from_arguments, indexed
from tests.relevance.examples import FOLDER, indexed_examples

FLOORS = {
    "pairs must match": 0.90,
    "pairs must not": 0.895,
    "eval nDCG@10": 0.605,
    "eval recall@100": 0.87,
    "eval typo nDCG@10": 0.56,
    "eval split nDCG@10": 0.60,
    "eval join nDCG@10": 0.575,
    "domain nDCG@10": 0.785,
    "examples nDCG@10": 0.775,
}


def main() -> None:
    """Measure everything, print it, compare it with the floors."""
    folder = folder_from_arguments()
    reached = {
        **_pairs(folder / "eval" / "term_pairs.jsonl"),
        **_general(folder / "eval"),
        **_domain(folder / "domain"),
        **_examples(),
    }
    print("\nfigure                 reached   floor")
    below = [name for name, value in reached.items() if value < FLOORS[name]]
    for name, value in reached.items():
        print(f"{name:22} {value:7.4f} {FLOORS[name]:7.4f}{'  BELOW' if name in below else ''}")
    sys.exit(1 if below else 0)


def _general(folder: Path) -> dict[str, float]:
    qrels = read_qrels(folder / "qrels.tsv")
    found: dict[str, Evaluation] = {}
    with indexed(folder / "corpus.jsonl.gz") as index:
        for name in ("queries", "queries_typo", "queries_split", "queries_join"):
            found[name] = evaluate(read_queries(folder / f"{name}.jsonl"), qrels, index.rank)
            print(f"\neval, {name}\n{found[name].table()}")
    overall = found["queries"].overall
    return {
        "eval nDCG@10": overall.ndcg,
        "eval recall@100": overall.recall,
        "eval typo nDCG@10": found["queries_typo"].overall.ndcg,
        "eval split nDCG@10": found["queries_split"].overall.ndcg,
        "eval join nDCG@10": found["queries_join"].overall.ndcg,
    }


def _domain(folder: Path) -> dict[str, float]:
    index: Index
    with indexed(folder / "documents.jsonl") as index:
        report = evaluate(
            read_queries(folder / "queries.jsonl"), read_qrels(folder / "qrels.tsv"), index.rank
        )
    print(f"\ndomain\n{report.table()}")
    return {"domain nDCG@10": report.overall.ndcg}


def _examples() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home, indexed_examples(Path(home)) as collection:
        report = evaluate(
            read_queries(FOLDER / "queries.jsonl"),
            read_qrels(FOLDER / "qrels.tsv"),
            collection.rank,
        )
    print(f"\nexamples\n{report.table()}")
    return {"examples nDCG@10": report.overall.ndcg}


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
