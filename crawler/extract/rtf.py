r"""A file in Rich Text Format: its text, with a line for each paragraph.

In: bytes. Out: facts. The format is a row of control words, groups and text (RTF specification
1.9.1); only what carries text is followed: ``\par``, ``\cell``, characters in the code page of the
file (``\'e9``) and in Unicode (``\u233?``). Groups that hold fonts, colours, pictures, fields and
everything that a reader may pass over (``\*``) are passed over. One look at each byte, no
recursion: a file of nothing but braces costs what another one of its size costs.
"""

import re
from datetime import date

from crawler.extract import media
from crawler.extract.days import file_date
from crawler.extract.facts import Ask, Facts, Unreadable
from crawler.extract.files import MAX_TEXT, facts_of_file
from crawler.extract.text import lines, one_line
from library.document import Section

_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
_PASSED_OVER = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "pict", "object", "themedata", "datastore"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("fldinst", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl"),
        *("author", "operator", "company", "manager", "keywords", "subject", "doccomm", "comment"),
        *("annotation", "footnote", "bkmkstart", "bkmkend", "listtext", "pntext", "buptim"),
        *("printim", "latentstyles", "nonshppict", "deltext"),
    )
)
_PARTS = {"par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": " "} | {
    "cell": " | ", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SIGNS = {b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n"}
_MOMENT = ("yr", "mo", "dy")
_EMPTY_CELLS = re.compile(r"(?: \| )+(?=\n|$)|(?<=\n)(?: \| )+| \| (?= \| )")


def facts_of_rtf(body: bytes, ask: Ask) -> Facts:
    """Everything that is used of an RTF file."""
    reader = _Reader()
    reader.read(body)
    text = lines(_EMPTY_CELLS.sub("", "".join(reader.text)))
    sections = (Section(text),) if text else ()
    title = one_line("".join(reader.title))
    published = file_date(reader.moment, date.fromisoformat(ask.today))
    return facts_of_file(media.RTF, title, sections, ask, published=published)


class _Reader:
    """Goes through the tokens; one mark per open group says where its text goes."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.title: list[str] = []
        self.moment = ""
        self._day: dict[str, int] = {}
        self._targets: list[list[str] | None] = [self.text]
        self._fallbacks = [1]
        self._codec = "cp1252"
        self._skip = 0
        self._length = 0
        self._bytes = bytearray()
        self._in_moment = False

    def read(self, body: bytes) -> None:
        for match in _TOKEN.finditer(body):
            word, number, byte, sign, brace, plain = match.groups()
            if byte is not None:
                self._byte(int(byte, 16))
                continue
            self._end_bytes()
            if word is not None:
                self._word(word.decode("ascii").lower(), None if number is None else int(number))
            elif brace is not None:
                self._brace(brace)
            elif sign is not None:
                self._sign(sign)
            elif plain is not None:
                self._plain(plain)
        self._end_bytes()

    def _brace(self, brace: bytes) -> None:
        if brace == b"{":
            self._targets.append(self._targets[-1])
            self._fallbacks.append(self._fallbacks[-1])
        elif len(self._targets) > 1:
            self._targets.pop()
            self._fallbacks.pop()
        self._skip = 0

    def _word(self, word: str, number: int | None) -> None:
        if self._skip and word not in {"u", "bin"}:
            self._skip -= 1
            return
        if word in _PASSED_OVER:
            self._targets[-1] = None
        elif word in {"info", "title", "creatim", "revtim"}:
            self._about(word)
        elif word in _MOMENT and number is not None:
            self._note(word, number)
        elif word == "u" and number is not None:
            self._add(chr(number % 65536))
            self._skip = self._fallbacks[-1]
        elif word == "uc" and number is not None:
            self._fallbacks[-1] = max(0, min(number, 10))
        elif word == "ansicpg" and number in {1250, 1251, 1252, 1253, 1254, 1257, 65001}:
            self._codec = "utf-8" if number == 65001 else f"cp{number}"
        else:
            self._add(_PARTS.get(word, ""))

    def _about(self, word: str) -> None:
        """The group of what the file says of itself: only its title is text to keep."""
        self._targets[-1] = self.title if word == "title" else None
        self._in_moment = word in {"creatim", "revtim"}

    def _note(self, word: str, number: int) -> None:
        if self._in_moment:
            self._day[word] = number
            if len(self._day) == len(_MOMENT):
                self.moment = "{yr:04}-{mo:02}-{dy:02}".format(**self._day)

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._targets[-1] = None
        else:
            self._add(_SIGNS.get(sign, ""))

    def _plain(self, plain: bytes) -> None:
        kept, self._skip = plain[self._skip :], max(0, self._skip - len(plain))
        self._add(kept.decode(self._codec, "replace"))

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _end_bytes(self) -> None:
        if self._bytes:
            self._add(self._bytes.decode(self._codec, "replace"))
            self._bytes.clear()

    def _add(self, text: str) -> None:
        target = self._targets[-1]
        if target is None or not text:
            return
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise Unreadable("too-much-text", "rtf")
        target.append(text)
