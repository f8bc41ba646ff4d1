"""What people said of the goals of documents: it outlives crawls, indexes and weights.

In: one click of somebody: a document, a goal, whether it serves that, and why. Out: for each document
what the last click that was not undone says of each goal, and every click with the goals that the
document had before and after it, from which labels are made. Who was removed leaves judgments without a name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from library.store.database import Database
from library.tables import GoalJudgmentRow

_BATCH = 500
"""Documents that are asked for at once: a query takes no more than some thousands of values."""


@dataclass(frozen=True, slots=True)
class GoalJudgment:
    """One click. ``goals`` are all goals with which the judge left the document, ``shown`` those that
    it had before; ``None`` of clicks of before that was kept."""

    id: int
    document_id: str
    account_id: int | None
    goal: int
    given: bool
    goals: tuple[int, ...]
    shown: tuple[int, ...] | None
    reason: str
    remark: str
    judged_at: datetime
    undone_at: datetime | None


class GoalJudgments:
    """The judgments of one database. Who writes one also renews its document for the index."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        document_id: str,
        account_id: int,
        goal: int,
        *,
        given: bool,
        goals: Collection[int],
        shown: Collection[int],
        reason: str,
        now: datetime,
        remark: str = "",
    ) -> int:
        """Keep a judgment; give its number."""
        row = GoalJudgmentRow(
            document_id=document_id,
            account_id=account_id,
            goal=goal,
            given=given,
            goals=sorted(goals),
            shown=sorted(shown),
            reason=reason,
            remark=remark,
            judged_at=now,
        )
        with self._database.transaction() as session:
            session.add(row)
            session.flush()
            return row.id

    def undo(self, judgment_id: int, now: datetime) -> bool:
        """Let a judgment count no longer; ``False`` when it did not."""
        with self._database.transaction() as session:
            row = session.get(GoalJudgmentRow, judgment_id)
            if row is None or row.undone_at is not None:
                return False
            row.undone_at = now
            return True

    def find(self, judgment_id: int) -> GoalJudgment | None:
        """Give a judgment that counts, or nothing."""
        with self._database.reading() as session:
            row = session.get(GoalJudgmentRow, judgment_id)
            return None if row is None or row.undone_at is not None else _judgment(row)

    def of(self, document_id: str) -> tuple[GoalJudgment, ...]:
        """Give the judgments of a document that count, oldest first."""
        query = _COUNTING.where(GoalJudgmentRow.document_id == document_id)
        with self._database.reading() as session:
            return tuple(_judgment(row) for row in session.scalars(query))

    def by(self, account_id: int) -> tuple[GoalJudgment, ...]:
        """Give what somebody judged, oldest first, undone or not."""
        query = select(GoalJudgmentRow).where(GoalJudgmentRow.account_id == account_id)
        with self._database.reading() as session:
            return tuple(_judgment(row) for row in session.scalars(query.order_by("id")))

    def recent(self, number: int) -> tuple[GoalJudgment, ...]:
        """Give the last judgments that count, newest first."""
        query = select(GoalJudgmentRow).where(GoalJudgmentRow.undone_at.is_(None))
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(GoalJudgmentRow.id.desc()).limit(number))
            return tuple(_judgment(row) for row in rows)

    def all(self) -> Iterator[GoalJudgment]:
        """Give every judgment that counts, oldest first."""
        return (one for one in self.history() if one.undone_at is None)

    def history(self) -> Iterator[GoalJudgment]:
        """Give every judgment, oldest first, those that were undone too."""
        with self._database.reading() as session:
            for row in session.scalars(select(GoalJudgmentRow).order_by(GoalJudgmentRow.id)):
                yield _judgment(row)

    def count_documents(self, since: datetime | None = None) -> int:
        """Count the documents of which something was said, or undone, from a moment on."""
        documents = select(func.count(GoalJudgmentRow.document_id.distinct()))
        if since is not None:
            said, undone = GoalJudgmentRow.judged_at, GoalJudgmentRow.undone_at
            documents = documents.where((said >= since) | (undone >= since))
        else:
            documents = documents.where(GoalJudgmentRow.undone_at.is_(None))
        with self._database.reading() as session:
            return session.scalar(documents) or 0


_COUNTING = (
    select(GoalJudgmentRow).where(GoalJudgmentRow.undone_at.is_(None)).order_by(GoalJudgmentRow.id)
)


def said_of(session: Session, document_ids: Iterable[str]) -> Mapping[str, dict[int, bool]]:
    """Give for each of these documents that was judged what counts of each goal."""
    found: dict[str, dict[int, bool]] = {}
    asked = list(document_ids)
    for start in range(0, len(asked), _BATCH):
        among = GoalJudgmentRow.document_id.in_(asked[start : start + _BATCH])
        columns = _COUNTING.where(among).with_only_columns(
            GoalJudgmentRow.document_id, GoalJudgmentRow.goal, GoalJudgmentRow.given
        )
        for document_id, goal, given in session.execute(columns):
            found.setdefault(document_id, {})[goal] = given
    return found


def _judgment(row: GoalJudgmentRow) -> GoalJudgment:
    return GoalJudgment(
        id=row.id,
        document_id=row.document_id,
        account_id=row.account_id,
        goal=row.goal,
        given=row.given,
        goals=tuple(row.goals),
        shown=None if row.shown is None else tuple(row.shown),
        reason=row.reason,
        remark=row.remark,
        judged_at=row.judged_at,
        undone_at=row.undone_at,
    )
