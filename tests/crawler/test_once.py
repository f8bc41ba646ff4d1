"""One address or one file, outside a crawl."""

import socket
from pathlib import Path

import pytest

from crawler import extract_once, fetch_once
from crawler.means import Means
from crawler.once import NoDocument
from crawler.outcomes import Failed, Fetched, Gone, Refused
from library.settings import Settings, read_settings
from tests.crawler.clocks import FakeClock
from tests.crawler.loopback import Loopback, Route, answer, page, redirect, serving


def trusting(site: Loopback) -> Settings:
    return read_settings({}, trusted_addresses=site.trusted, trusted_pace=0.0)


@pytest.mark.parametrize(
    ("routes", "kind", "reason"),
    [
        ({"/a": answer(page("Alles over a"))}, Fetched, "fetched"),
        ({"/a": redirect("/b"), "/b": answer(page("Alles over b"))}, Fetched, "fetched"),
        ({"/a": redirect("http://10.0.0.1/")}, Refused, "private-address"),
        (
            {"/a": redirect("/b"), "/robots.txt": answer(b"User-agent: *\nDisallow: /b")},
            Refused,
            "robots",
        ),
        ({}, Gone, "http-404"),
        ({"/robots.txt": answer(status=503)}, Refused, "robots-unreachable"),
    ],
)
def test_fetch_once(routes: dict[str, Route], kind: type, reason: str) -> None:
    with serving(routes) as site:
        found = fetch_once(site.url + "/a#kop", trusting(site))
    assert type(found) is kind
    assert found.reason == reason


def test_an_inside_address_is_refused_before_anything_is_asked() -> None:
    with serving() as site:
        found = fetch_once(site.url + "/", read_settings({}))
    assert isinstance(found, Refused)
    assert found.reason == "bad-port"
    assert site.asked == []


def test_manners_hold_outside_a_crawl_too() -> None:
    clock = FakeClock()
    with serving({"/a": answer(b"x")}) as site:
        settings = trusting(site).model_copy(update={"trusted_pace": 2.0})
        fetch_once(site.url + "/a", settings, means=Means(settings, clock=clock))
    assert clock.passed == pytest.approx(2.0)


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        site = Loopback(port=taken.getsockname()[1])
        found = fetch_once(site.url + "/", trusting(site))
    assert isinstance(found, Failed)
    assert found.reason == "connect-failed"


def test_a_document_of_an_address_and_of_a_file(tmp_path: Path) -> None:
    body = page("Het buurthuis van het dorp")
    file = tmp_path / "buurthuis.html"
    file.write_bytes(body)
    with serving({"/a": answer(body)}) as site:
        fetched = extract_once(site.url + "/a", trusting(site))
        assert fetched.canonical_url == site.url + "/a"
    read = extract_once(str(file), read_settings({}))
    assert fetched.title == read.title == "Het buurthuis van het dorp"
    assert fetched.text == read.text
    assert "buurthuis" in read.text


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("kapot.pdf", b"%PDF-1.7 kapot"),
        ("leeg.html", b""),
        ("plaatje.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        ("pagina.html", page("Weg", head='<meta name="robots" content="noindex">')),
    ],
)
def test_what_gives_no_document_says_why(tmp_path: Path, name: str, body: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(body)
    with pytest.raises(NoDocument, match=r"gives no document: .+\."):
        extract_once(str(file), read_settings({}))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoDocument, match="cannot be read"):
        extract_once(str(tmp_path / "weg.html"), read_settings({}))


def test_an_address_that_gives_nothing() -> None:
    with serving() as site, pytest.raises(NoDocument, match="404"):
        extract_once(site.url + "/a", trusting(site))


def test_a_file_without_end_is_too_large() -> None:
    with pytest.raises(NoDocument, match="larger than the limit"):
        extract_once("/dev/zero", read_settings({}))
