"""Whether a page is built of more parts than a tree should be made of.

In: the text of a page. Out: yes or no, before any tree is built.
"""

import re

MAX_TAGS = 50_000
"""About four seconds of work and 250 MB; an ordinary page has 500 to 5,000."""

MAX_ATTRIBUTES = 500
"""Of one element: 100,000 of them keep the parser busy for over 20 seconds."""

_TAG_START = re.compile(r"<[a-zA-Z]")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{1000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def is_too_complex(text: str) -> bool:
    """Count tags, and the attributes of long ones; values in quotes are no attributes."""
    if sum(1 for _ in _TAG_START.finditer(text)) > MAX_TAGS:
        return True
    long_tags = (_QUOTED.sub("", match[0]) for match in _LONG_TAG.finditer(text))
    return any(len(tag.split(None, MAX_ATTRIBUTES + 1)) > MAX_ATTRIBUTES for tag in long_tags)
