"""Office files and e-books: what is read of them, and what is left out."""

from datetime import date

import pytest

from crawler.extract import media
from crawler.extract.facts import Failure
from library.document import Published, Section
from tests.crawler.extract.files import (
    docx,
    epub,
    facts_in,
    odf,
    outcome_in,
    paragraph,
    pptx,
    slide,
    slide_table,
    xlsx,
    zipped,
)
from tests.crawler.extract.pages import ARTICLE

SAVED = Published(date(2024, 4, 13), "file")


def test_word_has_headings_by_style_and_rows_as_lines() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = (
        "<w:tbl><w:tr>"
        + cell(paragraph("Post"))
        + cell(paragraph("Bedrag"))
        + "</w:tr><w:tr>"
        + cell(paragraph("Verf") + paragraph("en kwasten"))
        + cell(paragraph("80 euro"))
        + "</w:tr></w:tbl>"
    )
    found = facts_in(
        docx(
            paragraph("Plan voor het dorpshuis", "Titel")
            + paragraph("Wat kost het ....... 3", "Inhopg1")
            + paragraph(ARTICLE)
            + paragraph("Wat kost het?", "Kop1")
            + table
            + paragraph("Wie helpt?", "Eigenkop")
            + paragraph("De gemeente helpt."),
            title="stuk_def_v3.docx",
        )
    )
    assert found.title == "Plan voor het dorpshuis"
    assert found.media_type == media.DOCX
    assert (found.language, found.published) == ("nl", SAVED)
    assert found.sections == (
        Section(ARTICLE.strip()),
        Section("Post | Bedrag\nVerf en kwasten | 80 euro", "Wat kost het?"),
        Section("De gemeente helpt.", "Wie helpt?"),
    )


def test_word_leaves_out_what_was_struck_out_and_says_text_boxes_once() -> None:
    fallback = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{paragraph('In een kader')}</w:txbxContent>"
    found = facts_in(
        docx(
            "<w:p><w:r><w:t>Wij beginnen in </w:t></w:r><w:del><w:r><w:delText>mei</w:delText></w:r>"
            "</w:del><w:r><w:t>juni</w:t></w:r></w:p>"
            f'<w:p xmlns:mc="{fallback}"><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>'
            f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            title="Een plan",
        )
    )
    assert [section.text for section in found.sections] == ["Wij beginnen in juni\nIn een kader"]


def test_slides_come_in_their_order_below_their_titles() -> None:
    found = facts_in(
        pptx(
            slide("Samen aan de slag", "Een presentatie"),
            slide("Geheim", "Niet laten zien", show="0"),
            slide("Wat kost het?", table=slide_table(("Verf", "80 euro"), ("Hout", "90 euro"))),
            title="PowerPoint-presentatie",
        )
    )
    assert found.title == "Samen aan de slag"
    assert (found.media_type, found.published) == (media.PPTX, SAVED)
    assert found.sections == (
        Section("Een presentatie"),
        Section("Verf | 80 euro\nHout | 90 euro", "Wat kost het?"),
    )


def test_sheets_are_lines_and_numbers_of_days_are_days() -> None:
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Datum</t></is></c></row>'
        "<row/><row><c/></row>"
        '<row><c><v>1250.5</v></c><c s="1"><v>45395</v></c><c s="2"><v>45396.5</v></c>'
        '<c s="3"><v>12</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
    )
    strings = "<si><r><t>Be</t></r><r><t>drag</t></r><rPh><t>XX</t></rPh></si>"
    found = facts_in(xlsx({"Kosten": rows, "Lijsten": rows}, strings=strings, hidden="Lijsten"))
    assert (found.title, found.media_type) == ("Begroting", media.XLSX)
    assert found.sections == (
        Section("Bedrag | Datum\n1250,5 | 13-04-2024 | 14-04-2024 | 12 | ja", "Kosten"),
    )


def test_open_document_text() -> None:
    found = facts_in(
        odf(
            "text",
            '<text:p text:style-name="P1">Het plan</text:p><text:table-of-content><text:p>Inhoud</text:p>'
            '</text:table-of-content><text:h text:outline-level="1">Kosten</text:h>'
            "<text:p>Verf<text:s/>en<text:line-break/>hout<text:note><text:p>noot</text:p></text:note>."
            "</text:p><text:list><text:list-item><text:p>een ladder</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>Verf</text:p></table:table-cell>"
            "<table:covered-table-cell/><table:table-cell><text:p>80</text:p></table:table-cell>"
            "</table:table-row></table:table>",
            styles='<style:style style:name="P1" style:parent-style-name="Title"/>',
        )
    )
    assert (found.title, found.media_type, found.published) == ("Het plan", media.ODT, SAVED)
    assert found.sections == (Section("Verf en\nhout.\neen ladder\nVerf | 80", "Kosten"),)


def test_open_document_slides_and_sheets() -> None:
    frame = "<draw:frame{}><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>".format
    page = (
        "<draw:page>"
        + frame(' presentation:class="title"', "Waarom?")
        + frame("", "Daarom.")
        + f"<presentation:notes>{frame('', 'Niet vergeten')}</presentation:notes></draw:page>"
    )
    slides = facts_in(odf("presentation", page, title="Onze avond"))
    assert (slides.title, slides.media_type) == ("Onze avond", media.ODP)
    assert slides.sections == (Section("Daarom.", "Waarom?"),)
    row = "<table:table-row><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>"
    sheet = f'<table:table table:name="Kosten">{row}</table:table>'
    sheets = facts_in(odf("spreadsheet", sheet, title="Onze begroting"))
    assert (sheets.media_type, sheets.sections) == (media.ODS, (Section("12", "Kosten"),))


def test_book_has_its_chapters_in_order() -> None:
    found = facts_in(
        epub(
            f"<h1 id='een'>Begin</h1><p>{ARTICLE}</p>",
            "<h1>Slot</h1><ul><li>een ladder</li></ul>",
            title="Samen bouwen",
        )
    )
    assert (found.title, found.media_type, found.language) == ("Samen bouwen", media.EPUB, "nl")
    assert found.published == Published(date(2022, 11, 5), "file")
    assert found.sections == (
        Section(ARTICLE.strip(), "Begin", "een"),
        Section("een ladder", "Slot"),
    )


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (zipped({"a.txt": "x"}), "unsupported-type"),
        (b"PK\x03\x04 en dan niets", "broken-file"),
        (docx(paragraph("x"))[:-30], "broken-file"),
        (zipped({"word/document.xml": "<w:document>"}), "broken-file"),
        (zipped({"xl/workbook.xml": ""}), "broken-file"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "broken-file"),
        (zipped({"META-INF/container.xml": "<container/>"}), "broken-file"),
    ],
)
def test_what_is_no_such_file_says_so(body: bytes, reason: str) -> None:
    found = outcome_in(body)
    assert isinstance(found, Failure)
    assert found.failure == reason


def test_names_of_persons_are_not_read() -> None:
    found = facts_in(docx(paragraph(ARTICLE), title="Een plan"))
    assert "Vries" not in repr(found)
