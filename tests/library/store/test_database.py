"""The database: writers wait for each other, readers never wait, migrations match the tables."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from library.errors import HomeError, StoreError, StoreOutdated
from library.settings import Settings, read_settings
from library.store import Store
from library.store.database import Database
from library.store.migrate import SCRIPTS, migrate, versions
from library.tables import Base


def test_the_migrations_make_exactly_the_tables(settings: Settings, store: Store) -> None:
    with Database(settings.database).engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differences == []


def test_the_migrations_make_the_same_keys_and_indexes(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    """What ``compare_metadata`` does not look at, such as the rows that an index is about."""
    fresh = Database(tmp_path / "fresh.db")
    Base.metadata.create_all(fresh.engine)
    fresh.close()
    assert shape(settings.database) == shape(tmp_path / "fresh.db")


def shape(path: Path) -> dict[str, list[object]]:
    """Columns, foreign keys and indexes of each table, in an order that says nothing."""
    with closing(sqlite3.connect(path)) as connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            return sorted(connection.execute(query), key=repr)

        names = [str(name) for (name,) in ask("SELECT name FROM sqlite_master WHERE type='table'")]
        return {
            name: [
                ask(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')"),
                ask(
                    'SELECT "table", "from", "to", on_delete '
                    f"FROM pragma_foreign_key_list('{name}')"
                ),
                ask(f"SELECT sql FROM sqlite_master WHERE type='index' AND tbl_name='{name}'"),
            ]
            for name in names
            if name != "alembic_version"
        }


def fill(connection: sqlite3.Connection, *tables: str) -> None:
    """A row in each of these tables, with a value in each column that needs one."""
    now = "2026-01-01 00:00:00.000000"
    for table in tables:
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        values = {
            name: 1 if kind in {"INTEGER", "BOOLEAN"} else "[]" if kind == "JSON" else now
            for _, name, kind, needed, _, key in columns
            if needed or key
        }
        marks = ", ".join("?" * len(values))
        connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()]
        )
    connection.commit()


def test_an_upgrade_keeps_what_is_there(tmp_path: Path) -> None:
    """A database of each earlier migration, with a row in each table that a later one changes."""
    path = tmp_path / "old.db"
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["path"] = path
    command.upgrade(config, "0001")
    with closing(sqlite3.connect(path)) as connection:
        fill(connection, "account", "source", "job", "submission", "submission_note")
    command.upgrade(config, "0002")
    with closing(sqlite3.connect(path)) as connection:
        fill(connection, "goal_judgment")
    assert migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute(
            "SELECT account.monthly_mail, job.pause_asked, source.contact, submission.agreed_by "
            "FROM account, job, source, submission JOIN submission_note"
        ).fetchall()
        assert kept == [(1, 0, "", None)]
        judged = connection.execute("SELECT goals, shown FROM goal_judgment").fetchall()
        assert judged == [("[]", None)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


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
