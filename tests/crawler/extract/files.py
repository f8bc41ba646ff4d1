"""Office files and e-books for these tests, made part by part as their programs write them."""

import io
import zipfile
from collections.abc import Mapping

from crawler.extract.facts import Facts, Failure
from tests.crawler.extract.pages import found_in, outcome_of

ZIP = "application/zip"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OD = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "presentation": "presentation",
        "style": "style",
        "meta": "meta",
    }.items()
)
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of those parts."""
    with io.BytesIO() as memory:
        with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return memory.getvalue()


def facts_in(body: bytes, url: str = "https://dorp.nl/bestanden/stuk") -> Facts:
    return found_in(body, url=url, media_type=ZIP)


def outcome_in(body: bytes) -> Facts | Failure:
    return outcome_of(body, url="https://dorp.nl/bestanden/stuk", media_type=ZIP)


def core(title: str = "", modified: str = "2024-04-13T09:00:00Z") -> str:
    return (
        f'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        f'core-properties" {_DC} xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>J. de Vries</dc:creator>"
        f"<dcterms:created>2009-01-02T09:00:00Z</dcterms:created>"
        f"<dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
    )


def relations(**targets: str) -> str:
    rows = "".join(f'<Relationship Id="{i}" Target="{t}"/>' for i, t in targets.items())
    return f'<Relationships xmlns="{_RELS}">{rows}</Relationships>'


def paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


STYLES = f"""<w:styles {_W}>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Eigenkop"><w:name w:val="Eigen kop"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""


def docx(content: str, title: str = "", **more: str | bytes) -> bytes:
    """A Word file with that content of its body."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "docProps/core.xml": core(title),
            "word/styles.xml": STYLES,
            "word/document.xml": f"<w:document {_W} {_A}><w:body>{content}</w:body></w:document>",
        }
        | {name.replace("__", "/"): part for name, part in more.items()}
    )


def slide(title: str, *texts: str, show: str = "1", table: str = "") -> str:
    shapes = "".join(
        f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        f"</p:txBody></p:sp>"
        for text in texts
    )
    return (
        f'<p:sld {_P} {_A} show="{show}"><p:cSld><p:spTree><p:sp><p:nvSpPr><p:nvPr>'
        f'<p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{title}</a:t></a:r></a:p>'
        f'</p:txBody></p:sp>{shapes}<p:sp><p:nvSpPr><p:nvPr><p:ph type="sldNum"/></p:nvPr>'
        f"</p:nvSpPr><p:txBody><a:p><a:r><a:t>7</a:t></a:r></a:p></p:txBody></p:sp>{table}"
        f"</p:spTree></p:cSld></p:sld>"
    )


def slide_table(*rows: tuple[str, ...]) -> str:
    cells = "".join(
        "<a:tr>"
        + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>"
            for cell in row
        )
        + "</a:tr>"
        for row in rows
    )
    return f"<p:graphicFrame><a:graphic><a:tbl>{cells}</a:tbl></a:graphic></p:graphicFrame>"


def pptx(*slides: str, title: str = "") -> bytes:
    """A PowerPoint file; the order of its slides is not that of their names."""
    order = "".join(
        f'<p:sldId id="{256 + i}" r:id="rId{len(slides) - i}"/>' for i in range(len(slides))
    )
    return zipped(
        {
            "docProps/core.xml": core(title),
            "ppt/presentation.xml": f"<p:presentation {_P} {_R}><p:sldIdLst>{order}</p:sldIdLst>"
            "</p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(
                **{f"rId{i}": f"slides/slide{i}.xml" for i in range(1, len(slides) + 1)}
            ),
        }
        | {f"ppt/slides/slide{len(slides) - i}.xml": slides[i] for i in range(len(slides))}
    )


def xlsx(sheets: Mapping[str, str], *, strings: str = "", hidden: str = "") -> bytes:
    """An Excel file: the rows of each sheet by its name."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"'
        + (' state="hidden"/>' if name == hidden else "/>")
        for i, name in enumerate(sheets, 1)
    )
    return zipped(
        {
            "docProps/core.xml": core("Begroting"),
            "xl/workbook.xml": f"<workbook {_S} {_R}><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(
                **{f"rId{i}": f"/xl/worksheets/sheet{i}.xml" for i in range(1, len(sheets) + 1)}
            ),
            "xl/sharedStrings.xml": f"<sst {_S}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {_S}>"
            '<numFmts><numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/>'
            '<numFmt numFmtId="165" formatCode="&quot;dag&quot;\\ 0.00"/></numFmts>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
            "</cellXfs></styleSheet>",
        }
        | {
            f"xl/worksheets/sheet{i}.xml": f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>"
            for i, rows in enumerate(sheets.values(), 1)
        }
    )


def odf(kind: str, content: str, *, title: str = "", styles: str = "") -> bytes:
    """An OpenDocument file: ``text``, ``presentation`` or ``spreadsheet``."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_OD} {_DC}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:{kind}>{content}</office:{kind}></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {_OD} {_DC}><office:meta><dc:title>{title}</dc:title>"
            "<meta:creation-date>2010-01-01T00:00:00</meta:creation-date>"
            "<dc:date>2024-04-13T10:00:00</dc:date></office:meta></office:document-meta>",
        }
    )


def epub(*chapters: str, title: str = "Een boek", language: str = "nl-NL") -> bytes:
    """An e-book with those chapters, and a page of contents."""
    items = "".join(
        f'<item id="c{i}" href="tekst/c{i}.xhtml" media-type="application/xhtml+xml"/>'
        for i in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OEBPS/boek.opf"/></rootfiles></container>',
            "OEBPS/boek.opf": f'<package xmlns="http://www.idpf.org/2007/opf" {_DC}><metadata>'
            f"<dc:title>{title}</dc:title><dc:language>{language}</dc:language>"
            f"<dc:date>2022-11-05</dc:date></metadata><manifest>{items}"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            f'</manifest><spine><itemref idref="nav"/>{spine}</spine></package>',
            "OEBPS/nav.xhtml": "<html><body><p>Inhoud van het boek</p></body></html>",
        }
        | {
            f"OEBPS/tekst/c{i}.xhtml": "<?xml version='1.0' encoding='utf-8'?>"
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
            f"<body>{chapter}</body></html>"
            for i, chapter in enumerate(chapters)
        }
    )
