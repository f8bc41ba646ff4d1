"""Documents and questions from a seed: as many as wanted, with words as frequent as words are.

Out: documents of made-up words whose frequencies follow Zipf's law, with the four facets, and
questions over the whole range of frequencies. The same seed gives the same ones anywhere.
"""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast

from library.document import Document, Kind, Published, Section

BETWEEN = "qxz"
"""A term that stands between the title of a document and the rest; no question has it."""
VOCABULARY = 200_000
OFFSET, EXPONENT = 10, 1.0
"""Word number r is as frequent as 1 / (r + OFFSET) ** EXPONENT: Zipf's law with Mandelbrot's offset,
which is what is left of running text without its stop words. The shares of documents that have the
commonest word, number 10, 100, 1,000 and 3,000: 0.46, 0.31, 0.072, 0.008 and 0.003 here; 0.47, 0.24,
0.064, 0.010 and 0.002 in the 24,012 real documents, analysed."""
LENGTHS = (4.1, 0.8)
"""Mean and spread of the logarithm of a document's length in words that are no stop words: half have
fewer than 60, one in a hundred more than 380; of the real ones half have fewer than 55."""
KINDS = ("wet", "regeling", "nieuws", "verhaal", "onderzoek", "overig")
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)

Shape = Literal["any", "all", "rare", "common", "phrase"]


def generated(number: int, seed: int = 1) -> Iterator[Document]:
    """Give documents one by one."""
    chance = random.Random(seed)
    words = [f"w{rank}" for rank in range(VOCABULARY)]
    shares = list(
        itertools.accumulate((rank + OFFSET) ** -EXPONENT for rank in range(1, VOCABULARY + 1))
    )
    for place in range(number):
        length = max(5, min(5_000, round(chance.lognormvariate(*LENGTHS))))
        text = " ".join(chance.choices(words, cum_weights=shares, k=length))
        title = " ".join(chance.choices(words, cum_weights=shares, k=5))
        address = f"https://voorbeeld.nl/{place}"
        bare = Document(
            id=f"d{place}",
            url=address,
            canonical_url=address,
            title=title,
            sections=(Section(text),),
            organisation="",
            fetched_at=MOMENT,
        )
        yield with_facets(bare, chance)


def with_facets(document: Document, chance: random.Random) -> Document:
    """Give a document a value of every facet, some values more than others."""
    day = date(2026, 1, 1) - timedelta(days=round(chance.expovariate(1 / 1500)))
    return replace(
        document,
        # No word of the texts, so that a question never finds it.
        organisation=f"qxz{round(chance.expovariate(1 / 6))}",
        kind=cast("Kind", chance.choice(KINDS)),
        published=Published(day, "meta") if chance.random() < 0.9 else None,
        goals=tuple(sorted(chance.sample(range(1, 6), chance.choice([0, 1, 1, 2])))),
    )


def questions(
    texts: Iterable[Sequence[str]], shape: Shape, number: int, seed: int = 2
) -> list[tuple[str, ...]]:
    """Give questions of 1 to 5 terms from below the titles, spread over all frequencies."""
    chance = random.Random(f"{seed} {shape}")
    sample = [_text_of(terms) for terms in itertools.islice(texts, 2_000)]
    counts = Counter(term for terms in sample for term in set(terms))
    by_frequency = [term for term, _ in counts.most_common()]
    if shape == "phrase":
        long = [terms for terms in sample if len(terms) > 20]
        starts = [
            (terms, chance.randrange(len(terms) - 3)) for terms in chance.choices(long, k=number)
        ]
        return [tuple(terms[at : at + chance.choice([2, 3])]) for terms, at in starts]
    if shape == "rare":
        return [
            (term,) for term in chance.choices(by_frequency[len(by_frequency) // 2 :], k=number)
        ]
    if shape == "common":
        return [(term,) for term in chance.choices(by_frequency[:50], k=number)]
    return [
        tuple({_spread(by_frequency, chance) for _ in range(1 + place % 5)})
        for place in range(number)
    ]


def _text_of(terms: Sequence[str]) -> Sequence[str]:
    """The terms of the text alone, without those of the title before and of parts behind it."""
    begin = terms.index(BETWEEN) + 1
    return terms[begin : terms.index(BETWEEN, begin)]


def _spread(by_frequency: Sequence[str], chance: random.Random) -> str:
    """A term of which the rank is as likely to be between 1 and 10 as between 100 and 1,000."""
    rank = len(by_frequency) ** chance.random()
    return by_frequency[min(int(rank) - 1, len(by_frequency) - 1)]
