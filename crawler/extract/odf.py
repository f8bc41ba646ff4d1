"""A file in the OpenDocument format: texts (odt), slides (odp) and sheets (ods).

In: the archive of the file. Out: facts. One format with one vocabulary, so one module: headings
and paragraphs of a text, a section for each slide or sheet, a line for each row of a table. Struck
out text, remarks, notes and tables of contents are left out.
"""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from crawler.extract import media
from crawler.extract.archive import Archive
from crawler.extract.blocks import Block
from crawler.extract.days import file_date
from crawler.extract.facts import Ask, Facts, Unreadable
from crawler.extract.files import facts_of_file
from crawler.extract.maintext import sections_of
from crawler.extract.text import lines, one_line

MAIN = "content.xml"
MAX_CELLS = 200_000
"""Fewer than of a sheet of Excel, which is read cell by cell: here all stand in one tree."""

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE = _SPACE % "office", _SPACE % "text", _SPACE % "table"
_DRAW, _PRESENTATION = _SPACE % "drawing", _SPACE % "presentation"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_SAVED = ("{http://purl.org/dc/elements/1.1/}date", _SPACE % "meta" + "creation-date")
_LEFT_OUT = frozenset(
    (
        *(f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content", f"{_TEXT}note"),
        *(f"{_OFFICE}annotation", f"{_PRESENTATION}notes", f"{_TEXT}sequence-decls"),
    )
)
_SHORT = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_STYLE = _SPACE % "style"
_TITLE_STYLES = frozenset({"Title", "Titel"})
_TITLE_LEVEL = 1
_SHOWN_ELSEWHERE = frozenset({"title", "header", "footer", "page-number", "date-time"})
"""Frames of a slide: its title is its heading, the others are on each slide."""


def facts_of_odf(archive: Archive, ask: Ask, media_type: str) -> Facts:
    """Everything that is used of an OpenDocument file."""
    root = archive.tree(MAIN)
    body = root.find(f"{_OFFICE}body")
    if body is None:
        raise Unreadable("broken-file", "no body")
    stated, moments = _stated(archive)
    today = date.fromisoformat(ask.today)
    days = (file_date(moment, today) for moment in moments)
    blocks = list(_blocks(body, _title_styles(root)))
    shown = next((block.text for block in blocks if block.level == _TITLE_LEVEL), "")
    sections = sections_of([block for block in blocks if block.level != _TITLE_LEVEL])
    published = next((day for day in days if day is not None), None)
    return facts_of_file(media_type, shown or stated, sections, ask, published=published)


def _stated(archive: Archive) -> tuple[str, list[str]]:
    if "meta.xml" not in archive:
        return "", []
    found = {str(element.tag): element.text or "" for element in archive.tree("meta.xml").iter()}
    return found.get(_TITLE, ""), [found.get(name, "") for name in _SAVED]


def _title_styles(root: etree._Element) -> frozenset[str]:
    """The styles of titles, those that were made from them by hand included."""
    made = {
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name") in _TITLE_STYLES
    }
    return _TITLE_STYLES | made


def _blocks(body: etree._Element, titles: frozenset[str]) -> Iterator[Block]:
    """Walk down to paragraphs, headings and rows; slides and sheets begin a section."""
    waiting = [iter(body)]
    cells = 0
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in _PARAGRAPHS:
            yield from _paragraph(element, titles)
        elif element.tag == f"{_TABLE}table-row":
            row = list(_cells(element))
            cells += len(row)
            if cells > MAX_CELLS:
                raise Unreadable("too-complex", "cells")
            if row:
                yield Block(" | ".join(row), listed=True)
        elif not _is_left_out(element):
            yield from _opening(element)
            waiting.append(iter(element))


def _is_left_out(element: etree._Element) -> bool:
    return element.tag in _LEFT_OUT or element.get(f"{_PRESENTATION}class") in _SHOWN_ELSEWHERE


def _opening(element: etree._Element) -> Iterator[Block]:
    """The heading of a slide or sheet that begins here."""
    if element.tag == f"{_DRAW}page":
        yield Block(_title_of_slide(element) or "Dia", 2)
    elif element.tag == f"{_TABLE}table" and _is_sheet(element):
        yield Block(one_line(element.get(f"{_TABLE}name", "")) or "Blad", 2)


def _paragraph(element: etree._Element, titles: frozenset[str]) -> Iterator[Block]:
    text = lines(_words(element))
    if not text:
        return
    style = element.get(f"{_TEXT}style-name", "")
    level = 0
    if element.tag == f"{_TEXT}h":
        stated = element.get(f"{_TEXT}outline-level", "1")
        level = _TITLE_LEVEL + (int(stated) if stated in "123456" else 6)
    elif style in titles:
        level = _TITLE_LEVEL
    yield Block(one_line(text) if level else text, level)


def _cells(row: etree._Element) -> Iterator[str]:
    """The cells of a row that say something; those that a merged cell covers say nothing."""
    for cell in row.iter(f"{_TABLE}table-cell"):
        paragraphs = (one_line(_words(found)) for found in cell.iter(*_PARAGRAPHS))
        text = " ".join(found for found in paragraphs if found)
        if text:
            yield text


def _title_of_slide(slide: etree._Element) -> str:
    for frame in slide.iter(f"{_DRAW}frame"):
        if frame.get(f"{_PRESENTATION}class") == "title":
            return one_line(" ".join(_words(found) for found in frame.iter(f"{_TEXT}p")))
    return ""


def _is_sheet(table: etree._Element) -> bool:
    parent = table.getparent()
    return parent is not None and parent.tag == f"{_OFFICE}spreadsheet"


def _words(element: etree._Element) -> str:
    """The words of a paragraph with the spaces and line ends that are elements here."""
    parts = [element.text or ""]
    waiting = [iter(element)]
    tails = [""]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            parts.append(tails.pop())
        elif child.tag in _LEFT_OUT:
            parts.append(child.tail or "")
        else:
            parts.append(_SHORT.get(str(child.tag), "") + (child.text or ""))
            waiting.append(iter(child))
            tails.append(child.tail or "")
    return "".join(parts)


def type_of(archive: Archive) -> str | None:
    """Which of the three it is, by the part that says so; None for another zip."""
    if "mimetype" not in archive:
        return None
    stated = archive.read("mimetype", 200).decode("ascii", "replace").strip()
    return stated if stated in media.OPEN_DOCUMENT else None
