"""A PDF by pypdfium2: text per page, the chapters of its outline, title and date.

In: bytes. Out: facts, one section per page that has text, numbered from 1, below the chapters of
the outline that begin on it. pdfium reads 28 pages in 0.04 s where pypdf needs 0.43 s
(dependencies), and it reads what the file says of itself too. A page without text that is a
picture for the most part is a scan: it is counted, so that its partner can be told.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from crawler.extract import media
from crawler.extract.days import file_date
from crawler.extract.facts import Ask, Facts, Failure, Unreadable
from crawler.extract.files import MAX_TEXT, facts_of_file
from crawler.extract.text import clean_title, lines, one_line
from library.document import Published, Section

MAX_PAGES = 2000
MAX_CHAPTERS = 2000
_FEW_LETTERS = 10
"""A scan may have the number of the page as its text, or a stamp."""

_SCAN_SHARE = 0.5
"""Of the page: a picture that covers more is what the page shows."""

_CUT_WORD = re.compile(r"(?<=[^\W\d_])(?:[\ufffe\x02]\n?|[\u00ad-]\n)(?=[a-zà-ÿ])")
_CUT_HYPHEN = re.compile(r"[\ufffe\x02]\n?|(?<=\w)-\n(?=[A-Z])")
_PASSWORD_ERROR = 4
"""``FPDF_ERR_PASSWORD`` of pdfium's public header fpdfview.h."""


def facts_of_pdf(body: bytes, ask: Ask) -> Facts | Failure:
    """Everything that is used of a PDF."""
    try:
        pdf = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_ERROR
        return Failure("encrypted-pdf" if locked else "broken-pdf")
    try:
        if len(pdf) > MAX_PAGES:
            return Failure("too-many-pages")
        pages = list(_pages(pdf))
        chapters = _chapters(pdf)
        title = one_line(pdf.get_metadata_value("Title")[:2000])
        published = _published(pdf, date.fromisoformat(ask.today))
    finally:
        pdf.close()
    sections = [
        Section(page.text, chapters.get(page.number, ""), page=page.number)
        for page in pages
        if page.text
    ]
    scans = sum(1 for page in pages if page.is_scan)
    return facts_of_file(
        media.PDF, title, sections, ask, published=published, pages_without_text=scans
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """One page; ``number`` counts from 1."""

    number: int
    text: str
    is_scan: bool


def _pages(pdf: pypdfium2.PdfDocument) -> Iterator[_Page]:
    """The pages that can be opened."""
    length = 0
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            words = page.get_textpage()
        except pypdfium2.PdfiumError:
            continue
        try:
            text = _tidy(words.get_text_range())
            length += len(text)
            if length > MAX_TEXT:
                raise Unreadable("too-much-text", "pdf")
            yield _Page(index + 1, text, _is_scan(page, text))
        finally:
            words.close()
            page.close()


def _is_scan(page: pypdfium2.PdfPage, text: str) -> bool:
    if sum(character.isalpha() for character in text) >= _FEW_LETTERS:
        return False
    width, height = page.get_size()
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > _SCAN_SHARE * width * height:
            return True
    return False


def _tidy(text: str) -> str:
    """Join words that were cut at the end of a line, and clean the rest.

    pdfium writes U+FFFE for a hyphen there. Before a capital it belongs to the word: Noord-Holland.
    """
    text = _CUT_WORD.sub("", text.replace("\r\n", "\n"))
    return lines(_CUT_HYPHEN.sub("-", text))


def _chapters(pdf: pypdfium2.PdfDocument) -> dict[int, str]:
    """What the outline says that begins on each page, the two highest levels of it."""
    names: dict[int, list[str]] = {}
    for number, mark in enumerate(pdf.get_toc(max_depth=2)):
        if number >= MAX_CHAPTERS:
            break
        target = mark.get_dest()
        index = None if target is None else target.get_index()
        name = one_line(mark.get_title()[:300])
        if index is not None and name:
            names.setdefault(index + 1, []).append(name)
    return {page: clean_title(" · ".join(found)) for page, found in names.items()}


def _published(pdf: pypdfium2.PdfDocument, today: date) -> Published | None:
    for name in ("CreationDate", "ModDate"):
        found = file_date(pdf.get_metadata_value(name)[:100], today)
        if found is not None:
            return Published(found.day, "pdf")
    return None
