"""Marks in the database: things that happened once and must not happen again by themselves."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from library.store.database import Database
from library.tables import CounterRow


class Marks:
    """The marks of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str) -> bool:
        """Set a mark; ``False`` when it was there already."""
        with self._database.transaction() as session:
            if session.get(CounterRow, name) is not None:
                return False
            session.add(CounterRow(name=name, value=1))
            return True

    def put(self, name: str, value: int) -> None:
        """Give a mark a number: when something happened last, for example."""
        new = insert(CounterRow).values(name=name, value=value)
        with self._database.transaction() as session:
            session.execute(
                new.on_conflict_do_update(index_elements=["name"], set_={"value": value})
            )

    def value(self, name: str) -> int | None:
        """Give the number of a mark, or nothing."""
        with self._database.reading() as session:
            return session.scalar(select(CounterRow.value).where(CounterRow.name == name))

    def beginning_with(self, start: str) -> dict[str, int]:
        """Give the marks whose names begin so, with their numbers."""
        wanted = CounterRow.name.startswith(start, autoescape=True)
        with self._database.reading() as session:
            return {
                row.name: row.value for row in session.scalars(select(CounterRow).where(wanted))
            }

    def has(self, name: str) -> bool:
        """Tell whether the mark is set."""
        with self._database.reading() as session:
            return session.get(CounterRow, name) is not None

    def remove(self, name: str) -> None:
        """Take the mark away, if it is there."""
        with self._database.transaction() as session:
            session.execute(delete(CounterRow).where(CounterRow.name == name))
