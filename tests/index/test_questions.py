"""Queries are read: words, phrases and what is excluded, and no more of them than there may be."""

from pathlib import Path

import pytest

from index import Index, Query, QueryError
from index.questions import read
from tests.index.made import build, document


def test_limits_of_a_query(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document("b", "Een buurthuis.", title="Huis")])
    index = Index(folder)
    with pytest.raises(QueryError) as caught:
        index.search(Query("huis" * 100))
    assert caught.value.code == "too_long"
    words = " ".join(f"woord{n}" for n in range(17))
    with pytest.raises(QueryError) as caught:
        index.search(Query(words))
    assert caught.value.code == "too_many_words"
    with pytest.raises(QueryError):
        index.search(Query(f'"{words}"'))
    index.search(Query("wat is de het een " * 10 + "huis"))
    # An evaluation reads on instead: questions of strangers keep to no limit.
    assert index.rank(f"buurthuis {words * 9}")[0][0] == "b"
    index.close()


def test_reading_counts_words_phrases_and_minus() -> None:
    question = read(Query('huis "samen wonen" -tuin'))
    assert [group.word for group in question.groups] == ["huis"]
    assert len(question.phrases) == len(question.excluded) == 1
