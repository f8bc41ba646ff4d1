"""The day a page was published, with the place where that was found.

In: the tree of a page, its address, and the dates that its JSON-LD holds. Out: ``Published`` or
None. What the page states for machines goes before what it shows, and that before its address and
before htmldate. A day in the future or before 1990 is no day of publication. A date somewhere in
the running text is usually that of an event, so in text only a *dateline* counts: a short line near
the top, or one that says that it tells the date.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from library.document import Evidence, Published

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_SHORT_MONTHS = {month[:3]: number for number, month in enumerate(_MONTHS, 1)} | {"mrt": 3}
_FRISIAN = ("jannewaris", "febrewaris", "maart", "april", "maaie", "juny", "july")
_MONTH_NUMBERS = {
    **{month: number for number, month in enumerate(_MONTHS, 1)},
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
_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?/")
_CUE = re.compile(
    r"\b(?:ge(?:publiceerd|plaatst)|publicatiedatum|datum|laatst (?:bijgewerkt|gewijzigd)"
    r"|bijgewerkt|gewijzigd|aangemaakt)\b",
    re.IGNORECASE,
)
_META_NAMES = (
    *("article:published_time", "og:published_time", "datepublished", "date.issued", "dc.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "dcterms.available"),
    *("overheid.datum", "publication_date", "publish-date", "pubdate", "date", "created"),
)
_EARLIEST = date(1990, 1, 1)
_DATELINE = 60
_CUED_LINE = 120


def published_of(
    soup: BeautifulSoup,
    address: str,
    stated: Iterable[str],
    datelines: Iterable[str],
    today: date,
) -> Published | None:
    """The day of publication; ``datelines`` are the short lines near the title, the nearest first.

    ``stated`` are the dates of the JSON-LD, ``today`` is the day of the fetch.
    """
    found: Iterator[tuple[Evidence, Iterable[date]]] = iter(
        (
            ("json-ld", (day for text in stated for day in _iso_days(text))),
            ("meta", _from_meta(soup)),
            ("time", _from_time(soup)),
            ("text", _from_lines(datelines)),
            ("url", _from_path(address)),
        )
    )
    for evidence, days in found:
        if (day := next((d for d in days if is_plausible(d, today)), None)) is not None:
            return Published(day, evidence)
    return None


def is_plausible(day: date, today: date) -> bool:
    """Whether something can have been published then; a day ahead allows for time zones."""
    return _EARLIEST <= day <= today + timedelta(days=1)


def file_date(written: str, today: date) -> Published | None:
    """The day that a file states: as ISO 8601, or as ``D:20240413120000`` (ISO 32000-1, 7.9.4)."""
    match = re.match(r"\s*(?:D:)?\s*(\d{4})-?(\d{2})-?(\d{2})", written)
    day = _day(*map(int, match.groups())) if match else next(days_in(written), None)
    return Published(day, "file") if day is not None and is_plausible(day, today) else None


def tells_date(line: str) -> bool:
    """Whether a short line says that it tells the date: "Geplaatst op 13 april 2024"."""
    return len(line) <= _CUED_LINE and _CUE.search(line) is not None


def days_in(text: str) -> Iterator[date]:
    """The days that a text names, in the order in which they stand there."""
    matches = [m for pattern in (_IN_WORDS, _IN_DIGITS, _ISO) for m in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        month = match["month"].lower()
        number = int(month) if month.isdigit() else _MONTH_NUMBERS[month]
        if (day := _day(int(match["year"]), number, int(match["day"]))) is not None:
            yield day


def _iso_days(text: str) -> Iterator[date]:
    """ISO 8601 first; sites of Dutch make also write the date there as people do."""
    yield from days_in(text.strip()[:40])


def _from_meta(soup: BeautifulSoup) -> Iterator[date]:
    contents: dict[str, str] = {}
    for tag in soup.find_all("meta", content=True):
        name = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        contents.setdefault(name, str(tag["content"]))
    for name in _META_NAMES:
        yield from _iso_days(contents.get(name, ""))


def _from_time(soup: BeautifulSoup) -> Iterator[date]:
    """A ``time`` that says that it is the publication, or else the one time of the page.

    Several times are those of other pages: a list of news, or an agenda.
    """
    times = soup.find_all("time", limit=200)
    for tag in times:
        if tag.has_attr("pubdate") or str(tag.get("itemprop", "")).lower() == "datepublished":
            yield from _days_of(tag)
    days = {day for tag in times for day in _days_of(tag)}
    if len(days) == 1:
        yield from days


def _days_of(tag: Tag) -> Iterator[date]:
    yield from _iso_days(str(tag.get("datetime", "")))
    yield from days_in(tag.get_text(" ", strip=True)[:_DATELINE])


def _from_lines(lines: Iterable[str]) -> Iterator[date]:
    """A line that is little more than a date, or that says that it tells the date."""
    known = list(lines)
    cued = [line for line in known if tells_date(line)]
    short = [line for line in known if len(line) <= _DATELINE]
    for line in cued + short:
        yield from days_in(line)


def _from_path(address: str) -> Iterator[date]:
    """/2024/04/ tells the month; it counts as its first day."""
    for match in _IN_PATH.finditer(urlsplit(address).path):
        day = _day(int(match["year"]), int(match["month"]), int(match["day"] or 1))
        if day is not None:
            yield day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
