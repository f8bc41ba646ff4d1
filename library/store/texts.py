"""Texts that an admin wrote for the site: who helps visitors, the introduction, the examples.

What is not here is as the settings and the catalogue have it. Every page shows some of them, so
``lately`` remembers them for a second: a change of another process is seen that much later.
"""

import time
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from library.store.database import Database
from library.tables import SiteTextRow

REMEMBERED = 1.0
"""Seconds. Asking took 0.9 ms on a busy machine, for each page and each 304."""


class SiteTexts:
    """The texts of one database, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: tuple[float, Mapping[str, str]] | None = None

    def all(self) -> Mapping[str, str]:
        """Give all texts."""
        with self._database.reading() as session:
            rows = session.execute(select(SiteTextRow.name, SiteTextRow.text))
            return {str(name): str(text) for name, text in rows}

    def lately(self) -> Mapping[str, str]:
        """Give all texts, as they were at most a second ago."""
        kept, now = self._kept, time.monotonic()
        if kept is None or now - kept[0] > REMEMBERED:
            self._kept = kept = (now, self.all())
        return kept[1]

    def put(self, texts: Mapping[str, str], seen: Mapping[str, str], now: datetime) -> bool:
        """Keep texts in the place of those of their names; an empty one goes.

        Tell whether the texts were still as they were ``seen``; else nothing is kept.
        """
        with self._database.transaction() as session:
            if self.all() != seen:
                return False
            self._kept = None
            session.execute(delete(SiteTextRow).where(SiteTextRow.name.in_(texts)))
            session.add_all(
                SiteTextRow(name=name, text=text, changed_at=now)
                for name, text in texts.items()
                if text
            )
            return True
