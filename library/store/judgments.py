"""What people said of answers: grades of documents for queries, and how good the ranking was.

In: a query in its normal form (``library.searches.countable``), a document and a grade from 0 to 3.
Out: all grades, to measure with, and the measurements that were made. A second grade of the same
pair takes the place of the first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from library.store.database import Database
from library.tables import JudgmentRow, MeasurementRow

MEASUREMENTS_KEPT = 400
"""More than a year of a measurement each day."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """The mean nDCG@10 of so many judged queries, in a generation of the index."""

    at: datetime
    generation: str
    queries: int
    ndcg: float


class Judgments:
    """The judgments of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        query: str,
        grades: Mapping[str, int],
        now: datetime,
        account_id: int | None = None,
    ) -> None:
        """Keep the grades of some documents for a query."""
        with self._database.transaction() as session:
            for document_id, grade in grades.items():
                new = insert(JudgmentRow).values(
                    query=query,
                    document_id=document_id,
                    grade=grade,
                    account_id=account_id,
                    judged_at=now,
                )
                latest = {name: new.excluded[name] for name in ("grade", "account_id", "judged_at")}
                session.execute(
                    new.on_conflict_do_update(index_elements=["query", "document_id"], set_=latest)
                )

    def of(self, query: str) -> dict[str, int]:
        """Give the grades for one query."""
        found = select(JudgmentRow.document_id, JudgmentRow.grade).where(JudgmentRow.query == query)
        with self._database.reading() as session:
            return {row.document_id: row.grade for row in session.execute(found)}

    def all(self) -> dict[str, dict[str, int]]:
        """Give all grades, by query and document; queries in the order of the alphabet."""
        columns = (JudgmentRow.query, JudgmentRow.document_id, JudgmentRow.grade)
        grades: dict[str, dict[str, int]] = {}
        with self._database.reading() as session:
            for query, document_id, grade in session.execute(
                select(*columns).order_by(JudgmentRow.query, JudgmentRow.document_id)
            ):
                grades.setdefault(query, {})[document_id] = grade
        return grades

    def by(self, account_id: int) -> tuple[tuple[str, str, int], ...]:
        """Give what somebody judged: query, document and grade."""
        columns = (JudgmentRow.query, JudgmentRow.document_id, JudgmentRow.grade)
        found = select(*columns).where(JudgmentRow.account_id == account_id)
        with self._database.reading() as session:
            return tuple(
                (row.query, row.document_id, row.grade)
                for row in session.execute(found.order_by(*columns))
            )

    def remove(self, query: str) -> None:
        """Forget what was said of the answers to a query."""
        with self._database.transaction() as session:
            session.execute(delete(JudgmentRow).where(JudgmentRow.query == query))

    def measured(self, now: datetime, generation: str, queries: int, ndcg: float) -> None:
        """Keep a measurement; forget the oldest of many."""
        with self._database.transaction() as session:
            row = MeasurementRow(at=now, generation=generation, queries=queries, ndcg=ndcg)
            session.add(row)
            session.flush()
            session.execute(
                delete(MeasurementRow).where(MeasurementRow.id <= row.id - MEASUREMENTS_KEPT)
            )

    def latest(self) -> Measurement | None:
        """Give the last measurement."""
        query = select(MeasurementRow).order_by(MeasurementRow.id.desc()).limit(1)
        with self._database.reading() as session:
            row = session.scalars(query).first()
            return (
                None if row is None else Measurement(row.at, row.generation, row.queries, row.ndcg)
            )

    def count(self) -> int:
        """Count the queries that were judged."""
        with self._database.reading() as session:
            return session.scalar(select(func.count(JudgmentRow.query.distinct()))) or 0
