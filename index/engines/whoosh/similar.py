"""What a document is about, in a few terms: what "more like this" looks for.

In: an entry and how many documents have a term. Out: terms with weights.

A term says the more about a document the more often it stands there and the fewer other documents
have it. Terms that no other document has find nothing and are left out.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from index import analysis
from index.engines.whoosh.fields import texts_of
from index.engines.whoosh.inverter import Part
from index.entries import Entry
from library.document import Document

TERMS = 25
"""Terms that are looked for. More find the same documents and take longer."""
_CANDIDATES = 100
"""The commonest terms of a document, of which it is looked up who else has them."""
_TITLE = 3
"""A word of the title counts as if it stood so many times more in the text."""
_K1 = 1.2


class Telling(NamedTuple):
    """A term that tells what a document is about."""

    term: str
    weight: float


def telling(
    entry: Entry, frequency: Callable[[str], int], idf: Callable[[int], float]
) -> list[Telling]:
    """Choose the terms of a document that tell most about it."""
    times = _times(entry.document)
    candidates = heapq.nlargest(_CANDIDATES, times, key=lambda term: (times[term], term))
    shared = {term: found for term in candidates if (found := frequency(term)) > 1}
    weights = {term: times[term] / (times[term] + _K1) * idf(shared[term]) for term in shared}
    best = heapq.nlargest(TERMS, weights, key=lambda term: (weights[term], term))
    return [Telling(term, times[term] / (times[term] + _K1)) for term in best]


def _times(document: Document) -> Mapping[str, int]:
    """How often each word stands in the text of a document."""
    times: Counter[str] = Counter()
    for part, text, language in texts_of(document):
        if part <= Part.SECTION:
            counts = 1 + _TITLE * (part is Part.TITLE)
            for word in analysis.content_words(text, language):
                times[word.term] += counts
    return times
