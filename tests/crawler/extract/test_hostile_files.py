"""Files that mean harm: each ends in a reason that we know, within the caps that are named here.

The caps are those of threats 2.3: at most 2,000 entries and 100 MB unpacked, no path of the archive
used, no entities, no external anything; 20 s of processor and 320 MB on top of what the child has.
"""

import io
import random
import struct
import zipfile

import pytest

from crawler.extract import Extracted, NotExtracted, Parser
from crawler.extract.archive import MAX_ENTRIES, MAX_TREE, MAX_UNPACKED, Archive, inside
from crawler.extract.facts import Failure, Unreadable
from crawler.extract.outcomes import REASONS
from tests.crawler.extract.files import (
    ZIP,
    docx,
    epub,
    odf,
    outcome_in,
    paragraph,
    pptx,
    slide,
    xlsx,
    zipped,
)
from tests.crawler.extract.pages import ARTICLE, RULES, fetched, outcome_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def parser() -> object:
    with Parser() as parser:
        yield parser


def test_the_caps_are_those_of_the_threats() -> None:
    assert (MAX_ENTRIES, MAX_UNPACKED) == (2_000, 100_000_000)
    assert MAX_TREE < MAX_UNPACKED


def reason_of(parser: Parser, body: bytes) -> str:
    found = parser.parse(fetched(body, media_type=ZIP), RULES)
    return found.reason if isinstance(found, NotExtracted) else ""


def test_too_many_entries(parser: Parser) -> None:
    body = zipped({f"{n}.xml": "" for n in range(MAX_ENTRIES + 1)})
    assert reason_of(parser, body) == "too-complex"


def test_more_than_100_mb_unpacked(parser: Parser) -> None:
    part = b"\0" * 25_000_001
    body = zipped({"word/document.xml": "<a/>"} | {f"{n}.bin": part for n in range(4)})
    assert len(body) < 200_000
    assert reason_of(parser, body) == "bomb"


