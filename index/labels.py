"""Documents with the goals that people gave them: what is learned from, and how well judges agree.

In: files of labels in ``data/labels`` (their README tells the format), documents for those labels
that stand apart from their text, and any file of documents with goals. Out: ``Labelled`` documents;
their labels are kept apart, so that nothing that reads the document sees them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from index.wordlists import FOLDER, WordListError
from library.document import Document, Kind, Section
from library.exchange import BadLine, read_file
from library.goals import GOALS

LABELS = FOLDER / "labels"
EXAMPLES_FILE, WRITTEN_FILE = LABELS / "examples.jsonl", LABELS / "written.jsonl"
SUMMARIES_FILE = LABELS / "summaries.jsonl"
PLACES_FILE = LABELS / "places.jsonl"


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
    """A document and what judges said of it; ``again`` is a second judgment, where there is one, and
    ``told`` what was said beside its goals."""

    document: Document
    goals: frozenset[int]
    again: frozenset[int] | None = None
    collection: str = ""
    told: Told | None = None


def read_ours(documents: Mapping[str, Document]) -> list[Labelled]:
    """All labels that are kept here; ``documents`` are the examples, by their keys."""
    return [*read_examples(documents), *read_written(), *read_summaries()]


def read_examples(documents: Mapping[str, Document], path: Path = EXAMPLES_FILE) -> list[Labelled]:
    """Labels of documents that are kept elsewhere, by their keys."""
    return [_labelled(entry, documents[entry["key"]], "examples") for entry in _read(path)]


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
    again = frozenset(entry["goals_second"]) if "goals_second" in entry else None
    return Labelled(document, frozenset(entry["goals"]), again, collection, _told(entry))


def _told(entry: dict[str, Any]) -> Told | None:
    """What was said beside the goals, where anything was."""
    if "themes" not in entry:
        return None
    return Told(entry["kind"], frozenset(entry["themes"]), entry["phase"], entry["audience"])


def _document(entry: dict[str, Any]) -> Document:
    sections = (Section(entry["text"]),)
    return Document(entry["key"], "", "", entry["title"], sections, "", kind=entry["kind"])


def agreement(labelled: Iterable[Labelled]) -> dict[int, float]:
    """Cohen's kappa for each goal over the documents that were judged twice."""
    twice = [(one.goals, one.again) for one in labelled if one.again is not None]
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
