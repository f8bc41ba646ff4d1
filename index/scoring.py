"""What ranking weighs, in one frozen value that takes effect without a new index.

True BM25F (Robertson and Zaragoza, 2009): the weighted frequencies of all fields are summed before
one saturation, and each word of a question has one idf. The score of a document is

    prior * sum over words of  idf * f * (k1 + 1) / (f + k1)
    f = sum over alternatives  weight * sum over fields  weight * tf / (1 - b + b * length / average)

A word with alternatives (forms, synonyms, look-alikes) is one word: its alternatives share one
saturation and the idf of the word's own term or, where no document has that, of the commonest of
its alternatives that count. An alternative that more documents have than the word weighs less, by
its idf divided by that of the word. What stands apart (the form as typed, each part of a compound)
is scored the same way as a word of its own, times the weight of its first alternative. "best"
scores each alternative alone, with its own idf, and takes the best of them and ``tie`` times the
rest (dis-max).

Measured, nDCG@10 on 506 questions as written, with one typing error, split and joined, and on 50 of
residents' collectives, with some forty look-alikes for each word:

    one word, as above                           0.648   0.626   0.645   0.645   0.826
    common alternatives at their whole weight    0.647   0.625   0.639   0.640   0.832
    best of the alternatives                     0.633   0.611   0.633   0.633   0.820
    best, and 0.2 of the rest                    0.630   0.613   0.637   0.632   0.828

Without look-alikes there is less to sum, and the best of the alternatives does as well: 0.616 and
0.809 where one word has 0.613 and 0.812. k1 of 0.9, 1.2 and 1.6 give 0.612, 0.613, 0.613 and 0.804,
0.812, 0.811.

``titled`` is the factor of a document whose title holds everything that was asked. At 1, 1.15, 1.3
and 1.5 the 506 questions, whose documents have titles that say little, have 0.648 each time, the 50
have 0.826, 0.831, 0.831, 0.831, and 192 questions to the examples 0.801, 0.807, 0.810 and 0.812; to
weigh by the share of the words instead gains more there and costs the first 0.003 to 0.006.

``priors`` change what a document scores whatever was asked, by what it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from index.schema import K1, LENGTH_EFFECTS, WEIGHTS

Idf = Literal["lucene", "whoosh"]


@dataclass(frozen=True, slots=True)
class Priors:
    """Factors for what a document is; 1 changes nothing. ``foreign`` is for all languages but Dutch.

    A document of today of one of the kinds in ``fresh`` is worth ``1 + freshness``; what is added
    halves every ``half_life`` days. Guidance does not grow old this way: it is right or wrong.
    """

    kinds: Mapping[str, float] = field(default_factory=dict)
    foreign: float = 1.0
    fresh: frozenset[str] = frozenset({"nieuws", "regeling"})
    freshness: float = 0.0
    half_life: float = 365.0


@dataclass(frozen=True, slots=True)
class Scoring:
    """All numbers that a score is made with."""

    k1: float = K1
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    b: Mapping[str, float] = field(default_factory=lambda: LENGTH_EFFECTS)
    idf: Idf = "lucene"
    group: Literal["sum", "best"] = "sum"
    tie: float = 0.0
    titled: float = 1.0
    priors: Priors = Priors()


SCORING = Scoring(titled=1.3, priors=Priors(kinds={"nieuws": 0.9}, foreign=0.95))
"""What the product ranks with. Of two texts that match equally the Dutch one comes first.

News at 1, 0.95, 0.9, 0.85 and 0.8 gives 50 questions of residents' collectives, some of which ask for
news, 0.834, 0.831, 0.829, 0.825 and 0.816, and 192 questions to the examples 0.828, 0.834, 0.836,
0.838 and 0.837. Other kinds have no value: 0.9 for stories changes nothing, 0.85 for what has no kind costs
the examples 0.006. Freshness of 0.1, 0.2 and 0.4 for news and schemes costs them 0.002, 0.008 and
0.017. All of these were tuned together with the other weights, see ``data/ranking.toml``."""
