"""What goes at the end of a crawl, and what never does."""

from typing import Any

import pytest

from crawler.removals import removals_of
from library.document import id_of
from library.store import Address


def at(url: str, **facts: Any) -> Address:
    values: dict[str, Any] = {"outcome": "fetched", "document_id": id_of(url)}
    return Address(url, **(values | facts))


def reasons(*addresses: Address, live: tuple[str, ...]) -> dict[str, str]:
    found = removals_of(addresses, {id_of(url): url for url in live}).reasons
    names = {id_of(url): url for url in live}
    return {names[identity]: reason for identity, reason in found.items()}


def test_what_is_marked_goes_with_its_reason() -> None:
    gone = at("a", outcome="http-410", removal="http-410")
    assert reasons(gone, at("b"), live=("a", "b")) == {"a": "http-410"}


def test_what_is_gone_already_is_not_removed_again() -> None:
    assert reasons(at("a", removal="http-410"), live=("b",)) == {}


def test_a_document_stays_while_another_good_address_leads_to_it() -> None:
    gone = at("a", outcome="http-410", removal="http-410")
    other = at("b", document_id=id_of("a"), outcome="canonical")
    assert reasons(gone, other, live=("a",)) == {}


def test_a_moved_page_goes_when_its_new_place_is_there() -> None:
    moved = at("a", outcome="moved", moved_to="b")
    assert reasons(moved, at("b"), live=("a", "b")) == {"a": "moved"}
    assert reasons(moved, at("b", outcome="timeout"), live=("a",)) == {}


def test_it_is_told_which_document_is_where_another_went() -> None:
    addresses = [at("a", outcome="moved", moved_to="b"), at("b")]
    assert removals_of(addresses, {"een": "a", "twee": "b"}).moved == {"een": "twee"}


def test_a_document_that_went_along_with_its_page_stays() -> None:
    addresses = [at("a", outcome="moved", moved_to="b"), at("b", document_id=id_of("a"))]
    assert removals_of(addresses, {id_of("a"): "b"}).reasons == {}


def test_a_way_of_several_hops_is_followed_to_its_end() -> None:
    way = at("a", outcome="moved", moved_to="b"), at("b", outcome="moved", moved_to="c")
    assert reasons(*way, at("c"), live=("a", "c")) == {"a": "moved"}


def test_nothing_moves_to_a_place_that_goes_itself() -> None:
    moved = at("a", outcome="moved", moved_to="b")
    gone = at("b", outcome="http-410", removal="http-410")
    assert reasons(moved, gone, live=("a", "b")) == {"b": "http-410"}


def test_a_loop_removes_nothing() -> None:
    one, other = at("a", outcome="moved", moved_to="b"), at("b", outcome="moved", moved_to="a")
    into_it = at("c", outcome="moved", moved_to="a")
    assert reasons(one, other, into_it, live=("a", "b", "c")) == {}


@pytest.mark.parametrize(
    ("live", "lost", "held"),
    [(30, 20, False), (30, 21, True), (100, 30, False), (100, 31, True), (1000, 200, False)],
)
def test_the_brake(live: int, lost: int, *, held: bool) -> None:
    urls = [str(number) for number in range(live)]
    addresses = [
        at(url, **({"outcome": "http-410", "removal": "http-410"} if n < lost else {}))
        for n, url in enumerate(urls)
    ]
    found = removals_of(addresses, {id_of(url): url for url in urls})
    assert found.lost == lost
    assert found.is_too_many(live) is held


def test_a_site_that_moves_page_by_page_is_no_loss_but_one_that_parks_is() -> None:
    old, new = [f"a{n}" for n in range(50)], [f"b{n}" for n in range(50)]
    moved = [at(a, outcome="moved", moved_to=b) for a, b in zip(old, new, strict=True)]
    found = removals_of([*moved, *map(at, new)], {id_of(url): url for url in old + new})
    assert (len(found.reasons), found.lost) == (50, 0)
    parked = [at(a, outcome="moved", moved_to="thuis") for a in old]
    found = removals_of([*parked, at("thuis")], {id_of(url): url for url in [*old, "thuis"]})
    assert found.lost == 49
    assert found.is_too_many(51)
