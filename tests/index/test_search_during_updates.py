"""Searches go on, and stay right, while generations are published under them."""

import threading
from pathlib import Path

from index import Index, Query
from tests.index.made import build, change, document, stored

PUBLISHES = 20
FIRST = 12


def test_no_search_fails_during_twenty_publishes(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    build(folder, [document(f"d{i}", "buurthuis te huur") for i in range(FIRST)])
    index = Index(folder, check_every=0)
    totals: list[list[int]] = [[] for _ in range(4)]
    errors: list[BaseException] = []
    stop = threading.Event()

    def search(seen: list[int]) -> None:
        try:
            while not stop.is_set():
                page = index.search(Query("buurthuis", limit=5))
                assert len(page.hits) == 5
                assert page.facets["kind"][0].count == page.total
                seen.append(page.total)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must show it
            errors.append(error)

    threads = [threading.Thread(target=search, args=(seen,)) for seen in totals]
    for thread in threads:
        thread.start()
    for number in range(FIRST, FIRST + PUBLISHES):
        change(folder, [stored(document(f"d{number}", "buurthuis te huur"), number + 1)])
    stop.set()
    for thread in threads:
        thread.join()
    assert not errors
    assert all(seen for seen in totals)
    for seen in totals:
        # One thread never goes back to an older generation, and never sees half of one.
        assert seen == sorted(seen)
        assert set(seen) <= set(range(FIRST, FIRST + PUBLISHES + 1))
    assert index.search(Query("buurthuis")).total == FIRST + PUBLISHES
    index.close()


def test_an_index_can_be_opened_while_generations_come_and_go(tmp_path: Path) -> None:
    """With one generation kept, the one that is being opened is removed now and then."""
    folder = tmp_path / "index"
    build(folder, [document("d0", "buurthuis")], kept=1)
    errors: list[BaseException] = []
    opened: list[int] = []
    stop = threading.Event()

    def open_and_search() -> None:
        try:
            while not stop.is_set():
                index = Index(folder)
                opened.append(index.search(Query("buurthuis")).total)
                assert index.status().problem == ""
                index.close()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must show it
            errors.append(error)

    threads = [threading.Thread(target=open_and_search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(1, 9):
        build(folder, [document(f"d{n}", "buurthuis") for n in range(number)], kept=1)
    stop.set()
    for thread in threads:
        thread.join()
    assert not errors
    assert opened
