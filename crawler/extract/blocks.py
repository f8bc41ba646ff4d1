"""A page as a row of blocks: the headings and pieces of text that a reader sees, in their order.

In: the tree of a page. Out: ``Block``s, each with what the choice of the main text needs to know:
whether it stands in the region of the page that holds the content, whether in a part that every
page has (menu, footer, cookie notice), and how much of it is link. The walk is a loop and no
recursion, for a page may be nested a hundred thousand deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

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
_WRAPPERS = frozenset({"form", "div", "section", "td"})
_REPEATED_TAGS = frozenset({"nav", "footer", "form", "dialog", "menu"})
_REPEATED_ROLES = frozenset(
    (
        *("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"),
        *("complementary", "menu", "menubar"),
    )
)
_REPEATED_NAMES = re.compile(
    r"(?:^|[-_\s])(?:cookie\w*|consent|breadcrumbs?|kruimelpad"
    r"|nav|navbar|navigation|navigatie|menu|submenu|sidebar|zijbalk|footer|voettekst|skip-?links?|share|social"
    r"|social-?media|pagination|paging|sr-only|screen-reader-text|visually-?hidden)(?:$|[-_\s])",
    re.IGNORECASE,
)
_INVISIBLE_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PANELS = re.compile(r"accordion|collaps|tab-?pane|toggle|faq|uitklap", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1 to 7) or a piece of text (``level`` 0).

    ``anchor`` is the id to jump to, for headings only. ``linked`` counts the characters inside
    links. ``in_region`` tells whether it stands in the content of the page, ``repeated`` whether in
    a part that other pages have too by its name, ``listed`` whether in a list or table. ``shared``
    is set later, for a block that many pages of the site were seen to have.
    """

    text: str
    level: int = 0
    anchor: str | None = None
    linked: int = 0
    in_region: bool = True
    repeated: bool = False
    listed: bool = False
    shared: bool = False

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


def region_of(soup: BeautifulSoup) -> Tag | None:
    """The element that the page marks as its content; None when it marks none.

    ``main`` tells it; where there is none, the one ``article``, for several are a list of teasers.
    """
    marked: list[Tag] = list(soup.find_all("main", limit=2))
    for name, value in (("role", "main"), ("itemprop", "articleBody")):
        marked = marked or list(soup.find_all(attrs={name: value}, limit=2))
    if not marked:
        articles = soup.find_all("article", limit=50)
        marked = [tag for tag in articles if tag.find_parent("article") is None]
    return marked[0] if len(marked) == 1 else None


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
    has_heading: bool = False
    opens_heading: bool = False


class _Walk:
    """Goes through the tree once; text gathers until a block begins or ends."""

    def __init__(self, soup: BeautifulSoup, region: Tag | None) -> None:
        # Not the body: libxml2 leaves the content of a page without body tag in its head.
        self._root: Tag = soup
        self._region = region
        self._opened = _opened_by_buttons(soup)
        self._around_title = _around_title(soup)
        self._stack: list[_Frame] = []
        self._parts: list[str] = []
        self._linked = 0
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
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._add(str(child))

    def _enter(self, tag: Tag) -> Iterator[Block]:
        if tag.name in _SKIPPED or self._is_hidden(tag):
            return
        if tag.name == "br":
            self._parts.append("\n")
            return
        if tag.name in _BLOCKS:
            yield from self._flush()
        self._push(tag)
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
                tag.name == "a" or bool(above and above.in_link),
                tag.name in {"main", "article"} or bool(above and above.in_article),
            )
        )

    def _leave(self) -> Iterator[Block]:
        tag = self._stack[-1].tag
        if tag.name in _BLOCKS or len(self._stack) == 1:
            yield from self._flush()
        if self._stack.pop().opens_heading:
            self._heading = None

    def _flush(self) -> Iterator[Block]:
        """Give the gathered text as a block, with the marks of where the walk is now."""
        text = lines("".join(self._parts))
        linked, self._linked = self._linked, 0
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
            frame.in_region,
            frame.repeated,
            frame.listed,
        )

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
        if tag.name in {"header", "aside"}:
            return not self._stack[-1].in_article
        if tag.name in _HEADINGS or tag.name in {"body", "main", "article", "p", "a"}:
            return False
        return _REPEATED_NAMES.search(f"{_words(tag, 'class')} {_words(tag, 'id')}") is not None

    def _is_hidden(self, tag: Tag) -> bool:
        """Hidden for good: the answer below a question that unfolds it is not."""
        hidden = tag.has_attr("hidden") or (
            tag.has_attr("style") and _INVISIBLE_STYLE.search(_words(tag, "style")) is not None
        )
        if not hidden:
            return False
        if _words(tag, "id") in self._opened or _words(tag, "role") == "tabpanel":
            return False
        return _PANELS.search(f"{_words(tag, 'class')} {_words(tag, 'id')}") is None


def _level_of(tag: Tag) -> int:
    """The level of a heading, 0 for what is none; a button that unfolds an answer heads it."""
    if tag.name == "button":
        return 7 if tag.has_attr("aria-controls") else 0
    return _HEADINGS.get(tag.name, 0)


def _around_title(soup: BeautifulSoup) -> frozenset[int]:
    """The elements that hold the title, by identity: they hold the content, whatever their name.

    Sites in ASP.NET put the whole page in one form, and some in one table.
    """
    title = soup.find("h1") or soup.find("h2")
    return frozenset(id(tag) for tag in title.parents) if title is not None else frozenset()


def _opened_by_buttons(soup: BeautifulSoup) -> frozenset[str]:
    """The ids of parts that a button or link on the page unfolds."""
    names = ("aria-controls", "data-target", "data-bs-target")
    tags = soup.find_all(lambda tag: any(tag.has_attr(name) for name in names), limit=2000)
    values = (_words(tag, name).removeprefix("#") for tag in tags for name in names)
    return frozenset(value for value in values if value)


def _anchor_name(tag: Tag) -> str | None:
    value = _words(tag, "id") or (_words(tag, "name") if tag.name == "a" else "")
    return value if value and len(value) <= 200 and not re.search(r"\s", value) else None


def _words(tag: Tag, name: str) -> str:
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value or "")
