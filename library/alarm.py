"""A letter to the admins on what needs a person: at most one a day, and none that says nothing new.

In: the findings of ``library.health``. Out: mail in the store for each admin with an address. News is
what was not told before: another trouble, and also another source with the same one. What is over is
no news, what comes back is. What was told already is told again after a week, when it is still so.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from library.doctor import Finding
from library.store import Store

KIND = "health"
LOOKED = "alarm-looked"
"""The mark of when was last looked."""
TOLD = "alarm-told:"
"""How the mark of each trouble begins that was told and still is: when that was."""
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
            is_now = {mark for one in found for mark in _marks_of(one)}
            known = marks.beginning_with(TOLD)
            for mark in known.keys() - is_now:
                marks.remove(mark)
            if any(self._is_over(mark, AGAIN_AFTER, now) for mark in is_now):
                self._tell(found, now)
                for mark in is_now:
                    marks.put(mark, int(now.timestamp()))

    def _tell(self, found: Iterable[Finding], now: datetime) -> None:
        details = {"findings": [[one.code, dict(one.values)] for one in found]}
        for account in self._store.accounts.all():
            if account.role == "admin" and account.email and not account.is_closed:
                self._store.mails.add(KIND, account.email, now, details)

    def _is_over(self, mark: str, span: timedelta, now: datetime) -> bool:
        value = self._store.marks.value(mark)
        return value is None or now.timestamp() - value >= span.total_seconds()


def _marks_of(finding: Finding) -> Iterable[str]:
    """The names of what one finding tells: how many hours or megabytes makes no other trouble."""
    yield f"{TOLD}{finding.code}"
    yield from (f"{TOLD}{finding.code}:{name}" for name in finding.about)
