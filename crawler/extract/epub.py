"""An e-book (epub): its chapters in the order of reading, as sections below their headings.

In: the archive of the file. Out: facts. Chapters are pages of XHTML and are read as web pages are,
without choosing a main text: a book has no menu. Pages of contents and covers are left out.
"""

from collections.abc import Iterator
from datetime import date

from bs4 import BeautifulSoup
from lxml import etree

from crawler.extract import charset, media
from crawler.extract.archive import Archive, inside
from crawler.extract.blocks import Block, blocks_of
from crawler.extract.complexity import is_too_complex
from crawler.extract.days import file_date
from crawler.extract.facts import Ask, Facts, Unreadable
from crawler.extract.files import MAX_TEXT, facts_of_file
from crawler.extract.maintext import sections_of

MIMETYPE = "application/epub+zip"
_CONTAINER = "META-INF/container.xml"
_ROOT = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_BOOK = "{http://www.idpf.org/2007/opf}"
_ABOUT = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})


def is_epub(archive: Archive) -> bool:
    """Whether the archive is an e-book."""
    return _CONTAINER in archive


def facts_of_epub(archive: Archive, ask: Ask) -> Facts:
    """Everything that is used of an e-book."""
    root = next(archive.tree(_CONTAINER).iter(_ROOT), None)
    if root is None:
        raise Unreadable("broken-file", "no root file")
    name = inside("", root.get("full-path", ""))
    book = archive.tree(name)
    said = {part: (book.findtext(f".//{_ABOUT}{part}") or "") for part in ("title", "language")}
    sections = sections_of(list(_blocks(archive, _chapters(book, name.rpartition("/")[0]))))
    return facts_of_file(
        media.EPUB,
        said["title"],
        sections,
        ask,
        language=said["language"].strip().lower()[:2] or None,
        published=file_date(book.findtext(f".//{_ABOUT}date") or "", date.fromisoformat(ask.today)),
    )


def _chapters(book: etree._Element, folder: str) -> Iterator[str]:
    pages = {
        item.get("id"): inside(folder, item.get("href", ""))
        for item in book.iter(f"{_BOOK}item")
        if item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split()
    }
    for step in book.iter(f"{_BOOK}itemref"):
        chapter = pages.get(step.get("idref"))
        if chapter is not None and step.get("linear", "yes") != "no":
            yield chapter


def _blocks(archive: Archive, chapters: Iterator[str]) -> Iterator[Block]:
    length = 0
    for chapter in filter(archive.__contains__, chapters):
        text = charset.decode(archive.read(chapter), "utf-8").text
        if is_too_complex(text):
            raise Unreadable("too-complex", "a chapter")
        for block in blocks_of(BeautifulSoup(text, "lxml"), None):
            length += len(block.text)
            if length > MAX_TEXT:
                raise Unreadable("too-much-text", "chapters")
            if not block.repeated:
                yield block
