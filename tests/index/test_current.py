"""The newest generation is searched, is taken over while searches go on, and leaves no file open."""

from pathlib import Path

import pytest

from index import Index, IndexUnavailable, Query
from tests.index.made import build, change, document, stored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    build(folder, [document("a", "Een wijkgebouw."), document("b", "Een buurthuis.")])
    return folder


def test_a_new_generation_is_picked_up(folder: Path) -> None:
    index = Index(folder, check_every=0)
    assert index.status().generation == "1"
    change(folder, [stored(document("c", "Een buurthuis."), 3)])
    assert index.search(Query("buurthuis")).total == 2
    assert index.status().generation == "2"
    index.close()


def test_it_looks_for_one_no_more_often_than_asked(folder: Path) -> None:
    index = Index(folder, check_every=3600)
    index.search(Query())
    change(folder, [stored(document("c", "tekst"), 3)])
    assert index.search(Query()).total == 2
    index.refresh()
    assert index.search(Query()).total == 3
    index.close()


def test_nothing_to_search_is_said(tmp_path: Path) -> None:
    index = Index(tmp_path / "index")
    assert "nothing has been indexed" in index.status().problem
    assert index.status().built_at is None
    with pytest.raises(IndexUnavailable):
        index.search(Query())
    build(tmp_path / "index", [])
    assert index.search(Query()).total == 0
    index.close()


def test_a_closed_index_opens_again(folder: Path) -> None:
    index = Index(folder)
    index.search(Query())
    index.close()
    assert index.search(Query()).total == 2
    index.close()


def test_no_file_stays_open(folder: Path) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("this system does not list open files")
    index = Index(folder, check_every=0)
    index.search(Query())
    before = len(list(descriptors.iterdir()))
    for revision in range(3, 23):
        change(folder, [stored(document("c", "tekst"), revision)])
        index.search(Query("tekst"))
    assert len(list(descriptors.iterdir())) <= before + 2
    index.close()
