"""What a body really is, by its first bytes before anything that was said about it.

In: the bytes, the media type of the header and the address. Out: the type we treat it as, or None.
Servers call PDFs ``text/html`` and error pages ``.pdf``; neither header nor name is believed over
the bytes. Of a zip only its content tells what it is, and only the child looks inside
(``crawler.extract.package``). What has no mark of its own, plain text and csv, is believed when it
is said to be that and holds nothing that no text holds.
"""

import re
from urllib.parse import urlsplit

HTML = "text/html"
PDF = "application/pdf"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
RTF = "application/rtf"
TEXT = "text/plain"
CSV = "text/csv"
EPUB = "application/epub+zip"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
PPTX = _OFFICE + "presentationml.presentation"
XLSX = _OFFICE + "spreadsheetml.sheet"
_OPEN = "application/vnd.oasis.opendocument."
ODT, ODP, ODS = _OPEN + "text", _OPEN + "presentation", _OPEN + "spreadsheet"
OPEN_DOCUMENT = frozenset({ODT, ODP, ODS})
READ = OPEN_DOCUMENT | {HTML, PDF, RTF, TEXT, CSV, EPUB, DOCX, PPTX, XLSX}
"""Every type that a document can have."""

MAX_HTML_BYTES = 5_000_000
MAX_DOCUMENT_BYTES = 25_000_000

_HTML_TYPES = frozenset({HTML, "application/xhtml+xml"})
_CSV_TYPES = frozenset({CSV, "application/csv", "text/x-csv", "text/tab-separated-values"})
_TEXT_TYPES = frozenset({TEXT, "text/markdown", "text/x-markdown"})
_SILENT_TYPES = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "unknown/unknown"}
)
_SPREADSHEET = "application/vnd.ms-excel"
"""What Windows calls a csv file."""

_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|base|main|article|section"
    rb"|header|nav|div|table|ul|ol|p|h[1-6]|a|b|br|img|form|iframe|span)(?=[\s>/])",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<!--.*?-->|<\?xml[^>]*\?>|<\?php[^>]*\?>)\s*)*", re.DOTALL
)
_FOREIGN = re.compile(
    rb"<(?:rss|feed|rdf:rdf|urlset|sitemapindex|svg|kml|gpx)(?=[\s>/])", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKUP_PEEK = 4096
_MARKS = (
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
)


def media_type_of(body: bytes, claimed: str, address: str = "") -> str | None:
    """``HTML``, ``PDF`` and so on, or None for everything that we do not read."""
    if _is_pdf(body):
        return PDF
    if (marked := next((kind for mark, kind in _MARKS if body.startswith(mark)), None)) is not None:
        return marked
    if _begins_with(_TAG, body):
        return HTML
    if _is_binary(body) or _begins_with(_FOREIGN, body):
        return None
    if claimed in _HTML_TYPES:
        return HTML
    return _text_type(body, claimed, urlsplit(address).path.lower())


def limit_of(media_type: str) -> int:
    """The most bytes that a body of this type may have."""
    return MAX_HTML_BYTES if media_type == HTML else MAX_DOCUMENT_BYTES


def _text_type(body: bytes, claimed: str, path: str) -> str | None:
    """What a text without a mark is, by what is said of it."""
    is_silent = claimed in _SILENT_TYPES
    if is_silent and _TAG.search(body[:_MARKUP_PEEK]):
        return HTML
    if not body.strip():
        return None
    if claimed in _CSV_TYPES:
        return CSV
    believed = is_silent or claimed in _TEXT_TYPES or claimed == _SPREADSHEET
    if believed and path.endswith((".csv", ".tsv")):
        return CSV
    plain = claimed in _TEXT_TYPES or (is_silent and path.endswith((".txt", ".md")))
    return TEXT if plain else None


def _is_pdf(body: bytes) -> bool:
    """Readers accept junk before the mark, within the first kilobyte (ISO 32000-1, annex H.3.4.1).

    A page of text that speaks of the mark is not one: there the mark begins no line.
    """
    at = body.find(b"%PDF-", 0, 1024)
    return at == 0 or (at > 0 and body[at - 1 : at] in b"\r\n\x00" and b"endobj" in body)


def _begins_with(tag: re.Pattern[bytes], body: bytes) -> bool:
    """Whether that tag is the first thing, comments aside (WHATWG MIME sniffing, section 7.1)."""
    head = _without_utf16(body[:_MARKUP_PEEK])
    opening = _OPENING.match(head)
    return tag.match(head, opening.end() if opening else 0) is not None


def _without_utf16(head: bytes) -> bytes:
    """Leave out the zero bytes of UTF-16, so that its tags can be seen."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    return head


def _is_binary(body: bytes) -> bool:
    """Whether there is a byte in it that no text holds (the same standard, section 7.2)."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return _BINARY.search(body, 0, 1445) is not None
