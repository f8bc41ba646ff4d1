"""A document survives the way to JSON and back."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.document import KINDS, Document, Published, Section
from library.document_json import InvalidDocument, document_as_json, document_from_json

_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
_SECTIONS = st.lists(
    st.builds(
        Section,
        text=_TEXT,
        heading=_TEXT,
        anchor=st.none() | _TEXT,
        page=st.none() | st.integers(1, 2000),
    ),
    max_size=4,
).map(tuple)
_DOCUMENTS = st.builds(
    Document,
    id=_TEXT,
    url=_TEXT,
    canonical_url=_TEXT,
    title=_TEXT,
    sections=_SECTIONS,
    organisation=_TEXT,
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(["nl", "fy"]),
    published=st.none() | st.builds(Published, st.dates(), st.sampled_from(["meta", "pdf", "url"])),
    media_type=st.sampled_from(["text/html", "application/pdf"]),
    size=st.integers(0, 10**9),
    content_hash=_TEXT,
    fetched_at=st.datetimes(timezones=st.just(UTC)),
    visible_text=_TEXT,
    goals=st.lists(st.integers(1, 5), max_size=3).map(tuple),
    attached_to=st.none() | _TEXT,
    is_example=st.booleans(),
)


@given(_DOCUMENTS)
def test_every_document_comes_back_the_same(document: Document) -> None:
    written = json.dumps(document_as_json(document))
    assert document_from_json(json.loads(written)) == document


def test_values_are_readable() -> None:
    document = Document(
        id="a",
        url="https://dorp.nl/a",
        canonical_url="https://dorp.nl/a",
        title="Buurthuis",
        sections=(Section("Tekst", "Kop", "kop"),),
        organisation="Dorp",
        published=Published(date(2024, 4, 13), "text"),
        fetched_at=datetime(2024, 5, 1, 12, tzinfo=UTC),
    )
    values = document_as_json(document)
    assert values["published"] == {"day": "2024-04-13", "evidence": "text"}
    assert values["sections"] == [
        {"text": "Tekst", "heading": "Kop", "anchor": "kop", "page": None}
    ]
    assert values["fetched_at"] == "2024-05-01T12:00:00Z"


def test_what_is_wrong_is_named() -> None:
    with pytest.raises(InvalidDocument, match=r"sections\.0\.page"):
        document_from_json(
            {
                "id": "a",
                "url": "u",
                "canonical_url": "u",
                "title": "t",
                "sections": [{"text": "x", "page": "two"}],
                "organisation": "o",
            }
        )
    with pytest.raises(InvalidDocument):
        document_from_json([])
