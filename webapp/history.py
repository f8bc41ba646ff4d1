"""The last crawls of all sources as a chart, a sentence and a table.

In: crawls from the store. Out: ``Chart``, with places in a drawing of ``WIDTH`` by ``HEIGHT``. Sorts
differ by pattern as well as by colour, what is told by the picture stands in the table too.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from library.store import Crawl, Source
from webapp import formats
from webapp.job_pages import Bar, Chart, Segment
from webapp.messages import COUNTS, CRAWL_STATES, say

RUNS = 30
SORTS = ("new", "changed", "unchanged", "gone", "errors")
"""From the bottom of a bar to its top."""
WIDTH, HEIGHT, GAP = 600.0, 160.0, 4.0
LEAST = 3.0
"""What happened at all is seen, however little it is."""


def chart_of(crawls: Sequence[Crawl], sources: Iterable[Source]) -> Chart | None:
    """Draw crawls, given newest first; nothing when there were none."""
    if not crawls:
        return None
    names = {source.id: source.name for source in sources}
    in_order = list(reversed(crawls))
    most = max(1, *(_total(crawl) for crawl in crawls))
    return Chart(
        told=_told(crawls),
        sorts=tuple((sort, COUNTS[sort]) for sort in SORTS),
        bars=tuple(_bars(in_order, most)),
        first=formats.day_of(in_order[0].started_at),
        last=formats.day_of(in_order[-1].started_at),
        most=formats.number(most),
        rows=tuple(_row(crawl, names.get(crawl.source_id, "")) for crawl in crawls),
    )


def _total(crawl: Crawl) -> int:
    return sum(crawl.counts.get(sort, 0) for sort in SORTS)


def _told(crawls: Sequence[Crawl]) -> str:
    def added(sort: str) -> str:
        return formats.number(sum(crawl.counts.get(sort, 0) for crawl in crawls))

    good = sum(crawl.state == "done" for crawl in crawls)
    return say("jobs.history.told", n=len(crawls), good=good, new=added("new"), gone=added("gone"))


def _bars(crawls: Sequence[Crawl], most: int) -> Iterator[Bar]:
    step = WIDTH / RUNS
    for place, crawl in enumerate(crawls):
        counts = [crawl.counts.get(sort, 0) for sort in SORTS]
        heights = [max(LEAST, HEIGHT * count / most) if count else 0.0 for count in counts]
        ends = accumulate(heights)
        segments = zip(SORTS, ends, heights, strict=True)
        yield Bar(
            left=round(place * step + GAP / 2, 1),
            segments=tuple(
                Segment(sort, round(HEIGHT - end, 1), round(height, 1))
                for sort, end, height in segments
                if height
            ),
        )


def _row(crawl: Crawl, name: str) -> tuple[str, ...]:
    counts = (formats.number(crawl.counts.get(sort, 0)) for sort in SORTS)
    return formats.time_of(crawl.started_at), name, CRAWL_STATES[crawl.state], *counts
