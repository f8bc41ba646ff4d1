"""Counts searches, never who searched: kept in memory, written to the store once a minute.

In: the words of a search and whether it found anything, or that a document was opened from its
results. Out: rows of ``library.store.searches``, ``search_parts`` and ``openings``. Who sends Global Privacy Control or "do not track"
is not counted at all. A process that is killed loses at most what it counted in the last minute.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from library.dutch_time import day_of
from library.searches import countable
from library.store import Counts, Store, Within
from library.store.search_parts import Part

Kept = TypeVar("Kept")
Name = TypeVar("Name", str, Within)
TIMES = (10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 5000, 10_000)
"""Milliseconds that answers are counted by: each about half as much again as the one before."""
WRITE_EVERY = 60.0
"""Seconds; a write for each search would cost more than the search."""
MOST_WORDS = 10_000
"""Different searches, and documents, that are held between two writes; more is an attack, and not counted."""


class Counting:
    """The counts of one process."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], *, write_every: float = WRITE_EVERY
    ) -> None:
        self._store, self._clock, self._write_every = store, clock, write_every
        self._held: dict[tuple[date, str], Counts] = {}
        self._opened: dict[tuple[date, str], int] = {}
        self._parts: dict[tuple[date, Within], Counts] = {}
        self._lock = threading.Lock()
        self._written = time.monotonic()
        self._cleaned: date | None = None

    def searched(
        self,
        text: str,
        *,
        found: bool,
        within: Iterable[tuple[Part, str]] = (),
        organisations: Iterable[str] = (),
        seconds: float = 0.0,
    ) -> None:
        """Count a search: within which parts, whose documents were shown, how long it took."""
        counts = Counts(searches=1, empty=0 if found else 1)
        self._count(text, counts)
        words = countable(text)
        if not words or wants_none():
            return
        for part, value in within:
            self._count_part(Within(part, value, words), counts)
        for organisation in organisations:
            self._count_part(Within("shown", organisation), Counts(searches=1))
        self._count_part(Within("time", str(at_most(seconds))), Counts(searches=1))

    def opened(self, text: str, document_id: str, organisation: str) -> None:
        """Count that a document was opened from the results of a search."""
        self._count(text, Counts(opened=1))
        words = countable(text)
        if wants_none():
            return
        if words:
            self._count_part(Within("opened", organisation, words), Counts(opened=1))
        key = (self._today(), document_id)
        with self._lock:
            if key in self._opened or len(self._opened) < MOST_WORDS:
                self._opened[key] = self._opened.get(key, 0) + 1

    def _count(self, text: str, counts: Counts) -> None:
        words = countable(text)
        if not words or wants_none():
            return
        key = (self._today(), words)
        with self._lock:
            if key in self._held or len(self._held) < MOST_WORDS:
                self._held[key] = self._held.get(key, Counts()) + counts

    def _count_part(self, within: Within, counts: Counts) -> None:
        key = (self._today(), within)
        with self._lock:
            if key in self._parts or len(self._parts) < MOST_WORDS:
                self._parts[key] = self._parts.get(key, Counts()) + counts

    def _today(self) -> date:
        return day_of(self._clock())

    def write_when_due(self) -> None:
        """Write what is held, when the last time is long enough ago."""
        with self._lock:
            if time.monotonic() - self._written < self._write_every:
                return
            self._written = time.monotonic()
        self.write()

    def write(self) -> None:
        """Write what is held; once a day also forget what is too old."""
        with self._lock:
            held, self._held = self._held, {}
            opened, self._opened = self._opened, {}
            parts, self._parts = self._parts, {}
        for day, counted in _by_day(held).items():
            self._store.searches.add(day, counted)
        for day, documents in _by_day(opened).items():
            self._store.openings.add(day, documents)
        for day, within in _by_day(parts).items():
            self._store.search_parts.add(day, within)
        today = self._today()
        if self._cleaned != today:
            self._cleaned = today
            self._store.searches.forget(today)
            self._store.openings.forget(today)
            self._store.opinions.forget(today)
            self._store.search_parts.forget(today)


def wants_none() -> bool:
    """Whether who asks wants not to be counted."""
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"


def at_most(seconds: float) -> int:
    """The first of ``TIMES`` that is not below it, in milliseconds."""
    return next((limit for limit in TIMES if 1000 * seconds <= limit), TIMES[-1])


def _by_day(held: Mapping[tuple[date, Name], Kept]) -> dict[date, dict[Name, Kept]]:
    found: dict[date, dict[Name, Kept]] = {}
    for (day, name), kept in held.items():
        found.setdefault(day, {})[name] = kept
    return found


def write_after_answers(app: Flask, counting: Counting) -> None:
    """Write between requests: when an answer is sent, nobody waits for it."""

    def after(answer: Response) -> AnyResponse:
        answer.call_on_close(counting.write_when_due)
        return answer

    app.after_request(after)
