"""A document as plain JSON values, and back.

In: a ``Document``, or what ``json.loads`` made of one that was written here. Out: the other. All
fields are there, dates in ISO 8601; reading checks every type, and a field that is missing keeps its
default. ``InvalidDocument`` names the first thing that is wrong.
"""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from library.document import Document
from library.errors import KennisbankError

_DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)


class InvalidDocument(KennisbankError):
    """Something that should be a document in JSON is not."""


def document_as_json(document: Document) -> dict[str, Any]:
    """Every field of a document, as values that ``json.dumps`` takes."""
    values: dict[str, Any] = _DOCUMENT.dump_python(document, mode="json")
    return values


def document_from_json(values: object) -> Document:
    """The document that ``document_as_json`` was given."""
    try:
        return _DOCUMENT.validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the document"
        raise InvalidDocument(f"{place} is wrong: {first['msg']}") from error
