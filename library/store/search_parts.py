"""How often was searched within a goal, an organisation or the search box of another site, by day.

In: counts of a day. Out: numbers for each value of a part, and the searches within it that were done
often enough to tell nothing of anybody (``library.searches``). How long answers took is kept the same
way: a value is a number of milliseconds that so many answers took at most. Days are kept for 90 days.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from library.searches import ON_DAYS, SEEN
from library.store.database import Database
from library.store.searches import DAYS_KEPT, Asked, Counts
from library.tables import SearchPartRow

Part = Literal["goal", "organisation", "box", "shown", "opened", "time"]
_SUMS = (
    func.sum(SearchPartRow.searches),
    func.sum(SearchPartRow.empty),
    func.sum(SearchPartRow.opened),
)


class Within(NamedTuple):
    """A part, which of them, and the words that were searched in it."""

    part: Part
    value: str
    query: str = ""


class SearchParts:
    """The counts by part of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, day: date, counted: Mapping[Within, Counts]) -> None:
        """Add counts to those of a day."""
        with self._database.transaction() as session:
            for within, counts in counted.items():
                new = insert(SearchPartRow).values(
                    day=day,
                    part=within.part,
                    value=within.value,
                    query=within.query,
                    searches=counts.searches,
                    empty=counts.empty,
                    opened=counts.opened,
                )
                names = ("searches", "empty", "opened")
                more = {name: getattr(SearchPartRow, name) + new.excluded[name] for name in names}
                session.execute(
                    new.on_conflict_do_update(
                        index_elements=["part", "value", "query", "day"], set_=more
                    )
                )

    def totals(self, part: Part, since: date, until: date) -> dict[str, Counts]:
        """Give the counts of each value of a part, from a day up to another."""
        query = (
            select(SearchPartRow.value, *_SUMS)
            .where(
                SearchPartRow.part == part, SearchPartRow.day >= since, SearchPartRow.day < until
            )
            .group_by(SearchPartRow.value)
        )
        with self._database.reading() as session:
            return {row[0]: Counts(*row[1:]) for row in session.execute(query)}

    def per_day(self, part: Part, since: date) -> dict[date, dict[str, int]]:
        """Give for each day how often each value of a part was counted."""
        query = (
            select(SearchPartRow.day, SearchPartRow.value, func.sum(SearchPartRow.searches))
            .where(SearchPartRow.part == part, SearchPartRow.day >= since)
            .group_by(SearchPartRow.day, SearchPartRow.value)
        )
        found: dict[date, dict[str, int]] = {}
        with self._database.reading() as session:
            for day, value, number in session.execute(query):
                found.setdefault(day, {})[value] = number
        return found

    def frequent(self, part: Part, value: str, since: date, until: date) -> tuple[Asked, ...]:
        """Give what was asked or opened within a part often enough to be shown, the most first."""
        often = func.sum(SearchPartRow.searches) + func.sum(SearchPartRow.opened)
        query = (
            select(SearchPartRow.query, *_SUMS)
            .where(
                SearchPartRow.part == part,
                SearchPartRow.value == value,
                SearchPartRow.day >= since,
                SearchPartRow.day < until,
                SearchPartRow.query != "",
            )
            .group_by(SearchPartRow.query)
            .having((often >= SEEN) & (func.count(SearchPartRow.day.distinct()) >= ON_DAYS))
            .order_by(often.desc(), SearchPartRow.query)
        )
        with self._database.reading() as session:
            return tuple(Asked(row[0], Counts(*row[1:])) for row in session.execute(query))

    def forget(self, today: date) -> None:
        """Remove what is older than 90 days."""
        with self._database.transaction() as session:
            old = SearchPartRow.day < today - timedelta(days=DAYS_KEPT)
            session.execute(delete(SearchPartRow).where(old))
