"""What people changed about finding, on top of the word lists and weights of the program.

In: kinds and values that ``index.improvements`` has checked. Out: what is live now, and every change
so that it can be undone. ``revision`` is a number that grows with each change: reading it costs one
look at one row, so a process that searches can look every second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from library.errors import NotFound, StoreError
from library.store.database import Database
from library.tables import CounterRow, ImprovementChangeRow, ImprovementRow

Kind = Literal[
    "synonym",
    "abbreviation",
    "switched_off",
    "protected",
    "best_bet",
    "weight",
    "denied",
    "floor",
]
_COUNTER = "improvements"
_ONLY_ONE: frozenset[Kind] = frozenset({"weight", "floor"})
"""Kinds of which one is live: for each field, or at all."""


class ChangedMeanwhile(StoreError):
    """Something was changed after a person looked at it; nothing was done."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """One thing that people changed about finding."""

    id: int
    kind: Kind
    value: Mapping[str, Any]
    account_id: int | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class ImprovementChange:
    """A change: what came and what went; both are there when one took the place of the other.

    ``can_be_undone`` is false once it was, when what came was changed again, or when something else
    stands where what went would come back.
    """

    id: int
    at: datetime
    account_id: int | None
    added: Improvement | None
    removed: Improvement | None
    is_undone: bool
    can_be_undone: bool


class Improvements:
    """The improvements of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def revision(self) -> int:
        """Tell how many changes there were; 0 when nobody ever changed anything."""
        query = select(CounterRow.value).where(CounterRow.name == _COUNTER)
        with self._database.reading() as session:
            return session.scalar(query) or 0

    def current(self) -> tuple[Improvement, ...]:
        """Give what is live, in the order in which it came."""
        query = select(ImprovementRow).where(ImprovementRow.is_live).order_by(ImprovementRow.id)
        with self._database.reading() as session:
            return tuple(map(_improvement, session.scalars(query)))

    def find(self, improvement_id: int) -> Improvement | None:
        """Give one that is live."""
        with self._database.reading() as session:
            row = session.get(ImprovementRow, improvement_id)
            return _improvement(row) if row is not None and row.is_live else None

    def change(
        self,
        now: datetime,
        account_id: int | None,
        *,
        seen: int,
        add: tuple[Kind, Mapping[str, Any]] | None = None,
        remove: int | None = None,
    ) -> int:
        """Add one, remove one, or put one in the place of another; give the number of the change.

        ``seen`` is the revision that a person looked at: ``ChangedMeanwhile`` when it is another.
        """
        with self._database.transaction() as session:
            if self.revision() != seen:
                raise ChangedMeanwhile(f"The improvements are no longer those of revision {seen}.")
            added = None if add is None else _new(session, *add, account_id, now)
            if remove is not None:
                _switch(session, remove, live=False)
            change = ImprovementChangeRow(
                at=now, account_id=account_id, added_id=added, removed_id=remove, undone_at=None
            )
            session.add(change)
            session.flush()
            _count(session)
            return change.id

    def undo(self, change_id: int, now: datetime) -> ImprovementChange:
        """Make a change undone; ``ChangedMeanwhile`` when that was done, or more came after it."""
        with self._database.transaction() as session:
            row = session.get(ImprovementChangeRow, change_id)
            if row is None:
                raise NotFound(f"There is no change {change_id}.")
            change = _change(session, row)
            if not change.can_be_undone:
                raise ChangedMeanwhile(f"Change {change_id} cannot be undone any more.")
            if row.added_id is not None:
                _switch(session, row.added_id, live=False)
            if row.removed_id is not None:
                _switch(session, row.removed_id, live=True)
            row.undone_at = now
            _count(session)
            return change

    def recent(self, number: int) -> tuple[ImprovementChange, ...]:
        """Give the last changes, newest first."""
        query = select(ImprovementChangeRow).order_by(ImprovementChangeRow.id.desc()).limit(number)
        with self._database.reading() as session:
            return tuple(_change(session, row) for row in session.scalars(query))


def _new(
    session: Session,
    kind: Kind,
    value: Mapping[str, Any],
    account_id: int | None,
    now: datetime,
) -> int:
    row = ImprovementRow(
        kind=kind, value=dict(value), account_id=account_id, added_at=now, is_live=True
    )
    session.add(row)
    session.flush()
    return row.id


def _switch(session: Session, improvement_id: int, *, live: bool) -> None:
    row = session.get(ImprovementRow, improvement_id)
    if row is None or row.is_live is live:
        raise ChangedMeanwhile(f"Improvement {improvement_id} was changed already.")
    row.is_live = live


def _is_replaced(session: Session, gone: ImprovementRow, by: int | None) -> bool:
    """Whether something of which there is only one was set again, by another change than this one."""
    if gone.kind not in _ONLY_ONE:
        return False
    live = select(ImprovementRow).where(ImprovementRow.is_live, ImprovementRow.kind == gone.kind)
    others = (one for one in session.scalars(live) if one.id != by)
    return any(one.value.get("field") == gone.value.get("field") for one in others)


def _count(session: Session) -> None:
    first = insert(CounterRow).values(name=_COUNTER, value=1)
    session.execute(
        first.on_conflict_do_update(index_elements=["name"], set_={"value": CounterRow.value + 1})
    )


def _improvement(row: ImprovementRow) -> Improvement:
    return Improvement(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]  # only kinds are written
        value=row.value,
        account_id=row.account_id,
        added_at=row.added_at,
    )


def _change(session: Session, row: ImprovementChangeRow) -> ImprovementChange:
    added = session.get(ImprovementRow, row.added_id) if row.added_id is not None else None
    removed = session.get(ImprovementRow, row.removed_id) if row.removed_id is not None else None
    is_last = (added is None or added.is_live) and (
        removed is None or not (removed.is_live or _is_replaced(session, removed, row.added_id))
    )
    return ImprovementChange(
        id=row.id,
        at=row.at,
        account_id=row.account_id,
        added=None if added is None else _improvement(added),
        removed=None if removed is None else _improvement(removed),
        is_undone=row.undone_at is not None,
        can_be_undone=row.undone_at is None and is_last,
    )
