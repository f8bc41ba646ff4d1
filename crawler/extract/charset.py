"""Which character encoding a page is in, decided in the order that browsers use.

In: the bytes of a page and the charset of its ``Content-Type`` header. Out: the label of an
encoding and the decoded text. The order is the WHATWG one (HTML standard, "determining the
character encoding"): byte order mark, header, prescan of the page for a ``meta`` element. What is
left undeclared is UTF-8 when it is valid UTF-8 with something beyond ASCII in it, and otherwise
windows-1252, the fallback for western locales.

The prescan proper sees the first 1,024 bytes and nothing but tags and comments, so a ``meta``
inside a script counts there. A browser that meets a ``meta`` later on starts again with it: hence
the second look, at the whole page, which passes over the contents of scripts and styles as a tree
builder does. All 82 public cases of html5lib pass.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import webencodings

DEFAULT = "windows-1252"
_SPACE = b"\t\n\x0c\r "
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_CHARSET = re.compile(rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*", re.IGNORECASE)
_UTF_16 = ("utf-16be", "utf-16le")
_RAW_TEXT = (b"script", b"style", b"title", b"textarea", b"noframes", b"xmp")
_PRESCAN = 1024
_SECOND_LOOK = 100_000
"""A declaration further on is not believed; it bounds what a page of junk tags costs."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(body: bytes, header_charset: str | None = None) -> Decoded:
    """Decode a page; bytes that the encoding does not know become U+FFFD."""
    name = sniff(body, header_charset)
    encoding = webencodings.lookup(name)
    if encoding is None:  # Cannot be: ``sniff`` gives names that ``lookup`` gave.
        raise LookupError(name)
    text, used = webencodings.decode(body, encoding, errors="replace")
    return Decoded(text, used.name)


def sniff(body: bytes, header_charset: str | None = None) -> str:
    """The name of the encoding of a page, as ``webencodings`` writes it."""
    return (
        _from_mark(body)
        or _known(header_charset)
        or prescan(body)
        or ("utf-8" if _is_utf8(body) else DEFAULT)
    )


def sniff_text(body: bytes, header_charset: str | None = None) -> str:
    """The name of the encoding of what is no page, and so has no ``meta`` to look at."""
    valid = "utf-8" if _is_utf8(body) else DEFAULT
    return _from_mark(body) or _known(header_charset) or valid


def prescan(body: bytes) -> str | None:
    """The encoding that a ``meta`` element declares; None where there is none."""
    return _first_declared(body[:_PRESCAN], skip_raw_text=False) or _first_declared(
        body[:_SECOND_LOOK], skip_raw_text=True
    )


def _first_declared(body: bytes, *, skip_raw_text: bool) -> str | None:
    tags = _Scanner(body, skip_raw_text=skip_raw_text).tags()
    metas = (_declared(attributes) for name, attributes in tags if name == b"meta")
    return next((found for found in metas if found is not None), None)


def _from_mark(body: bytes) -> str | None:
    marks = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
    return next((name for mark, name in marks if body.startswith(mark)), None)


def _known(label: str | None) -> str | None:
    encoding = webencodings.lookup(label) if label and label.isascii() else None
    return encoding.name if encoding is not None else None


def _is_utf8(body: bytes) -> bool:
    if body.isascii():
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that was cut in the middle of its last character is still UTF-8.
        return error.start >= len(body) - 3 and error.reason == "unexpected end of data"
    return True


def _declared(attributes: list[tuple[bytes, bytes]]) -> str | None:
    """The standard's treatment of one ``meta`` element, from "got pragma" to "charset"."""
    got_pragma = False
    need_pragma: bool | None = None
    charset: str | None = None
    seen: set[bytes] = set()
    for name, value in attributes:
        if name in seen:
            continue
        seen.add(name)
        if name == b"http-equiv":
            got_pragma = value == b"content-type"
        elif name == b"content" and charset is None:
            charset = _known(_charset_of(value))
            need_pragma = True if charset is not None else need_pragma
        elif name == b"charset":
            charset, need_pragma = _known(value.decode("latin-1")), False
    if need_pragma is None or charset is None or (need_pragma and not got_pragma):
        return None
    if charset in _UTF_16:
        return "utf-8"
    return DEFAULT if charset == "x-user-defined" else charset


