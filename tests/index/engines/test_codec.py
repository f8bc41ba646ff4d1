"""Postings as arrays: what is written is read, by us and by Whoosh, merged or not."""

from pathlib import Path

import numpy as np

from index.engines.whoosh import WhooshEngine
from index.engines.whoosh.codec import ArrayCodec, MappedFile
from index.engines.whoosh.columns import leaves_of
from index.entries import Entry
from index.files import Disk
from library.document import Document
from tests.index.engines.reference import Whoosh
from tests.index.made import document


def write(folder: Path, *documents: Document) -> None:
    writer = WhooshEngine().writer(folder, Disk())
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


def test_a_merge_keeps_every_posting(tmp_path: Path) -> None:
    apart, at_once = tmp_path / "apart", tmp_path / "at once"
    apart.mkdir()
    at_once.mkdir()
    documents = [document(f"d{n}", f"tuin {'huis ' * n}", title=f"titel {n}") for n in range(6)]
    for one in documents:
        write(apart, one)
    write(at_once, *documents)
    assert sorted(postings_of(apart)) == sorted(postings_of(at_once))


def postings_of(folder: Path) -> list[tuple[str, str, bytes, float, list[int]]]:
    """All postings as Whoosh walks them, by the id of the document instead of its number."""
    reader = Whoosh(folder).reader
    found = []
    for leaf, _ in leaves_of(reader):
        ids = [packed.decode() for packed in leaf.column_reader("id", translate=False)]
        for field, term in leaf.all_terms():
            matcher = leaf.postings(field, term)
            while matcher.is_active():
                places = matcher.value_as("positions") if field == "text" else []
                found.append((ids[matcher.id()], field, term, matcher.weight(), places))
                matcher.next()
    return found


def test_a_mapped_file_reads_as_a_file() -> None:
    file = MappedFile(memoryview(b"een\ntwee\ndrie"), "bestand")
    assert file.readline() == b"een\n"
    assert file.tell() == 4
    assert file.read(2) == b"tw"
    file.seek(9)
    assert file.readline() == b"drie"
    assert bytes(file.view(4, 4)) == file.get(4, 4) == b"twee"
    assert file.tell() == 13
