"""Every field of the index, once: what it holds, how it is searched and what it weighs.

Out: ``FIELDS`` for the engines to map to their own types, the weights for their scoring, and
``STAMP``, which names schema and analysis together. A generation with another stamp is not
searched: ``update`` builds a new one by itself.

Three kinds: ``words`` are analysed and scored, ``value`` is a column with one value for each
document to filter, count and sort by, ``record`` is kept as given and only shown. ``text`` holds
title, headings and sections together, so that "all words" is one look at one field; title and
headings again are a small extra. The visible text that extraction left out (threats, decision 13:
lists get lost) is a field of its own, of which only the words count that ``text`` does not have;
it is searched when the other fields give too little, so that a word in a menu that stands on every
page does not make every page a result. Of a page that only leads to others ``text`` is the title, and
the rest is visible text: its teasers must not outrank the pages they lead to.

How fields, alternatives and words make a score is told in ``index.scoring``. Measured, nDCG@10 on
24,012 documents with 506 questions and on 120 documents about residents' collectives with 50, each
step on top of the one before:

    fields scored apart by BM25 and added up                               0.614   0.802
    true BM25F: all fields in one saturation; parts of compounds that
    were typed as one word with the compound                               0.582   0.788
    parts scored apart, with their own idf                                 0.605   0.806
    forms as typed apart as well, at 0.2                                   0.617   0.808
    title at 1 in place of 0.3                                             0.616   0.816
    what holds all words before the rest of the list                       0.613   0.816
    words that look alike (``index.lookalikes``) in one word with it        0.648   0.826

In one saturation a heavy title no longer destroys the ranking, as it did when fields were added up:
0, 0.5, 1, 1.5, 2 and 3 give 0.614, 0.616, 0.616, 0.617, 0.615, 0.615 and 0.805, 0.808, 0.816, 0.815,
0.817, 0.815, and lengths of titles that count less (b of 0, 0.3, 0.5) change nothing. Parts of
compounds (``index.compounds``) stand in the same fields as whole words and count half.

Both sets have no headings, no text outside the sections and hardly a word that is the name of an
organisation (its weight changes no figure), so those three weights are kept small by the same
reasoning and wait for pages of our own. To measure again: ``kennisbank import``, ``reindex``, then
``kennisbank evaluate --queries F --qrels F``; a weight takes effect without a new index.
"""

from dataclasses import dataclass
from typing import Literal

from index import analysis

VERSION = 4
"""Raised by hand when a field is added, removed or filled in another way."""

STAMP = f"schema-{VERSION} analysis-{analysis.VERSION}"

FieldKind = Literal["key", "words", "value", "record"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``positions`` are kept where phrases are searched.

    ``weight`` is what a word counts there; ``b`` is how far a long field makes each of its words
    count less, from 0, not at all, to 1, in proportion.
    """

    name: str
    kind: FieldKind
    holds: str
    weight: float = 0.0
    b: float = 0.75
    positions: bool = False


FIELDS: tuple[Field, ...] = (
    Field("id", "key", "identity of the document"),
    Field("text", "words", "title, headings and sections", weight=1.0, positions=True),
    Field("exact", "words", "the words of text as written, not stemmed", weight=1.0),
    Field("title", "words", "the title again", weight=1.0),
    Field("headings", "words", "the headings again", weight=0.1),
    Field("organisation", "words", "name of the organisation", weight=0.3),
    Field("visible", "words", "words a reader sees that text does not have", weight=0.2),
    Field("publisher", "value", "name of the organisation, to filter and count"),
    Field("goals", "value", "numbers of the goals, 1,3"),
    Field("kind", "value", "kind of document"),
    Field("published", "value", "day of publication, 2026-11-23 or empty"),
    Field("language", "value", "language of the text"),
    Field("themes", "value", "names of the themes, divided by commas"),
    Field("places", "value", "the place it is about: province and municipality, divided by commas"),
    Field("shown_by", "value", "id of the document that is shown in its place, or empty"),
    Field("record", "record", "the document as shown, its sections and goal tags"),
)

WEIGHTS: dict[str, float] = {field.name: field.weight for field in FIELDS if field.weight}

PART = 0.5
"""What a part of a compound counts, where a whole word counts 1; parts do not lengthen a document."""

LENGTH_EFFECTS: dict[str, float] = {field.name: field.b for field in FIELDS if field.weight}

K1 = 1.2
"""BM25: with b 0.75 as good as any of 16 settings tried on 506 questions."""
