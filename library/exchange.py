"""Documents as JSON lines: what ``import`` reads and ``export`` writes.

A line has ``id``, ``title`` and ``text``, and may have ``url``, ``organisation``, ``published``
(YYYY-MM-DD), ``kind`` (or ``doc_type``), ``goals`` and every other field of ``Document``. What
``write_file`` writes, ``read_file`` reads back unchanged. A line that cannot be read is a
``BadLine`` with its number and the reason; the others are read.
"""

import gzip
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from library.document import (
    Directive,
    Document,
    Evidence,
    Kind,
    Published,
    Section,
    content_hash_of,
)
from library.errors import KennisbankError

KIND_NAMES: dict[str, Kind] = {
    "handreiking": "handreiking", "handleiding": "handreiking", "guidance": "handreiking",
    "faq": "handreiking", "verhaal": "verhaal", "story": "verhaal", "portrait": "verhaal",
    "nieuws": "nieuws", "news": "nieuws", "regeling": "regeling", "scheme": "regeling",
    "fund": "regeling", "criteria": "regeling", "form": "regeling", "onderzoek": "onderzoek",
    "research": "onderzoek", "report": "onderzoek", "wet": "wet", "law": "wet", "rule": "wet",
    "beleid": "wet", "format": "format", "template": "format", "bijeenkomst": "bijeenkomst",
    "event": "bijeenkomst", "agenda": "bijeenkomst",
}  # fmt: skip
"""Names of kinds in the wild, mapped to our own list; whatever is not named here is ``overig``."""


_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class ExchangeError(KennisbankError):
    """A file cannot be opened or is not what its name says."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was not read, with the reason."""

    number: int
    reason: str


