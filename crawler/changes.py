"""Whether a page says something else than before, or only counts, dates or shuffles. Pure.

In: a document as it was and as it is. Out: whether it is still the same, and the places where it is
not. A page is compared line by line. A difference is no change when

* it is a counter ("245 keer bekeken", "Reacties: 3"), the day on which the page was fetched, or how
  long ago something was: that is known by its words;
* it stands at a place that changes at every visit, such as a block of random pages ("Lees ook"). A
  place is named by the line before it, so that it is the same on all pages of a site. That is
  learned: at least ``ENOUGH`` times a place that had changed at one visit to a page had changed
  again at the next, and hardly ever not. A telephone number that is corrected on a hundred pages
  changes a hundred times, but on no page twice in a row.

Other numbers are facts: "3.000 aanvragen" that become "3.500" are a change.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from difflib import SequenceMatcher

from crawler.extract.prints import print_of
from library.document import Document
from library.store import Address

ENOUGH = 3
RELIABLE = 0.9
MOST_PART = 1 / 3
"""A larger part of a page than this is never passed over, whatever was learned."""

MOST_LINES = 2_000
"""Where more lines than this differ it is another text. Comparing 2,000 lines took at most 0.3 s,
over 30 ways to repeat and shuffle them."""

NEAR = 2
"""Differences with so few equal lines between them stand at one place: a block of random pages may
show one of them twice in a row."""

LONGEST_REST = timedelta(days=30)
"""A page is asked for at least this often, so that one that is gone does not stay for long."""

_CALM = frozenset({"not-modified", "same-bytes", "same-text"})
"""What the last visit of a page that may rest led to."""

_NUMBER = r"\d[\d.,]*"
_COUNTED = (
    r"(?:(?:x|keer|maal)\s+(?:bekeken|gelezen|gedeeld|gedownload|bezocht)|gelezen|bekeken|weergaven?"
    r"|views?|reacties?|likes?|downloads?|comments?)"
)
_NAMED = rf"(?:{_COUNTED}|bezoekers?|bezoeken|volgers?|hits|aantal\s+\w+)"
_COUNTERS = re.compile(
    rf"\b{_NUMBER}\s*{_COUNTED}\b|(?P<name>\b{_NAMED}\s*[:(]\s*){_NUMBER}", re.IGNORECASE
)
_AGO = re.compile(
    r"\b(?:\d+|een)\s+(?:seconden?|minuut|minuten|uur|uren|dag|dagen|week|weken|maand|maanden|jaar|jaren)"
    r"\s+geleden\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?(?:\s+uur)?\b")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

Seen = Mapping[int, tuple[int, int]]
"""Of a place: how often it was looked at again after it had changed, and how often it had changed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two texts: the places, and the part of the words that stands there."""

    places: tuple[int, ...] = ()
    part: float = 0.0

    def is_change(self, seen: Seen) -> bool:
        """Whether it says something else, given what was learned of places."""
        if not self.places:
            return False
        return self.part > MOST_PART or not all(_is_learned(seen.get(p)) for p in self.places)


def _is_learned(seen: tuple[int, int] | None) -> bool:
    return seen is not None and seen[1] >= ENOUGH and seen[1] >= RELIABLE * seen[0]


def learned(before: Iterable[int], now: Iterable[int], seen: Seen) -> dict[int, tuple[int, int]]:
    """The counts of the places that had changed at the last visit, after this one."""
    again = set(now)
    counts = {place: seen.get(place, (0, 0)) for place in before}
    return {place: (n + 1, m + (place in again)) for place, (n, m) in counts.items()}


def is_otherwise_same(old: Document, new: Document) -> bool:
    """Whether nothing but the text may differ; a date that is only the day of fetching is none."""
    by_visit = _is_day_of_fetching(old) and _is_day_of_fetching(new)
    as_it_was = replace(
        new,
        sections=old.sections,
        content_hash=old.content_hash,
        url=old.url,
        fetched_at=old.fetched_at,
        size=old.size,
        visible_text=old.visible_text,
        duplicate_of=old.duplicate_of,
        replaced_by=old.replaced_by,
        perhaps_replaced_by=old.perhaps_replaced_by,
        published=old.published if by_visit else new.published,
    )
    return as_it_was == old


def _is_day_of_fetching(document: Document) -> bool:
    day = None if document.published is None else document.published.day
    return day == document.fetched_at.astimezone(UTC).date()


def difference(old: Document, new: Document) -> Difference:
    """Where two texts differ, apart from what is known to pass."""
    one, other = list(_lines(old)), list(_lines(new))
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    first, second = one[start : len(one) - end], other[start : len(other) - end]
    if not first and not second:
        return Difference()
    if max(len(first), len(second)) > MOST_LINES:
        return Difference((0,), 1.0)
    places, words = [], 0
    for here, there in _differing(first, second):
        places.append(_place(one, start + here.start))
        words += max(_words(first[here]), _words(second[there]))
    total = max(_words(one), _words(other), 1)
    return Difference(tuple(dict.fromkeys(places)), words / total)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines are equal from the start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _differing(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """The lines that differ, in both texts; what is near together is one difference."""
    last: tuple[slice, slice] | None = None
    for kind, *ends in SequenceMatcher(None, one, other).get_opcodes():
        if kind == "equal":
            continue
        here, there = slice(ends[0], ends[1]), slice(ends[2], ends[3])
        if last is not None and here.start - last[0].stop <= NEAR:
            last = slice(last[0].start, here.stop), slice(last[1].start, there.stop)
            continue
        if last is not None:
            yield last
        last = here, there
    if last is not None:
        yield last


def _place(lines: Sequence[str], number: int) -> int:
    return print_of(lines[number - 1]) if number else 0


def _words(lines: Iterable[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _lines(document: Document) -> Iterator[str]:
    """The lines of a document, with what passes taken out."""
    today = _days_of(document.fetched_at)
    for section in document.sections:
        for text in (section.heading, section.text):
            yield from (_lasting(line, today) for line in text.splitlines() if line.strip())


def _lasting(line: str, today: re.Pattern[str]) -> str:
    line = _COUNTERS.sub(lambda found: f"{found['name'] or ''}# ", line)
    with_today = today.sub("#", line)
    # Beside the date of today a time is the time of the visit; elsewhere it is when something is.
    return _AGO.sub("#", line if with_today == line else _TIME.sub("#", with_today))


def _days_of(moment: datetime) -> re.Pattern[str]:
    """The day before, the day and the day after, as Dutch pages write them: a page may be cached."""
    days = (moment.date() + timedelta(days=n) for n in (-1, 0, 1))
    return re.compile("|".join(_forms(day) for day in days), re.IGNORECASE)


def _forms(day: date) -> str:
    month = _MONTHS[day.month - 1]
    name = rf"(?:{_DAYS[day.weekday()]},?\s+)?0?{day.day}\s+(?:{month}|{month[:3]}\.?)"
    numbers = rf"0?{day.day}[-/.]0?{day.month}[-/.]{day.year}|{day.isoformat()}"
    return rf"\b{name}(?:\s+{day.year})?\b|\b(?:{numbers})\b"


def rests(address: Address, interval_hours: int, now: datetime) -> bool:
    """Whether a page that does not change can be left alone in a crawl by schedule.

    A page that was found unchanged n times in a row is asked for every 2^n intervals of its source,
    at most after ``LONGEST_REST``. The start of a source never rests, nor does what gave no
    document (a feed) or was not right the last time.
    """
    if address.visited_at is None or not address.calm or not address.depth:
        return False
    if address.document_id is None or address.outcome not in _CALM or address.removal is not None:
        return False
    interval = timedelta(hours=interval_hours)
    rest = min(interval * (1 << min(address.calm, 20)), max(interval, LONGEST_REST))
    # Half an interval early rather than a whole one late: no crawl begins at the very minute.
    return now < address.visited_at + rest - interval / 2
