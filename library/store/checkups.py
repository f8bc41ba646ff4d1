"""What is the matter with the documents of an organisation, for whoever can do something about it.

In: the name of an organisation. Out: documents that readers doubt, that a newer version took the place
of, or that have pages without text, each with why. Only titles and addresses are read.
"""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select

from library.store.database import Database
from library.tables import DocumentRow, OpinionRow

Why = Literal["doubted", "replaced", "without-text"]


@dataclass(frozen=True, slots=True)
class Ailing:
    """A document and what is the matter with it; ``number`` are readers, or pages."""

    id: str
    title: str
    url: str
    why: Why
    number: int = 0


class Checkups:
    """The checkups of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, organisation: str) -> tuple[Ailing, ...]:
        """Give what is the matter with the live documents of an organisation."""
        mine = (DocumentRow.organisation == organisation) & DocumentRow.removed_at.is_(None)
        shown = (DocumentRow.id, DocumentRow.title, DocumentRow.url)
        doubts = func.sum(OpinionRow.outdated)
        doubted = (
            select(*shown, doubts)
            .join(OpinionRow, OpinionRow.document_id == DocumentRow.id)
            .where(mine)
            .group_by(*shown)
            .having(doubts > func.sum(OpinionRow.helps))
            .order_by(doubts.desc(), DocumentRow.id)
        )
        replaced = select(*shown).where(mine, DocumentRow.replaced_by.is_not(None))
        blank = select(*shown, DocumentRow.pages_without_text).where(
            mine, DocumentRow.pages_without_text > 0
        )
        with self._database.reading() as session:
            return (
                *(Ailing(*row[:3], "doubted", row[3]) for row in session.execute(doubted)),
                *(
                    Ailing(*row, "replaced")
                    for row in session.execute(replaced.order_by(DocumentRow.id))
                ),
                *(
                    Ailing(*row[:3], "without-text", row[3])
                    for row in session.execute(blank.order_by(DocumentRow.id))
                ),
            )
