"""``make bench``: our search beside its peers, in one run, on the same terms and questions.

In: the folder with the evaluation data, how many documents to generate, which engines. Out: a
table of medians (p50) and slow ones (p95) with ratios to ours, as Markdown and, if asked, as JSON.
Absolute times mean little on a shared machine; the ratios are what to look at. Every engine finds
the ten best, counts them all and counts four facets; all must find the same number of documents.

Ours reads "any" as one word with alternatives. Its row "all" finds those with any word too where
fewer than ten have all, as the product does; the others do not.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from index.engines.base import Question
from index.expansion import Alternative, WordGroup
from index.query import Query
from index.search import hit_of
from index.wanted import wanted_of
from library.document import Document
from tests.benchmarks.corpora import documents_of
from tests.benchmarks.engines import Fts5, How, Measured, Ours, Stock, Tantivy, analysed
from tests.benchmarks.generated import Shape, generated, questions, with_facets

ENGINES: dict[str, Callable[[], Measured]] = {
    "ours": Ours, "stock": Stock, "fts5": Fts5, "tantivy": Tantivy,
}  # fmt: skip
ROWS: tuple[tuple[str, Shape, How], ...] = (
    ("any of 1-5 words", "any", "any"),
    ("all of 1-5 words", "all", "all"),
    ("one rare word", "rare", "any"),
    ("one common word", "common", "any"),
    ("phrase of 2-3", "phrase", "phrase"),
)
SLOW = 20
"""Questions for stock Whoosh, which takes a second for each where the others take milliseconds."""


@dataclass
class Figures:
    """What was measured: for each row the milliseconds of each engine, and single figures."""

    times: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    single: dict[str, dict[str, float]] = field(default_factory=dict)

    def add(self, row: str, engine: str, milliseconds: Sequence[float]) -> None:
        self.times.setdefault(row, {})[engine] = list(milliseconds)

    def note(self, row: str, engine: str, value: float) -> None:
        self.single.setdefault(row, {})[engine] = value


def main() -> None:
    """Measure every wanted set of documents."""
    arguments = _arguments()
    if arguments.memory:
        print(_memory_of_ours(Path(arguments.memory)))
        return
    sets: dict[str, Callable[[], Iterator[Document]]] = {}
    corpus = Path(arguments.folder) / "eval" / "corpus.jsonl.gz"
    if corpus.exists() and not arguments.generated_only:
        sets["real"] = lambda: islice(_real(corpus), arguments.documents)
    sets["generated"] = lambda: generated(arguments.documents)
    report = {}
    for name, made in sets.items():
        # Made before anything is timed.
        figures = _measure(list(made()), arguments.engines, arguments.questions)
        print(
            f"\n### {arguments.documents} documents, {name}\n\n{_table(figures, arguments.engines)}"
        )
        report[name] = {"times": _summary(figures), "single": figures.single}
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(report, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", default="../shared")
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--generated-only", action="store_true")
    parser.add_argument("--json", help="write all figures into this file")
    parser.add_argument("--memory", help=argparse.SUPPRESS)
    return parser.parse_args()


def _real(corpus: Path) -> Iterator[Document]:
    chance = random.Random(1)
    return (with_facets(document, chance) for document in documents_of(corpus))


def _measure(documents: Sequence[Document], names: Sequence[str], number: int) -> Figures:
    figures = Figures()
    with tempfile.TemporaryDirectory() as home:
        engines = []
        for name in names:
            folder = Path(home) / name
            folder.mkdir()
            engine = ENGINES[name]()
            taken = _seconds(lambda: engine.build(folder, documents))  # noqa: B023 - called at once
            figures.note("build, s", engine.name, taken)
            megabytes = sum(path.stat().st_size for path in folder.rglob("*")) / 1e6
            figures.note("size, MB", engine.name, megabytes)
            engine.open(folder)
            engines.append(engine)
        asked = {shape: questions(map(analysed, documents), shape, number) for _, shape, _ in ROWS}
        for title, shape, how in ROWS:
            _side_by_side(figures, title, engines, asked[shape], how)
        if "ours" in names:
            _only_ours(figures, Path(home) / "ours", asked["any"])
        for engine in engines:
            engine.close()
    return figures


def _side_by_side(
    figures: Figures,
    title: str,
    engines: Sequence[Measured],
    asked: Sequence[Sequence[str]],
    how: How,
) -> None:
    """Ask each question to all in turn, so that the machine's moods fall on all."""
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    first: list[float] = []
    for place, terms in enumerate(asked):
        totals = set()
        for engine in engines:
            if engine.name == Stock.name and place >= SLOW:
                continue
            begin = time.perf_counter()
            total = engine.ask(terms, how)
            taken = 1000 * (time.perf_counter() - begin)
            if engine.name == Ours.name:
                first.append(taken)
                taken = 1000 * _seconds(lambda: engine.ask(terms, how))  # noqa: B023 - called at once
            if how != "all" or engine.name != Ours.name:
                totals.add(total)
            times[engine.name].append(taken)
        if len(totals) > 1:
            print(f"{title}, {' '.join(terms)}: the engines find {sorted(totals)} documents")
    for name, taken_by in times.items():
        figures.add(title, name, taken_by)
    figures.add(f"{title}, words not asked before", Ours.name, first)


