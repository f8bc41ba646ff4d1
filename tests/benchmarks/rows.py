"""The rows of `make bench`: each measures one kind of work for the engines that are asked for.

In: a set of documents with built indexes, and engines. Out: figures in a ``Measurements``: times in
milliseconds as a median (p50) and a slow one (p95) for each round, and single values.

A question is put to all engines in turn, so that the moods of a shared machine fall on all. The
first round finds words that were not asked before; of the rounds after it the fastest time of each
question counts, and the medians of each round are kept beside. Stock Whoosh takes a second where the
others take milliseconds: it gets fewer questions and rounds, and is compared on these.
"""

import json
import shutil
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from index import Index, Query, QueryError
from index.questions import read
from index.vocabulary import Vocabulary
from index.warming import commonest, warm
from library.document import Section
from tests.benchmarks.child import measured
from tests.benchmarks.engines import (
    ENGINES,
    How,
    Measured,
    Ours,
    Stock,
    Terms,
    Told,
    open_engine,
)
from tests.benchmarks.generated import Shape, questions
from tests.benchmarks.http import Load, address_of, serving
from tests.benchmarks.sets import MARK, REAL, DocumentSet, real_questions, terms_of

ROUNDS = 3
SLOW = 20
"""Questions for stock Whoosh, in its two rounds."""
SLOW_ROUNDS = 2
FIRST = 20
"""Questions that are each the first of an engine that was just opened."""
MANY = 1_000
"""Different questions after which the memory is looked at."""
CHANGED = 100
COMMITS = 1_000
ENOUGH = 10
"""Documents that hold all words of a question with all words, at least."""
CLIENTS = (1, 8, 50)
SERVERS = ((1, 1), (1, 2), (1, 4), (1, 8), (2, 2), (2, 4))
"""Processes and threads in each."""

SHAPES: tuple[tuple[str, Shape, How], ...] = (
    ("any", "any", "any"),
    ("all", "all", "all"),
    ("rare", "rare", "any"),
    ("common", "common", "any"),
    ("phrase", "phrase", "phrase"),
)


@dataclass
class Measurements:
    """What was measured of one set: by row and engine."""

    documents: int
    times: dict[str, dict[str, dict[str, object]]] = field(default_factory=dict)
    values: dict[str, dict[str, float]] = field(default_factory=dict)
    fastest: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def add(self, row: str, engine: str, rounds: Sequence[Sequence[float]]) -> None:
        """Keep what some rounds of the same questions took: of each question the fastest."""
        fastest = [min(times) for times in zip(*rounds, strict=True)]
        self.fastest[row, engine] = fastest
        ours = self.fastest.get((row, Ours.name), [])[: len(fastest)]
        self.times.setdefault(row, {})[engine] = {
            **_figures(fastest),
            "questions": len(fastest),
            "rounds": [_figures(times) for times in rounds],
            # Of another engine with as many questions or fewer: ours, of the same.
            **({"beside": _figures(ours)} if len(ours) == len(fastest) else {}),
        }

    def note(self, row: str, engine: str, value: float) -> None:
        self.values.setdefault(row, {})[engine] = round(value, 3)


def _figures(times: Sequence[float]) -> dict[str, float]:
    return {"p50": round(p50(times), 4), "p95": round(p95(times), 4)}


def p50(times: Sequence[float]) -> float:
    return statistics.median(times)


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


@dataclass
class Bench:
    """What a row works with."""

    documents: DocumentSet
    engines: Sequence[str]
    shared: Path
    number: int
    found: Measurements

    @property
    def home(self) -> Path:
        return self.documents.folder / Ours.name

    def texts(self, number: int) -> list[str]:
        """What visitors type: real questions, or words of generated documents."""
        if self.documents.name == REAL:
            return [text for text in real_questions(self.shared, number) if _can_be_asked(text)]
        asked = questions(self.documents.texts(), "any", number)
        return [" ".join(terms) for terms in asked]

    def opened(self) -> list[Measured]:
        return [open_engine(name, self.documents.folder / name) for name in self.engines]


def build(bench: Bench) -> None:
    """Build each index that is not there, in a process of its own."""
    for name in bench.engines:
        folder = bench.documents.folder / name
        done = folder / "built.json"
        if not done.exists():
            folder.mkdir(exist_ok=True)
            told = measured("build", name, folder, bench.documents.path)
            size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
            done.write_text(json.dumps({**told, "size": size}))
        told = json.loads(done.read_text())
        bench.found.note("build, s", name, told["seconds"])
        bench.found.note("build, processor, s", name, told["processor"])
        bench.found.note("build, documents/s", name, bench.documents.number / told["processor"])
        bench.found.note("build, peak MB", name, told["peak"])
        bench.found.note("size, MB", name, told["size"])


