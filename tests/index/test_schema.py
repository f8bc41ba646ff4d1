"""Every field once, and a stamp that changes with the analysis."""

from index import analysis, schema
from index.engines.whoosh.fields import make_schema, values_of
from index.entries import Entry
from tests.index.made import ENGINE, document


def test_fields_have_one_name_each() -> None:
    names = [field.name for field in schema.FIELDS]
    assert len(names) == len(set(names))


def test_an_engine_fills_every_field_and_no_other() -> None:
    names = {field.name for field in schema.FIELDS}
    assert set(make_schema().names()) == names
    assert set(values_of(Entry(document("a", "tekst"), (), 1))) == names


def test_only_words_weigh_and_every_word_field_does() -> None:
    assert set(schema.WEIGHTS) == {f.name for f in schema.FIELDS if f.kind == "words"}


def test_the_stamp_names_the_analysis() -> None:
    assert analysis.VERSION in schema.STAMP
    assert schema.STAMP in ENGINE.stamp