def _only_ours(figures: Figures, folder: Path, asked: Sequence[Sequence[str]]) -> None:
    """What only ours has: snippets, a swap, small updates; and memory in a process of its own."""
    engine = Ours()
    figures.note("open a generation, s", Ours.name, _seconds(lambda: engine.open(folder)))
    plain, with_snippets = [], []
    for terms in asked:
        words = tuple(WordGroup("", (Alternative((t,), 1.0, "stem"),)) for t in terms)
        question = Question(Query(limit=10), words)
        engine.snapshot.search(question)
        plain.append(1000 * _seconds(lambda: engine.snapshot.search(question)))  # noqa: B023 - called at once
        with_snippets.append(1000 * _seconds(lambda: _shown(engine, question)))  # noqa: B023 - called at once
    engine.close()
    figures.add("as the product asks, without snippets", Ours.name, plain)
    figures.add("as the product asks, with ten snippets", Ours.name, with_snippets)
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--memory", str(folder)]
    memory = subprocess.run(command, check=True, capture_output=True, text=True)
    figures.note("peak memory after 1,000 questions, MB", Ours.name, float(memory.stdout))
    changed = list(generated(100, seed=3))
    figures.note("update of 100, s", Ours.name, _seconds(lambda: engine.build(folder, changed)))


def _shown(engine: Ours, question: Question) -> None:
    wanted = wanted_of(question.groups, question.phrases)
    for entry, score in engine.snapshot.search(question).rows:
        hit_of(entry, score, wanted)


def _memory_of_ours(folder: Path) -> float:
    """Ask a thousand different questions in this process and give its peak, on Linux."""
    engine = Ours()
    engine.open(folder)
    ids = islice(engine.snapshot.ids(), 2_000)
    entries = (engine.snapshot.find(document_id) for document_id in ids)
    texts = [analysed(entry.document) for entry in entries if entry is not None]
    for terms in questions(texts, "any", 1_000):
        engine.ask(terms, "any")
    # The peak that getrusage gives a child begins at the memory of its parent.
    status = Path("/proc/self/status").read_text().split()
    return int(status[status.index("VmHWM:") + 1]) / 1024


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _summary(figures: Figures) -> dict[str, dict[str, dict[str, float]]]:
    return {
        row: {name: {"p50": _p50(times), "p95": _p95(times)} for name, times in by_engine.items()}
        for row, by_engine in figures.times.items()
    }


def _p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _table(figures: Figures, names: Sequence[str]) -> str:
    """All figures as a Markdown table; behind a peer's times stands how many times ours they are."""
    engines = [ENGINES[name]().name for name in names]
    lines = [
        "| " + " | ".join(["p50 / p95 in ms", *engines]) + " |",
        "| --- " * (len(engines) + 1) + "|",
    ]
    for row, by_engine in figures.times.items():
        ours = by_engine.get(Ours.name, [])
        cells = [_cell(by_engine[e], ours, e) if e in by_engine else "" for e in engines]
        lines.append("| " + " | ".join([row, *cells]) + " |")
    for row, values in figures.single.items():
        cells = [f"{values[e]:.1f}" if e in values else "" for e in engines]
        lines.append("| " + " | ".join([row, *cells]) + " |")
    return "\n".join(lines)


def _cell(times: Sequence[float], ours: Sequence[float], engine: str) -> str:
    p50, p95 = _p50(times), _p95(times)
    ratio = (
        f" (x {p50 / _p50(ours):.1f} / {p95 / _p95(ours):.1f})"
        if ours and engine != Ours.name
        else ""
    )
    return f"{p50:.2f} / {p95:.2f}{ratio}"


if __name__ == "__main__":
    main()
