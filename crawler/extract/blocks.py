"""A page as a row of blocks: the headings and pieces of text that a reader sees, in their order.

In: the tree of a page. Out: ``Block``s, each with what the choice of the main text needs to know:
whether it stands in the region of the page that holds the content, whether in a part that every
page has (menu, footer, cookie notice), and how much of it is link. The walk is a loop and no
recursion, for a page may be nested a hundred thousand deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Comment, NavigableString, PageElement, Tag
from bs4.element import PreformattedString

from crawler.extract.furniture import is_named_furniture
from crawler.extract.regions import (
    TYPO3,
    around_title,
    is_marked_by_typo3,
    opened_by_buttons,
    words_of,
)
from crawler.extract.text import lines, one_line

_SKIPPED = frozenset(
    (
        *("script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "math"),
        *("audio", "video", "select", "option", "datalist", "input", "textarea", "progress"),
        *("meter", "title"),
    )
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 7}
_LISTED = frozenset({"li", "dt", "dd", "td", "th", "tr", "table", "ul", "ol", "dl"})
_BLOCKS = _LISTED.union(
    (
        *("address", "article", "aside", "blockquote", "body", "button", "center", "details"),
        *("dialog", "div", "fieldset", "figcaption", "figure", "footer", "form", "head"),
        *("header", "hr", "legend", "main", "nav", "p", "pre", "section", "tbody", "thead"),
        *("tfoot", "caption"),
    ),
    _HEADINGS,
)
_INLINE = frozenset({"span", "a", "small", "label", "sup", "i", "b", "em", "strong"})
_WRAPPERS = frozenset({"form", "div", "section", "td"})
_REPEATED_TAGS = frozenset({"nav", "footer", "form", "dialog", "menu"})
_REPEATED_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"),
        *("complementary", "menu", "menubar"),
    )
)
_BESIDE_FILE = " "
"""Between the name of a file and its size, which look apart only by their styles."""

_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|odp|ods|rtf|epub|zip)(?=$|[?#])|/file\.ashx|/download/",
    re.IGNORECASE,
)
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BETWEEN_CELLS = " | "
_LONGEST_CELL = 600
"""Characters: a longer cell is a column of the page, not a value in a table."""

_NOT_IN_ROWS = frozenset({"table", "form", "article", "nav", *_HEADINGS})
_MOST_INSIDE = 200
"""Elements and texts of a row or a heading: what holds more is neither."""

_PANELS = re.compile(r"accordion|collaps|tab-?pane|toggle|faq|uitklap", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 7) or a piece of text (``level`` 0).

    ``anchor`` is the id to jump to, for headings only. ``linked`` counts the characters inside
    links. ``in_region`` tells whether it stands in the content of the page, ``repeated`` whether in
    a part that other pages have too by its name, ``listed`` whether in a list or table. ``shared``
    is set later, for a block that many pages of the site were seen to have. ``has_file`` tells that
    a file can be had there, ``is_row`` that it is a row of a table.
    """

    text: str
    level: int = 0
    anchor: str | None = None
    linked: int = 0
    in_region: bool = True
    repeated: bool = False
    listed: bool = False
    shared: bool = False
    has_file: bool = False
    is_row: bool = False

    @property
    def is_content(self) -> bool:
        """Whether it stands where the page has what it is about."""
        return self.in_region and not self.repeated and not self.shared

    @property
    def mostly_link(self) -> bool:
        return self.linked > 0.8 * len(self.text)


def blocks_of(soup: BeautifulSoup, region: Tag | None) -> list[Block]:
    """All blocks of a page; ``region`` is the element that holds its content, if that is known."""
    walk = _Walk(soup, region)
    return list(walk.blocks())


@dataclass(slots=True)
class _Frame:
    """An element on the way down to where the walk is."""

    tag: Tag
    children: Iterator[object]
    in_region: bool
    repeated: bool
    listed: bool
    in_link: bool
    in_article: bool
    in_row: bool
    has_heading: bool = False
    opens_heading: bool = False


