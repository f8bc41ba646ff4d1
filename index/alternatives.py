"""The ways to find a word, and what each of them weighs.

``index.expansion`` makes them of a query, engines match and score them. In and out: values. Each weight
stands with its measurement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

JOINED_WEIGHT = 0.7
PART_WEIGHT = 0.7
"""Weight of each part of a compound in the query, where documents count parts half already
(``index.schema``). Apart, with the idf of the part, 0.5, 0.7 and 1 give an nDCG@10 of 0.604, 0.605
and 0.607 on 506 questions and 0.805, 0.806 and 0.808 on 50 of residents' collectives; as one word
with the compound, and so with the idf of the compound, 0.589, 0.582 and less, and 0.791 and 0.788.
Parts of parts (subsidie in subsidieaanvraag-formulier) lower the first figure by 0.003."""

EXACT_WEIGHT = 0.2
"""Weight of the form as typed, apart. At 0, 0.1, 0.2, 0.3 and 0.45 the 506 questions have 0.605,
0.612, 0.617, 0.612, 0.612, the 50 have 0.801, 0.809, 0.808, 0.801, 0.796; as one word with the term
0.605 and 0.806."""

AS_TYPED, AS_A_WHOLE, FIRST_PART = 1, 2, 3
"""What stands apart from a word and is scored beside it: see ``Alternative``."""

WHOLE_WEIGHT = 2.0
"""Weight of what several words say together, where documents count it half, as a part
(``index.schema``). A compound that was put together from its pieces is only a joined form: apart and
at this weight it takes 506 questions, of which 57 have one, from an nDCG@10 of 0.613 to 0.607. They
hardly ask for an article or a date, which is what it is for."""

NAME_WEIGHT = 1.0
"""The same for a name, which synonyms and its own words find as well. At 0, 1 and 2 the 50 questions
of residents' collectives have 0.812, 0.812 and 0.808."""

LANGUAGE_WEIGHT = 0.9
"""Weight of the term that a word has in documents in English or Frisian. The collections to measure
with have nearly no such documents, and a Dutch text that is as good goes first."""

CORRECTED_WEIGHT = 0.9
"""Weight of all that a corrected word is found by; see ``index.spelling`` for the measurement."""

NEAR_WEIGHT = 0.4
"""Weight of other words that are as near to an unknown word as the one that is announced."""

FILLER_WEIGHT = 0.7
"""Weight of all that a filler word (``data/fillers.txt``) is found by. Left out of the question, and
at 0.3, 0.5, 0.7 and 1, 506 questions have an nDCG@10 of 0.643, 0.649, 0.650, 0.650 and 0.648, 50 of
residents' collectives 0.828, 0.826, 0.824, 0.832 and 0.831."""

LOOKALIKE_WEIGHT = 1.0
LOOKALIKE_EXPONENT = 3.0
"""A look-alike weighs its cosine to this power, times this weight: half alike is worth an eighth.
See ``index.lookalikes``."""

MOST_LOOKALIKES = 40
"""Look-alikes of a word: what comes after these changes no figure and costs time."""
Kind = Literal[
    "stem",
    "exact",
    "part",
    "whole",
    "joined",
    "split",
    "corrected",
    "synonym",
    "language",
    "lookalike",
]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each way to find a word weighs, where the word itself weighs 1; what weighs 0 is off.

    ``synonym`` multiplies the weights in the list. Without ``corrected`` nothing is taken apart
    either.
    """

    stem: float = 1.0
    exact: float = EXACT_WEIGHT
    part: float = PART_WEIGHT
    joined: float = JOINED_WEIGHT
    split: float = JOINED_WEIGHT
    whole: float = WHOLE_WEIGHT
    name: float = NAME_WEIGHT
    language: float = LANGUAGE_WEIGHT
    synonym: float = 1.0
    corrected: float = CORRECTED_WEIGHT
    near: float = NEAR_WEIGHT
    filler: float = FILLER_WEIGHT
    lookalike: float = LOOKALIKE_WEIGHT
    exponent: float = LOOKALIKE_EXPONENT
    most: int = MOST_LOOKALIKES


WEIGHTS = Weights()
"""What the product ranks with."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to find a word; several terms must stand together, in this order.

    What does not count only ranks: a document that holds nothing better is listed below the
    documents that are counted. Alternatives with the same number in ``apart`` are scored together
    as one word, with one idf; those of the word itself have 0, what has another number adds to it.
    ``field`` says whether it is a term of the text or, with one term, a form as it is written.
    """

    terms: tuple[str, ...]
    weight: float
    kind: Kind
    counts: bool = True
    apart: int = 0
    field: Literal["text", "exact"] = "text"

    @property
    def is_text(self) -> bool:
        """Whether it is looked for among terms, and not as it is written."""
        return self.field == "text"


@dataclass(frozen=True, slots=True)
class WordGroup:
    """A word as typed, and the ways to find it: its own term first.

    What holds any alternative that counts holds the word; all of them are scored as one word. A
    word that was corrected says so, and is found as it was typed and as it was meant. A filler is
    only said around the others, so a document need not have it.
    """

    word: str
    alternatives: tuple[Alternative, ...]
    corrected: str = ""
    is_filler: bool = False


def terms_of(group: WordGroup) -> Iterator[str]:
    """All terms that a word may be found by, those of its parts last."""
    for alternative in group.alternatives:
        if alternative.is_text:
            yield from alternative.terms
