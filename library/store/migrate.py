"""Bring the tables of a database up to date by Alembic; migrations only append.

A database that is already up to date is recognised by one query, so that a start costs nothing. A
database from a newer program is refused, never touched.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from library.errors import HomeError, StoreOutdated
from library.store.database import explained

SCRIPTS = Path(__file__).resolve().parent.parent / "migrations"


def migrate(path: Path) -> bool:
    """Make or update the tables of the database at ``path``; tell whether anything was done."""
    if known_version(path) == versions()[-1]:
        return False
    # Loaded late: Alembic takes 18 MB and a third of a second, and is needed once for each version.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["path"] = path
    try:
        command.upgrade(config, "head")
    except DatabaseError as error:
        raise explained(error, path) from error
    return True


def is_up_to_date(path: Path) -> bool:
    """Whether the database is there, with the tables of this program."""
    return version_of(path) == versions()[-1]


def known_version(path: Path) -> str | None:
    """Give the migration of the database; raise ``StoreOutdated`` when we do not know it."""
    version = version_of(path)
    if version is not None and version not in versions():
        raise StoreOutdated(
            f"The database {path} was made by a newer version of Kennisbank. Install that version."
        )
    return version


def versions() -> tuple[str, ...]:
    """The migrations there are, oldest first: the number that the name of each file begins with."""
    files = sorted((SCRIPTS / "versions").glob("[0-9]*.py"))
    return tuple(file.name.partition("_")[0] for file in files)


def version_of(path: Path) -> str | None:
    """Give the migration that the database has reached; nothing for a new database."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name='alembic_version'")
            if tables.fetchone() is None:
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if row is None else str(row[0])
    except sqlite3.DatabaseError as error:
        raise HomeError(f"{path} cannot be read as a database: {error}.") from error
