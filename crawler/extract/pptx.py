"""A PowerPoint file (pptx, pptm, ppsx): one section for each slide, below the title of the slide.

In: the archive of the file. Out: facts. Hidden slides, numbers, dates and footers of slides, and
the notes of the speaker, which were not meant to be shown, are left out.
"""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from crawler.extract import media
from crawler.extract.archive import Archive
from crawler.extract.facts import Ask, Facts
from crawler.extract.files import facts_of_file
from crawler.extract.ooxml import DRAWING, RELATION_ID, SLIDES, is_fallback, properties
from crawler.extract.text import lines, one_line
from library.document import Section

MAIN = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"sldNum", "dt", "ftr", "hdr"})


def facts_of_pptx(archive: Archive, ask: Ask) -> Facts:
    """Everything that is used of a PowerPoint file."""
    stated, saved = properties(archive, date.fromisoformat(ask.today))
    sections = tuple(_sections(archive))
    return facts_of_file(media.PPTX, stated, sections, ask, published=saved)


def _sections(archive: Archive) -> Iterator[Section]:
    names = archive.relations(MAIN)
    for entry in archive.tree(MAIN).iter(f"{SLIDES}sldId"):
        name = names.get(entry.get(RELATION_ID, ""))
        if name is None or name not in archive:
            continue
        slide = archive.tree(name)
        if slide.get("show") in {"0", "false"}:
            continue
        section = _section(slide)
        if section.text or section.heading:
            yield section


def _section(slide: etree._Element) -> Section:
    heading, parts = "", list[str]()
    for shape in slide.iter(f"{SLIDES}sp", f"{DRAWING}tbl"):
        if is_fallback(shape):
            continue
        if shape.tag == f"{DRAWING}tbl":
            parts.extend(_rows(shape))
            continue
        place = shape.find(f"{SLIDES}nvSpPr/{SLIDES}nvPr/{SLIDES}ph")
        kind = "" if place is None else place.get("type", "")
        if kind in _TITLES and not heading:
            heading = one_line(_text(shape))
        elif kind not in _FURNITURE:
            parts.append(_text(shape))
    return Section(lines("\n".join(parts)), heading)


def _rows(table: etree._Element) -> Iterator[str]:
    for row in table.iter(f"{DRAWING}tr"):
        cells = (one_line(_text(cell)) for cell in row.iter(f"{DRAWING}tc"))
        yield " | ".join(cell for cell in cells if cell)


def _text(shape: etree._Element) -> str:
    """The paragraphs of a shape or cell, each on a line."""
    return "\n".join(
        "".join("\n" if run.tag == f"{DRAWING}br" else run.text or "" for run in runs)
        for paragraph in shape.iter(f"{DRAWING}p")
        if (runs := list(paragraph.iter(f"{DRAWING}t", f"{DRAWING}br")))
    )
