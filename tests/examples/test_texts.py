"""The examples as documents, without a server."""

from examples.sites import Pdf, load_sites
from examples.texts import documents


def test_every_page_and_pdf_is_a_document_with_its_text() -> None:
    found = documents()
    sites = load_sites()
    assert len(found) == sum(len(site.pages) + len(site.pdfs) for site in sites)
    assert [key for key, one in found.items() if not one.text and not one.is_listing] == []


def test_a_page_is_divided_at_its_headings_and_has_no_markup() -> None:
    sections = documents()["buurtmakers/beginnen"].sections
    assert sections[0].heading == ""
    assert sections[1].heading == "1. Vraag het de buurt"
    assert sections[1].text.startswith("Bel bij twintig deuren aan.")
    assert not [one for one in documents().values() if "<p>" in one.text]


def test_a_pdf_is_divided_into_its_pages() -> None:
    site = next(site for site in load_sites() if site.pdfs)
    pdf: Pdf = site.pdfs[0]
    document = documents()[f"{site.slug}/{pdf.name}.pdf"]
    assert [section.page for section in document.sections] == list(range(1, len(pdf.pages) + 1))
