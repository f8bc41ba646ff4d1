"""The figures of `make bench` as Markdown, JSON and charts, in docs and in the README.

In: docs/benchmarks.json, or figures to add to it. Out: ``page`` is docs/benchmarks.md, ``readme`` the
README with its two tables; the charts stand beside. All of it follows from the JSON alone: a test
compares. ``python -m tests.benchmarks.report`` writes everything again.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.charts import Bar, Group, chart
from tests.benchmarks.engines import TITLES
from tests.benchmarks.goals import Goal, goals, growth
from tests.benchmarks.rows import CLIENTS, SERVERS

Data = dict[str, Any]

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
DATA = DOCS / "benchmarks.json"
PAGE = DOCS / "benchmarks.md"
README = ROOT / "README.md"
COMMAND = "make bench BENCH=--publish"

TIMES = {
    "any": "any of 1 to 5 words",
    "any, first time": "the same, words not asked before",
    "real": "real questions, any word",
    "all": "all of 1 to 5 words",
    "rare": "one rare word",
    "common": "one common word",
    "phrase": "phrase of 2 or 3 words",
    "first after opening": "first question after opening",
    "first after a swap": "first question after a swap, warmed",
    "opening": "opening an index",
    "as typed": "question as typed, all words or fewer",
    "as typed, snippets": "the same with ten snippets",
    "as typed, first time": "question as typed, words not asked before",
    "as typed, snippets, first time": "the same with ten snippets",
    "search for a page": "search of a results page, 20 with snippets",
    "page, 1 clients": "results page over HTTP, 1 client",
    "page, known already": "the same, known to the visitor: 304",
    "page, 8 clients": "results page over HTTP, 8 clients",
    "page, 50 clients": "results page over HTTP, 50 clients",
    **{
        f"page, {processes} x {threads} threads": f"the same, 8 clients, {processes} x {threads} threads"
        for processes, threads in SERVERS
    },
}
"""Rows of the first table; what is named in neither table is in the JSON only."""

VALUES = {
    "build, s": "building from stored text, s",
    "build, processor, s": "the same in processor time, s",
    "build, documents/s": "documents in a second of processor time",
    "build, peak MB": "highest memory while building, MB",
    "size, MB": "size of the index, MB",
    "update of 100, s": "update of 100 documents until a reader sees it, s",
    "update of 100, processor, s": "the same in processor time, s",
    "size after 1,000 commits, MB": "size on disk after 1,000 updates of one document, MB",
    "warm-up, s": "warm-up before a swap, s",
    "peak MB after 1,000 questions": "highest memory after 1,000 questions, MB",
    "web process, peak MB after 1,000 different pages": "the same of a web process, in pages, MB",
    **{
        f"page, {clients} clients, {what}": title.format(clients=clients)
        for clients in CLIENTS
        for what, title in (
            ("a second", "pages a second, {clients} clients"),
            ("errors", "errors, {clients} clients"),
            ("MB before", "memory of a web process before {clients} clients, MB"),
            ("MB after", "memory of a web process after {clients} clients, MB"),
        )
    },
    **{
        f"page, {processes} x {threads} threads, a second": (
            f"pages a second, 8 clients, {processes} x {threads} threads"
        )
        for processes, threads in SERVERS
    },
}

DUTCH = {
    "any": "een van 1 tot 5 woorden",
    "all": "alle 1 tot 5 woorden",
    "rare": "een zeldzaam woord",
    "common": "een gewoon woord",
    "phrase": "woorden naast elkaar",
    "build, processor, s": "de index maken, rekentijd",
    "update of 100, processor, s": "100 documenten bijwerken, rekentijd",
}
"""Rows of the table in the README, in Dutch; those of the English one are the same."""

ENGLISH = {
    **{row: TIMES[row] for row in DUTCH if row in TIMES},
    "build, processor, s": "building the index, processor time",
    "update of 100, processor, s": "an update of 100 documents, processor time",
}

NOTES = """\
Every engine holds the same documents, analysed by our own Dutch analysis (terms of words, of parts of
compounds and of words of other languages) with positions, and gives the ten best, the exact number and
the counts of four facets. Numbers and counts of kinds are compared for every question and must be
equal. Behind the times of a peer stands how many times ours they are.

