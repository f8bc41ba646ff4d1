"""PDFs: text per page, title, date, and files that are damaged, locked or empty."""

import io
import random
from datetime import UTC, date, datetime

import pypdf
import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission
from PIL import Image

from crawler.extract import Extracted, NotExtracted, Parser
from crawler.extract.facts import Failure
from crawler.extract.outcomes import REASONS
from crawler.extract.pdf import MAX_PAGES
from library.document import Published
from tests.crawler.extract.pages import ARTICLE, RULES, fetched, found_in, outcome_of, pdf

_PDF = "application/pdf"
_PIXEL = Image.new("RGB", (8, 8), "grey")
_URL = "https://dorp.nl/files/jaarverslag_2023-dorpshuis.pdf"


def test_text_per_page_with_its_number() -> None:
    found = found_in(pdf("Eerste blad. " + ARTICLE, "", "Derde blad."), url=_URL, media_type=_PDF)
    assert [section.page for section in found.sections] == [1, 3]
    assert found.sections[0].text.replace("\n", " ").startswith("Eerste blad. De bewoners")
    assert found.sections[1].text == "Derde blad."
    assert found.visible_text == ""
    assert found.language == "nl"


@pytest.mark.parametrize(
    ("stated", "first", "title"),
    [
        ("Jaarverslag van het dorpshuis", "Iets anders", "Jaarverslag van het dorpshuis"),
        ("untitled", "Plan voor het dorpshuis\nInleiding.", "Plan voor het dorpshuis"),
        ("Microsoft Word - stuk3.doc", "13 april 2024\nPlan voor de buurt", "Plan voor de buurt"),
        ("Presentatie1", "Samen verder\nEen avond.", "Samen verder"),
        ("jaarverslag_dorpshuis_2023", "Ons jaar\nVoorwoord.", "Ons jaar"),
        ("C:\\stukken\\plan.doc", "Plan voor de wijk\nInleiding.", "Plan voor de wijk"),
        ("stuk_def_v3.indd", "1.\n2.", "Jaarverslag 2023 dorpshuis"),
        ("", "", "Jaarverslag 2023 dorpshuis"),
    ],
)
def test_title_is_never_untitled(stated: str, first: str, title: str) -> None:
    body = pdf(first, "Tekst.", title=stated)
    assert found_in(body, url=_URL, media_type=_PDF).title == title


def test_date_of_the_file() -> None:
    body = pdf("Tekst", created=datetime(2019, 3, 2, 23, tzinfo=UTC))
    assert found_in(body, url=_URL, media_type=_PDF).published == Published(date(2019, 3, 2), "pdf")
    future = pdf("Tekst", created=datetime(2040, 3, 2, tzinfo=UTC))
    assert found_in(future, url=_URL, media_type=_PDF).published is None


def test_words_cut_at_the_end_of_a_line_are_joined() -> None:
    body = pdf("De wijk is van de bewoners-\norganisatie en van Jan-\nPiet.")
    text = found_in(body, media_type=_PDF).sections[0].text
    assert "bewonersorganisatie" in text
    assert "Jan-Piet" in text


def test_locked_and_broken_and_too_many() -> None:
    file = FPDF()
    file.set_encryption("eigenaar", "geheim", permissions=AccessPermission.none())
    file.add_page()
    assert outcome_of(bytes(file.output()), media_type=_PDF) == Failure("encrypted-pdf")
    assert outcome_of(b"%PDF-1.7 en dan niets", media_type=_PDF) == Failure("broken-pdf")
    many = pypdf.PdfWriter()
    for _ in range(MAX_PAGES + 1):
        many.add_blank_page(100, 100)
    with io.BytesIO() as memory:
        many.write(memory)
        assert outcome_of(memory.getvalue(), media_type=_PDF) == Failure("too-many-pages")


def test_pdf_without_text_is_no_document() -> None:
    with Parser() as parser:
        found = parser.parse(fetched(pdf(""), media_type=_PDF), RULES)
    assert isinstance(found, Extracted)
    assert (found.document, found.document_reason) == (None, "no-text")


def _picture_page(file: FPDF, stamp: str = "") -> None:
    """A page as a scanner makes it: a picture over all of it, perhaps with a stamp."""
    file.add_page()
    file.image(_PIXEL, x=0, y=0, w=210, h=297)
    if stamp:
        file.text(10, 290, stamp)


