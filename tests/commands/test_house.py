"""The index follows the documents, whatever another process was doing when we asked."""

import threading
from collections.abc import Iterator

import pytest

from commands.house import House
from library.document import Document, Section
from library.settings import Settings
from library.worker import WorkerLock, utc_now


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    opened = House(settings)
    yield opened
    opened.index.close()
    opened.store.close()


def put(house: House, name: str) -> None:
    sections = (Section("Bewoners beheren hun buurthuis."),)
    house.store.documents.put(Document(name, "", "", name, sections, "Dorp"))


def test_who_asks_for_a_whole_build_gets_no_update_that_waits_already(house: House) -> None:
    put(house, "a")
    house.reindex()
    house.store.jobs.add("reindex", {"full": False}, "reindex")
    assert (house.reindex(full=True).result or {})["rebuilt"] is True


def test_what_came_in_while_another_process_was_indexing_is_indexed(house: House) -> None:
    house.store.jobs.add("reindex", {"full": False}, "reindex")
    running = house.store.jobs.claim("another", utc_now())
    assert running is not None
    put(house, "a")
    lock = WorkerLock(house.settings.home)
    lock.__enter__()

    def end() -> None:
        # It read the documents before ours came in.
        house.store.jobs.finish(running, {"revision": 0}, utc_now())
        lock.__exit__()

    threading.Timer(0.3, end).start()
    job = house.reindex()
    assert job.id != running.id
    assert house.index.status().documents == 1
