"""What `make eval` found, beside what was found before: intervals, tables, a chart.

In: nDCG@10 of each query by set, now and as committed. Out: the difference of each set, group or kind
with its interval, a page in Markdown and a chart as SVG. The committed figures hold ids of queries
and numbers, and no text. Intervals are paired bootstraps with a fixed seed, 95 of 100.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

DRAWS = 1000
SEED = 20261123
WIDTH, BAR, LEFT, SCALE = 760, 30, 330, 380

_ROOT = (
    'role="img" aria-labelledby="title description" font-family="sans-serif" font-size="12" '
    'fill="#111"'
)

Figures = Mapping[str, float]
"""nDCG@10 by the id of a query."""


class Measured(NamedTuple):
    """One set of queries: figures by query, the group of each query, and recall@100."""

    figures: Figures
    groups: Mapping[str, str]
    recall: float

    @property
    def ndcg(self) -> float:
        return fmean(self.figures.values())


class Difference(NamedTuple):
    """A mean of differences with its interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


def difference(now: Figures, before: Figures) -> Difference | None:
    """How much better each query is answered than before, over the queries that both have."""
    found = [now[query] - before[query] for query in sorted(now) if query in before]
    if not found:
        return None
    chance = random.Random(SEED)
    means = sorted(fmean(chance.choices(found, k=len(found))) for _ in range(DRAWS))
    return Difference(fmean(found), means[DRAWS // 40], means[-1 - DRAWS // 40])


def read_figures(path: Path) -> Mapping[str, Figures]:
    """The committed figures by set; nothing when there are none yet."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def write_figures(path: Path, sets: Mapping[str, Measured]) -> None:
    """Write ids and numbers, one set a line."""
    lines = [
        f"{json.dumps(name)}: "
        + json.dumps({query: round(figure, 3) for query, figure in one.figures.items()})
        for name, one in sets.items()
    ]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def rows(sets: Mapping[str, Measured], before: Mapping[str, Figures]) -> Iterator[Sequence[str]]:
    """For each set, and each group of queries in it: how many, nDCG@10, recall, the difference."""
    for name, one in sets.items():
        known = before.get(name, {})
        recall = f"{one.recall:.3f}"
        yield f"**{name}**", *_cells(one.figures, known, recall)
        groups = sorted({group for q, group in one.groups.items() if group and q in one.figures})
        for group in groups if len(groups) > 1 else ():
            inside = {q: f for q, f in one.figures.items() if one.groups.get(q) == group}
            yield group, *_cells(inside, known, "")


def _cells(now: Figures, before: Figures, recall: str) -> tuple[str, ...]:
    found = difference(now, before)
    told = "new" if found is None else str(found)
    return str(len(now)), f"{fmean(now.values()):.3f}", recall, told


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    every = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in every)


def chart(title: str, steps: Mapping[str, Mapping[str, float]]) -> str:
    """Two bars for each step, for general text and for that of residents' collectives, from 0 to 1."""
    height = 60 + len(steps) * (BAR + 14)
    description = "; ".join(
        f"{step}: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items())
        for step, found in steps.items()
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {_ROOT}>',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for place, (step, found) in enumerate(steps.items()):
        top = 44 + place * (BAR + 14)
        lines.append(f'<text x="12" y="{top + 19}">{escape(step)}</text>')
        for row, (name, value) in enumerate(found.items()):
            y, length = top + row * BAR // 2, round(value * SCALE)
            colour = ("#00441b", "#4393c3")[row % 2]
            lines.append(
                f'<rect x="{LEFT}" y="{y}" width="{length}" height="{BAR // 2 - 2}" fill="{colour}"/>'
            )
            lines.append(f'<text x="{LEFT + length + 6}" y="{y + 11}">{value:.3f} {name}</text>')
    return "\n".join([*lines, "</svg>", ""])
