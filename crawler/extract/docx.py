"""A Word file (docx, docm, dotx): its headings and paragraphs, with a line for each row of a table.

In: the archive of the file. Out: facts. A heading is known by its style, through the table of
styles, for Word names the styles in the language of whoever wrote it ("Kop1"). Text that was
struck out in a revision, tables of contents, and what stands in margins and notes are left out.
"""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from crawler.extract import media
from crawler.extract.archive import Archive
from crawler.extract.blocks import Block
from crawler.extract.facts import Ask, Facts
from crawler.extract.files import facts_of_file
from crawler.extract.maintext import sections_of
from crawler.extract.ooxml import WORD, is_fallback, properties
from crawler.extract.text import lines, one_line

MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_HEADING = re.compile(r"^(?:heading|kop) ?([1-6])$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|inhopg|inhoudsopgave) ?\d*$", re.IGNORECASE)
_TITLES = frozenset({"title", "titel"})
_TITLE_LEVEL = 1
"""Of the one title; headings of the first level come below it."""

_SPACES = {f"{WORD}tab": " ", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}


def facts_of_docx(archive: Archive, ask: Ask) -> Facts:
    """Everything that is used of a Word file."""
    stated, saved = properties(archive, date.fromisoformat(ask.today))
    names = _style_names(archive)
    blocks = list(_blocks(archive.tree(MAIN), names))
    shown = next((block.text for block in blocks if block.level == _TITLE_LEVEL), "")
    sections = sections_of([block for block in blocks if block.level != _TITLE_LEVEL])
    return facts_of_file(media.DOCX, shown or stated, sections, ask, published=saved)


def _style_names(archive: Archive) -> dict[str, str]:
    """The English name of each style, by the id that paragraphs use."""
    if _STYLES not in archive:
        return {}
    names: dict[str, str] = {}
    for style in archive.tree(_STYLES).iter(f"{WORD}style"):
        name = style.find(f"{WORD}name")
        level = style.find(f"{WORD}pPr/{WORD}outlineLvl")
        known = "" if name is None else name.get(f"{WORD}val", "")
        if level is not None and not _HEADING.match(known) and known.lower() not in _TITLES:
            number = level.get(f"{WORD}val", "9")
            known = f"heading {int(number) + 1}" if number in "012345" else known
        names[style.get(f"{WORD}styleId", "")] = known
    return names


def _blocks(root: etree._Element, names: dict[str, str]) -> Iterator[Block]:
    """The paragraphs and rows of tables in their order; what is nested belongs to the outermost."""
    for element in root.iter(f"{WORD}p", f"{WORD}tr"):
        if _is_nested(element) or is_fallback(element):
            continue
        if element.tag == f"{WORD}tr":
            cells = (one_line(_text(cell)) for cell in element.iter(f"{WORD}tc"))
            text = " | ".join(cell for cell in cells if cell)
            if text:
                yield Block(text, listed=True)
            continue
        level = _level(element, names)
        text = lines(_text(element))
        if text and level is not None:
            yield Block(one_line(text) if level else text, level)


def _is_nested(element: etree._Element) -> bool:
    """Whether it stands in a row of a table, or in a text box of another paragraph."""
    return next(element.iterancestors(f"{WORD}tr", f"{WORD}p"), None) is not None


def _level(paragraph: etree._Element, names: dict[str, str]) -> int | None:
    """The level of a heading, 0 for plain text, None for a line of a table of contents."""
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    identity = "" if style is None else style.get(f"{WORD}val", "")
    name = names.get(identity, identity)
    if _CONTENTS.match(name):
        return None
    if name.lower() in _TITLES:
        return _TITLE_LEVEL
    found = _HEADING.match(name)
    return int(found[1]) + _TITLE_LEVEL if found else 0


def _text(element: etree._Element) -> str:
    """The words of a paragraph or cell; a paragraph inside a cell or a text box is a line."""
    parts: list[str] = []
    for found in element.iter():
        if found.tag == f"{WORD}t" and not is_fallback(found):
            parts.append(found.text or "")
        elif found.tag == f"{WORD}p" and parts:
            parts.append("\n")
        else:
            parts.append(_SPACES.get(str(found.tag), ""))
    return "".join(parts)
