"""Days in writing: in words, Dutch or Frisian, in digits, as ISO 8601, and as files state them.

In: a text. Out: the days that it names. Which of them is the day of publication of a page is told by
``crawler.extract.dates``.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from library.document import Published

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_SHORT_MONTHS = {month[:3]: number for number, month in enumerate(MONTHS, 1)} | {"mrt": 3}
_FRISIAN = ("jannewaris", "febrewaris", "maart", "april", "maaie", "juny", "july")
_MONTH_NUMBERS = {
    **{month: number for number, month in enumerate(MONTHS, 1)},
    **{month: number for number, month in enumerate(_FRISIAN, 1)},
    **_SHORT_MONTHS,
    "sept": 9,
    "okt": 10,
}
_NAMES = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:e|ste|de)?\s+(?P<month>{_NAMES})\.?,?\s+(?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\d/.-])"
)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)")
_TIME = re.compile(
    r"\b(?:om\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*uur)?\b"
    r"|\b(?:maan|dins|woens|donder|vrij|zater|zon)dag\b|\b(?:ma|di|wo|do|vr|za|zo)\b[.,]?",
    re.IGNORECASE,
)
_EARLIEST = date(1990, 1, 1)


def is_plausible(day: date, today: date) -> bool:
    """Whether something can have been published then; a day ahead allows for time zones."""
    return _EARLIEST <= day <= today + timedelta(days=1)


def without_dates(text: str) -> str:
    """A text without the dates and times in it."""
    for pattern in (_IN_WORDS, _IN_DIGITS, _ISO, _TIME):
        text = pattern.sub(" ", text)
    return text


def file_date(written: str, today: date) -> Published | None:
    """The day that a file states: as ISO 8601, or as ``D:20240413120000`` (ISO 32000-1, 7.9.4)."""
    match = re.match(r"\s*(?:D:)?\s*(\d{4})-?(\d{2})-?(\d{2})", written)
    day = day_of(*map(int, match.groups())) if match else next(days_in(written), None)
    return Published(day, "file") if day is not None and is_plausible(day, today) else None


def days_in(text: str) -> Iterator[date]:
    """The days that a text names, in the order in which they stand there."""
    matches = [m for pattern in (_IN_WORDS, _IN_DIGITS, _ISO) for m in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        month = match["month"].lower()
        number = int(month) if month.isdigit() else _MONTH_NUMBERS[month]
        if (day := day_of(int(match["year"]), number, int(match["day"]))) is not None:
            yield day


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
