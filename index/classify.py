"""Which of the coalition's goals a document serves, with the words that tell so.

In: a ``Document`` and the goals with their terms. Out: goal tags, surest first, each with its
evidence: the terms as they stand in the text, strongest first. No evidence, no tag.

The score of a goal is a sum over the places where its terms stand: strong terms count 3, ordinary
ones 1, negative ones are subtracted; times 3 in title and headings, times 2 in the first 300 words;
divided by the square root of the length in terms. A tag needs two different strong terms, or one in
the title, and a score above the goal's limit. Limits and probabilities come from labelled documents
(``index.tune_goals`` writes ``data/goal_limits.toml``; the figures stand in that file).
"""

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from index.analysis import terms, tokens
from index.query import GoalTag
from index.wordlists import FOLDER, WordListError
from library.document import Document
from library.goals import GOALS, RUBRIC, Goal

LIMITS_FILE = FOLDER / "goal_limits.toml"
IMPORTED = ("aangeleverd",)
"""Evidence of a goal that came with the document: a person said so."""

SUREST = 0.999
"""Only a person is certain: what we find ourselves never has a probability of 1."""

STRONG, ORDINARY, NEGATIVE = 3.0, 1.0, -1.0
IN_HEADING, AT_START, ELSEWHERE = 3.0, 2.0, 1.0
START_WORDS = 300
SHORTEST_PART = 5
"""Letters of a term that may count inside a longer word: shorter ones stand in words by chance."""
SHORTEST_REST = 4
"""Letters that must be left of the longer word: "promotie" is no "motie"."""


class Rule(NamedTuple):
    """What it means for one goal that one of its terms was found."""

    goal: int
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
    in_title: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def count(self, rule: Rule, place: float, words: str, *, in_title: bool) -> None:
        """Add one place where a term stands."""
        self.value += rule.weight * place
        if rule.weight > 0:
            self.weights[rule.term] = self.weights.get(rule.term, 0.0) + rule.weight * place
            self.words.setdefault(rule.term, words)
        if rule.weight == STRONG:
            self.strong.add(rule.term)
            self.in_title = self.in_title or in_title

    @property
    def is_grounded(self) -> bool:
        """Whether there is enough evidence for a tag, whatever the score."""
        return self.in_title or len(self.strong) >= 2

    @property
    def evidence(self) -> tuple[str, ...]:
        """The terms as they stand in the text, those that weigh most first."""
        ordered = sorted(self.weights, key=lambda term: (-self.weights[term], term))
        return tuple(dict.fromkeys(self.words[term] for term in ordered))


@dataclass(frozen=True, slots=True)
class Limit:
    """The score that a tag needs, and the line of its log odds over the score."""

    score: float
    intercept: float
    slope: float

    def probability(self, score: float) -> float:
        """How likely it is that a judge would give the goal too."""
        chance = 1.0 / (1.0 + math.exp(-(self.intercept + self.slope * score)))
        return min(round(chance, 3), SUREST)


class Lexicon:
    """The terms of some goals, ready to be found in one pass over the terms of a text."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        rules: dict[tuple[str, ...], list[Rule]] = {}
        for sequence, rule in (pair for goal in goals for pair in _rules_of(goal)):
            rules.setdefault(sequence, []).append(rule)
        self._entries: dict[str, list[Entry]] = {}
        for sequence in sorted(rules, key=len, reverse=True):
            entry = Entry(sequence, tuple(rules[sequence]))
            self._entries.setdefault(sequence[0], []).append(entry)
        self._beginning_with = lru_cache(maxsize=100_000)(self._find)

    def matches(self, found: Sequence[str]) -> Iterator[tuple[int, Entry]]:
        """Yield where a known sequence begins, from left to right, the longest one first."""
        free_from = 0
        for index, term in enumerate(found):
            if index < free_from:
                continue
            for entry in self._beginning_with(term):
                width = len(entry.sequence)
                if width == 1 or tuple(found[index : index + width]) == entry.sequence:
                    yield index, entry
                    free_from = index + width
                    break

    def _find(self, term: str) -> tuple[Entry, ...]:
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


def _rules_of(goal: Goal) -> Iterator[tuple[tuple[str, ...], Rule]]:
    weighed = ((goal.strong, STRONG), (goal.ordinary, ORDINARY), (goal.negative, NEGATIVE))
    for written, weight in weighed:
        for words in written:
            yield tuple(terms(words)), Rule(goal.number, words, weight)


@cache
def _lexicon_of(goals: tuple[Goal, ...]) -> Lexicon:
    return Lexicon(goals)


def classify(
    document: Document,
    *,
    goals: tuple[Goal, ...] = GOALS,
    limits: Mapping[int, Limit] | None = None,
) -> tuple[GoalTag, ...]:
    """The goals of a document, surest first; goals that came with it are kept as they are."""
    if document.goals:
        return tuple(GoalTag(number, 1.0, IMPORTED) for number in sorted(document.goals))
    known = LIMITS if limits is None else limits
    found = [
        GoalTag(number, known[number].probability(score.value), score.evidence)
        for number, score in scores(document, goals).items()
        if score.is_grounded and score.value >= known[number].score
    ]
    return tuple(sorted(found, key=lambda tag: (-tag.probability, tag.number)))


def scores(document: Document, goals: tuple[Goal, ...] = GOALS) -> dict[int, Score]:
    """The score of every goal, before limits; all empty when the title rules out any goal."""
    found = {goal.number: Score() for goal in goals}
    if _serves_none(document.title):
        return found
    lexicon = _lexicon_of(goals)
    length = 0
    for part in _parts(document):
        stream = list(tokens(part.text))
        for index, entry in lexicon.matches([token.term for token in stream]):
            last = stream[index + len(entry.sequence) - 1]
            words = part.text[stream[index].start : last.end]
            place = part.place or (AT_START if length + index < START_WORDS else ELSEWHERE)
            for rule in entry.rules:
                found[rule.goal].count(rule, place, words, in_title=part.is_title)
        length += len(stream)
    for score in found.values():
        score.value /= math.sqrt(max(length, 1))
    return found


class _Part(NamedTuple):
    """A text of the document, with the weight of its place where that is the same throughout."""

    text: str
    place: float = 0.0
    is_title: bool = False


def _parts(document: Document) -> Iterator[_Part]:
    yield _Part(document.title, IN_HEADING, is_title=True)
    for section in document.sections:
        if section.heading:
            yield _Part(section.heading, IN_HEADING)
        yield _Part(section.text)


def _serves_none(title: str) -> bool:
    """Whether a title tells that the page is no knowledge: a vacancy, terms, an address."""
    found = terms(title)
    return any(True for _ in _without_goal().matches(found))


@cache
def _without_goal() -> Lexicon:
    everything = Goal(0, "", "", "", ("", "", ""), RUBRIC.without_goal, (), ())
    return Lexicon((everything,))


def read_limits(path: Path) -> dict[int, Limit]:
    """Read the limits that ``index.tune_goals`` wrote, by number of the goal."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            int(entry["number"]): Limit(entry["score"], entry["intercept"], entry["slope"])
            for entry in read["goals"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WordListError(f"{path.name} cannot be read: {error!r}") from error


LIMITS = read_limits(LIMITS_FILE)
