"""Every field once, and a stamp that changes with the analysis."""

from pathlib import Path

from index import analysis, schema
from index.engines.whoosh.fields import make_schema
from index.entries import Entry
from index.files import Disk
from tests.index.engines.reference import Whoosh
from tests.index.made import ENGINE, document


def test_fields_have_one_name_each() -> None:
    names = [field.name for field in schema.FIELDS]
    assert len(names) == len(set(names))


def test_an_engine_fills_every_field_and_no_other(tmp_path: Path) -> None:
    names = {field.name for field in schema.FIELDS}
    assert set(make_schema().names()) == names
    writer = ENGINE.writer(tmp_path, Disk())
    writer.put(Entry(document("a", "tekst"), (), 1))
    writer.finish()
    reader = Whoosh(tmp_path).reader
    searched = set(reader.indexed_field_names())
    assert searched == {field.name for field in schema.FIELDS if field.kind in ("key", "words")}
    columns = {field.name for field in schema.FIELDS if field.kind in ("key", "value")}
    assert {name for name in names if reader.has_column(name)} == columns
    assert set(reader.stored_fields(0)) == {"record"}


def test_only_words_weigh_and_every_word_field_does() -> None:
    assert set(schema.WEIGHTS) == {f.name for f in schema.FIELDS if f.kind == "words"}


def test_the_stamp_names_the_analysis() -> None:
    assert analysis.VERSION in schema.STAMP
    assert schema.STAMP in ENGINE.stamp