def _clean(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair, which is no text") from None
    return "".join(c for c in value if c in "\n\t" or not _is_hidden(c))


def _is_hidden(character: str) -> bool:
    """Whether it is a control character, or one that turns the direction of the text around it."""
    return unicodedata.category(character) == "Cc" or character in _DIRECTIONS


Text = Annotated[str, BeforeValidator(_clean)]


class _SectionLine(BaseModel):
    text: Text
    heading: Text = ""
    anchor: Text | None = None
    page: int | None = Field(default=None, ge=1)


class _Line(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: Annotated[Text, Field(min_length=1, max_length=300)]
    title: Text
    text: Text
    url: Text = ""
    canonical_url: Text | None = None
    organisation: Text = ""
    published: date | None = None
    published_evidence: Evidence = "import"
    kind: Text | None = None
    doc_type: Text | None = None
    goals: tuple[Annotated[int, Field(ge=1, le=5)], ...] = ()
    language: Text = "nl"
    media_type: Text = "text/html"
    size: int | None = Field(default=None, ge=0, lt=2**63)
    content_hash: Text | None = None
    fetched_at: AwareDatetime | None = None
    sections: tuple[_SectionLine, ...] | None = None
    visible_text: Text = ""
    attached_to: Text | None = None
    is_example: bool = False
    is_listing: bool = False
    author: Text = ""
    directives: tuple[Directive, ...] = ()
    pages_without_text: int = Field(default=0, ge=0, lt=2**31)
    duplicate_of: Text | None = None
    replaced_by: Text | None = None
    perhaps_replaced_by: Text | None = None

    @field_validator("url", "canonical_url")
    @classmethod
    def _web_only(cls, value: str | None) -> str | None:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value

    @field_validator("published", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        if value is None or value == "":
            return None
        if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d($|[T ])", value):
            raise ValueError("must be a day such as 2024-04-13")
        return value[:10]

    @field_validator("goals", "organisation", "url", "language", "media_type", mode="before")
    @classmethod
    def _absent(cls, value: object, info: Any) -> object:
        return cls.model_fields[info.field_name].default if value is None else value


def read_lines(lines: Iterable[bytes], now: datetime | None = None) -> Iterator[Document | BadLine]:
    """Read JSON lines; empty ones are skipped."""
    at = now or datetime.now(UTC)
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _read_line(number, line, at)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield BadLine(number + 1, "cannot be unpacked: from here on the file is damaged")


def _read_line(number: int, line: bytes, at: datetime) -> Document | BadLine:
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        if not isinstance(record, dict):
            return BadLine(number, "is not a JSON object")
        return _document(_Line.model_validate(record), at)
    except ValidationError as error:
        return BadLine(number, _reason(error))
    except UnicodeDecodeError:
        return BadLine(number, "is not UTF-8")
    except (ValueError, RecursionError) as error:
        return BadLine(number, f"is not JSON: {error}")


def read_file(path: Path) -> Iterator[Document | BadLine]:
    """Read a file of JSON lines, compressed by gzip or not: its first bytes tell, not its name."""
    try:
        with path.open("rb") as file:
            if file.peek(2)[:2] == b"\x1f\x8b":
                with gzip.open(file) as unpacked:
                    yield from read_lines(unpacked)
            else:
                yield from read_lines(file)
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror or error}.") from error


def write_file(path: Path, documents: Iterable[Document]) -> int:
    """Write a file of JSON lines, compressed when its name ends in ``.gz``; give their number.

    The file appears when it is complete; until then what was there before stays.
    """
    if path.exists() and not path.is_file():
        raise ExchangeError(f"{path} cannot be written: it is no ordinary file.")
    part = path.with_name(path.name + ".part")
    number = 0
    try:
        with gzip.open(part, "wb") if path.suffix == ".gz" else part.open("wb") as file:
            for line in lines_of(documents):
                file.write(line.encode())
                number += 1
        part.replace(path)
    except OSError as error:
        raise ExchangeError(f"{path} cannot be written: {error.strerror or error}.") from error
    finally:
        if part.exists():
            part.unlink()
    return number


def lines_of(documents: Iterable[Document]) -> Iterator[str]:
    """Write each document as a line of JSON that ``read_lines`` gives back unchanged."""
    for document in documents:
        yield json.dumps(as_record(document), ensure_ascii=False) + "\n"


def as_record(document: Document) -> dict[str, Any]:
    """Give a document as plain JSON values, with its whole text beside the sections."""
    published = document.published
    return {
        "id": document.id,
        "url": document.url,
        "canonical_url": document.canonical_url,
        "title": document.title,
        "text": document.text,
        "organisation": document.organisation,
        "kind": document.kind,
        "language": document.language,
        "published": None if published is None else published.day.isoformat(),
        "published_evidence": "import" if published is None else published.evidence,
        "media_type": document.media_type,
        "size": document.size,
        "content_hash": document.content_hash,
        "fetched_at": document.fetched_at.isoformat(),
        "goals": list(document.goals),
        "attached_to": document.attached_to,
        "is_example": document.is_example,
        "is_listing": document.is_listing,
        "author": document.author,
        "directives": list(document.directives),
        "pages_without_text": document.pages_without_text,
        "duplicate_of": document.duplicate_of,
        "replaced_by": document.replaced_by,
        "perhaps_replaced_by": document.perhaps_replaced_by,
        "visible_text": document.visible_text,
        "sections": [
            {"heading": s.heading, "text": s.text, "anchor": s.anchor, "page": s.page}
            for s in document.sections
        ],
    }


def _document(line: _Line, at: datetime) -> Document:
    sections = _sections(line)
    kind = (line.kind or line.doc_type or "").strip().lower()
    published = line.published
    return Document(
        id=line.id,
        url=line.url,
        canonical_url=line.url if line.canonical_url is None else line.canonical_url,
        title=line.title,
        sections=sections,
        organisation=line.organisation,
        kind=KIND_NAMES.get(kind, "overig"),
        language=line.language,
        published=None if published is None else Published(published, line.published_evidence),
        media_type=line.media_type,
        size=len(line.text.encode()) if line.size is None else line.size,
        content_hash=line.content_hash or content_hash_of(line.title, sections),
        fetched_at=line.fetched_at or at,
        visible_text=line.visible_text,
        goals=tuple(sorted(set(line.goals))),
        attached_to=line.attached_to,
        is_example=line.is_example,
        is_listing=line.is_listing,
        author=line.author,
        directives=line.directives,
        pages_without_text=line.pages_without_text,
        duplicate_of=line.duplicate_of,
        replaced_by=line.replaced_by,
        perhaps_replaced_by=line.perhaps_replaced_by,
    )


def _sections(line: _Line) -> tuple[Section, ...]:
    plain = (Section(text=line.text),) if line.text else ()
    if line.sections is None:
        return plain
    sections = tuple(Section(s.text, s.heading, s.anchor, s.page) for s in line.sections)
    parts = (part for s in sections for part in (s.heading, s.text) if part)
    # Whoever edits the text of an exported line means that text, not the sections beside it.
    return sections if "\n\n".join(parts) == line.text else plain


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f"has no {field}"
    return f"has a wrong {field}: {first['msg'].removeprefix('Value error, ')}"
