"""Groups of bars on a logarithmic scale, as SVG.

In: groups of bars, each a median and a slow one. Out: the text of an SVG file with a title and a
description for who does not see it, the figures written beside the bars, and colours that differ in
lightness as well. The same figures give the same bytes.
"""

import math
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

COLOURS = ("#00441b", "#b35806", "#4393c3", "#999999")
"""Dark to light, so that they differ without colour too; each at least 2.8 : 1 on white."""
WIDTH = 860
LEFT, RIGHT = 270, 150
BAR, GAP = 15, 16
HEAD = 64
_ROOT = (
    'role="img" aria-labelledby="title description" font-family="sans-serif" font-size="12" '
    'fill="#111"'
)
_LEGEND = (
    "Bar: median. Line: 95 of 100 are faster. Each step of the scale is ten times the one before."
)


class Bar(NamedTuple):
    """The length of a bar is its median; a thin line goes on to the slow one."""

    label: str
    median: float
    slow: float


class Group(NamedTuple):
    """Bars under one title."""

    title: str
    bars: Sequence[Bar]


def chart(title: str, description: str, groups: Sequence[Group]) -> str:
    """Draw a chart."""
    values = [value for group in groups for bar in group.bars for value in (bar.median, bar.slow)]
    low = math.floor(math.log10(max(min(values, default=1.0), 1e-3)))
    high = max(low + 1, math.ceil(math.log10(max(values, default=10.0))))
    rows = sum(len(group.bars) for group in groups)
    height = HEAD + rows * BAR + len(groups) * GAP + 30
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" {_ROOT}>',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(description)}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(title)}</text>',
        f'<text x="12" y="42">{_LEGEND}</text>',
        *_scale(low, high, height),
        *_bars(groups, low, high),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _scale(low: int, high: int, height: int) -> Iterator[str]:
    for power in range(low, high + 1):
        x = _x(10.0**power, low, high)
        yield f'<path d="M{x} {HEAD - 8}V{height - 26}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{height - 10}" text-anchor="middle">{10.0**power:g} ms</text>'


def _bars(groups: Sequence[Group], low: int, high: int) -> Iterator[str]:
    labels = dict.fromkeys(bar.label for group in groups for bar in group.bars)
    colours = dict(zip(labels, COLOURS, strict=False))
    y = HEAD
    for group in groups:
        yield f'<text x="12" y="{y + 11}">{escape(group.title)}</text>'
        for bar in group.bars:
            colour = colours[bar.label]
            begin, end, slow = (_x(value, low, high) for value in (10.0**low, bar.median, bar.slow))
            yield (
                f'<rect x="{begin}" y="{y}" width="{max(end - begin, 1)}" height="{BAR - 3}" '
                f'fill="{colour}"/>'
            )
            yield f'<path d="M{end} {y + 6}H{slow}" stroke="{colour}" stroke-width="2"/>'
            figure = f"{bar.median:,.0f}" if bar.median >= 100 else f"{bar.median:.2g}"
            told = f"{bar.label} {figure}"
            yield f'<text x="{max(end, slow) + 6}" y="{y + 10}">{escape(told)}</text>'
            y += BAR
        y += GAP


def _x(value: float, low: int, high: int) -> int:
    share = (math.log10(max(value, 10.0**low)) - low) / (high - low)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT))
