"""The terms of goals and themes, ready to be found in a text: the rubric as a program reads it.

In: goals or themes with their strong, ordinary and negative terms. Out: a ``Lexicon`` that tells where a
sequence of known terms begins, and ``Score``, which adds up for one goal what was found.

The score of a goal is a sum over the places where its terms stand: strong terms count 3, ordinary
ones 1, negative ones are subtracted; times 3 in title and headings, times 2 in the first 300 words;
divided by the square root of the length in terms. By itself it gives a macro F1 of 0.586
(``macro_f1_terms`` in ``data/goals/model.toml``); ``index.model`` takes it in beside words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

from index.analysis import terms

STRONG, ORDINARY, NEGATIVE = 3.0, 1.0, -1.0
IN_HEADING, AT_START, ELSEWHERE = 3.0, 2.0, 1.0
START_WORDS = 300
SHORTEST_PART = 5
"""Letters of a term that may count inside a longer word: shorter ones stand in words by chance."""
SHORTEST_REST = 4
"""Letters that must be left of the longer word: "promotie" is no "motie"."""


class Subject(Protocol):
    """What has terms that point at it: a goal, a theme."""

    @property
    def number(self) -> int: ...
    @property
    def strong(self) -> tuple[str, ...]: ...
    @property
    def ordinary(self) -> tuple[str, ...]: ...
    @property
    def negative(self) -> tuple[str, ...]: ...


class Rule(NamedTuple):
    """What it means for one subject that one of its terms was found."""

    subject: int
    term: str
    weight: float


class Entry(NamedTuple):
    """Terms that stand together, and the rules they fire."""

    sequence: tuple[str, ...]
    rules: tuple[Rule, ...]


@dataclass(slots=True)
class Score:
    """What was found in one document for one goal."""

    value: float = 0.0
    strong: set[str] = field(default_factory=set)
    strong_in_lead: set[str] = field(default_factory=set)
    in_title: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def count(self, rule: Rule, place: float, words: str, *, in_title: bool, in_lead: bool) -> None:
        """Add one place where a term stands."""
        self.value += rule.weight * place
        if rule.weight > 0:
            self.weights[rule.term] = self.weights.get(rule.term, 0.0) + rule.weight * place
            self.words.setdefault(rule.term, words)
        if rule.weight == STRONG:
            self.strong.add(rule.term)
            if in_lead:
                self.strong_in_lead.add(rule.term)
            self.in_title = self.in_title or in_title

    @property
    def is_grounded(self) -> bool:
        """Whether the terms alone would be enough for a tag, whatever the score."""
        return self.in_title or len(self.strong) >= 2

    @property
    def evidence(self) -> tuple[str, ...]:
        """The terms as they stand in the text, those that weigh most first."""
        ordered = sorted(self.weights, key=lambda term: (-self.weights[term], term))
        return tuple(dict.fromkeys(self.words[term] for term in ordered))


class Lexicon:
    """The terms of some subjects, ready to be found in one pass over the terms of a text."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        rules: dict[tuple[str, ...], list[Rule]] = {}
        for sequence, rule in (pair for one in subjects for pair in _rules_of(one)):
            rules.setdefault(sequence, []).append(rule)
        self._entries: dict[str, list[Entry]] = {}
        for sequence in sorted(rules, key=len, reverse=True):
            entry = Entry(sequence, tuple(rules[sequence]))
            self._entries.setdefault(sequence[0], []).append(entry)
        self.beginning_with = lru_cache(maxsize=100_000)(self._find)

    def matches(self, found: Sequence[str]) -> Iterator[tuple[int, Entry]]:
        """Yield where a known sequence begins, from left to right, the longest one first."""
        free_from = 0
        for index in range(len(found)):
            entry = self.longest(found, index) if index >= free_from else None
            if entry is not None:
                yield index, entry
                free_from = index + len(entry.sequence)

    def longest(self, found: Sequence[str], index: int) -> Entry | None:
        """The longest known sequence that begins here."""
        for entry in self.beginning_with(found[index]):
            width = len(entry.sequence)
            if width == 1 or tuple(found[index : index + width]) == entry.sequence:
                return entry
        return None

    def _find(self, term: str) -> tuple[Entry, ...]:
        """What may begin with a term, the longest first."""
        known = self._entries.get(term, [])
        if any(len(entry.sequence) == 1 for entry in known):
            return tuple(known)
        inside = tuple(dict.fromkeys(self._inside(term)))
        return (*known, Entry((term,), inside)) if inside else tuple(known)

    def _inside(self, term: str) -> Iterator[Rule]:
        """The rules of the terms that a longer word ends or begins with."""
        for cut in range(SHORTEST_REST, len(term) - SHORTEST_PART + 1):
            yield from self._of_part(term[cut:])
        for cut in range(SHORTEST_PART, len(term) - SHORTEST_REST + 1):
            yield from self._of_part(term[:cut])

    def _of_part(self, part: str) -> Iterator[Rule]:
        for entry in self._entries.get(part, ()):
            if len(entry.sequence) == 1:
                yield from (rule for rule in entry.rules if rule.weight > 0)


def _rules_of(one: Subject) -> Iterator[tuple[tuple[str, ...], Rule]]:
    weighed = ((one.strong, STRONG), (one.ordinary, ORDINARY), (one.negative, NEGATIVE))
    for written, weight in weighed:
        for words in written:
            yield tuple(terms(words)), Rule(one.number, words, weight)
