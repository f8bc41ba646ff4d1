"""Builds the PDFs of the example sites from their text files.

In: ``sites/*/pdfs/*.txt``. Out: a PDF beside each. Run ``python -m examples.build_pdfs [SITE…]``
after a text has changed (needs fpdf2, a development dependency) and commit both files.

The output depends on the text alone: a fixed creation date, and a file identifier that fpdf2
derives from the content. Core fonts keep a file small; they know the Latin-1 characters only.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from itertools import groupby

from fpdf import FPDF

from examples.sites import ExampleError, Pdf, Site, load_sites

FONT = "Helvetica"
_UNDATED = dt.date(1970, 1, 1)
"""A PDF must say when it was made; nobody takes this for the day a text was published."""
_SIZES = {"# ": 16, "## ": 13}


class _Document(FPDF):
    """An A4 document whose pages end with a line on who made it."""

    def __init__(self, organisation: str) -> None:
        super().__init__(format="A4")
        self._organisation = organisation

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font(FONT, size=8)
        self.cell(w=0, h=5, text=footer_text(self._organisation, self.page_no()), align="C")


def footer_text(organisation: str, number: int) -> str:
    """The last line of a page."""
    return f"{organisation} - verzonnen organisatie - bladzijde {number}"


def blocks(page: str) -> Iterator[str]:
    """The paragraphs, headings and list items of one page, each on one line."""
    for filled, lines in groupby(page.splitlines(), key=lambda line: bool(line.strip())):
        if filled:
            yield from _joined([line.strip() for line in lines])


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines of one paragraph joined; a heading or list item starts anew."""
    current = lines[0]
    for line in lines[1:]:
        if line.startswith(("# ", "## ", "- ")) or current.startswith(("# ", "## ")):
            yield current
            current = line
        else:
            current = f"{current} {line}"
    yield current


def build(site: Site, pdf: Pdf) -> bytes:
    """The bytes of one PDF."""
    document = _Document(site.organisation)
    document.set_title(pdf.title)
    document.set_author(site.organisation)
    document.set_creator("Kennisbank examples")
    document.set_producer("Kennisbank examples")
    document.set_lang("nl-NL")
    moment = dt.datetime.combine(pdf.published or _UNDATED, dt.time(9), dt.UTC)
    document.set_creation_date(moment)
    for page in pdf.pages:
        document.add_page()
        for block in blocks(page):
            _write(document, block)
    if document.page_no() != len(pdf.pages):
        raise ExampleError(f"{site.slug}/pdfs/{pdf.name}.txt: a page is longer than the paper")
    return bytes(document.output())


def _write(document: _Document, block: str) -> None:
    mark = next((mark for mark in _SIZES if block.startswith(mark)), "")
    size = _SIZES.get(mark, 11)
    document.set_font(FONT, style="B" if mark else "", size=size)
    if mark:
        document.start_section(block.removeprefix(mark), level=len(mark) - 2)
    indent = 5 if block.startswith("- ") else 0
    document.set_x(document.l_margin + indent)
    text = block.removeprefix(mark)
    document.multi_cell(w=0, h=size * 0.5, text=text, align="L", new_x="LMARGIN", new_y="NEXT")
    document.ln(1 if indent else 3)


def main(slugs: list[str]) -> int:
    """Build every PDF of the named sites (of all, when none is named)."""
    for site in load_sites():
        if slugs and site.slug not in slugs:
            continue
        for pdf in site.pdfs:
            pdf.file.write_bytes(build(site, pdf))
            sys.stdout.write(f"{site.slug}/pdfs/{pdf.file.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