def test_scanned_pages_are_counted() -> None:
    file = FPDF()
    file.set_font("Helvetica")
    file.add_page()
    file.multi_cell(0, 8, "Voorblad. " + ARTICLE)
    _picture_page(file)
    _picture_page(file, "- 3 -")
    file.add_page()  # Empty, and so no scan.
    file.add_page()
    file.image(_PIXEL, x=10, y=10, w=30, h=30)  # A logo is no page.
    facts = found_in(bytes(file.output()), url=_URL, media_type=_PDF)
    assert facts.pages_without_text == 2
    assert [section.page for section in facts.sections] == [1, 3]


def test_a_pdf_of_pictures_has_its_own_reason() -> None:
    file = FPDF()
    file.set_font("Helvetica")
    _picture_page(file)
    _picture_page(file)
    with Parser() as parser:
        found = parser.parse(fetched(bytes(file.output()), media_type=_PDF), RULES)
    assert isinstance(found, Extracted)
    assert (found.document, found.document_reason) == (None, "scanned-pdf")


def test_a_document_knows_how_many_of_its_pages_are_scans() -> None:
    file = FPDF()
    file.set_font("Helvetica")
    file.add_page()
    file.multi_cell(0, 8, ARTICLE)
    _picture_page(file)
    with Parser() as parser:
        found = parser.parse(fetched(bytes(file.output()), media_type=_PDF), RULES)
    assert isinstance(found, Extracted)
    assert found.document is not None
    assert found.document.pages_without_text == 1


def test_chapters_of_the_outline_head_their_pages() -> None:
    file = FPDF()
    file.set_font("Helvetica")
    for number, chapters in enumerate((["Voorwoord"], ["Kosten", "Wie betaalt?"], [])):
        file.add_page()
        for level, chapter in enumerate(chapters):
            file.start_section(chapter, level=level)
        file.multi_cell(0, 8, f"Blad {number}. {ARTICLE}")
    facts = found_in(bytes(file.output()), url=_URL, media_type=_PDF)
    assert [section.heading for section in facts.sections] == [
        "Voorwoord",
        "Kosten · Wie betaalt?",
        "",
    ]


def test_type_is_what_the_bytes_say() -> None:
    with Parser() as parser:
        as_pdf = parser.parse(fetched(pdf(ARTICLE * 2), media_type="text/html"), RULES)
        as_html = parser.parse(
            fetched(f"<!doctype html><p>{ARTICLE}", media_type=_PDF, url=_URL), RULES
        )
    assert isinstance(as_pdf, Extracted)
    assert isinstance(as_html, Extracted)
    assert as_pdf.document is not None
    assert as_html.document is not None
    assert as_pdf.document.media_type == _PDF
    assert as_html.document.media_type == "text/html"


@pytest.mark.parametrize("seed", range(6))
def test_mutated_files_never_end_the_supervisor(seed: int) -> None:
    """Sixty damaged files in all, a thousand in ``make soak``."""
    damaged_files_end_in_an_outcome(seed, 10)


def damaged_files_end_in_an_outcome(seed: int, number: int) -> None:
    """Each ends in a document or in a reason that we know, and the next whole file is read."""
    chance = random.Random(seed)
    whole = pdf(*(f"Blad {n}. {ARTICLE}" for n in range(4)), title="Plan")
    with Parser() as parser:
        for _ in range(number):
            found = parser.parse(fetched(_mutated(whole, chance), media_type=_PDF), RULES)
            if isinstance(found, NotExtracted):
                assert found.reason in REASONS
                assert found.reason != "parser-error", found.detail
            else:
                assert found.document is not None or found.document_reason in REASONS
        after = parser.parse(fetched(whole, media_type=_PDF), RULES)
    assert isinstance(after, Extracted)
    assert after.document is not None
    assert len(after.document.sections) == 4


def _mutated(whole: bytes, chance: random.Random) -> bytes:
    body = bytearray(whole)
    for _ in range(chance.choice([1, 10, 100])):
        at = chance.randrange(8, len(body))
        match chance.randrange(4):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(1, 50)]
            case 2:
                body[at:at] = body[at : at + chance.randrange(1, 200)]
            case _:
                body[at : at + 4] = b"9999"
    return bytes(body)
