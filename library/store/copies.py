"""A copy of the database as it was at one moment, and what is looked at before it is used.

In: files. Out: files, or a ``StoreError`` that says what SQLite could not do.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from library.errors import StoreError

OF_THE_MOMENT = ("session", "sign_in_link", "mail")
"""Tables of what belongs to the moment of the copy alone."""


def copy_database(source: Path, target: Path) -> None:
    """Copy all pages in one step, so of one moment, while others go on writing (WAL)."""
    with (
        _explained(source),
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def fault_of(database: Path) -> str:
    """Tell what is damaged in a database; nothing when it is sound."""
    with _explained(database), closing(sqlite3.connect(database)) as connection:
        verdict = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        return "" if verdict == "ok" else verdict


def forget_the_moment(database: Path) -> None:
    """Remove who is signed in, links that sign in, and mail that waits."""
    with _explained(database), closing(sqlite3.connect(database)) as connection:
        for table in OF_THE_MOMENT:
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
        connection.commit()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"The database {path} gave an error: {error}.") from error
