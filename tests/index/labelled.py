"""Small goals and documents for the tests of goals, and a few labels to learn from."""

from functools import cache

from examples.texts import documents
from index.labels import Labelled, read_ours
from library.document import Document, Section
from library.goals import Goal


def a_goal(number: int, strong: str, ordinary: str = "", negative: str = "") -> Goal:
    split = (
        tuple(part for part in words.split("|") if part) for words in (strong, ordinary, negative)
    )
    return Goal(number, f"doel-{number}", "", "", ("", "", ""), *split)


def a_document(title: str, *sections: Section | str, goals: tuple[int, ...] = ()) -> Document:
    parts = tuple(Section(part) if isinstance(part, str) else part for part in sections)
    return Document("d", "http://d/", "http://d/", title, parts, "Dorp (voorbeeld)", goals=goals)


@cache
def labelled() -> list[Labelled]:
    """All labels of the project."""
    return read_ours(documents())
