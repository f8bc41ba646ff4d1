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
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag

from crawler.extract.days import day_of, days_in, is_plausible
from library.document import Evidence, Published

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
        day = day_of(int(match["year"]), int(match["month"]), int(match["day"] or 1))
        if day is not None:
            yield day
