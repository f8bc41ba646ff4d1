"""The title of a file: one that is a title, whatever the program that made it wrote there.

In: what the file says of itself, its text and its address. Out: a title, never empty. "Microsoft
Word - stuk3.doc" and "Presentatie1" are what programs fill in when people do not.
"""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from crawler.extract.days import days_in
from crawler.extract.text import clean_title, one_line
from library.document import Section

_FILE_NAME = re.compile(
    r"\.(?:pdf|html?|aspx?|php|docx?|docm|dotx|pptx?|ppsx|xlsx?|odt|odp|ods|rtf|txt|csv|epub"
    r"|indd|qxd|ai|eps|pages|wpd)$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:untitled|unknown|naamloos|zonder titel|geen titel|(?:nieuw )?document|rapport"
    r"|microsoft (?:office )?(?:word|powerpoint|excel)(?:[- ](?:document|presentatie|presentation))?"
    r"|power ?point[- ](?:presentatie|presentation)|presentatie|presentation|slide|dia|title|titel"
    r"|layout|opmaak|print|scan|image|img|kopie van|sjabloon|template|map|werkmap|book|blad|sheet"
    r"|inhoud|inhoudsopgave|voorblad|pagina|page|factuur|brief|tijdelijk|concept|versie)"
    r"[\s\d_().-]*$"
    r"|^(?:microsoft (?:word|powerpoint|excel) - )|^(?:https?://|www\.|file:|[a-z]:\\)"
    r"|^[\W\d_]*$|^\S*_\S*_\S*$",
    re.IGNORECASE,
)
_LONGEST_LINE = 120
_FETCH_IT = re.compile(
    r"^(?:klik hier (?:om|voor)|download(?:en)?|bekijk|open|lees|hier vindt u)\b"
    r"(?: (?:hier|de|het|als|pdf|bestand|document))*\s*[:-]?\s*",
    re.IGNORECASE,
)
_KIND_OF_FILE = re.compile(
    r"\s*[(\[](?:pdf|docx?|xlsx?|pptx?|word|excel|[\d.,]+\s*[km]i?b)\b[^)\]]*[)\]]\s*$"
    r"|\s*[-–,]?\s*\b(?:pdf|docx?)(?:[,;]?\s*[\d.,]+\s*[km]i?b)?\s*$|\s+te downloaden$",
    re.IGNORECASE,
)
_PLAIN_LINKS = frozenset(
    (
        *("download", "downloads", "pdf", "lees meer", "lees verder", "meer lezen", "hier"),
        *("klik hier", "open", "bekijk", "bestand", "bijlage", "bijlagen", "deze link"),
        *("meer informatie", "deze pagina", "dit document", "document", "word", "excel"),
    )
)


def title_of_file(stated: str, sections: Sequence[Section], address: str) -> str:
    """What the file states, where that is a title; else its first line that reads as one."""
    title = one_line(stated[:2000])
    if is_title(title):
        return clean_title(title)
    return first_heading(sections) or title_from_address(address)


def is_title(text: str) -> bool:
    """Whether somebody wrote it as a title."""
    return len(text) > 3 and not _NO_TITLE.search(text) and not _FILE_NAME.search(text)


def title_of_link(text: str | None) -> str:
    """The words of a link to a file as its title, unless they say only that it is a link."""
    words = _KIND_OF_FILE.sub("", _FETCH_IT.sub("", one_line(text or "")))
    words = _FILE_NAME.sub("", words).strip(" .:-")
    if len(words) < 4 or words.lower() in _PLAIN_LINKS or not is_title(words):
        return ""
    return clean_title(words[:1].upper() + words[1:])


def first_heading(sections: Sequence[Section]) -> str:
    """The first line that reads as a title: words, not too long, no sentence, no date or number."""
    first = sections[0] if sections else Section("")
    # What begins on the first page of a PDF is a chapter: "Voorwoord".
    heading = first.heading if first.page is None else ""
    for line in (heading, *first.text.split("\n", 8)[:8]):
        letters = sum(character.isalpha() for character in line)
        short = 4 <= len(line) <= _LONGEST_LINE and letters >= 0.6 * len(line)
        if short and not line.endswith((".", ",", ";", ":")) and not any(days_in(line)):
            return clean_title(line)
    return ""


def title_from_address(address: str) -> str:
    """A readable name from the last part of an address: the file name, or else the host."""
    parts = urlsplit(address)
    names = [part for part in parts.path.split("/") if part]
    name = _FILE_NAME.sub("", unquote(names[-1])) if names else ""
    words = one_line(re.sub(r"[-_+]+", " ", name))
    if not re.search(r"[^\W\d_]{2}", words):
        words = one_line(f"{parts.hostname or ''} {words}")
    return clean_title(words[:1].upper() + words[1:]) or "Document"
