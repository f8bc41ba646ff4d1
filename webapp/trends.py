"""Counts of searches -> lines of a chart and the table beside it.

In: counts and answer times by day. Out: periods (days, or weeks that begin on Monday), without a gap
where nobody searched, and for each of four numbers a line in a drawing of ``WIDTH`` by ``HEIGHT`` with
a sentence that says what it shows. Whatever a line tells stands in the table too (pages 5).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from library.store import Counts
from webapp import formats
from webapp.messages import say

WIDTH, HEIGHT = 600.0, 160.0
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a week with its counts; ``median`` are milliseconds, nothing when unknown."""

    first: date
    counts: Counts
    median: int | None = None

    @property
    def empty(self) -> int:
        """Searches without a result, of a hundred."""
        return round(100 * self.counts.empty / self.counts.searches) if self.counts.searches else 0

    @property
    def opened(self) -> int:
        """Documents that were opened, for a hundred searches."""
        return round(100 * self.counts.opened / self.counts.searches) if self.counts.searches else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its points as an SVG wants them, and what it says."""

    id: str
    title: str
    told: str
    points: str
    most: str
    first: str
    last: str


def periods_of(
    counts: Sequence[tuple[date, Counts]], times: Mapping[date, Mapping[str, int]], step: timedelta
) -> tuple[Period, ...]:
    """Put days together; what lies between the first and the last is there, also when empty."""
    added: dict[date, Counts] = {}
    histograms: dict[date, dict[int, int]] = {}
    for day, one in counts:
        first = _first_of(day, step)
        added[first] = added.get(first, Counts()) + one
    for day, by_limit in times.items():
        histogram = histograms.setdefault(_first_of(day, step), {})
        for limit, number in by_limit.items():
            histogram[int(limit)] = histogram.get(int(limit), 0) + number
    return tuple(
        Period(first, added.get(first, Counts()), median_of(histograms.get(first, {})))
        for first in _between(added, step)
    )


def _first_of(day: date, step: timedelta) -> date:
    return day - timedelta(days=day.weekday()) if step == WEEK else day


def _between(added: Mapping[date, Counts], step: timedelta) -> Iterator[date]:
    if not added:
        return
    first, last = min(added), max(added)
    for number in range((last - first) // step + 1):
        yield first + number * step


def median_of(histogram: Mapping[int, int]) -> int | None:
    """The limit under which half of the answers came."""
    half, seen = sum(histogram.values()) / 2, 0
    for limit in sorted(histogram):
        seen += histogram[limit]
        if seen >= half:
            return limit
    return None


def lines_of(periods: Sequence[Period]) -> tuple[Line, ...]:
    """The four lines; none with fewer than two periods, which make no line."""
    if len(periods) < 2:
        return ()
    medians = [one.median for one in periods]
    return (
        _line(periods, "aantal", say("trend.searches"), [one.counts.searches for one in periods]),
        _line(periods, "zonder", say("trend.empty"), [one.empty for one in periods], "%"),
        _line(periods, "open", say("trend.opened"), [one.opened for one in periods]),
        _line(periods, "tijd", say("trend.median"), medians, " ms"),
    )


def _line(
    periods: Sequence[Period], name: str, title: str, values: Sequence[int | None], unit: str = ""
) -> Line:
    """A line through what is known; where nothing is, it goes on to the next that is."""
    known = [value for value in values if value is not None] or [0]
    most = max(1, *known)
    step = WIDTH / (len(values) - 1)
    points = (
        f"{round(number * step, 1):g},{round(HEIGHT - HEIGHT * value / most, 1):g}"
        for number, value in enumerate(values)
        if value is not None
    )
    return Line(
        id=name,
        title=title,
        told=say(
            "trend.told",
            first=f"{formats.number(known[0])}{unit}",
            last=f"{formats.number(known[-1])}{unit}",
            most=f"{formats.number(max(known))}{unit}",
        ),
        points=" ".join(points),
        most=f"{formats.number(most)}{unit}",
        first=formats.day(periods[0].first),
        last=formats.day(periods[-1].first),
    )