class _Walk:
    """Goes through the tree once; text gathers until a block begins or ends."""

    def __init__(self, soup: BeautifulSoup, region: Tag | None) -> None:
        # Not the body: libxml2 leaves the content of a page without body tag in its head.
        self._root: Tag = soup
        self._region = region
        self._opened = opened_by_buttons(soup)
        self._around_title = around_title(soup)
        self._stack: list[_Frame] = []
        self._parts: list[str] = []
        self._linked = 0
        self._has_file = False
        self._searchable = False if is_marked_by_typo3(soup) else None
        self._pending_anchor: str | None = None
        self._heading: tuple[int, str | None] | None = None

    def blocks(self) -> Iterator[Block]:
        self._push(self._root)
        while self._stack:
            child = next(self._stack[-1].children, None)
            if child is None:
                yield from self._leave()
            elif isinstance(child, Tag):
                yield from self._enter(child)
            elif isinstance(child, Comment) and self._searchable is not None:
                yield from self._mark(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._add(str(child))

    def _mark(self, comment: Comment) -> Iterator[Block]:
        """TYPO3 says in comments what is to be indexed."""
        if (found := TYPO3.search(comment)) is not None:
            yield from self._flush()
            self._searchable = found[1] == "begin"

    def _enter(self, tag: Tag) -> Iterator[Block]:
        if tag.name in _SKIPPED or self._is_hidden(tag):
            return
        if tag.name in _INLINE and is_named_furniture(_names(tag)):
            return
        if tag.name == "br":
            self._parts.append("\n")
            return
        if tag.name in _BLOCKS:
            if self._stack[-1].in_row:
                self._part(tag)
            else:
                yield from self._flush()
        self._push(tag)
        self._has_file = self._has_file or _is_file_link(tag)
        self._note_anchor(tag)

    def _push(self, tag: Tag) -> None:
        above = self._stack[-1] if self._stack else None
        in_region = self._region is None or tag is self._region or bool(above and above.in_region)
        at_top = above is None
        repeated = bool(above and above.repeated) or (not at_top and self._is_repeated(tag))
        if tag is self._region:
            repeated = False
        self._stack.append(
            _Frame(
                tag,
                iter(tag.children),
                in_region,
                repeated,
                self._is_list(tag) or bool(above and above.listed),
                _is_link(tag) or bool(above and above.in_link),
                tag.name in {"main", "article"} or bool(above and above.in_article),
                bool(above and above.in_row) or (tag.name == "tr" and self._is_row(tag)),
            )
        )

    def _leave(self) -> Iterator[Block]:
        tag = self._stack[-1].tag
        in_row = self._stack[-1].in_row and tag.name != "tr"
        if (tag.name in _BLOCKS and not in_row) or len(self._stack) == 1:
            yield from self._flush()
        if self._stack.pop().opens_heading:
            self._heading = None
        if tag.name == "a":
            self._parts.append(_BESIDE_FILE if _is_file_link(tag) else "")

    def _flush(self) -> Iterator[Block]:
        """Give the gathered text as a block, with the marks of where the walk is now."""
        text = lines("".join(self._parts))
        text = text.removesuffix(BETWEEN_CELLS.rstrip()) if self._stack[-1].in_row else text
        linked, self._linked = self._linked, 0
        has_file, self._has_file = self._has_file, False
        self._parts.clear()
        if not text:
            return
        frame = self._stack[-1]
        level, anchor = self._heading or (0, None)
        if level:
            text = one_line(text)
        else:
            self._pending_anchor = None
        yield Block(
            text,
            level,
            anchor,
            min(linked, len(text)),
            frame.in_region if self._searchable is None else self._searchable,
            frame.repeated,
            frame.listed,
            has_file=has_file,
            is_row=frame.in_row,
        )

    def _part(self, tag: Tag) -> None:
        """Divide what a row holds: its cells from each other, paragraphs in a cell by a space."""
        said = "".join(self._parts).strip()
        if tag.name not in {"td", "th"}:
            self._parts.append(" ")
        elif said and not said.endswith(BETWEEN_CELLS.strip()):
            self._parts.append(BETWEEN_CELLS)

    def _is_row(self, row: Tag) -> bool:
        """Whether it is a row of data: two cells or more, none of them a column of the page."""
        inside = None if id(row) in self._around_title else _inside(row)
        if inside is None or any(isinstance(n, Tag) and n.name in _NOT_IN_ROWS for n in inside):
            return False
        cells = [child for child in row.children if isinstance(child, Tag)]
        return len(cells) > 1 and all(len(cell.get_text()) <= _LONGEST_CELL for cell in cells)

    def _add(self, text: str) -> None:
        # White space of the source is one space; only <br> makes a line.
        plain = one_line(text)
        padded = (" " if text[:1].isspace() else "") + plain
        self._parts.append(padded + (" " if plain and text[-1:].isspace() else ""))
        if self._stack[-1].in_link:
            self._linked += len(plain)

    def _note_anchor(self, tag: Tag) -> None:
        own = _anchor_name(tag)
        level = _level_of(tag) if self._heading is None else 0
        if level:
            self._heading = (level, own or self._inherited_anchor())
            self._stack[-1].opens_heading = True
            self._pending_anchor = None
            for frame in reversed(self._stack):
                if frame.has_heading:
                    break  # Then all that it stands in have one too.
                frame.has_heading = True
        elif self._heading is not None and self._heading[1] is None:
            self._heading = (self._heading[0], own)
        elif own is not None and not "".join(self._parts).strip():
            self._pending_anchor = own

    def _inherited_anchor(self) -> str | None:
        """An empty anchor just before the heading, or else the part of the page that it opens."""
        if self._pending_anchor is not None:
            return self._pending_anchor
        for frame in reversed(self._stack[1:-1]):
            if frame.has_heading:
                return None
            if (name := _anchor_name(frame.tag)) is not None:
                return name
        return None

    def _is_list(self, tag: Tag) -> bool:
        """Whether it is a list or table; a table around the title is for layout only."""
        return tag.name in _LISTED and id(tag) not in self._around_title

    def _is_repeated(self, tag: Tag) -> bool:
        if tag.name == "button":
            return self._heading is None and not _level_of(tag)
        if tag.name in _WRAPPERS and id(tag) in self._around_title:
            return False
        if tag.name in _REPEATED_TAGS or str(tag.get("role", "")).lower() in _REPEATED_ROLES:
            return True
        if tag.name in {"header", "aside"} and not self._stack[-1].in_article:
            return tag.name == "aside" or not _is_only_heading(tag)
        if tag.name in _HEADINGS or tag.name in {"body", "main", "article", "p", "a"}:
            return False
        return is_named_furniture(_names(tag))

    def _is_hidden(self, tag: Tag) -> bool:
        """Hidden for good: the answer below a question that unfolds it is not."""
        hidden = tag.has_attr("hidden") or (
            tag.has_attr("style") and _INVISIBLE_STYLE.search(words_of(tag, "style")) is not None
        )
        if not hidden:
            return False
        if words_of(tag, "id") in self._opened or words_of(tag, "role") == "tabpanel":
            return False
        return _PANELS.search(f"{words_of(tag, 'class')} {words_of(tag, 'id')}") is None


def _level_of(tag: Tag) -> int:
    """The level of a heading, 0 for what is none; a button that unfolds an answer heads it."""
    if tag.name == "button" or words_of(tag, "role") == "button":
        return 7 if tag.has_attr("aria-controls") else 0
    return _HEADINGS.get(tag.name, 0)


def _is_only_heading(header: Tag) -> bool:
    """Whether a ``header`` is that of a piece of text: a heading, and no way to elsewhere."""
    names = {node.name for node in _inside(header) or () if isinstance(node, Tag)}
    return not names.isdisjoint(_HEADINGS) and names.isdisjoint({"a", "nav", "form"})


def _inside(tag: Tag) -> list[PageElement] | None:
    """Everything inside a small element; None for a large one.

    BeautifulSoup's own search looks for the end of an element first, which in nested ones takes as
    long as they are deep.
    """
    found: list[PageElement] = []
    waiting = [iter(tag.children)]
    while waiting:
        node = next(waiting[-1], None)
        if node is None:
            waiting.pop()
            continue
        found.append(node)
        if len(found) > _MOST_INSIDE:
            return None
        if isinstance(node, Tag):
            waiting.append(iter(node.children))
    return found


def _is_link(tag: Tag) -> bool:
    """Whether it leads somewhere else; many buttons are made of an ``a`` that does not."""
    target = words_of(tag, "href").strip().lower()
    return tag.name == "a" and bool(target) and not target.startswith(("#", "javascript:"))


def _is_file_link(tag: Tag) -> bool:
    return _is_link(tag) and _FILE.search(words_of(tag, "href")) is not None


def _anchor_name(tag: Tag) -> str | None:
    value = words_of(tag, "id") or (words_of(tag, "name") if tag.name == "a" else "")
    return value if value and len(value) <= 200 and not re.search(r"\s", value) else None


def _names(tag: Tag) -> str:
    return f"{words_of(tag, 'class')} {words_of(tag, 'id')}"