def search(bench: Bench) -> None:
    """Ten best, exact count and four facets, of all engines side by side."""
    texts = bench.documents.texts()
    engines = bench.opened()
    if bench.documents.name == REAL:
        real = [terms_of(text) for text in bench.texts(bench.number)]
        _side_by_side(bench, "real", engines, [terms for terms in real if terms], "any")
    for row, shape, how in SHAPES:
        asked: Iterable[Terms] = questions(texts, shape, 4 * bench.number)
        if how != "any":
            asked = (terms for terms in asked if _is_alike(engines, terms, how))
        _side_by_side(bench, row, engines, list(islice(asked, bench.number)), how)
    for engine in engines:
        engine.close()


def _is_alike(engines: Sequence[Measured], terms: Terms, how: How) -> bool:
    """Whether a question means the same to all engines.

    With all words, ten documents have them, or ours gives those with fewer. In a phrase of ours a
    part of a compound may stand for the whole; where that adds documents others cannot find them.
    """
    found = {engine.ask(terms, how).total for engine in (engines[0], engines[-1])}
    return len(found) == 1 and min(found) >= (ENOUGH if how == "all" else 1)


def _side_by_side(
    bench: Bench, row: str, engines: Sequence[Measured], asked: Sequence[Terms], how: How
) -> None:
    times: dict[str, list[list[float]]] = {engine.name: [] for engine in engines}
    for number in range(ROUNDS + 1):
        for engine in engines:
            if engine.name != Stock.name or number < SLOW_ROUNDS:
                times[engine.name].append([])
        for place, terms in enumerate(asked):
            told = []
            for engine in engines:
                if engine.name == Stock.name and (number >= SLOW_ROUNDS or place >= SLOW):
                    continue
                with _timed(times[engine.name][-1]):
                    answer = engine.ask(terms, how)
                told.append(answer)
            if number == 0:
                _compare(row, terms, told)
    for name, (first, *rounds) in times.items():
        bench.found.add(f"{row}, first time", name, [first])
        bench.found.add(row, name, rounds)


def _compare(row: str, terms: Terms, told: Sequence[Told]) -> None:
    """All engines must find as many documents, and as many of each kind."""
    different = {
        (one.total, tuple(sorted((k, n) for k, n in one.kinds.items() if n))) for one in told
    }
    if len(different) > 1:
        raise SystemExit(f"{row}, {' '.join(terms)}: the engines differ: {sorted(different)}")


def product(bench: Bench) -> None:
    """What only ours has: questions as they are typed, read, corrected, and shown with snippets.

    Without snippets it is the same work of a snapshot of its own, with its own caches.
    """
    engine = Ours()
    engine.open(bench.home)
    snapshot = engine.snapshot
    vocabulary = Vocabulary(snapshot.knows, snapshot.vocabulary, snapshot.terms)
    index = Index(bench.home / "index")
    texts = bench.texts(bench.number)
    rounds: dict[str, list[list[float]]] = {"plain": [], "snippets": []}
    for _ in range(ROUNDS + 1):
        for times in rounds.values():
            times.append([])
        for text in texts:
            query = Query(text, limit=10)
            with _timed(rounds["plain"][-1]):
                snapshot.search(read(query, strict=False, vocabulary=vocabulary))
            with _timed(rounds["snippets"][-1]):
                index.search(query)
    bench.found.add("as typed", Ours.name, rounds["plain"][1:])
    bench.found.add("as typed, first time", Ours.name, rounds["plain"][:1])
    bench.found.add("as typed, snippets", Ours.name, rounds["snippets"][1:])
    bench.found.add("as typed, snippets, first time", Ours.name, rounds["snippets"][:1])
    index.close()
    engine.close()


def swap(bench: Bench) -> None:
    """The first question of an engine that was just opened; of ours also after a warm-up."""
    asked = questions(bench.documents.texts(), "any", 2 * FIRST)
    times: dict[str, list[float]] = {name: [] for name in bench.engines}
    opening: dict[str, list[float]] = {name: [] for name in bench.engines}
    for terms in asked[:FIRST]:
        for name in bench.engines:
            with _timed(opening[name]):
                engine = open_engine(name, bench.documents.folder / name)
            with _timed(times[name]):
                engine.ask(terms, "any")
            engine.close()
    for name in bench.engines:
        bench.found.add("first after opening", name, [times[name]])
        bench.found.add("opening", name, [opening[name]])
    if Ours.name in bench.engines:
        _after_warming(bench, asked)


