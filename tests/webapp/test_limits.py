"""One machine cannot search so often that others wait; nobody else notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.webapp.conftest import Site, close, open_site, some_documents


@pytest.fixture
def behind_proxy(tmp_path: Path) -> Iterator[Site]:
    made = open_site(tmp_path / "home", searches_per_minute=3, trusted_proxies=1)
    made.put(*some_documents()[:3])
    yield made
    close(made)


def ask(made: Site, forwarded: str, address: str = "/zoeken?q=statuten") -> Iterator[TestResponse]:
    client = made.app.test_client()
    while True:
        yield client.get(address, headers={"X-Forwarded-For": forwarded})


def statuses(answers: Iterator[TestResponse], number: int) -> list[int]:
    return [next(answers).status_code for _ in range(number)]


def test_the_fourth_search_of_three_waits(behind_proxy: Site) -> None:
    answers = ask(behind_proxy, "203.0.113.7")
    assert statuses(answers, 3) == [200, 200, 200]
    refused = next(answers)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert "<h1" in refused.text


def test_others_go_on(behind_proxy: Site) -> None:
    app = behind_proxy.app
    for number in range(4):
        last = app.test_client().get("/zoeken?q=x", headers={"X-Forwarded-For": "203.0.113.7"})
        assert last.status_code == (200 if number < 3 else 429)
    other = app.test_client().get("/zoeken?q=x", headers={"X-Forwarded-For": "203.0.113.8"})
    assert other.status_code == 200
    assert other.headers["RateLimit-Remaining"] == "2"


def test_what_a_visitor_writes_before_our_proxy_counts_for_nothing(behind_proxy: Site) -> None:
    client = behind_proxy.app.test_client()
    found = [
        client.get("/zoeken?q=x", headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"})
        for n in range(4)
    ]
    assert [one.status_code for one in found] == [200, 200, 200, 429]


def test_a_household_with_ipv6_is_one_visitor(behind_proxy: Site) -> None:
    client = behind_proxy.app.test_client()
    found = [
        client.get("/zoeken?q=x", headers={"X-Forwarded-For": f"2001:db8:1:2::{n}"})
        for n in range(4)
    ]
    assert [one.status_code for one in found] == [200, 200, 200, 429]


def test_the_api_counts_with_it_and_other_pages_do_not(behind_proxy: Site) -> None:
    client = behind_proxy.app.test_client()
    headers = {"X-Forwarded-For": "203.0.113.9"}
    for _ in range(3):
        assert client.get("/api/v1/zoeken?q=x", headers=headers).status_code == 200
    refused = client.get("/api/v1/zoeken?q=x", headers=headers)
    assert (refused.status_code, refused.content_type) == (429, "application/problem+json")
    assert client.get("/", headers=headers).status_code == 200
    assert client.get("/doelen", headers=headers).status_code == 200


def test_an_address_that_is_none_is_counted_as_one(behind_proxy: Site) -> None:
    assert statuses(ask(behind_proxy, "geen adres"), 4) == [200, 200, 200, 429]


def test_without_a_proxy_this_machine_is_not_counted(site: Site) -> None:
    client = site.app.test_client()
    answers = [client.get("/zoeken?q=x") for _ in range(site.settings.searches_per_minute + 5)]
    assert {one.status_code for one in answers} == {200}
    assert "RateLimit-Limit" not in answers[0].headers


def test_without_a_proxy_a_forged_header_hides_nobody(tmp_path: Path) -> None:
    made = open_site(tmp_path / "home", searches_per_minute=2)
    made.put(*some_documents()[:1])
    try:
        client = made.app.test_client()
        found = [
            client.get(
                "/zoeken?q=x",
                headers={"X-Forwarded-For": f"198.51.100.{n}"},
                environ_base={"REMOTE_ADDR": "203.0.113.7"},
            ).status_code
            for n in range(3)
        ]
    finally:
        close(made)
    assert found == [200, 200, 429]
