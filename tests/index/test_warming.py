"""No visitor pays for a new generation: it is warmed in a thread of its own, then taken over."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index import Index, IndexUnavailable, Query
from index.engines.base import Answer, Question, Snapshot
from index.engines.whoosh import WhooshEngine
from index.files import Files
from index.warming import AskedWords, commonest, warm
from tests.index.made import build, change, document, stored

WITHIN = 30.0


def test_words_are_remembered_by_how_often_they_were_asked() -> None:
    asked = AskedWords(most=3)
    asked.note(["buurthuis", "subsidie"])
    asked.note(["subsidie"])
    assert asked.most_asked() == ["subsidie", "buurthuis"]
    asked.note(["vog", "bankje"])
    assert sorted(asked.most_asked()) == ["bankje", "subsidie", "vog"]


def test_common_words_are_those_that_can_be_found() -> None:
    vocabulary = {"de": 90, "een": 80, "subsidie": 30, "buurthuis": 40, "bankje": 2}
    assert commonest(vocabulary, 2) == ["buurthuis", "subsidie"]


def test_asking_ends_when_all_is_asked_or_it_is_told_to() -> None:
    done: list[str] = []
    assert warm(done.append, ["a", "b"], ["c"], stopped=lambda: False) == len(done)
    assert done == ["a", "b", "c", "a", "b"]
    assert warm(done.append, ["a"], [], stopped=lambda: True) == 0
    assert warm(done.append, ["a"], [], stopped=lambda: False, longest=-1.0) == 0


@dataclass
class Watched:
    """A snapshot that tells what it was asked; its warm-up waits until the test lets it go on."""

    snapshot: Snapshot
    go_on: threading.Event
    asked: list[str] = field(default_factory=list)

    def search(self, question: Question) -> Answer:
        self.asked += (group.word for group in question.groups)
        if threading.current_thread().name == "warm-up":
            assert self.go_on.wait(WITHIN)
        return self.snapshot.search(question)

    def __getattr__(self, name: str) -> object:
        return getattr(self.snapshot, name)


class WatchedEngine(WhooshEngine):
    """Our engine, with snapshots that are watched; it notes which thread opened each.

    A snapshot waits for the event that stood in ``go_on`` when it was opened.
    """

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.go_on.set()
        self.opened: list[Watched] = []
        self.by: list[str] = []
        self.fails = False

    def open(  # type: ignore[override]  # what is given has all of a snapshot
        self, folder: Path, weights: Mapping[str, float] | None = None
    ) -> Watched:
        if self.fails and threading.current_thread().name == "warm-up":
            raise OSError("too many open files")
        self.by.append(threading.current_thread().name)
        self.opened.append(Watched(super().open(folder), self.go_on))
        return self.opened[-1]

    def writer(self, folder: Path, files: Files) -> object:  # type: ignore[override]  # not used
        raise NotImplementedError


@pytest.fixture
def engine() -> WatchedEngine:
    return WatchedEngine()


@pytest.fixture
def index(tmp_path: Path, engine: WatchedEngine) -> Iterator[Index]:
    build(tmp_path, [document("a", "Een buurthuis."), document("b", "Een bankje.")])
    index = Index(tmp_path, engine=engine, check_every=0.01)  # type: ignore[arg-type]  # see above
    yield index
    engine.go_on.set()
    index.close()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_the_old_is_searched_until_the_new_is_warm(
    tmp_path: Path, index: Index, engine: WatchedEngine
) -> None:
    index.keep_warm()
    assert index.search(Query("Buurthuis")).total == 1
    # The old one may still be warming; only the new one waits.
    engine.go_on = threading.Event()
    change(tmp_path, [stored(document("c", "Een buurthuis."), 3)])
    until(lambda: len(engine.opened) == 2)
    assert index.search(Query("buurthuis")).total == 1
    assert index.status().generation == "1"
    engine.go_on.set()
    until(lambda: index.status().generation == "2")
    assert "buurthuis" in engine.opened[1].asked
    assert index.search(Query("buurthuis")).total == 2
    assert engine.by[1:] == ["warm-up"]


def test_it_can_begin_before_there_is_anything(tmp_path: Path) -> None:
    index = Index(tmp_path / "later", check_every=0.01)
    index.keep_warm()
    with pytest.raises(IndexUnavailable):
        index.search(Query())
    build(tmp_path / "later", [document("a", "Een buurthuis.")])
    until(lambda: index.status().documents == 1)
    index.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_searches_look_for_themselves_when_the_thread_died(
    tmp_path: Path, index: Index, engine: WatchedEngine
) -> None:
    index.keep_warm()
    until(lambda: any("bankje" in one.asked for one in engine.opened))
    engine.fails = True
    change(tmp_path, [stored(document("c", "Een buurthuis."), 3)])
    until(lambda: index.search(Query("buurthuis")).total == 2)
    assert engine.by[-1] == threading.current_thread().name


def test_a_closed_index_is_not_watched(tmp_path: Path, index: Index) -> None:
    index.keep_warm()
    index.close()
    assert "warm-up" not in {thread.name for thread in threading.enumerate()}
    assert index.search(Query("buurthuis")).total == 1
