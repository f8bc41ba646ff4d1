"""Sixty files that are called what they are not (threats 2.3): each is read as what it is, or refused."""

from collections.abc import Iterator

import pytest

from crawler.extract import Extracted, NotExtracted, Parser, media
from tests.crawler.extract.files import docx, epub, odf, paragraph, pptx, slide, xlsx
from tests.crawler.extract.pages import ARTICLE, RULES, fetched, page, pdf

_ROW = f'<row><c t="inlineStr"><is><t>{ARTICLE}</t></is></c></row>'
TRUE_FILES: dict[str, tuple[str, bytes]] = {
    "html": (media.HTML, page(f"<h1>Een bericht</h1><p>{ARTICLE}</p>").encode()),
    "pdf": (media.PDF, pdf(ARTICLE)),
    "docx": (media.DOCX, docx(paragraph(ARTICLE))),
    "pptx": (media.PPTX, pptx(slide("Plan", ARTICLE))),
    "xlsx": (media.XLSX, xlsx({"Blad": _ROW})),
    "odt": (media.ODT, odf("text", f"<text:p>{ARTICLE}</text:p>")),
    "epub": (media.EPUB, epub(f"<p>{ARTICLE}</p>")),
    "rtf": (media.RTF, b"{\\rtf1\\ansi " + ARTICLE.encode("ascii") + b"\\par}"),
    "png": ("", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
    "doc": ("", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)),
}
LIES = ("text/html", "application/pdf", media.DOCX, "text/plain", "image/png", "application/json")
REFUSED = {"unsupported-type", "legacy-office"}
CASES = [
    pytest.param(name, claimed, id=f"{name} as {claimed}")
    for name, (true, _) in TRUE_FILES.items()
    for claimed in (*LIES, "application/zip")
    if claimed != true
]


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as shared:
        yield shared


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("name", "claimed"), CASES)
def test_the_bytes_tell_what_a_file_is(parser: Parser, name: str, claimed: str) -> None:
    true, body = TRUE_FILES[name]
    answer = fetched(body, media_type=claimed, url="https://www.dorpsraad.nl/bestanden/stuk")
    found = parser.parse(answer, RULES)
    if true:
        assert isinstance(found, Extracted)
        assert found.document is not None
        assert found.document.media_type == true
        assert "oude schoolgebouw" in found.document.text
    else:
        assert isinstance(found, NotExtracted)
        assert found.reason in REFUSED
