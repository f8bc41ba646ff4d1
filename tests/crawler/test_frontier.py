"""The order of a run, its budget and its limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.frontier import DEEPEST, Frontier
from library.store import Address

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def drained(frontier: Frontier) -> list[str]:
    found = []
    while (address := frontier.next(NOW)) is not None:
        found.append(address.url)
        frontier.spend()
    return found


def test_the_order_is_start_then_new_then_longest_ago() -> None:
    frontier = Frontier(100)
    addresses = [
        Address("oud", depth=1, visited_at=NOW - timedelta(days=3)),
        Address("ouder", depth=5, visited_at=NOW - timedelta(days=9)),
        Address("diep en nieuw", depth=4),
        Address("nieuw", depth=1),
        Address("start", depth=0, visited_at=NOW),
        Address("gewijzigd", depth=2, visited_at=NOW - timedelta(days=1), listed_at=NOW),
        Address("niet gewijzigd", depth=2, visited_at=NOW, listed_at=NOW - timedelta(days=1)),
    ]
    frontier.load((), addresses)
    assert drained(frontier) == [
        *("start", "nieuw", "gewijzigd", "diep en nieuw"),
        *("ouder", "oud", "niet gewijzigd"),
    ]


def test_an_address_is_visited_once() -> None:
    frontier = Frontier(100)
    assert frontier.offer(Address("a", depth=1)) is None
    assert frontier.offer(Address("a", depth=2)) == "known"
    assert drained(frontier) == ["a"]
    assert frontier.offer(Address("a", depth=1)) == "known"


def test_depth_and_number_have_limits() -> None:
    frontier = Frontier(100, most=2)
    assert frontier.offer(Address("diep", depth=DEEPEST + 1)) == "too-deep"
    assert frontier.offer(Address("a", depth=DEEPEST)) is None
    assert frontier.offer(Address("b", depth=1)) is None
    assert frontier.offer(Address("c", depth=1)) == "too-many-addresses"


def test_the_budget_ends_a_run() -> None:
    frontier = Frontier(2)
    for name in "abc":
        frontier.offer(Address(name, depth=1))
    assert len(drained(frontier)) == 2
    assert (frontier.left, frontier.known) == (1, 3)
    assert frontier.next_due() is None


def test_what_failed_comes_back_when_it_is_due() -> None:
    frontier = Frontier(10)
    later = NOW + timedelta(minutes=1)
    again = frontier.try_again(Address("a", depth=1), later)
    assert again == Address("a", depth=1, attempts=1, due_at=later)
    assert frontier.next(NOW) is None
    assert frontier.next_due() == later
    assert frontier.next(later) == again


def test_a_run_is_taken_up_where_it_was() -> None:
    done, waiting = Address("klaar", depth=1, moved_to="doel"), Address("wacht", depth=1)
    frontier = Frontier(10)
    frontier.load((done, waiting), (waiting,))
    assert frontier.offer(replace(done)) == "known"
    assert not frontier.note_move("doel", "klaar")
    assert drained(frontier) == ["wacht"]


def test_moves_of_an_earlier_crawl_do_not_count() -> None:
    before = Address("a", depth=1, moved_to="b")
    frontier = Frontier(10)
    frontier.load((before,), (before,))
    assert frontier.note_move("b", "a")


@pytest.mark.parametrize(
    ("moves", "last"),
    [
        ([], ("a", "a")),
        ([("b", "a")], ("a", "b")),
        ([("b", "c"), ("c", "a")], ("a", "b")),
    ],
)
def test_a_way_that_leads_back_is_a_loop(
    moves: list[tuple[str, str]], last: tuple[str, str]
) -> None:
    frontier = Frontier(10)
    assert all(frontier.note_move(*move) for move in moves)
    assert not frontier.note_move(*last)


def test_the_first_link_to_an_address_of_a_sitemap_is_its_parent() -> None:
    listed = Address("a.pdf", depth=1)
    frontier = Frontier(10)
    frontier.load((listed,), (listed,))
    assert frontier.adopt("a.pdf")
    assert not frontier.adopt("a.pdf")
    assert not frontier.adopt("onbekend")
