"""The texts of the gold set, in a small markup of their own, and what must be found of them.

In: the files in ``texts``. Out: ``Text``s, each with its parts. A line is a paragraph; ``##`` begins a
heading, ``-`` an item (two spaces deeper: nested), ``1.`` a numbered item, ``|`` a row of a table,
``>`` a quotation, ``!`` the caption of a picture, ``?`` a question (the next line answers it) and
``[pdf]`` a file to download. Captions are no text that must be found; all else is.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from library.document import Kind

FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text: ``kind`` is p, h, ul, ol, table, quote, caption, qa or file."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One text; ``day`` is None for one without a date."""

    name: str
    title: str
    kind: Kind
    day: date | None
    language: str
    section: str
    parts: tuple[Part, ...] = field(default=())

    @property
    def gold(self) -> str:
        """Everything that a reader came for, title left out."""
        return "\n".join(
            line for part in self.parts if part.kind != "caption" for line in _lines(part)
        )

    @property
    def slug(self) -> str:
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower().replace("ë", "e").replace("ö", "o"))
        return words.strip("-")[:60].strip("-")


def _lines(part: Part) -> list[str]:
    if part.kind in {"ul", "ol"}:
        return [text for _, text in part.rows]
    return [part.text] if part.text else [" ".join(row) for row in part.rows]


def all_texts() -> dict[str, Text]:
    """Every text by its name."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.txt"))}


def _read(path: Path) -> Text:
    head, _, body = path.read_text("utf-8").partition("---\n")
    fields = {
        name: value.strip() for name, _, value in (row.partition(":") for row in head.splitlines())
    }
    return Text(
        name=path.stem,
        title=fields["title"],
        kind=cast("Kind", fields["kind"]),
        day=date.fromisoformat(fields["date"]) if fields["date"] else None,
        language=fields.get("lang", "nl"),
        section=fields["section"],
        parts=tuple(_parts(body.splitlines())),
    )


def _parts(rows: list[str]) -> list[Part]:
    parts: list[Part] = []
    waiting = rows[::-1]
    while waiting:
        row = waiting.pop()
        mark, _, rest = row.partition(" ")
        if mark == "|":
            cells = tuple(cell.strip() for cell in row.strip("| ").split("|"))
            _gather(parts, "table", cells)
        elif mark == "-" or row.startswith("  - "):
            _gather(parts, "ul", ("nested" if row.startswith("  ") else "", row.strip()[2:]))
        elif re.fullmatch(r"\d+\.", mark):
            _gather(parts, "ol", ("", rest))
        elif mark == "?":
            parts.append(Part("qa", rows=((rest,), (waiting.pop(),))))
        else:
            kind = {"##": "h", ">": "quote", "!": "caption", "[pdf]": "file"}.get(mark, "p")
            parts.append(Part(kind, row if kind == "p" else rest))
    return parts


def _gather(parts: list[Part], kind: str, row: tuple[str, ...]) -> None:
    if parts and parts[-1].kind == kind:
        parts[-1] = Part(kind, rows=(*parts[-1].rows, row))
    else:
        parts.append(Part(kind, rows=(row,)))
