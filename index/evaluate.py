"""How well a search answers questions whose answers are known: relevance judgments to figures.

In: queries as JSON lines (``id``, ``text`` and, where known, ``group`` or ``kind``), judgments in
TREC form (``query 0 document grade``), and a callable that searches. Out: three measures per query,
their means, overall and per group, and the run in TREC form.

- nDCG@10: gain 2^grade - 1, discount log2(rank + 1), divided by the best possible order;
- MRR@10: one divided by the rank of the first relevant document, 0 when it is not in the first ten;
- recall@100: share of the relevant documents that is in the first hundred.

Documents are ordered by score, the highest first, and at equal scores by id, as trec_eval orders
them; the order that the search gave is not looked at. Every judged query counts: one that is not
among the queries has no answer and scores 0. Pure functions; the only files are those to read.
"""

import gzip
import json
import math
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from library.errors import KennisbankError

DEPTH = 100
"""How many documents of every answer are looked at."""
FIRST = 10

Ranking = Sequence[tuple[str, float]]
"""An answer: ids of documents with their scores."""
Search = Callable[[str], Ranking]
Qrels = Mapping[str, Mapping[str, int]]
"""By query, by document: the grade, 0 for not relevant."""


class EvaluationError(KennisbankError):
    """A file with queries or judgments is wrong; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query whose answers are known; ``group`` is empty where the file has none."""

    id: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The three measures, of one query or as a mean over ``queries`` of them."""

    ndcg: float
    mrr: float
    recall: float
    queries: int = 1


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that one evaluation found: answers and figures by query, means overall and by group."""

    run: Mapping[str, Ranking]
    by_query: Mapping[str, Figures]
    overall: Figures
    by_group: Mapping[str, Figures]

    def table(self) -> str:
        """The means as lines of text: overall, each group, and the mean over the groups."""
        rows = {"all": self.overall, **self.by_group}
        width = max(map(len, [*rows, "mean of groups"]))
        lines = [f"{'':{width}} {'queries':>7} {'nDCG@10':>8} {'MRR@10':>8} {'recall@100':>10}"]
        if len(self.by_group) > 1:
            over = mean(self.by_group.values())
            rows["mean of groups"] = replace(over, queries=self.overall.queries)
        for name, one in rows.items():
            figures = f"{one.ndcg:8.4f} {one.mrr:8.4f} {one.recall:10.4f}"
            lines.append(f"{name:{width}} {one.queries:7} {figures}")
        return "\n".join(lines)


def read_queries(path: Path) -> tuple[Question, ...]:
    """Read queries from JSON lines; one id twice is an error."""
    found: dict[str, Question] = {}
    for number, line in _lines(path):
        try:
            question = _question_of(json.loads(line))
        except (ValueError, TypeError) as error:
            raise EvaluationError(f"{path.name}, line {number}: {error}") from error
        if question.id in found:
            raise EvaluationError(f"{path.name}, line {number}: {question.id} is there twice")
        found[question.id] = question
    return tuple(found.values())


def _question_of(entry: Any) -> Question:
    if not isinstance(entry, dict):
        raise TypeError("is not a JSON object")
    missing = [name for name in ("id", "text") if not isinstance(entry.get(name), str)]
    if missing:
        raise TypeError(f"its {missing[0]} is missing or no text")
    return Question(entry["id"], entry["text"], str(entry.get("group") or entry.get("kind") or ""))


def read_qrels(path: Path) -> Qrels:
    """Read judgments in TREC form: query, a column that means nothing, document, grade."""
    found: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        try:
            query, _, document, grade = line.split()
            found.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            reason = "write query, 0, document and a whole grade, with white space between"
            raise EvaluationError(f"{path.name}, line {number}: {reason}") from error
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file, packed or not, that hold anything, with their numbers."""
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise EvaluationError(f"{path.name} cannot be read: {reason}.") from error
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line


def in_order(ranking: Ranking, depth: int = DEPTH) -> list[tuple[str, float]]:
    """The best documents of an answer, each once, the way every measure and run looks at them."""
    best: dict[str, float] = {}
    for document, score in ranking:
        best[document] = max(score, best.get(document, -math.inf))
    return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:depth]


def measure(ranking: Ranking, grades: Mapping[str, int]) -> Figures:
    """The measures of one answer."""
    found = [grades.get(document, 0) for document, _ in in_order(ranking)]
    relevant = sum(grade > 0 for grade in grades.values())
    ideal = _gain(sorted(grades.values(), reverse=True))
    first = next((rank for rank, grade in enumerate(found[:FIRST], start=1) if grade > 0), None)
    return Figures(
        ndcg=_gain(found) / ideal if ideal else 0.0,
        mrr=1 / first if first else 0.0,
        recall=sum(grade > 0 for grade in found) / relevant if relevant else 0.0,
    )


def _gain(grades: Sequence[int]) -> float:
    """Discounted cumulative gain of the first ten."""
    ranked = enumerate(grades[:FIRST], start=1)
    return math.fsum((2**grade - 1) / math.log2(rank + 1) for rank, grade in ranked)


def mean(figures: Iterable[Figures]) -> Figures:
    """The mean of each measure; zeros when there is nothing to take it of."""
    found = list(figures)
    count = len(found)
    return Figures(
        ndcg=math.fsum(one.ndcg for one in found) / max(count, 1),
        mrr=math.fsum(one.mrr for one in found) / max(count, 1),
        recall=math.fsum(one.recall for one in found) / max(count, 1),
        queries=count,
    )


def evaluate(
    questions: Sequence[Question],
    qrels: Qrels,
    search: Search,
    *,
    each: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask every judged query and measure the answers; ``each`` is told how many are done."""
    judged = [question for question in questions if question.id in qrels]
    run: dict[str, Ranking] = {}
    for done, question in enumerate(judged, start=1):
        run[question.id] = in_order(search(question.text))
        if each is not None:
            each(done, len(judged))
    by_query = {query: measure(run.get(query, ()), qrels[query]) for query in qrels}
    groups: dict[str, list[Figures]] = {}
    for question in judged:
        if question.group:
            groups.setdefault(question.group, []).append(by_query[question.id])
    by_group = {group: mean(groups[group]) for group in sorted(groups)}
    return Evaluation(run, by_query, mean(by_query.values()), by_group)


def write_run(run: Mapping[str, Ranking], path: Path, *, tag: str = "kennisbank") -> None:
    """Write answers in TREC form: query, Q0, document, rank, score, tag.

    Scores are written in full, so that whoever reads the run orders it as it was measured. The
    columns are divided by spaces, so an id that holds white space cannot be written.
    """
    spaced = next((d for ranking in run.values() for d, _ in ranking if len(d.split()) != 1), None)
    if spaced is not None:
        raise EvaluationError(
            f"A TREC run cannot name the document {spaced!r}: its id has a space."
        )
    lines = [
        f"{query} Q0 {document} {rank} {score!r} {tag}"
        for query, ranking in run.items()
        for rank, (document, score) in enumerate(in_order(ranking), start=1)
    ]
    path.write_text("\n".join([*lines, ""]) if lines else "", encoding="utf-8")
