"""The database: writers wait for each other, readers never wait, migrations match the tables."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from library.errors import HomeError, StoreError, StoreOutdated
from library.settings import Settings, read_settings
from library.store import Store
from library.store.database import Database
from library.store.migrate import SCRIPTS, versions
from library.tables import Base


def test_the_migrations_make_exactly_the_tables(settings: Settings, store: Store) -> None:
    with Database(settings.database).engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_the_files_of_the_migrations_tell_their_order() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    known = [script.revision for script in scripts.walk_revisions()]
    assert list(reversed(known)) == list(versions())


def test_how_sqlite_is_set_up(settings: Settings, store: Store) -> None:
    with Database(settings.database).engine.connect() as connection:
        read = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                ("journal_mode", "synchronous", "foreign_keys")]  # fmt: skip
    assert read == ["wal", 2, 1]


def test_six_writers_lose_nothing(settings: Settings, store: Store) -> None:
    errors: list[Exception] = []

    def count_up(name: str) -> None:
        try:
            for number in range(20):
                store.marks.add(f"{name}-{number}")
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=count_up, args=(str(n),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(store.marks.has(f"{n}-{m}") for n in range(6) for m in range(20))


def test_reading_goes_on_while_somebody_writes(store: Store) -> None:
    with store.transaction():
        store.marks.add("unfinished")
        seen: list[bool] = []
        thread = threading.Thread(target=lambda: seen.append(store.marks.has("unfinished")))
        thread.start()
        thread.join(30)
        assert seen == [False]
        assert store.marks.has("unfinished")


def test_a_newer_database_is_refused_untouched(settings: Settings, store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = settings.database.read_bytes()
    with pytest.raises(StoreOutdated, match="newer version"):
        Store.open(settings)
    assert settings.database.read_bytes() == before


def test_a_file_that_is_no_database(settings: Settings) -> None:
    settings.home.mkdir()
    settings.database.write_bytes(b"dit is geen database, maar een brief " * 99)
    with pytest.raises(HomeError, match="cannot be read as a database"):
        Store.open(settings)


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = read_settings({"KENNISBANK_HOME": str(tmp_path / "file" / "home")})
    with pytest.raises(HomeError, match="cannot be made"):
        Store.open(blocked)


def test_the_home_is_for_its_owner_alone(settings: Settings, store: Store) -> None:
    assert settings.home.stat().st_mode & 0o077 == 0
