"""Only addresses that a visitor may be sent to become links."""

from dataclasses import replace

import pytest

from index.query import Fragment
from webapp.links import file_name, host_of, outward, passage


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "http://",
        "",
    ],
)
def test_other_schemes_are_no_links(address: str) -> None:
    assert outward(address) is None
    assert host_of(address) == ""
    assert passage(address, Fragment(pieces=(), page=2)) is None


def test_web_addresses_are_links() -> None:
    assert outward("HTTPS://WWW.Example.org/a b") == "https://www.example.org/a%20b"
    assert host_of("https://www.example.org/") == "example.org"


def test_a_fragment_links_to_its_place() -> None:
    page, heading = Fragment(pieces=(), page=4), Fragment(pieces=(), anchor="wie doet wat")
    assert passage("https://example.org/a.pdf#x", page) == "https://example.org/a.pdf#page=4"
    assert passage("https://example.org/a", heading) == "https://example.org/a#wie%20doet%20wat"
    assert passage("https://example.org/a", Fragment(pieces=())) == "https://example.org/a"


def test_a_link_goes_to_the_words_that_were_found() -> None:
    pieces = (
        ("… van de ", False),
        ("btw-vrije", True),
        (" som, per jaar en per lid.\nEn nog", False),
    )
    found = Fragment(pieces=pieces, anchor="geld")
    assert passage("https://example.org/a#x", found) == (
        "https://example.org/a#geld:~:text=btw%2Dvrije%20som%2C%20per%20jaar%20en"
    )
    few = Fragment(pieces=(("de ", False), ("som", True), (" dus\nEn nog wat meer tekst", False)))
    assert passage("https://example.org/a#x", few) == "https://example.org/a#x"
    assert "text=" not in str(passage("https://example.org/a.pdf", replace(found, page=2)))


def test_a_file_without_title_gets_a_readable_name() -> None:
    assert file_name("https://example.org/x/stappenplan-btw_2024.pdf") == "Stappenplan btw 2024"
    assert file_name("https://example.org/") == ""
