"""The words of a document field by field, worked out one by one: what the arrays must come to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from index import analysis
from index.engines.whoosh.inverter import PART_GAP
from library.document import Document

Positions = Mapping[str, list[int]]
"""For each term the positions at which it stands."""


class Postings(NamedTuple):
    """Where terms stand as words, and where as parts of compounds."""

    words: Positions
    parts: Positions = MappingProxyType({})


def words_of(document: Document) -> dict[str, Postings]:
    """Give each field its words."""
    headings = [section.heading for section in document.sections if section.heading]
    texts = [part for section in document.sections for part in (section.heading, section.text)]
    visible = document.visible_text
    if document.is_listing:
        # Its teasers are the words of other pages, which are to be found first.
        headings, texts, visible = [], [], visible or document.text
    texts = [document.title, *texts]
    language = document.language
    text = postings_of(texts, language)
    return {
        "text": text,
        "exact": exact_postings_of(texts, language),
        "title": postings_of([document.title], language),
        "headings": postings_of(headings, language),
        "organisation": postings_of([document.organisation]),
        "visible": _left_out(visible, text, language),
    }


def postings_of(texts: Iterable[str], language: str = "nl") -> Postings:
    """Analyse texts that follow each other, with a gap between them."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in _placed(texts, language):
        words[word.term].append(position)
        for part in word.parts:
            parts[part].append(position)
    return Postings(words, parts)


def exact_postings_of(texts: Iterable[str], language: str) -> Postings:
    """The words of texts as they are written."""
    words: defaultdict[str, list[int]] = defaultdict(list)
    for position, word in _placed(texts, language):
        words[word.exact].append(position)
    return Postings(words)


def _placed(texts: Iterable[str], language: str) -> Iterator[tuple[int, analysis.Word]]:
    start = 0
    for text in texts:
        found = analysis.content_words(text, language)
        yield from enumerate(found, start)
        if found:
            start += len(found) + PART_GAP


def _left_out(visible: str, text: Postings, language: str) -> Postings:
    """The words that a reader sees and that the extracted text does not have."""
    if not visible:
        return Postings({})
    seen = postings_of([visible], language)
    known = text.words.keys() | text.parts.keys()
    return Postings(*({t: at for t, at in one.items() if t not in known} for one in seen))
