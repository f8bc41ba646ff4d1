"""Postings as arrays: what is written is read, by us and by Whoosh, merged or not."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader
from whoosh.util.numeric import length_to_byte

from index.engines.whoosh import WhooshEngine, merging
from index.engines.whoosh.codec import ArrayCodec
from index.engines.whoosh.columns import leaves_of
from index.engines.whoosh.fields import make_schema
from index.engines.whoosh.inverter import PART_GAP
from index.engines.whoosh.mapped import PartsWriter, Texts, TextsWriter
from index.engines.whoosh.segments import coded_lengths
from index.engines.whoosh.writer import WhooshWriter
from index.entries import Entry
from index.files import Disk
from library.document import Document, Section
from tests.index.engines.reference import Whoosh
from tests.index.made import document

Row = tuple[str, str, bytes, float, list[int]]


def write(folder: Path, *documents: Document, memory: int = 10**9) -> None:
    writer = WhooshWriter(folder, Disk(), memory)
    for one in documents:
        writer.put(Entry(one, (), 1))
    writer.finish()


def test_postings_hold_numbers_weights_and_positions(tmp_path: Path) -> None:
    write(tmp_path, document("a", "tuin huis tuin"), document("b", "huis"), document("c", "tuin"))
    ((leaf, _),) = leaves_of(Whoosh(tmp_path).reader)
    terms = ArrayCodec().terms_reader(leaf.storage(), leaf.segment())
    postings = terms.arrays("text", b"tuin")
    assert postings is not None
    assert postings.numbers.tolist() == [0, 2]
    assert postings.weights.tolist() == [2.0, 1.0]
    assert postings.lengths.tolist() == [8, 4]
    assert np.frombuffer(postings.values, np.uint32).tolist() == [0, 2, 0]
    assert terms.arrays("text", b"nergens") is None
    without_values = terms.arrays("organisation", b"bewonersbedrijf")
    assert without_values is not None
    assert not len(without_values.lengths)
    assert not len(without_values.values)


def test_positions_go_on_after_a_gap_and_parts_of_words_weigh_less(tmp_path: Path) -> None:
    one = document("a", Section("De zonnepanelen.", heading="Dak"), "van het dak", title="Het dak")
    write(tmp_path, one)
    rows = {(field, term): row for _, field, term, *row in postings_of(tmp_path)}
    second, third = 1 + PART_GAP, 2 * (1 + PART_GAP)
    assert rows["text", b"dak"] == [3.0, [0, second, third + 1 + PART_GAP]]
    assert rows["text", b"zonnepaneel"] == [1.0, [third]]
    assert rows["text", b"zon"] == [0.5, [third]]
    assert rows["exact", b"zonnepanelen"] == [1.0, []]
    assert rows["title", b"dak"] == rows["headings", b"dak"] == [1.0, []]
    assert ("exact", b"zon") not in rows
    assert ("text", b"het") not in rows


def test_only_what_the_text_does_not_have_is_visible(tmp_path: Path) -> None:
    write(
        tmp_path,
        document("a", "een tuin", visible_text="tuin menu zonnepanelen menu"),
        document("b", "een menu", visible_text="tuin zonnedak"),
        document("c", "zonnepanelen", visible_text="zon"),
    )
    found = [(d, t, w) for d, field, t, w, _ in postings_of(tmp_path) if field == "visible"]
    a = [("a", b"menu", 2.0), ("a", b"zonnepaneel", 1.0), ("a", b"zon", 0.5), ("a", b"paneel", 0.5)]
    assert {one for one in found if one[0] == "a"} == set(a)
    assert {term for d, term, _ in found if d == "b"} >= {b"tuin", b"zonnedak", b"zon"}
    assert not [one for one in found if one[0] == "c"]


def test_segments_that_are_merged_are_as_one(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("apart", "at once", "bounded")]
    for folder in folders:
        folder.mkdir()
    documents = [some_document(number) for number in range(40)]
    for one in documents:
        write(folders[0], one)
    write(folders[1], *documents)
    write(folders[2], *documents, memory=5_000)
    apart, at_once, bounded = (sorted(postings_of(folder)) for folder in folders)
    assert apart == at_once == bounded
    assert len(leaves_of(Whoosh(folders[2]).reader)) == 1


@pytest.mark.parametrize("stretch", [1, 300, 10**6])
def test_a_merge_keeps_every_posting(stretch: int, tmp_path: Path) -> None:
    """However few postings are moved at a time."""
    for first, last in ((0, 50), (40, 52), (51, 54)):
        write(tmp_path, *(some_document(number) for number in range(first, last)))
    reader = Whoosh(tmp_path).reader
    leaves = [leaf for leaf, _ in leaves_of(reader)]
    assert len(leaves) == 3
    assert reader.has_deletions()
    merged = merging.merge([merging.source_of(one) for one in leaves], tmp_path, Disk(), stretch)
    storage = FileStorage(str(tmp_path))
    assert sorted(rows_of(SegmentReader(storage, make_schema(), merged))) == sorted(
        postings_of(tmp_path)
    )


def test_a_merge_leaves_nothing_of_removed_documents(tmp_path: Path) -> None:
    documents = [some_document(number) for number in range(12)]
    write(tmp_path, *documents, document("weg", "zonnedak", organisation="Zomerlicht", kind="wet"))
    writer = WhooshWriter(tmp_path, Disk())
    assert writer.remove("weg")
    assert not writer.remove("weg")
    for number in range(4):
        assert writer.remove(f"d{number}")
    writer.finish()
    at_once = tmp_path / "at once"
    at_once.mkdir()
    write(at_once, *documents[4:])
    assert sorted(postings_of(tmp_path)) == sorted(postings_of(at_once))
    (file,) = tmp_path.glob("*.seg")
    for word in (b"zonnedak", b"Zomerlicht", b"zomerlicht", b"wet"):
        assert word not in file.read_bytes()


def some_document(number: int) -> Document:
    chance = random.Random(number)
    words = [chance.choice(["tuin", "huis", "zonnepanelen", f"w{number}"]) for _ in range(number)]
    return document(
        f"d{number}",
        " ".join(words),
        title=f"titel {number}",
        visible_text="menu zoeken " * (number % 3),
        organisation=chance.choice(["Buurt", "Wijk"]),
    )


def postings_of(folder: Path) -> list[Row]:
    """All postings as Whoosh walks them, by the id of the document instead of its number."""
    return [row for leaf, _ in leaves_of(Whoosh(folder).reader) for row in rows_of(leaf)]


def rows_of(leaf: Any) -> Iterator[Row]:
    ids = [packed.decode() for packed in leaf.column_reader("id", translate=False)]
    for field, term in leaf.all_terms():
        matcher = leaf.postings(field, term)
        while matcher.is_active():
            places = matcher.value_as("positions") if field == "text" else []
            yield ids[matcher.id()], field, term, matcher.weight(), places
            matcher.next()


def test_texts_are_read_one_by_one_and_together(tmp_path: Path) -> None:
    texts = [f"{number:05}".encode() * (number % 4) for number in range(2_500)]
    parts = PartsWriter(Disk().create(tmp_path / "file"))
    parts.begin("first")
    parts.write(b"odd")
    parts.begin("texts")
    writer = TextsWriter(parts)
    writer.add_all(texts[:1_000])
    for text in texts[1_000:]:
        writer.add(text)
    writer.finish()
    parts.begin("none")
    TextsWriter(parts).finish()
    start, length = (parts.parts["texts"][name] for name in ("offset", "length"))
    none = parts.parts["none"]
    parts.finish()
    content = memoryview((tmp_path / "file").read_bytes())
    found = Texts(content[start : start + length])
    assert list(found) == found[:] == texts
    assert found[2_499] == texts[2_499]
    assert found[990:1_010] == texts[990:1_010]
    assert bytes(found.joined(1, 5)) == b"".join(texts[1:5])
    empty = Texts(content[none["offset"] : none["offset"] + none["length"]])
    assert len(empty) == 0
    assert list(empty) == empty[:] == []
    assert empty.place(b"") is None


def test_lengths_are_coded_as_whoosh_codes_them() -> None:
    lengths = [*range(3_000), 50_000, 106_373, 106_374, 10**9]
    assert coded_lengths(np.array(lengths)).tolist() == [length_to_byte(one) for one in lengths]


def test_an_engine_writes_what_its_writer_gives(tmp_path: Path) -> None:
    writer = WhooshEngine().writer(tmp_path, Disk())
    writer.put(Entry(document("a", "tuin"), (), 1))
    writer.finish()
    snapshot = WhooshEngine().open(tmp_path)
    assert list(snapshot.ids()) == ["a"]
    snapshot.close()