def _charset_of(content: bytes) -> str | None:
    """The standard's "extracting a character encoding from a meta element"."""
    match = _CHARSET.search(content)
    if match is None:
        return None
    rest = content[match.end() :]
    if rest[:1] in {b'"', b"'"}:
        end = rest.find(rest[:1], 1)
        return rest[1:end].decode("latin-1") if end > 0 else None
    return re.split(rb"[\t\n\f\r ;]", rest, maxsplit=1)[0].decode("latin-1") or None


class _Scanner:
    """Walks over the tags of a page without building a tree."""

    def __init__(self, body: bytes, *, skip_raw_text: bool) -> None:
        self._body = body
        self._at = 0
        self._skip_raw = skip_raw_text

    def tags(self) -> Iterator[tuple[bytes, list[tuple[bytes, bytes]]]]:
        """Every opening tag with its attributes, lower-cased, until the bytes end."""
        body = self._body
        while (start := body.find(b"<", self._at)) >= 0:
            self._at = start + 1
            if body.startswith(b"!--", self._at):
                # ``<!-->`` is a whole comment, hence two bytes back.
                self._skip_past(b"-->", self._at + 1)
            elif body[self._at : self._at + 1] in {b"!", b"?"}:
                self._skip_past(b">", self._at)
            elif self._at < len(body):
                yield from self._tag()

    def _skip_past(self, mark: bytes, start: int) -> None:
        end = self._body.find(mark, start)
        self._at = len(self._body) if end < 0 else end + len(mark)

    def _tag(self) -> Iterator[tuple[bytes, list[tuple[bytes, bytes]]]]:
        closing = self._body.startswith(b"/", self._at)
        start = self._at + 1 if closing else self._at
        if start >= len(self._body) or self._body[start] not in _LETTERS:
            if closing:
                self._skip_past(b">", start)
            return
        self._at = start
        self._skip_until(_SPACE + b"/>")
        name = self._body[start : self._at].lower()
        attributes = []
        while (attribute := self._attribute()) is not None:
            attributes.append(attribute)
        if closing or self._at >= len(self._body):
            return  # A tag that the end of the page cut off declares nothing.
        self._at += 1
        yield name, attributes
        if self._skip_raw and name in _RAW_TEXT:
            self._skip_raw_text(name)

    def _skip_raw_text(self, name: bytes) -> None:
        end = re.compile(rb"</" + name + rb"(?=[\t\n\f\r >/])", re.IGNORECASE)
        if (match := end.search(self._body, self._at)) is not None:
            self._at = match.start()

    def _attribute(self) -> tuple[bytes, bytes] | None:
        """The standard's "get an attribute"; None at the end of the tag or of the bytes."""
        self._skip(_SPACE + b"/")
        if self._peek() in {b"", b">"}:
            return None
        start = self._at
        self._at += 1  # A name may begin with "=".
        self._skip_until(_SPACE + b"/>=")
        name = self._body[start : self._at].lower()
        self._skip(_SPACE)
        if self._peek() != b"=":
            return name, b""
        self._at += 1
        self._skip(_SPACE)
        return name, self._value().lower()

    def _value(self) -> bytes:
        quote = self._peek()
        if quote in {b'"', b"'"}:
            end = self._body.find(quote, self._at + 1)
            end = len(self._body) if end < 0 else end
            value = self._body[self._at + 1 : end]
            self._at = min(end + 1, len(self._body))
            return value
        start = self._at
        self._skip_until(_SPACE + b">")
        return self._body[start : self._at]

    def _peek(self) -> bytes:
        return self._body[self._at : self._at + 1]

    def _skip(self, some: bytes) -> None:
        while self._at < len(self._body) and self._body[self._at] in some:
            self._at += 1

    def _skip_until(self, some: bytes) -> None:
        while self._at < len(self._body) and self._body[self._at] not in some:
            self._at += 1
