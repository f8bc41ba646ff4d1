"""Plain text and tables in plain text (csv).

In: bytes. Out: facts. A text has one section; empty lines, and headings underlined as in Markdown,
are left as they stand. A table has one section with a line for each row, its cells divided as those
of other tables are. What divides the cells is found by counting, for Dutch programs write ``;``.
"""

import csv
import io
from collections.abc import Iterator

import webencodings

from crawler.extract import media
from crawler.extract.charset import sniff_text
from crawler.extract.facts import Ask, Facts, Unreadable
from crawler.extract.files import MAX_TEXT, facts_of_file
from crawler.extract.text import lines, one_line
from crawler.extract.titles import title_from_address
from library.document import Section

MAX_CELLS = 500_000
_DIVIDERS = (";", ",", "\t", "|")
_SAMPLE = 20


def facts_of_plain(body: bytes, ask: Ask) -> Facts:
    """A text."""
    text = lines(_decode(body, ask.charset))
    return facts_of_file(media.TEXT, "", (Section(text),) if text else (), ask)


def facts_of_csv(body: bytes, ask: Ask) -> Facts:
    """A table; its title comes from its address, for its first line names its columns."""
    text = "\n".join(_rows(_decode(body, ask.charset)))
    title = title_from_address(ask.address)
    return facts_of_file(media.CSV, title, (Section(text),) if text else (), ask)


def _decode(body: bytes, charset: str | None) -> str:
    text, _ = webencodings.decode(body, sniff_text(body, charset), errors="replace")
    if len(text) > MAX_TEXT:
        raise Unreadable("too-much-text", "plain")
    return text.replace("\x00", "")


def _rows(text: str) -> Iterator[str]:
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_divider(text)):
            words = [word for cell in row if (word := one_line(cell))]
            cells += len(words)
            if cells > MAX_CELLS:
                raise Unreadable("too-complex", "cells")
            if words:
                yield " | ".join(words)
    except csv.Error as error:
        raise Unreadable("broken-file", str(error)[:100]) from error


def _divider(text: str) -> str:
    """What most of the first lines have equally often, and most often."""
    first = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]

    def regular(divider: str) -> tuple[int, int]:
        counts = [line.count(divider) for line in first]
        common = max(set(counts), key=counts.count, default=0)
        return (counts.count(common), common) if common else (0, 0)

    return max(_DIVIDERS, key=regular)
