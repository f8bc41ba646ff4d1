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

Whoosh adds up fields that it scores apart, so a heavy title destroys the ranking. Measured, nDCG@10
on 24,012 documents with 506 questions and on 120 documents about residents' collectives with 50:

    weight of title     0      0.15   0.3    0.5    1      2
    506 questions       0.545  0.549  0.548  0.535  0.496  0.410
    50 questions        0.695  0.693  0.697  0.690  0.677  0.611

Parts of compounds (``index.compounds``) stand in the same fields as whole words and count half. In
a field of their own, scored apart, the figures are 0.587 and 0.762 where together they are 0.603
and 0.777 (plain BM25 with Lucene's idf); counting them whole gives 0.594 and 0.772 before exact
forms. The words as they are written are a field of their own at 0.15: weights of 0, 0.15, 0.3 and
0.5 give 0.595, 0.603, 0.601, 0.599 and 0.780, 0.777, 0.765, 0.763. Through this engine the two
steps together raise nDCG@10 from 0.548 to 0.604 and 0.697 to 0.742, recall@100 from 0.777 to 0.869
and 0.855 to 0.945; with split compounds 0.605, with joined words 0.582.

Both sets have no headings, no text outside the sections and hardly a word that is the name of an
organisation (its weight changes no figure), so those three weights are kept small by the same
reasoning and wait for pages of our own. To measure again: ``kennisbank import``, ``reindex``, then
``kennisbank evaluate --queries F --qrels F``; a weight takes effect without a new index.
"""

from dataclasses import dataclass
from typing import Literal

from index import analysis

VERSION = 2
"""Raised by hand when a field is added, removed or filled in another way."""

STAMP = f"schema-{VERSION} analysis-{analysis.VERSION}"

FieldKind = Literal["key", "words", "value", "record"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``weight`` counts for words, ``positions`` are kept where phrases are searched."""

    name: str
    kind: FieldKind
    holds: str
    weight: float = 0.0
    positions: bool = False


FIELDS: tuple[Field, ...] = (
    Field("id", "key", "identity of the document"),
    Field("text", "words", "title, headings and sections", weight=1.0, positions=True),
    Field("exact", "words", "the words of text as written, not stemmed", weight=0.15),
    Field("title", "words", "the title again", weight=0.3),
    Field("headings", "words", "the headings again", weight=0.1),
    Field("organisation", "words", "name of the organisation", weight=0.3),
    Field("visible", "words", "words a reader sees that text does not have", weight=0.2),
    Field("publisher", "value", "name of the organisation, to filter and count"),
    Field("goals", "value", "numbers of the goals, 1,3"),
    Field("kind", "value", "kind of document"),
    Field("published", "value", "day of publication, 2026-11-23 or empty"),
    Field("language", "value", "language of the text"),
    Field("record", "record", "the document as shown, its sections and goal tags"),
)

WEIGHTS: dict[str, float] = {field.name: field.weight for field in FIELDS if field.weight}

PART = 0.5
"""What a part of a compound counts, where a whole word counts 1; parts do not lengthen a document."""

K1, B = 1.2, 0.75
"""BM25: as good as any of 16 settings tried on 506 questions."""
