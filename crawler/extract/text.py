"""Text as it may travel on: one kind of white space, and nothing that deceives the eye.

In: any string out of a page. Out: the string without control characters, characters that turn the
direction of writing, lone surrogates, and the invisible marks inside words (soft hyphen, zero width
space) that would keep a word from being found.
"""

import re

MAX_TITLE = 300

_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """Clean text on one line."""
    return _SPACES.sub(" ", _INVISIBLE.sub(_space_for_separator, text)).strip()


def lines(text: str) -> str:
    """Clean text that keeps its lines, without empty ones."""
    kept = (one_line(line) for line in text.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in kept if line)


def clean_title(text: str) -> str:
    """A title of at most 300 characters, cut between words where that is possible."""
    title = one_line(text)
    if len(title) <= MAX_TITLE:
        return title
    cut = title[: MAX_TITLE - 1].rsplit(" ", 1)[0] if " " in title[:MAX_TITLE] else title
    return cut[: MAX_TITLE - 1] + "…"


def _space_for_separator(match: re.Match[str]) -> str:
    return " " if match[0] in "\u2028\u2029" else ""