def test_one_part_that_would_fill_the_memory(parser: Parser) -> None:
    body = docx("<w:p/>" * (MAX_TREE // 6))
    assert len(body) < 200_000
    assert reason_of(parser, body) == "too-complex"


def test_an_entry_that_lies_about_its_size(parser: Parser) -> None:
    """It says that it holds ten bytes: no more are unpacked, and its checksum is then wrong."""
    body = bytearray(docx(paragraph(ARTICLE) * 5_000))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        entry = archive.getinfo("word/document.xml")
    at = body.rfind(b"word/document.xml") - 46
    assert struct.unpack_from("<L", body, at + 24)[0] == entry.file_size
    struct.pack_into("<L", body, at + 24, 10)
    assert reason_of(parser, bytes(body)) == "broken-file"


def test_a_directory_of_a_million_names(parser: Parser) -> None:
    body = bytearray(docx(paragraph("x")))
    struct.pack_into("<L", body, body.rfind(b"PK\x05\x06") + 12, 46_000_000)
    assert reason_of(parser, bytes(body)) == "too-complex"


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_ENTITIES = {
    "a billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>&l9;',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>' + "&a;" * 10_000,
    "a file of ours": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;',
    "a file elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
}


@pytest.mark.parametrize("name", _ENTITIES)
def test_entities_are_never_followed(parser: Parser, name: str) -> None:
    declaration, _, use = _ENTITIES[name].partition("]>")
    head = declaration + ("]>" if use else "")
    xml = (
        f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{use}</w:t>'
        f"</w:r></w:p>{paragraph('Gewone tekst van een dorp')}</w:body></w:document>"
    )
    found = parser.parse(fetched(zipped({"word/document.xml": xml}), media_type=ZIP), RULES)
    if isinstance(found, NotExtracted):
        assert found.reason in {"too-complex", "broken-file"}
    else:
        assert isinstance(found, Extracted)
        assert found.document is not None
        assert "root:" not in found.document.text
        assert found.document.text.endswith("Gewone tekst van een dorp")
        assert len(found.document.text) < 1_000


@pytest.mark.parametrize("levels", [300, 100_000])
def test_nesting(parser: Parser, levels: int) -> None:
    body = docx("<w:sdt>" * levels + paragraph("x") + "</w:sdt>" * levels)
    assert reason_of(parser, body) == "too-complex"


def test_attributes(parser: Parser) -> None:
    many = " ".join(f'a{n}="1"' for n in range(200_000))
    assert reason_of(parser, docx(f"<w:p {many}/>" + paragraph(ARTICLE))) == ""


def test_a_sheet_of_a_million_empty_rows_is_read_in_time(parser: Parser) -> None:
    rows = "<row/>" * 1_000_000 + '<row><c t="inlineStr"><is><t>onderaan</t></is></c></row>'
    found = parser.parse(fetched(xlsx({"Blad": rows}), media_type=ZIP), RULES)
    assert isinstance(found, Extracted)
    assert found.document is not None
    assert found.document.text == "Blad\n\nonderaan"


def test_a_sheet_of_too_many_cells() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 1_000 + "</row>"
    assert _reason(xlsx({"Blad": row * 501})) == "too-complex"


def test_a_sheet_with_too_much_text() -> None:
    row = f'<row><c t="inlineStr"><is><t>{"woord " * 2_000}</t></is></c></row>'
    assert _reason(xlsx({"Blad": row * 200})) == "too-much-text"


def test_strings_that_repeat_one_another_are_counted() -> None:
    """A table of strings with one long string, which every cell of the sheet names."""
    cell = '<c t="s"><v>0</v></c>'
    body = xlsx({"Blad": f"<row>{cell * 300}</row>"}, strings=f"<si><t>{'woord ' * 2_000}</t></si>")
    assert _reason(body) == "too-much-text"


def test_a_table_of_too_many_cells_in_open_document() -> None:
    cell = "<table:table-cell><text:p>1</text:p></table:table-cell>"
    rows = f"<table:table-row>{cell * 250}</table:table-row>" * 1_100
    assert _reason(odf("spreadsheet", f"<table:table>{rows}</table:table>")) == "too-complex"


def test_a_book_with_a_chapter_of_too_many_tags() -> None:
    assert _reason(epub("<p>x</p>" * 60_000)) == "too-complex"


def test_a_presentation_that_names_one_slide_a_hundred_times() -> None:
    """The slide counts each time; what it says is bounded as all text is."""
    body = pptx(*[slide(f"Blad {n}", "tekst " * 100) for n in range(100)])
    found = outcome_in(body)
    assert not isinstance(found, Failure)
    assert len(found.sections) == 100


@pytest.mark.parametrize(
    ("folder", "target", "name"),
    [
        ("ppt", "slides/slide1.xml", "ppt/slides/slide1.xml"),
        ("ppt", "../media/a.xml", "media/a.xml"),
        ("ppt", "/xl/b.xml", "xl/b.xml"),
        ("", "../../../etc/passwd", "etc/passwd"),
        ("a", "%2e%2e/%2e%2e/etc/passwd", "etc/passwd"),
        ("a", "b%20c.xhtml#deel", "a/b c.xhtml"),
    ],
)
def test_a_path_stays_inside_the_archive(folder: str, target: str, name: str) -> None:
    assert inside(folder, target) == name


def test_a_path_out_of_the_archive_names_nothing() -> None:
    archive = Archive(zipped({"../../etc/passwd": "root:", "a.xml": "<a/>"}))
    with pytest.raises(Unreadable) as found:
        archive.read("/etc/passwd")
    assert found.value.reason == "broken-file"


def test_a_locked_part() -> None:
    body = bytearray(docx(paragraph("x")))
    at = 0
    while (at := body.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<H", body, at + 8, 1)
        at += 4
    assert _reason(bytes(body)) == "encrypted-file"


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_packings_that_office_does_not_use(packing: int) -> None:
    with io.BytesIO() as memory:
        with zipfile.ZipFile(memory, "w", packing) as archive:
            archive.writestr("word/document.xml", "<a/>" * 1_000)
        assert _reason(memory.getvalue()) == "broken-file"


def _reason(body: bytes) -> str:
    found = outcome_in(body)
    assert isinstance(found, Failure)
    return found.failure


@pytest.mark.parametrize("seed", range(4))
def test_mutated_files_end_in_text_or_in_a_reason(parser: Parser, seed: int) -> None:
    """Eighty damaged files in all; the parser never fails in a way that we do not name."""
    chance = random.Random(seed)
    whole = (
        docx(paragraph(ARTICLE) * 3, title="Een plan"),
        pptx(slide("Een", ARTICLE), slide("Twee", ARTICLE)),
        xlsx({"Blad": '<row><c t="inlineStr"><is><t>Bedrag</t></is></c></row>' * 9}),
        odf("text", f"<text:p>{ARTICLE}</text:p>" * 3),
        epub(f"<h1>Een</h1><p>{ARTICLE}</p>"),
    )
    for body in whole * 4:
        found = parser.parse(fetched(_mutated(body, chance), media_type=ZIP), RULES)
        if isinstance(found, NotExtracted):
            assert found.reason in REASONS
            assert not found.reason.startswith("parser-"), found


def _mutated(whole: bytes, chance: random.Random) -> bytes:
    body = bytearray(whole)
    for _ in range(chance.choice([1, 5, 50])):
        at = chance.randrange(4, len(body))
        body[at] = chance.randrange(256)
    return bytes(body)


def test_more_text_than_we_take_on() -> None:
    body = b"{\\rtf1 " + b"a" * 10_000_001 + b"}"
    assert outcome_of(body, media_type="application/rtf") == Failure("too-much-text", "rtf")
    text = b"woord " * 1_700_000
    assert outcome_of(text, media_type="text/plain") == Failure("too-much-text", "plain")


def test_a_table_of_one_line_of_commas() -> None:
    found = outcome_of(b"a," * 500_001, media_type="text/csv")
    assert found == Failure("too-complex", "cells")
