"""How often was searched for what, by day: the only thing that is kept of visitors.

In: counts of a day, of searches that ``library.searches`` lets through. Out: totals, and those
searches that were done often enough to tell nothing of anybody. Days are kept for 90 days, then
added up by month, where only what was frequent keeps its words; months are kept for two years.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from library.searches import ON_DAYS, SEEN
from library.store.database import Database
from library.tables import SearchRow

DAYS_KEPT = 90
MONTHS_KEPT = 24
OTHERS = ""
"""The words of all searches of a month that were not frequent."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something was searched, how often without a result, and what was opened."""

    searches: int = 0
    empty: int = 0
    opened: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.searches + other.searches, self.empty + other.empty, self.opened + other.opened
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A search with its counts."""

    query: str
    counts: Counts


class Searches:
    """The counts of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, day: date, counted: Mapping[str, Counts]) -> None:
        """Add counts to those of a day."""
        with self._database.transaction():
            for query, counts in counted.items():
                self._add(day, query, counts, is_month=False)

    def frequent(self, since: date, until: date = date.max) -> tuple[Asked, ...]:
        """Give what was asked often enough to be shown, up to a day, the most frequent first."""
        with self._database.reading() as session:
            rows = session.execute(
                select(SearchRow.query, *_SUMS)
                .where(
                    SearchRow.first_day >= since,
                    SearchRow.first_day < until,
                    SearchRow.is_month.is_(False),
                )
                .group_by(SearchRow.query)
                .having(_is_frequent())
                .order_by(func.sum(SearchRow.searches).desc(), SearchRow.query)
            ).all()
        return tuple(Asked(row[0], Counts(*row[1:])) for row in rows)

    def often_found(self, today: date) -> dict[str, int]:
        """Give what many asked in the days that are kept, and found each time; with how often."""
        asked = self.frequent(today - timedelta(days=DAYS_KEPT))
        return {one.query: one.counts.searches for one in asked if not one.counts.empty}

    def total(self, since: date) -> Counts:
        """Give the counts of all searches together."""
        with self._database.reading() as session:
            row = session.execute(select(*_SUMS).where(SearchRow.first_day >= since)).one()
        return Counts(*(value or 0 for value in row))

    def per_day(self, since: date) -> tuple[tuple[date, Counts], ...]:
        """Give the counts of each day on which was searched, the first day first."""
        with self._database.reading() as session:
            rows = session.execute(
                select(SearchRow.first_day, *_SUMS)
                .where(SearchRow.first_day >= since, SearchRow.is_month.is_(False))
                .group_by(SearchRow.first_day)
                .order_by(SearchRow.first_day)
            ).all()
        return tuple((row[0], Counts(*row[1:])) for row in rows)

    def forget(self, today: date) -> None:
        """Add up by month what is older than 90 days, and remove what is older than two years."""
        first_kept = today - timedelta(days=DAYS_KEPT)
        with self._database.transaction() as session:
            old = session.scalars(
                select(SearchRow).where(
                    SearchRow.first_day < first_kept, SearchRow.is_month.is_(False)
                )
            ).all()
            for month, query, counts in _by_month(old):
                self._add(month, query, counts, is_month=True)
            session.execute(
                delete(SearchRow).where(
                    SearchRow.first_day < first_kept, SearchRow.is_month.is_(False)
                )
            )
            session.execute(delete(SearchRow).where(SearchRow.first_day < _months_ago(today)))

    def _add(self, day: date, query: str, counts: Counts, *, is_month: bool) -> None:
        new = insert(SearchRow).values(
            first_day=day,
            is_month=is_month,
            query=query,
            searches=counts.searches,
            empty=counts.empty,
            opened=counts.opened,
        )
        more = {
            name: getattr(SearchRow, name) + new.excluded[name]
            for name in ("searches", "empty", "opened")
        }
        with self._database.transaction() as session:
            session.execute(
                new.on_conflict_do_update(
                    index_elements=["first_day", "is_month", "query"], set_=more
                )
            )


_SUMS = (func.sum(SearchRow.searches), func.sum(SearchRow.empty), func.sum(SearchRow.opened))


def _is_frequent() -> ColumnElement[bool]:
    days = func.count(SearchRow.first_day.distinct())
    return (func.sum(SearchRow.searches) >= SEEN) & (days >= ON_DAYS)


def _by_month(rows: Iterable[SearchRow]) -> Iterable[tuple[date, str, Counts]]:
    """Add up days by month; what was not frequent in its month goes to the others."""
    found: dict[tuple[date, str], tuple[Counts, int]] = {}
    for row in rows:
        key = (row.first_day.replace(day=1), row.query)
        counts, days = found.get(key, (Counts(), 0))
        found[key] = (counts + Counts(row.searches, row.empty, row.opened), days + 1)
    for (month, query), (counts, days) in found.items():
        is_frequent = counts.searches >= SEEN and days >= ON_DAYS
        yield month, query if is_frequent else OTHERS, counts


def _months_ago(today: date) -> date:
    """The first day of the first month that is kept."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    return date(months // 12, months % 12 + 1, 1)
