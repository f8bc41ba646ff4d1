"""The SQLite database under the store: one file, many readers, one writer at a time.

WAL, ``synchronous=FULL`` and ``BEGIN IMMEDIATE`` for whatever writes: with six writers deferred
transactions failed 1.9 million times in 10 s with "database is locked", immediate ones 4 times
(threats, decision 15). ``transaction()`` is re-entrant per thread, so that the calls of several
nouns can be one transaction.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from library.errors import HomeError, StoreError

BUSY_SECONDS = 30


class Database:
    """Sessions on one SQLite file; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = _engine(path, begin="BEGIN IMMEDIATE")
        self._read_engine = _engine(path, begin="BEGIN")
        self._open = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write: everything inside happens, or nothing does. Joins the open transaction."""
        session: Session | None = getattr(self._open, "session", None)
        if session is not None:
            yield session
            session.flush()
            return
        with Session(self.engine, expire_on_commit=False) as session:
            try:
                with session.begin():
                    self._open.session = session
                    yield session
            except DatabaseError as error:
                raise explained(error, self.path) from error
            finally:
                self._open.session = None

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read one consistent state; inside a transaction, what that transaction sees."""
        session: Session | None = getattr(self._open, "session", None)
        if session is not None:
            yield session
            return
        with Session(self._read_engine, expire_on_commit=False) as session:
            try:
                with session.begin():
                    yield session
            except DatabaseError as error:
                raise explained(error, self.path) from error

    def close(self) -> None:
        """Close all connections; the last one folds the write-ahead log into the file."""
        self._read_engine.dispose()
        self.engine.dispose()


def explained(error: DatabaseError, path: Path) -> StoreError | HomeError:
    """Say in one line what SQLite could not do."""
    reason = str(error.orig)
    if "readonly" in reason or "read-only" in reason or "unable to open" in reason:
        return HomeError(f"The database {path} cannot be written: {reason}.")
    if "locked" in reason:
        return StoreError(f"The database {path} stayed in use for {BUSY_SECONDS} seconds.")
    if "disk is full" in reason:
        return StoreError(f"There is no room left on the disk of {path}.")
    return StoreError(f"The database {path} gave an error: {reason}.")


def _engine(path: Path, *, begin: str) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # We begin transactions ourselves; the driver's own way is the deferred one.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
