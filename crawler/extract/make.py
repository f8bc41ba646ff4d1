"""From facts to document: what the child found, under our own names.

In: ``Facts`` from the child, the fetch they came from, and the rules of the source. Out:
``Extracted``. All strings are cleaned and all addresses read again here, for the child read hostile
bytes and its word is worth no more than the page's.
"""

from urllib.parse import urlsplit

from crawler.extract import media
from crawler.extract.directives import of_header
from crawler.extract.facts import Facts
from crawler.extract.link import MAX_LINKS, Link, absolute
from crawler.extract.outcomes import Extracted, Rules
from crawler.extract.text import clean_title, lines, one_line
from crawler.extract.titles import title_from_address
from crawler.outcomes import Fetched
from library.document import Directive, Document, Section, content_hash_of, id_of

_OF_DOCUMENTS: frozenset[Directive] = frozenset({"noarchive", "nosnippet"})


def extracted_of(facts: Facts, fetched: Fetched, media_type: str, rules: Rules) -> Extracted:
    """What a page gave, with its document or the reason why there is none."""
    told = of_header(fetched.headers.get("x-robots-tag", ""), fetched.fetched_at)
    directives = told.union(facts.directives)
    media_type = facts.media_type if facts.media_type in media.READ else media_type
    document = _document(facts, fetched, media_type, rules, directives)
    reason = _why_not(document, rules, directives)
    return Extracted(
        document=None if reason else document,
        links=_links(facts),
        canonical=absolute(facts.canonical, fetched.final_url) if facts.canonical else None,
        directives=directives,
        document_reason=reason,
        prints=tuple(sorted(set(facts.prints))),
        teaches=facts.teaches,
    )


def _why_not(document: Document, rules: Rules, directives: frozenset[Directive]) -> str:
    if "noindex" in directives:
        return "noindex"
    if not document.text.strip():
        return "scanned-pdf" if document.pages_without_text else "no-text"
    return "" if document.language in rules.languages else "other-language"


def _document(
    facts: Facts,
    fetched: Fetched,
    media_type: str,
    rules: Rules,
    directives: frozenset[Directive],
) -> Document:
    # Loaded late: the child imports this package too, and must not load the database behind it.
    from crawler.urls import canonical

    address = canonical(fetched.final_url, None, rules.kept_parameters) or fetched.final_url
    title = clean_title(facts.title) or title_from_address(fetched.final_url)
    sections = tuple(_section(section, media_type) for section in facts.sections)
    listing = facts.is_listing or _is_start_of_site(address)
    return Document(
        id=id_of(address),
        url=fetched.final_url,
        canonical_url=address,
        title=title,
        sections=sections,
        organisation=rules.organisation,
        kind="overig" if listing else facts.kind,
        language=facts.language[:3],
        published=None if listing else facts.published,
        media_type=media_type,
        size=len(fetched.body),
        content_hash=content_hash_of(title, sections),
        fetched_at=fetched.fetched_at,
        visible_text=lines(facts.visible_text) if media_type == media.HTML else "",
        is_example=rules.is_example,
        is_listing=listing,
        author=clean_title(facts.author),
        directives=tuple(sorted(_OF_DOCUMENTS & directives)),
        pages_without_text=max(0, facts.pages_without_text),
    )


def _is_start_of_site(address: str) -> bool:
    """The start of a site leads to its pages; it is never the page that answers a question."""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def _section(section: Section, media_type: str) -> Section:
    """A section with clean strings; only a PDF has pages and only a web page has anchors."""
    is_pdf = media_type == media.PDF
    anchor = one_line(section.anchor) if section.anchor and not is_pdf else None
    page = section.page if is_pdf and section.page and section.page > 0 else None
    return Section(lines(section.text), clean_title(section.heading), anchor or None, page)


def _links(facts: Facts) -> tuple[Link, ...]:
    return tuple(
        Link(url, one_line(link.text), link.nofollow, link.is_feed)
        for link in facts.links[:MAX_LINKS]
        if (url := absolute(link.url, link.url)) is not None
    )