Unless a row says otherwise the words have been asked before, of all engines. 100 questions are asked
three times and the fastest time of each counts, which leaves out what else the machine did; of stock
Whoosh 20 are asked, twice, and ratios are of the same questions. Building begins with stored text and
includes our analysis for every engine; ours includes synchronising, checksums and verification, and no
engine gives goals. One engine builds after the other, so the times of a clock also tell how busy a
machine was with other work; builds are compared by processor time, of tantivy that of its two threads. Questions "as typed" are what the product does: reading, synonyms, compounds, and
fewer words where no document has all; only ours has that, and snippets, as the indexes of the peers
hold no text. Memory is that of a process of its own, of stock Whoosh after 100 questions.

How each peer is asked, and what else was tried, stands in `tests/benchmarks/engines.py`. Absolute
times depend on the machine and on what else it does: the ratios are what to look at.
"""


CRAWLERS = {"ours": "Kennisbank", "scrapy": "Scrapy"}
CRAWLED = {
    "pages a second": "pages a second",
    "processor, s": "processor time, s",
    "peak MB": "highest memory, MB",
}
CRAWL_NOTES = """\
Made by `make bench-crawl`: one site on loopback, one page in twenty a PDF, no pace and no budget, and the
same extraction (trafilatura, pdfium and what is ours around it) by both. Ours keeps documents, bodies and
frontier in its database, so that a crawl that is killed goes on, and reads pages in a child process
with limits; Scrapy {version} reads them where it is and writes JSON lines. Memory and processor time
are those of all processes of a crawler together.
"""


def read_data(path: Path) -> Data:
    """Read figures; none where there is no file yet."""
    data: Data = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return data


def write_data(path: Path, data: Data) -> None:
    path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", "utf-8")


def merged(known: Mapping[str, Any], new: Mapping[str, Any]) -> Data:
    """Put figures over those that are known, leaving what was not measured again."""
    result = dict(known)
    for key, value in new.items():
        # A row of one engine is whole: it is replaced, not merged.
        both = isinstance(value, dict) and isinstance(known.get(key), dict) and "p50" not in value
        result[key] = merged(known[key], value) if both else value
    return result


def publish(data: Data) -> None:
    """Write everything that follows from the figures."""
    write_data(DATA, data)
    PAGE.write_text(page(data), "utf-8")
    README.write_text(readme(README.read_text("utf-8"), data), "utf-8")
    for name, content in charts(data).items():
        (DOCS / name).write_text(content, "utf-8")


def page(data: Data) -> str:
    """All figures as Markdown."""
    parts = ["# Benchmarks\n", f"Made by `{COMMAND}`.\n"]
    if not data:
        return "\n".join([*parts, "Nothing was measured yet.\n"])
    if "sets" not in data:
        return "\n".join([*parts, crawling(data)])
    machine = data["machine"]
    versions = ", ".join(
        f"{name} {version}" for name, version in sorted(machine["versions"].items())
    )
    parts += [NOTES, f"{machine['cores']} cores, Python {machine['python']}, {versions}.\n"]
    for name, found in _sets(data):
        parts += [
            f"## {title_of(name, found)}\n",
            f"![{_alternative(found)}]({chart_name(name)})\n",
            _times(found),
            _values(found),
            "### Goals\n",
            _goal_table(goals(found)),
        ]
    parts += [_missed(data)]
    growing = growth(found for name, found in _sets(data) if not name.startswith("real"))
    if growing:
        parts += ["## Growth\n", _goal_table(growing)]
    else:
        parts += ["## Growth\n", "Not measured: that takes two sets of generated documents.\n"]
    return "\n".join([*parts, crawling(data)])


def crawling(data: Data) -> str:
    """What `make bench-crawl` measured; nothing when it was not."""
    found = data.get("crawl")
    if found is None:
        return ""
    crawlers = {name: title for name, title in CRAWLERS.items() if name in found}
    rows = [
        [title, *(f"{found[name][row]:,.1f}" for name in crawlers)]
        for row, title in CRAWLED.items()
    ]
    told = table(["", *crawlers.values()], rows)
    notes = CRAWL_NOTES.format(version=found["version"])
    return f"## Crawling {found['pages']:,} pages\n\n{notes}\n{told}"


def _sets(data: Data) -> list[tuple[str, Any]]:
    return sorted(data.get("sets", {}).items(), key=lambda item: item[1]["documents"])


def title_of(name: str, found: Mapping[str, Any]) -> str:
    kind = "real" if name.startswith("real") else "generated"
    return f"{found['documents']:,} documents, {kind}"


def _engines(found: Mapping[str, Any]) -> list[str]:
    rows = (*found["times"].values(), *found["values"].values())
    return [engine for engine in TITLES if any(engine in row for row in rows)]


def _times(found: Mapping[str, Any]) -> str:
    engines = _engines(found)
    rows = [
        [title, *(_cell(found["times"][row], engine) for engine in engines)]
        for row, title in TIMES.items()
        if row in found["times"]
    ]
    return table(["p50 / p95 in ms", *(TITLES[engine] for engine in engines)], rows)


def _cell(row: Mapping[str, Any], engine: str) -> str:
    if engine not in row:
        return ""
    told = f"{row[engine]['p50']:,.2f} / {row[engine]['p95']:,.2f}"
    ours = row[engine].get("beside")
    if engine == "ours" or ours is None:
        return told
    ratios = (ratio(row[engine][part], ours[part]) for part in ("p50", "p95"))
    return f"{told} ({' / '.join(ratios)})"


def ratio(value: float, ours: float) -> str:
    """How many times ours something is: 1,350x, 28x, 1.4x."""
    times = value / max(ours, 1e-9)
    return f"{times:,.0f}x" if times >= 10 else f"{times:.2g}x"


def _values(found: Mapping[str, Any]) -> str:
    engines = _engines(found)
    rows = [
        [title, *(_number(found["values"][row], engine) for engine in engines)]
        for row, title in VALUES.items()
        if row in found["values"]
    ]
    return table(["", *(TITLES[engine] for engine in engines)], rows)


def _number(row: Mapping[str, float], engine: str) -> str:
    if engine not in row:
        return ""
    return f"{row[engine]:,.1f}" if row[engine] < 100 else f"{row[engine]:,.0f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _goal_table(found: Sequence[Goal]) -> str:
    rows = [[one.work, one.goal, one.reached, "yes" if one.met else "**no**"] for one in found]
    return table(["work", "goal", "reached", "met"], rows)


def _missed(data: Data) -> str:
    """What was missed, by how much, why, and what was tried."""
    reached: dict[str, list[str]] = {}
    for name, found in _sets(data):
        for one in goals(found):
            if not one.met:
                told = f"{one.work}, {title_of(name, found)}: {one.reached}, where {one.goal} was meant"
                reached.setdefault(one.why, []).append(told)
    parts = ["## What was missed\n"] if reached else []
    for why, all_told in reached.items():
        parts += ["".join(f"- {told}\n" for told in all_told), f"{why}\n" if why else ""]
    return "\n".join(parts)


def chart_name(name: str) -> str:
    return f"benchmarks-{name}.svg"


def charts(data: Data) -> dict[str, str]:
    """A chart for each set, by file name."""
    return {
        chart_name(name): chart(
            f"Milliseconds for a search: {title_of(name, found)}",
            _alternative(found),
            list(_groups(found)),
        )
        for name, found in _sets(data)
    }


def _groups(found: Mapping[str, Any]) -> Iterator[Group]:
    for row in ("any", "real", "all", "rare", "common", "phrase"):
        times = found["times"].get(row, {})
        bars = [Bar(TITLES[e], times[e]["p50"], times[e]["p95"]) for e in TITLES if e in times]
        if bars:
            yield Group(TIMES[row], bars)


def _alternative(found: Mapping[str, Any]) -> str:
    """What the chart shows, in words."""
    times = found["times"].get("any", {})
    told = [
        f"{TITLES[engine]} {times[engine]['p50']:.2f} ms" for engine in TITLES if engine in times
    ]
    return f"Median for any of 1 to 5 words: {', '.join(told)}" if told else "Nothing searched"


_END = "<!-- end of benchmarks -->"


def readme(text: str, data: Data) -> str:
    """The README with its tables as the figures are now."""
    for language, content in (("nl", _dutch(data)), ("en", _english(data))):
        begin = f"<!-- benchmarks {language} -->\n"
        before, _, rest = text.partition(begin)
        after = rest.partition(_END)[2]
        text = f"{before}{begin}{content}{_END}{after}"
    return text


def _dutch(data: Data) -> str:
    chosen = _shown(data)
    if chosen is None:
        return "Nog niet gemeten.\n"
    number = f"{chosen['documents']:,}".replace(",", ".")
    rows = [
        [a.replace(".", ";").replace(",", ".").replace(";", ",") for a in row]
        for row in _short(chosen, DUTCH)
    ]
    head = [f"{number} documenten", *_heads(chosen, "keer zo lang")]
    return table(
        head, [[title, *row] for title, row in zip(_titles(chosen, DUTCH), rows, strict=True)]
    )


def _english(data: Data) -> str:
    chosen = _shown(data)
    if chosen is None:
        return "Not measured yet.\n"
    head = [f"{chosen['documents']:,} documents", *_heads(chosen, "times as long")]
    rows = zip(_titles(chosen, ENGLISH), _short(chosen, ENGLISH), strict=True)
    return table(head, [[title, *row] for title, row in rows])


def _shown(data: Data) -> Mapping[str, Any] | None:
    """The largest set that all engines took part in; without such a set the largest."""
    found = [one for _, one in _sets(data)]
    whole = [one for one in found if len(_engines(one)) == len(TITLES)]
    return next(reversed(whole or found), None)


def _heads(found: Mapping[str, Any], words: str) -> list[str]:
    peers = [TITLES[engine] for engine in _engines(found) if engine != "ours"]
    return ["Kennisbank", *(f"{peer}, {words}" for peer in peers)]


def _titles(found: Mapping[str, Any], titles: Mapping[str, str]) -> list[str]:
    return [title for row, title in titles.items() if _figures(found, row)]


def _short(found: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[list[str]]:
    """For each row our own figure, and of each peer how many times that it is."""
    for row in titles:
        figures = _figures(found, row)
        if not figures:
            continue
        ours, _ = figures["ours"]
        unit = "s" if row.endswith(", s") else "ms"
        peers = [engine for engine in _engines(found) if engine != "ours"]
        yield [
            f"{ours:,.1f} {unit}" if ours >= 10 else f"{ours:.2f} {unit}",
            *(ratio(*figures[peer]).rstrip("x") if peer in figures else "" for peer in peers),
        ]


def _figures(found: Mapping[str, Any], row: str) -> dict[str, tuple[float, float]]:
    """Of each engine its figure in a row and ours beside it; nothing where ours is not measured."""
    values = found["values"].get(row, {})
    times = found["times"].get(row, {})
    if "ours" in values:
        return {engine: (value, values["ours"]) for engine, value in values.items()}
    if "ours" not in times:
        return {}
    return {e: (told["p50"], told.get("beside", told)["p50"]) for e, told in times.items()}


if __name__ == "__main__":
    publish(read_data(DATA))
