"""Documents with the goals that people gave them: what is learned from, and how well judges agree.

In: files of labels in ``data/labels`` (their README tells the format), documents for those labels
that stand apart from their text, and any file of documents with goals. Out: ``Labelled`` documents;
their labels are kept apart, so that nothing that reads the document sees them.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from index.wordlists import FOLDER, WordListError
from library.document import Document, Kind, Section
from library.exchange import BadLine, read_file
from library.goals import GOALS

LABELS = FOLDER / "labels"
EXAMPLES_FILE, WRITTEN_FILE = LABELS / "examples.jsonl", LABELS / "written.jsonl"
SUMMARIES_FILE = LABELS / "summaries.jsonl"
PLACES_FILE = LABELS / "places.jsonl"

EXAMPLES = "examples"
"""The collection of the example documents."""
JUDGES = ("", "_second", "_third")
"""What the name of a field ends with, by who said it."""

Value = TypeVar("Value")


class Told(NamedTuple):
    """What a judge said of a document beside its goals; phase and audience may be empty."""

    kind: Kind
    themes: frozenset[str]
    phase: str
    audience: str

    def has(self, axis: str, value: str) -> bool:
        """Whether a value of a facet was given."""
        told = getattr(self, "themes" if axis == "theme" else axis)
        return value in told if axis == "theme" else bool(value == told)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what judges said of it: its goals, and ``judgments`` of them in the order in which
    they were given, where there are more than one; ``told``, what was said beside them, and ``told_by``
    each judge."""

    document: Document
    goals: frozenset[int]
    judgments: tuple[frozenset[int], ...] = ()
    collection: str = ""
    told: Told | None = None
    told_by: tuple[Told, ...] = ()


def read_ours(documents: Mapping[str, Document]) -> list[Labelled]:
    """All labels that are kept here; ``documents`` are the examples, by their keys."""
    return [*read_examples(documents), *read_written(), *read_summaries()]


def read_examples(documents: Mapping[str, Document], path: Path = EXAMPLES_FILE) -> list[Labelled]:
    """Labels of documents that are kept elsewhere, by their keys."""
    return [_labelled(entry, documents[entry["key"]], EXAMPLES) for entry in _read(path)]


def read_written(path: Path = WRITTEN_FILE) -> list[Labelled]:
    """Labels with their texts."""
    return [_labelled(entry, _document(entry), "written") for entry in _read(path)]


def read_summaries(path: Path = SUMMARIES_FILE) -> list[Labelled]:
    """Labels with summaries of pages; the address of a page tells of it as well."""
    return [
        _labelled(
            entry,
            replace(_document(entry), url=entry["url"], canonical_url=entry["url"]),
            "summaries",
        )
        for entry in _read(path)
    ]


def read_judged(path: Path) -> list[Labelled]:
    """Documents in a file for ``kennisbank import``, of which the goals are a judgment."""
    found = []
    for line in read_file(path):
        if isinstance(line, BadLine):
            raise WordListError(f"{path.name}, line {line.number}: {line.reason}")
        bare = replace(line, goals=())
        found.append(Labelled(bare, frozenset(line.goals), collection=path.parent.name))
    return found


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise WordListError(f"{path.name} cannot be read: {error!r}") from error


def _labelled(entry: dict[str, Any], document: Document, collection: str) -> Labelled:
    judges = [judge for judge in JUDGES if f"goals{judge}" in entry]
    judgments = tuple(frozenset(entry[f"goals{judge}"]) for judge in judges)
    told = tuple(_told(entry, judge) for judge in judges if f"themes{judge}" in entry)
    return Labelled(document, settled(judgments), judgments, collection, _settled_told(told), told)


def _told(entry: dict[str, Any], judge: str) -> Told:
    """What one judge said beside the goals."""
    kind, themes, phase, audience = (entry[f"{name}{judge}"] for name in Told._fields)
    return Told(kind, frozenset(themes), phase, audience)


def _settled_told(told: Sequence[Told]) -> Told | None:
    """What the judges together said beside the goals, where anything was."""
    if not told:
        return None
    kinds, themes, phases, audiences = zip(*told, strict=True)
    return Told(most_said(kinds), settled(themes), most_said(phases), most_said(audiences))


def settled(judgments: Sequence[frozenset[Value]]) -> frozenset[Value]:
    """What more than half of the judges gave; where two differ, what the first one gave."""
    counted = Counter(chain.from_iterable(judgments))
    needed = len(judgments) / 2
    return frozenset(
        value
        for value, times in counted.items()
        if times > needed or (times == needed and value in judgments[0])
    )


def most_said(said: Sequence[Value]) -> Value:
    """What most judges said; where none was said more often than the others, what the first one said."""
    return max(said, key=said.count)


def _document(entry: dict[str, Any]) -> Document:
    sections = (Section(entry["text"]),)
    return Document(entry["key"], "", "", entry["title"], sections, "", kind=entry["kind"])


def agreement(labelled: Iterable[Labelled]) -> dict[int, float]:
    """Cohen's kappa for each goal over the documents that were judged twice."""
    twice = [one.judgments[:2] for one in labelled if len(one.judgments) > 1]
    return {
        goal.number: kappa([(goal.number in a, goal.number in b) for a, b in twice])
        for goal in GOALS
    }


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """How far two judges agree beyond chance: 1 always, 0 as often as chance would have it."""
    if not pairs:
        return 0.0
    same = sum(first is second for first, second in pairs) / len(pairs)
    first, second = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    by_chance = first * second + (1 - first) * (1 - second)
    return 1.0 if by_chance == 1 else (same - by_chance) / (1 - by_chance)


def read_placed(path: Path = PLACES_FILE) -> list[tuple[Document, str]]:
    """Texts with the place that they are about: a municipality, "provincie" and its name, or nothing."""
    return [
        (Document(one["key"], "", "", one["title"], (Section(one["text"]),), ""), one["place"])
        for one in _read(path)
    ]
