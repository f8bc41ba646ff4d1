"""What a site says of an address that does not exist, when it answers as if it did: a soft 404. Pure.

In: what came of asking for an address that nobody made (``probe_of``), and the pages of the site.
Out: which of those say the same, or lead to the same place, and so are not there either. About 7 in
100 servers answer 200 where there is nothing (threats 2.2); without this their notice becomes a
document for each dead link.
"""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.urls import folder_of, split
from library.document import Document
from library.store import Source

SAME = 0.9
"""Resemblance to the notice from which a page is the notice. On the 200 invented hosts of the tests
all 200 notices are seen with this and the next, and none of 200 pages is taken for one."""

SAME_BELOW_ITS_TITLE = 0.5
"""Enough for a page with the title of the notice, which may go on with other suggestions each time."""

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
_SHORTEST_NAME = 4
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Missing:
    """How a site answers where nothing is: with a notice, by leading to a place, or as it should."""

    notice: Document | None = None
    place: str | None = None

    def is_notice(self, document: Document) -> bool:
        """Whether a page says what the site says of an address that does not exist."""
        if self.notice is None:
            return False
        # Loaded late: numpy takes 7 MB, and most crawls have nothing to compare.
        from crawler.duplicates import resemblance, shingles_of

        said, notice = _said(document), _said(self.notice)
        has_its_title = said.partition("\n")[0] == notice.partition("\n")[0]
        least = SAME_BELOW_ITS_TITLE if has_its_title else SAME
        return resemblance(shingles_of(said), shingles_of(notice)) >= least


def probe_of(source: Source, crawl_id: int) -> str | None:
    """An address that nobody made, the same through a crawl; None when one page is all there is."""
    if source.scope == "page":
        return None
    name = hashlib.sha256(f"{source.url} {crawl_id}".encode()).hexdigest()[:20]
    return folder_of(source) + name.translate(_LETTERS)


def at_host_of(url: str, probe: str) -> str:
    """The same probe on the host of an address, which may be the one without ``www.``."""
    here, there = split(url), split(probe)
    assert here is not None
    assert there is not None
    return here.origin + there.target


def _said(document: Document) -> str:
    """Title and text in lower case, without numbers, and without the address that a notice repeats."""
    text = f"{document.title}\n{document.text}".lower()
    path = unquote(urlsplit(document.url).path).lower().strip("/")
    name = path.rpartition("/")[2]
    for repeated in (path, name, re.sub(r"[-_+]", " ", name.partition(".")[0])):
        if len(repeated) >= _SHORTEST_NAME:
            text = text.replace(repeated, " ")
    return _DIGITS.sub("0", text)
