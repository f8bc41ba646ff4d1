"""A page of HTML: bytes in, facts out.

One tree by BeautifulSoup over lxml serves title, links, dates, robots and blocks (the other two
builders run over 30 seconds on small hostile pages: threats, decision 11); trafilatura gets lxml's
own tree of the same decoded text.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup

from crawler.extract import charset, dates, directives, jsonld, metadata, selecting
from crawler.extract.blocks import Block, blocks_of
from crawler.extract.complexity import is_too_complex
from crawler.extract.facts import Ask, Facts, Failure
from crawler.extract.kinds import is_listing, kind_of
from crawler.extract.language import language_of
from crawler.extract.maintext import main_sections, sections_of, tree_of
from crawler.extract.prints import has_texts_of_others, marked, prints_of
from crawler.extract.regions import is_marked_by_typo3, region_of, title_tag
from crawler.links import links_of
from library.document import Published, Section

MAX_TEXT = 2_000_000
_MAX_VISIBLE = 500_000
_DATELINES_BEFORE, _DATELINES_AFTER = 2, 4


def facts_of_html(body: bytes, ask: Ask) -> Facts | Failure:
    """Everything that is used of a page."""
    text = charset.decode(body, ask.charset).text.replace("\x00", "")
    if is_too_complex(text):
        return Failure("too-complex")
    soup = BeautifulSoup(text, "lxml")
    links = links_of(soup, ask.address)
    if selecting.without(soup, ask.selectors.left_out):
        text = str(soup)
    told = selecting.content_at(soup, ask.selectors.content)
    region = told or region_of(soup)
    blocks = blocks_of(soup, region)
    if sum(len(block.text) for block in blocks) > MAX_TEXT:
        return Failure("too-much-text")
    tree = tree_of(text)
    title = selecting.title_at(soup, ask.selectors.title) or metadata.title_of(
        soup, ask.address, ask.organisation
    )
    own = marked(blocks, ask.repeated)
    if told is not None or is_marked_by_typo3(soup):
        own = [block for block in own if block.in_region]
    sections = (
        main_sections(tree, own, title, region_known=region is not None)
        if told is None
        else sections_of(own)
    )
    linked = jsonld.linked_of(soup)
    now = datetime.fromisoformat(ask.today).replace(tzinfo=UTC)
    listing = is_listing(own)
    return Facts(
        title=title,
        sections=sections,
        visible_text="\n".join(block.text for block in blocks)[:_MAX_VISIBLE],
        language=_language(soup, sections),
        kind="overig" if listing else kind_of(ask.address, title, linked.types, _text_of(sections)),
        published=None if listing else _published(soup, blocks, linked, ask),
        canonical=metadata.canonical_of(soup, ask.address),
        directives=tuple(sorted(directives.of_page(soup, now))),
        is_listing=listing,
        links=links,
        author=linked.author if linked.author.lower() != ask.organisation.lower() else "",
        prints=prints_of(blocks),
        # By the bytes alone, or what is learned would change what it is learned from.
        teaches=not is_listing(blocks) and not has_texts_of_others(blocks),
    )


def _text_of(sections: tuple[Section, ...]) -> str:
    """The text of all sections, without headings."""
    return "\n".join(section.text for section in sections)


def _language(soup: BeautifulSoup, sections: tuple[Section, ...]) -> str:
    text = _text_of(sections)
    return language_of(text, metadata.language_stated(soup)) if text else ""


def _published(
    soup: BeautifulSoup,
    blocks: list[Block],
    linked: jsonld.Linked,
    ask: Ask,
) -> Published | None:
    today = date.fromisoformat(ask.today)
    told = selecting.date_at(soup, ask.selectors.date, today)
    return told or dates.published_of(
        dates.Places(
            soup=soup,
            title=title_tag(soup),
            address=ask.address,
            stated=linked.dates,
            datelines=tuple(_datelines(blocks)),
            lines=tuple(
                line for block in blocks if not block.is_row for line in block.text.split("\n")[:5]
            ),
        ),
        today,
    )


def _datelines(blocks: list[Block]) -> Iterator[str]:
    """The lines around the title."""
    title = next((i for i, block in enumerate(blocks) if block.level == 1), 0)
    start = max(0, title - _DATELINES_BEFORE)
    near = blocks[start : title + _DATELINES_AFTER + 1]
    for block in near:
        if not block.mostly_link and not block.is_row:
            yield from block.text.split("\n")[:3]
