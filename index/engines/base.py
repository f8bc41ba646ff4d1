"""What every engine does: write the files of one generation, and search them.

In: entries and a question. Out: answers in our own values. Everything around it (generations,
checks, locks, our query language, fragments) is ours and the same for every engine; the behaviour
suite in ``tests/index/engines`` runs against each engine and defines this interface.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from index.alternatives import Alternative, WordGroup
from index.entries import Entry
from index.files import Files
from index.query import FacetValue, Matched, Query


@dataclass(frozen=True, slots=True)
class Question:
    """A query, read: what its text asks for, beside the filters and order of ``query``.

    ``groups`` are content words with all they may be found by; ``phrases`` are terms that must
    stand together; ``excluded`` are words or phrases that must not occur. ``any_word`` counts what
    holds any of the words.
    """

    query: Query
    groups: tuple[WordGroup, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    any_word: bool = False

    @property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        """The words that were corrected: as typed, and as they were probably meant."""
        found = ((group.word, group.corrected) for group in self.groups if group.corrected)
        return tuple(dict.fromkeys(found))

    @property
    def asks_words(self) -> bool:
        """Whether anything in it must be matched, so that there is a best answer."""
        return bool(self.groups or self.phrases)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: how much is counted, and the asked part of the list as entries with scores.

    ``total`` and ``facets`` count the documents that hold all words (``matched`` is all) or, where
    these are too few, ``needed`` words or more (any). ``listed`` is how long the list is, as far as
    one can page. A document that is found together with the one that is shown in its place is neither
    counted nor listed. Documents that hold all words come first in it; otherwise it goes by score.

    To have what is counted first then as well would cost clearly: nDCG@10 on 506 questions, which
    are seldom so short that ten documents hold all of their words, falls by 0.020 [0.009, 0.031].
    Where all words are held it costs 0.003 [-0.001, 0.008], with one typing error 0.004, and the line
    that a page draws under what is counted is worth that.
    """

    total: int = 0
    listed: int = 0
    undated: int = 0
    matched: Matched = "none"
    needed: int = 0
    rows: tuple[tuple[Entry, float], ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which a document has one word of a question, and its part of the score.

    ``fields`` are where it stands, each with its weighted, normalised frequency there.
    """

    word: str
    alternative: Alternative
    fields: Mapping[str, float]
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document scores what it scores: the sum of the reasons, times what it is (``prior``) and
    times what it is worth that its title holds everything (``titled``)."""

    reasons: tuple[Reason, ...]
    prior: float = 1.0
    titled: float = 1.0

    @property
    def score(self) -> float:
        return self.prior * self.titled * sum(reason.score for reason in self.reasons)


class Snapshot(Protocol):
    """One generation, opened for searching; it stays what it is until it is closed."""

    def count(self) -> int:
        """Count the documents."""

    def folded(self) -> int:
        """Count the documents that are folded into another one when all are listed."""

    def ids(self) -> Iterator[str]:
        """Give the id of every document, in no order."""

    def find(self, document_id: str) -> Entry | None:
        """Give one document."""

    def entries(self) -> Iterator[Entry]:
        """Give every document, in no order; nothing of them is kept in memory."""

    def copies(self, document_id: str) -> tuple[Entry, ...]:
        """Give the documents that are folded into one: the same text elsewhere, and older ones."""

    def knows(self, term: str) -> bool:
        """Tell whether any document has a term, where a reader sees it."""

    def vocabulary(self) -> Mapping[str, int]:
        """Give the words as they are written, with the number of documents that have them."""

    def terms(self) -> Mapping[str, int]:
        """Give the terms of the text, with the number of documents that have them."""

    def search(self, question: Question) -> Answer:
        """Count what holds all words or, where that is too little, fewer; list, sort and cut."""

    def holding(self, question: Question) -> int:
        """Count what holds all words, even where a search would count what holds fewer."""

    def rank(self, question: Question, depth: int) -> list[tuple[str, float]]:
        """Give the first of the list as a visitor would page through it, with nothing folded: ids,
        and scores that fall from each to the next."""

    def explain(self, question: Question, document_id: str) -> Explanation | None:
        """Tell why a document scores what it scores for a question, found or not."""

    def similar(
        self, document_id: str, limit: int, *, same_organisation: bool | None = None
    ) -> tuple[tuple[Entry, float], ...]:
        """Give the documents that say most of what a document says, from anywhere, from its own
        organisation or only from others."""

    def close(self) -> None:
        """Let go of all files."""


class Writer(Protocol):
    """Writes the files of one generation into a folder that is its own."""

    def put(self, entry: Entry) -> bool:
        """Add a document, in place of the one with its id; ``True`` when there was none."""

    def remove(self, document_id: str) -> bool:
        """Take a document out; ``False`` when it is not there."""

    def finish(self) -> None:
        """Complete the files; nothing can be written after this."""

    def abandon(self) -> None:
        """Let go of all files without completing them."""


class Engine(Protocol):
    """A way to write and search generations."""

    @property
    def stamp(self) -> str:
        """Name engine, schema and analysis: what a generation must be made with to be searched."""

    def writer(self, folder: Path, files: Files) -> Writer:
        """Write into a folder that is empty, or holds the files of the generation to change."""

    def open(self, folder: Path, weights: Mapping[str, float] | None = None) -> Snapshot:
        """Open a complete generation; ``FileNotFoundError`` when it is removed meanwhile.

        ``weights`` are of fields, in place of those that the engine ranks with.
        """
