"""The example documents as ``Document``, straight from their files: no server and no crawl.

In: the example sites. Out: a document for every page and PDF, by its key, ``site/name`` for a page
and ``site/name.pdf`` for a PDF. What a crawl reads of a page is the same but for its furniture; this
is for work that needs nothing but the text, such as learning the goals from labels.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

from examples.sites import Page, Pdf, Site, load_sites
from library.document import Document, Section

_HEADINGS = frozenset({"h2", "h3", "h4"})
_BLOCKS = frozenset({"p", "li", "tr", "td", "th", "dt", "dd", "div", "br", "blockquote"})


class _Sections(HTMLParser):
    """Divides the body of a page at its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Section] = []
        self._heading = ""
        self._text: list[str] = []
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self.close_section()
            self._in_heading = True
        elif tag in _BLOCKS:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self._heading += data
        else:
            self._text.append(data)

    def close_section(self) -> None:
        """Keep what was read since the last heading."""
        text, heading = " ".join("".join(self._text).split()), " ".join(self._heading.split())
        if text or heading:
            self.found.append(Section(text, heading))
        self._text, self._heading = [], ""


def documents() -> dict[str, Document]:
    """All example documents by key."""
    return {document.id: document for site in load_sites() for document in _documents(site)}


def _documents(site: Site) -> Iterator[Document]:
    for page in site.pages:
        yield _of_page(site, page)
    for pdf in site.pdfs:
        yield _of_pdf(site, pdf)


def _of_page(site: Site, page: Page) -> Document:
    reader = _Sections()
    reader.feed(page.body)
    reader.close_section()
    return Document(
        id=f"{site.slug}/{page.name}",
        url=page.path,
        canonical_url=page.path,
        title=page.title,
        sections=tuple(reader.found),
        organisation=site.organisation,
        kind=page.kind,
        language=page.language,
        is_example=True,
        is_listing=page.is_listing,
    )


def _of_pdf(site: Site, pdf: Pdf) -> Document:
    return Document(
        id=f"{site.slug}/{pdf.name}.pdf",
        url=pdf.path,
        canonical_url=pdf.path,
        title=pdf.title,
        sections=tuple(Section(text, page=at) for at, text in enumerate(pdf.pages, start=1)),
        organisation=site.organisation,
        kind=pdf.kind,
        media_type="application/pdf",
        is_example=True,
    )
