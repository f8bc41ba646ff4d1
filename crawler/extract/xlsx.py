"""An Excel file (xlsx, xlsm, xltx): one section for each sheet, one line for each row.

In: the archive of the file. Out: facts. Cells are read one by one, so that a sheet of a million
empty rows costs time but no memory; numbers that stand for days are written as days. Hidden sheets,
formulas (their results count), drawings and remarks are left out.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lxml import etree

from crawler.extract import media
from crawler.extract.archive import Archive
from crawler.extract.facts import Ask, Facts, Unreadable
from crawler.extract.files import facts_of_file
from crawler.extract.ooxml import RELATION_ID, SHEETS, properties
from crawler.extract.text import one_line
from library.document import Section

MAIN = "xl/workbook.xml"
MAX_CELLS = 500_000
MAX_STRINGS = 2_000_000
"""Characters of the table of strings, and of all cells together."""

_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_DAY_FORMATS = frozenset({*range(14, 18), 22})
_NO_WORDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_FIRST_DAY = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_LAST_DAY = 80_000


def facts_of_xlsx(archive: Archive, ask: Ask) -> Facts:
    """Everything that is used of an Excel file."""
    stated, saved = properties(archive, date.fromisoformat(ask.today))
    sections = tuple(_Workbook(archive).sections())
    return facts_of_file(media.XLSX, stated, sections, ask, published=saved)


class _Workbook:
    """The sheets of a file, with what they share."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._book = archive.tree(MAIN)
        settings = self._book.find(f"{SHEETS}workbookPr")
        is_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
        self._first_day = _FIRST_DAY[is_1904]
        self._strings = list(self._shared_strings())
        self._day_styles = self._styles_of_days()
        self._cells = self._length = 0

    def sections(self) -> Iterator[Section]:
        names = self._archive.relations(MAIN)
        for sheet in self._book.iter(f"{SHEETS}sheet"):
            name = names.get(sheet.get(RELATION_ID, ""), "")
            if sheet.get("state", "visible") != "visible" or name not in self._archive:
                continue
            text = "\n".join(self._rows(name))
            if text:
                yield Section(text, one_line(sheet.get("name", "")))

    def _rows(self, name: str) -> Iterator[str]:
        for row in self._archive.elements(name, f"{SHEETS}row"):
            values = [value for cell in row.iter(f"{SHEETS}c") if (value := self._value(cell))]
            if values:
                self._count(values)
                yield " | ".join(values)

    def _count(self, values: list[str]) -> None:
        self._cells += len(values)
        self._length += sum(map(len, values))
        if self._cells > MAX_CELLS:
            raise Unreadable("too-complex", "cells")
        if self._length > MAX_STRINGS:
            raise Unreadable("too-much-text", "cells")

    def _value(self, cell: etree._Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _words(cell)
        stated = cell.findtext(f"{SHEETS}v") or ""
        if kind == "s":
            known = stated.isascii() and stated.isdigit() and int(stated) < len(self._strings)
            return self._strings[int(stated)] if known else ""
        if kind == "n":
            return self._number(stated, int(cell.get("s") or 0))
        return {"b": {"1": "ja", "0": "nee"}.get(stated, ""), "e": ""}.get(kind, one_line(stated))

    def _number(self, stated: str, style: int) -> str:
        try:
            value = float(stated)
        except ValueError:
            return ""
        if style in self._day_styles and 0 < value < _LAST_DAY:
            return (self._first_day + timedelta(days=int(value))).strftime("%d-%m-%Y")
        return f"{value:.10g}".replace(".", ",")

    def _shared_strings(self) -> Iterator[str]:
        length = 0
        if _STRINGS not in self._archive:
            return
        for item in self._archive.elements(_STRINGS, f"{SHEETS}si"):
            text = _words(item)
            length += len(text)
            if length > MAX_STRINGS:
                raise Unreadable("too-much-text", "shared strings")
            yield text

    def _styles_of_days(self) -> frozenset[int]:
        """The numbers of the cell styles that show a number as a day."""
        if _STYLES not in self._archive:
            return frozenset()
        styles = self._archive.tree(_STYLES)
        own = {
            found.get("numFmtId", "")
            for found in styles.iter(f"{SHEETS}numFmt")
            if _shows_day(found.get("formatCode", ""))
        } | set(map(str, _DAY_FORMATS))
        table = styles.find(f"{SHEETS}cellXfs")
        formats = [] if table is None else table.findall(f"{SHEETS}xf")
        return frozenset(i for i, style in enumerate(formats) if style.get("numFmtId") in own)


def _shows_day(code: str) -> bool:
    plain = _NO_WORDS.sub("", code.lower())
    return ("d" in plain and "m" in plain) or "y" in plain or "j" in plain


def _words(item: etree._Element) -> str:
    """The text of a string, without how it sounds in Japanese."""
    parts = (
        found.text or ""
        for found in item.iter(f"{SHEETS}t")
        if next(found.iterancestors(f"{SHEETS}rPh"), None) is None
    )
    return one_line("".join(parts))
