"""The day a page was published, with the place where that was found.

In: the tree of a page, its address, and the dates that its JSON-LD holds. Out: ``Published`` or
None. What the page states for machines goes before what it shows, and that before its address; the
day of the last change comes last. A date somewhere in the running text is usually that of an event,
so in text only a *dateline* counts: a short line near the title, or one that says that it tells the
date. "Gisteren" and "3 dagen geleden" are not read, for nobody knows from when. A day in the future
or before 1990 is no day of publication.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from library.document import Evidence, Published

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
_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?/")
_PUBLISHED = re.compile(
    r"\b(?:ge(?:publiceerd|plaatst|post)|ingediend|publicatiedatum|datum|aangemaakt|posted|published)\b",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"\b(?:(?:voor het )?laatst (?:bijgewerkt|gewijzigd|bewerkt|aangepast)|bijgewerkt|gewijzigd"
    r"|laatste wijziging|last (?:updated|modified))\b",
    re.IGNORECASE,
)
_TIME_SPAN = re.compile(r"\d[:.]\d{2}\s*(?:uur)?\s*(?:tot|-|–|t/m)\s*\d")
_META_NAMES = (
    *("article:published_time", "og:published_time", "datepublished", "date.issued", "dc.date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "dcterms.available"),
    *("overheid.datum", "publication_date", "publish-date", "pubdate", "date", "created"),
)
_CREATED = re.compile(r"(?:^|\s)(?:dc|dct|dcterms|schema):(?:created|issued|datePublished)(?:\s|$)")
_EARLIEST = date(1990, 1, 1)
_DATELINE = 60
_LETTERS = 45
"""Letters of a line that is little more than a date: its numbers may be those of a counter."""
CUED_LINE = 120
_CLOSE = 200
_CLIMB = 4


@dataclass(frozen=True, slots=True)
class Places:
    """Where on a page a date can stand.

    ``stated`` are the dates of its JSON-LD, ``title`` is the element of its title, ``datelines``
    are the short lines around that, ``lines`` all short lines of the page.
    """

    soup: BeautifulSoup
    title: Tag | None
    address: str
    stated: tuple[str, ...]
    datelines: tuple[str, ...]
    lines: tuple[str, ...]


def published_of(places: Places, today: date) -> Published | None:
    """The day of publication; ``today`` is the day of the fetch."""
    found: Iterator[tuple[Evidence, Iterable[date]]] = iter(
        (
            ("json-ld", (day for text in places.stated for day in _iso_days(text))),
            ("meta", _from_meta(places.soup)),
            ("time", _from_time(places.soup, places.title)),
            ("text", _from_lines(places.datelines)),
            ("text", _after(_PUBLISHED, places.lines)),
            ("url", _from_path(places.address)),
            ("text", _after(_MODIFIED, places.lines)),
        )
    )
    for evidence, days in found:
        if (day := next((d for d in days if is_plausible(d, today)), None)) is not None:
            return Published(day, evidence)
    return None


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
    day = _day(*map(int, match.groups())) if match else next(days_in(written), None)
    return Published(day, "file") if day is not None and is_plausible(day, today) else None


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
    # Drupal 7 writes it as RDFa beside what it shows.
    for tag in soup.find_all(property=_CREATED, content=True, limit=5):
        yield from _iso_days(str(tag["content"]))


def _from_time(soup: BeautifulSoup, title: Tag | None) -> Iterator[date]:
    """A ``time`` that says that it is the publication, or the one beside the title, or the only one.

    Several times are those of other pages: a list of news, or an agenda.
    """
    times = soup.find_all("time", limit=200)
    for tag in times:
        if tag.has_attr("pubdate") or str(tag.get("itemprop", "")).lower() == "datepublished":
            yield from _days_of(tag)
    yield from _beside(title)
    days = {day for tag in times for day in _days_of(tag)}
    if len(days) == 1:
        yield from days


def _beside(title: Tag | None) -> Iterator[date]:
    """The time close to the title, in the smallest part around it that has a time at all."""
    around = title.parents if title is not None else iter(())
    for part in islice(around, _CLIMB):
        times = [tag for tag in part.find_all("time", limit=20) if not _is_of_change(tag)]
        for tag in times:
            if _is_close(title, tag):
                yield from _days_of(tag)
        if times:
            return


def _is_close(title: Tag | None, tag: Tag) -> bool:
    """Whether hardly any text stands between the title and a time, whichever comes first."""
    return title is not None and (_gap(title, tag) or _gap(tag, title))


def _gap(first: Tag, second: Tag) -> bool:
    length = 0
    for node in first.next_elements:
        if node is second:
            return True
        length += len(node) if isinstance(node, NavigableString) else 0
        if length > _CLOSE:
            break
    return False


def _is_of_change(tag: Tag) -> bool:
    names = " ".join(tag.get_attribute_list("class", [])).lower()
    return re.search(r"updated|modified", names) is not None and "published" not in names


def _days_of(tag: Tag) -> Iterator[date]:
    yield from _iso_days(str(tag.get("datetime", "")))
    yield from days_in(tag.get_text(" ", strip=True)[:_DATELINE])


def _from_lines(lines: Iterable[str]) -> Iterator[date]:
    """A line that is little more than a date, or says that it tells the date; the latter first.

    A line that also tells from when to when is about something else.
    """
    known = [line for line in lines if not _TIME_SPAN.search(line)]
    yield from _after(_PUBLISHED, known)
    for line in known:
        if _letters(line) <= _LETTERS and not _MODIFIED.search(line):
            yield from days_in(line)


def _letters(line: str) -> int:
    return sum(map(str.isalpha, line))


def _after(cue: re.Pattern[str], lines: Iterable[str]) -> Iterator[date]:
    """The days that stand right behind a word that says what day it is."""
    for line in lines:
        found = cue.search(line) if len(line) <= CUED_LINE else None
        if found is not None and not _TIME_SPAN.search(line):
            yield from days_in(line[found.end() : found.end() + _DATELINE])


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
