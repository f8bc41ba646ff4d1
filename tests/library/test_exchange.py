"""Import and export: a round trip changes nothing, a bad line says why and stops no other."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.document import KINDS, Document, Published, Section
from library.exchange import (
    BadLine,
    ExchangeError,
    lines_of,
    read_file,
    read_lines,
    write_file,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def line(**fields: object) -> bytes:
    return json.dumps({"id": "a", "title": "Titel", "text": "Tekst"} | fields).encode()


def read_one(raw: bytes) -> Document | BadLine:
    (found,) = read_lines([raw], NOW)
    return found


TURNS = "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
"""Characters that turn the direction of the text around them; they never come in."""
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=TURNS), max_size=30
)
addresses = st.builds("https://voorbeeld.nl/{}".format, st.integers(0, 99))
documents = st.builds(
    Document,
    id=st.text("abc-09/", min_size=1, max_size=9),
    url=addresses,
    canonical_url=addresses,
    title=texts,
    sections=st.lists(
        st.builds(Section, texts, texts, st.none() | texts, st.none() | st.integers(1, 99)),
        max_size=3,
    ).map(tuple),
    organisation=texts,
    kind=st.sampled_from(KINDS),
    language=st.sampled_from(["nl", "fy", "en"]),
    published=st.none()
    | st.builds(Published, st.dates(date(1990, 1, 1)), st.sampled_from(["meta", "text", "import"])),
    size=st.integers(0, 10**9),
    content_hash=st.text("0123456789abcdef", min_size=64, max_size=64),
    fetched_at=st.datetimes(datetime(1990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zoned by the strategy
    visible_text=texts,
    goals=st.lists(st.integers(1, 5), unique=True).map(sorted).map(tuple),
    attached_to=st.none() | texts,
    is_example=st.booleans(),
)


@given(documents)
def test_what_export_writes_import_reads_back_unchanged(document: Document) -> None:
    (written,) = lines_of([document])
    assert read_one(written.encode()) == document


def test_the_least_a_line_may_hold() -> None:
    document = read_one(line())
    assert isinstance(document, Document)
    assert document.sections == (Section("Tekst"),)
    assert (document.url, document.organisation, document.kind) == ("", "", "overig")
    assert document.published is None


def test_published_kind_goals_and_numbers_as_id() -> None:
    document = read_one(
        line(id=7, published="2024-04-13", doc_type="handleiding", goals=[5, 1, 5], note="x")
    )
    assert isinstance(document, Document)
    assert document.id == "7"
    assert document.published == Published(date(2024, 4, 13), "import")
    assert (document.kind, document.goals) == ("handreiking", (1, 5))


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"{", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": "a", "text": "x"}', "has no title"),
        (b'{"id": "a", "size": ' + b"9" * 5000 + b"}", "not JSON"),
        (line(size=2**63), "wrong size"),
        (line(id=""), "wrong id"),
        (line(id="x" * 301), "wrong id"),
        (line(goals=[6]), "wrong goals.0"),
        (line(published="13 april"), "wrong published: must be a day such as 2024-04-13"),
        (line(published=0), "wrong published: must be a day such as 2024-04-13"),
        (line(published="2024-02-31"), "wrong published"),
        (line(url="javascript:alert(1)"), "must begin with http"),
        (line(title="\ud800"), "surrogate"),
        (line(text=None), "wrong text"),
    ],
)
def test_a_bad_line_says_why(raw: bytes, part: str) -> None:
    bad = read_one(raw)
    assert isinstance(bad, BadLine)
    assert part in bad.reason
    assert "\n" not in bad.reason


@pytest.mark.parametrize(
    ("written", "day"),
    [("", None), (None, None), ("2024-04-13T10:00:00Z", date(2024, 4, 13))],
)
def test_days_as_other_programs_write_them(written: str | None, day: date | None) -> None:
    document = read_one(line(published=written))
    assert isinstance(document, Document)
    assert document.published == (None if day is None else Published(day, "import"))


def test_characters_that_turn_text_around_stay_out() -> None:
    document = read_one(line(title=f"Dorp{TURNS}huis"))
    assert isinstance(document, Document)
    assert document.title == "Dorphuis"


def test_the_other_lines_are_read() -> None:
    found = list(read_lines([line(id="a"), b"", b"oops", line(id="b")], NOW))
    assert [f.id if isinstance(f, Document) else f.number for f in found] == ["a", 3, "b"]


def test_control_characters_are_left_out() -> None:
    document = read_one(line(title="A\x00B\x07", text="een\ntwee\tdrie\x1b"))
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("AB", "een\ntwee\tdrie")


def test_an_edited_text_wins_over_the_sections_beside_it() -> None:
    document = read_one(line(sections=[{"heading": "Kop", "text": "Oud"}], text="Nieuw"))
    assert isinstance(document, Document)
    assert document.sections == (Section("Nieuw"),)


def test_a_packed_file_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + line() + b"\n" + line(id="b")))
    assert [d.id for d in read_file(path) if isinstance(d, Document)] == ["a", "b"]


@pytest.mark.parametrize("name", ["packed.jsonl", "plain.jsonl.gz"])
def test_the_first_bytes_tell_whether_a_file_is_packed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(line()) if name.startswith("packed") else line())
    assert [d.id for d in read_file(path) if isinstance(d, Document)] == ["a"]


def test_what_comes_before_the_damage_in_a_packed_file_is_read(tmp_path: Path) -> None:
    numbered = b"".join(line(id=str(n), text=str(n * 7919)) + b"\n" for n in range(2000))
    whole = gzip.compress(numbered)
    path = tmp_path / "documents.jsonl.gz"
    for damaged in (whole[:9000], whole[:-1]):
        path.write_bytes(damaged)
        *before, last = read_file(path)
        assert before
        assert all(isinstance(found, Document) for found in before)
        assert isinstance(last, BadLine)
        assert last.number == len(before) + 1
        assert "damaged" in last.reason
    path.write_bytes(whole[:9000] + bytes([whole[9000] ^ 255]) + whole[9001:])
    assert [f for f in read_file(path) if isinstance(f, BadLine) and "damaged" in f.reason]


@pytest.mark.parametrize("name", ["absent", "folder"])
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExchangeError, match=f"{name} cannot be read"):
        list(read_file(tmp_path / name))


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_written_file_is_packed_when_its_name_says_so(tmp_path: Path, name: str) -> None:
    document = read_one(line())
    assert isinstance(document, Document)
    path = tmp_path / name
    assert write_file(path, [document, document]) == 2
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == name.endswith(".gz")
    assert list(read_file(path)) == [document, document]


@pytest.mark.parametrize("name", [".", "file/out.jsonl", "absent/out.jsonl"])
def test_a_file_that_cannot_be_written_is_one_clear_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExchangeError, match="cannot be written"):
        write_file(tmp_path / name, [])


def test_a_write_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("earlier")

    def broken() -> Iterator[Document]:
        document = read_one(line())
        assert isinstance(document, Document)
        yield document
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_file(path, broken())
    assert path.read_text() == "earlier"
    assert [file.name for file in tmp_path.iterdir()] == ["out.jsonl"]
