"""Numbers, sizes, dates and names as a Dutch reader writes them: 1.240, 1,2 MB, 4 maart 2025.

Babel knows the rules of the locale. Moments come in as aware times and go out in Dutch time.
"""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from library import dutch_time

LOCALE = "nl"
KILO = 1000
MINUTE, HOUR, DAY = 60, 3600, 86_400


def number(value: int) -> str:
    """1240 -> 1.240."""
    return str(format_decimal(value, locale=LOCALE))


def figure(value: float) -> str:
    """0.7133 -> 0,71: a figure from 0 to 1."""
    return str(format_decimal(value, "0.00", locale=LOCALE))


def sentence(name: str) -> str:
    """A name as it begins a line: zorg en welzijn -> Zorg en welzijn."""
    return name[:1].upper() + name[1:]


def size(value: int) -> str:
    """Give bytes as kB, MB or GB, in at most one decimal; nothing for an unknown size."""
    if value <= 0:
        return ""
    if value < KILO * KILO:
        return f"{number(max(1, round(value / KILO)))} kB"
    unit, amount = ("MB", value / KILO**2) if value < KILO**3 else ("GB", value / KILO**3)
    return f"{format_decimal(round(amount, 1), locale=LOCALE)} {unit}"


def day(value: date) -> str:
    """4 maart 2025."""
    return format_date(value, "d MMMM yyyy", locale=LOCALE)


def month(value: date) -> str:
    """maart 2025."""
    return format_date(value, "MMMM yyyy", locale=LOCALE)


def day_of(moment: datetime) -> str:
    """Give the Dutch day of a moment."""
    return day(dutch_time.day_of(moment))


def time_of(moment: datetime) -> str:
    """4 maart 2025, 14:05."""
    return format_datetime(moment.astimezone(dutch_time.ZONE), "d MMMM yyyy, HH:mm", locale=LOCALE)


def duration(seconds: float) -> str:
    """40 seconden, 5 minuten, 2 uur, 3 dagen: rounded, as one says it."""
    if seconds < MINUTE:
        return _counted(max(1, round(seconds)), "seconde", "seconden")
    if seconds < HOUR:
        return _counted(round(seconds / MINUTE), "minuut", "minuten")
    if seconds < 2 * DAY:
        return f"{number(round(seconds / HOUR))} uur"
    return f"{number(round(seconds / DAY))} dagen"


def _counted(value: int, one: str, many: str) -> str:
    return f"{number(value)} {one if value == 1 else many}"


def listed(words: list[str]) -> str:
    """Join words as one says them: 4, 7 en 11."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"
