"""A letter to the admins on what needs a person: at most one a day, and none that says the same.

In: the findings of ``library.health``. Out: mail in the store for each admin with an address. What was
told already is told again after a week, when it is still so.
"""

import zlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from library.doctor import Finding
from library.store import Store

KIND = "health"
LOOKED, TOLD, WHAT = "alarm-looked", "alarm-told", "alarm-what"
"""Marks: when was looked, when was last told, and a number of what."""
EVERY = timedelta(days=1)
AGAIN_AFTER = timedelta(days=7)
AFTER_FAULT = timedelta(hours=1)
"""Until the next try when looking failed."""


class Alarm:
    """Looks once a day; ``look`` gives what is found at a moment."""

    def __init__(self, store: Store, look: Callable[[datetime], Iterable[Finding]]) -> None:
        self._store, self._look = store, look

    def ring(self, now: datetime) -> None:
        """Queue the letter of the day, when its time has come and there is something to tell."""
        marks = self._store.marks
        if not self._is_over(LOOKED, EVERY, now):
            return
        try:
            found = [one for one in self._look(now) if one.code]
        except Exception:
            # Who calls this has letters to send as well: they do not wait for what cannot be seen.
            marks.put(LOOKED, int((now - EVERY + AFTER_FAULT).timestamp()))
            raise
        with self._store.transaction():
            if not self._is_over(LOOKED, EVERY, now):
                return
            marks.put(LOOKED, int(now.timestamp()))
            what = zlib.crc32(" ".join(one.code for one in found).encode())
            is_known = what == marks.value(WHAT) and not self._is_over(TOLD, AGAIN_AFTER, now)
            if found and not is_known:
                self._tell(found, now)
                marks.put(TOLD, int(now.timestamp()))
            marks.put(WHAT, what)

    def _tell(self, found: Iterable[Finding], now: datetime) -> None:
        details = {"findings": [[one.code, dict(one.values)] for one in found]}
        for account in self._store.accounts.all():
            if account.role == "admin" and account.email and not account.is_closed:
                self._store.mails.add(KIND, account.email, now, details)

    def _is_over(self, mark: str, span: timedelta, now: datetime) -> bool:
        value = self._store.marks.value(mark)
        return value is None or now.timestamp() - value >= span.total_seconds()
