"""What a new index is asked before it takes the place of the old one.

In: the old index and the new, both open, and what is wanted of them. Out: ``Check`` values, each with
what was found; one that is not met keeps the new index from visitors until a person has looked. A
whole build passes here; an update follows changes that were judged one by one.

A crawl has its own brake on what disappears. This one is for all that may go wrong between the
documents and the index: a fault of this program, of a word list, of a disk.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from index import analysis
from index.engines.base import Question, Snapshot
from index.evaluate import FIRST
from index.improvements import NONE, Improvements
from index.judged import measure
from index.query import MAX_CHARACTERS, Query
from index.questions import read
from index.vocabulary import Vocabulary
from library.progress import Progress

MOST_LOST = 0.2
"""Part of the documents that may be gone at once (pages 3.7)."""
LEAST_KEPT = 0.95
"""Part of the old nDCG@10 that judged searches keep where nobody set a floor. A choice: with a few dozen judged searches,
one that falls from right to wrong moves the mean by 0.02 or 0.03, and that is no reason to stop."""

Kind = Literal["documents", "search", "judged"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: searches that must find something, and judged ones, grades by document by text.

    ``floor`` is the nDCG@10 that somebody wants of those. An old index that is below it asks no more
    than to be no worse.
    """

    searches: tuple[str, ...] = ()
    judged: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer. ``text`` is the search; numbers are documents, or thousandths of
    nDCG@10 where searches are judged."""

    kind: Kind
    met: bool
    before: int
    now: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Answering:
    """A generation as visitors search it: with what people changed, and the words kept whole in it."""

    snapshot: Snapshot
    improvements: Improvements = NONE
    protected: frozenset[str] = frozenset()

    def found(self, text: str) -> int:
        """Count what a search lists."""
        with analysis.protecting(self.protected):
            question = self._read(Query(limit=1), text)
            return self.snapshot.search(question).listed if question.asks_words else 0

    def quality(self, judged: Mapping[str, Mapping[str, int]]) -> int:
        """The mean nDCG@10 over judged searches, in thousandths."""
        with analysis.protecting(self.protected):
            return round(1000 * measure(judged, self._rank).overall.ndcg)

    def _rank(self, text: str) -> list[tuple[str, float]]:
        question = self._read(Query(), text)
        return self.snapshot.rank(question, FIRST) if question.asks_words else []

    def _read(self, query: Query, text: str) -> Question:
        snapshot = self.snapshot
        vocabulary = Vocabulary(snapshot.knows, snapshot.vocabulary, snapshot.terms)
        return read(
            query,
            text=text[:MAX_CHARACTERS],
            strict=False,
            vocabulary=vocabulary,
            improvements=self.improvements,
        )


def checks(
    old: Answering, new: Answering, wanted: Wanted, progress: Progress | None = None
) -> tuple[Check, ...]:
    """Ask everything; tell how far it is."""
    total = 1 + len(wanted.searches) + (1 if wanted.judged else 0)
    found: list[Check] = []
    for one in _checks(old, new, wanted):
        found.append(one)
        if progress is not None:
            progress.advance(len(found), {"checked": len(found)}, total)
    return tuple(found)


def _checks(old: Answering, new: Answering, wanted: Wanted) -> Iterator[Check]:
    before, now = old.snapshot.count(), new.snapshot.count()
    yield Check("documents", now >= (1 - MOST_LOST) * before, before, now)
    for text in wanted.searches:
        there = new.found(text)
        yield Check("search", there > 0, old.found(text), there, text)
    if wanted.judged:
        earlier, later = old.quality(wanted.judged), new.quality(wanted.judged)
        least = LEAST_KEPT * earlier if wanted.floor is None else min(earlier, 1000 * wanted.floor)
        yield Check("judged", later >= least, earlier, later)