def _after_warming(bench: Bench, asked: Sequence[Terms]) -> None:
    """The same questions: half of them have words that were asked lately, half need not have."""
    engine = Ours()
    engine.open(bench.home)
    words = [word for terms in asked[FIRST // 2 :] for word in terms]
    begin = time.perf_counter()
    common = commonest(engine.snapshot.vocabulary())
    warm(
        lambda word: engine.snapshot.search(read(Query(word))),
        words,
        common,
        stopped=lambda: False,
    )
    bench.found.note("warm-up, s", Ours.name, time.perf_counter() - begin)
    first: list[float] = []
    for terms in asked[:FIRST]:
        with _timed(first):
            engine.ask(terms, "any")
    bench.found.add("first after a swap", Ours.name, [first])
    engine.close()


def memory(bench: Bench) -> None:
    """The highest memory of a process that asks a thousand different questions."""
    asked = questions(bench.documents.texts(), "any", MANY)
    file = bench.documents.folder / "questions.json"
    for name in bench.engines:
        some = asked[: MANY // 10] if name == Stock.name else asked
        file.write_text(json.dumps(some), "utf-8")
        told = measured("ask", name, bench.documents.folder / name, file)
        bench.found.note("peak MB after 1,000 questions", name, told["peak"])


def update(bench: Bench) -> None:
    """Change a hundred documents in a copy, until a reader that is opened then finds them."""
    changes = bench.documents.changes(CHANGED)
    for name in bench.engines:
        folder = bench.documents.folder / f"{name}-changed"
        shutil.copytree(bench.documents.folder / name, folder)
        begin, worked = time.perf_counter(), time.process_time()
        ENGINES[name]().change(folder, changes)
        engine = open_engine(name, folder)
        found = engine.ask((MARK,), "any").total
        bench.found.note("update of 100, s", name, time.perf_counter() - begin)
        bench.found.note("update of 100, processor, s", name, time.process_time() - worked)
        engine.close()
        shutil.rmtree(folder)
        if found != len(changes):
            raise SystemExit(f"{name} shows {found} of {len(changes)} changed documents")


def commits(bench: Bench) -> None:
    """The size on disk after many updates of one document each, beside that of a new index."""
    folder = bench.documents.folder / f"{Ours.name}-changed"
    shutil.copytree(bench.home, folder)
    engine = Ours()
    documents = list(islice(bench.documents.documents(), COMMITS))
    for place in range(COMMITS):
        one = documents[place % len(documents)]
        changed = replace(one, sections=(*one.sections, Section(f"{MARK} {place}")))
        engine.change(folder, [(one, changed)])
    files = {path.stat().st_ino: path.stat().st_size for path in folder.rglob("*.*")}
    size = sum(files.values()) / 1e6
    bench.found.note("size after 1,000 commits, MB", Ours.name, size)
    shutil.rmtree(folder)


def http(bench: Bench) -> None:
    """The results page as gunicorn serves it, and what it adds to the search itself."""
    texts = bench.texts(MANY)
    index = Index(bench.home / "index")
    engine: list[float] = []
    for text in texts[: bench.number] * 2:
        with _timed(engine):
            index.search(Query(text, limit=20))
    index.close()
    bench.found.add("search for a page", Ours.name, [engine[len(engine) // 2 :]])
    addresses = [address_of(text) for text in texts]
    with serving(bench.home) as site:
        _meet(bench, "1,000 different", site.load(addresses, 8))
        bench.found.note("web process, peak MB after 1,000 different pages", Ours.name, site.peak())
        for clients in CLIENTS:
            before = site.memory()
            asked = addresses[: bench.number] * (3 if clients == 1 else 10)
            load = site.load(asked, clients)
            _meet(bench, f"{clients} clients", load)
            bench.found.note(f"page, {clients} clients, MB before", Ours.name, before)
            bench.found.note(f"page, {clients} clients, MB after", Ours.name, site.memory())
            if clients == 1:
                _meet(bench, "known already", site.load(asked, 1, load.tags))


def servers(bench: Bench) -> None:
    """The same page with other numbers of processes and threads."""
    addresses = [address_of(text) for text in bench.texts(bench.number)]
    for processes, threads in SERVERS:
        with serving(bench.home, web_processes=processes, web_threads=threads) as site:
            site.load(addresses, 8)
            _meet(bench, f"{processes} x {threads} threads", site.load(addresses * 3, 8))


def _meet(bench: Bench, row: str, load: Load) -> None:
    bench.found.add(f"page, {row}", Ours.name, [load.milliseconds])
    bench.found.note(f"page, {row}, a second", Ours.name, load.per_second)
    bench.found.note(f"page, {row}, errors", Ours.name, load.errors)


def _can_be_asked(text: str) -> bool:
    try:
        read(Query(text))
    except QueryError:
        return False
    return True


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    into.append(1000 * (time.perf_counter() - begin))


ROWS: dict[str, Callable[[Bench], None]] = {
    "build": build, "search": search, "product": product, "swap": swap,
    "memory": memory, "http": http, "servers": servers, "update": update, "commits": commits,
}  # fmt: skip
"""In the order in which they are measured; ``build`` makes what the others need."""
OF_OURS = frozenset({"product", "http", "servers", "commits"})
"""Rows that only our own index has."""
