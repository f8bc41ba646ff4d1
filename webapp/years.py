"""How many documents each year brought, as a line, a sentence and a table (pages 5).

In: the facet of years, of documents that have a date. Out: ``YearLine``, with places in a drawing of
600 by 160. Years without a document are there too, with nothing.
"""

from collections.abc import Sequence

from index.query import FacetValue
from webapp import formats
from webapp.browse_pages import YearLine
from webapp.messages import say

MOST_YEARS = 15
"""Older years are few documents each, and would make the line of the others too narrow to read."""
WIDTH, HEIGHT = 600, 160


def line_of(values: Sequence[FacetValue], undated: int) -> YearLine | None:
    """Draw the years up to the last that has a document; one year alone is no line."""
    counts = {int(value.value): value.count for value in values if value.count}
    last = max(counts, default=0)
    years = range(max(min(counts, default=0), last - MOST_YEARS + 1), last + 1)
    if len(years) < 2:
        return None
    shown = [(year, counts.get(year, 0)) for year in years]
    best, most = max(shown, key=lambda one: (one[1], one[0]))
    step = WIDTH / (len(shown) - 1)
    places = [
        (f"{at * step:.0f}", f"{HEIGHT * (1 - count / most):.0f}")
        for at, (_, count) in enumerate(shown)
    ]
    told = say("goal.years.told", year=best, n=formats.number(most))
    if undated:
        told = f"{told} {say('goal.years.undated', n=formats.number(undated))}"
    return YearLine(
        told=told,
        points=" ".join(f"{left},{top}" for left, top in places),
        dots=tuple(places),
        most=formats.number(most),
        first=str(years[0]),
        last=str(last),
        rows=tuple((str(year), formats.number(count)) for year, count in reversed(shown)),
    )
