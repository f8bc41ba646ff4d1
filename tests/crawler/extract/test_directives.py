"""What pages and servers ask of search engines: twenty vectors, and that documents carry it."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from crawler.extract import Extracted, Parser
from crawler.extract.directives import of_header, of_page
from tests.crawler.extract.pages import ARTICLE, RULES, fetched, page

NOW = datetime(2025, 6, 1, tzinfo=UTC)
I, F, A, S = "noindex", "nofollow", "noarchive", "nosnippet"  # noqa: E741 - one letter a column


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("noindex", {I}),
        ("NoIndex, NOFOLLOW", {I, F}),
        ("none", {I, F}),
        ("noarchive, nosnippet", {A, S}),
        ("nocache", {A}),
        ("all", set()),
        ("index, follow", set()),
        ("max-snippet:0", {S}),
        ("max-snippet: 0, max-image-preview:large", {S}),
        ("max-snippet:-1, max-video-preview:-1", set()),
        ("googlebot: noindex, nofollow", set()),
        ("googlebot: noindex, kennisbank: noarchive, nosnippet", {A, S}),
        ("noarchive, otherbot: noindex", {A}),
        ("unavailable_after: 25 Jun 2010 15:00:00 GMT", {I}),
        ("unavailable_after: Fri, 25 Jun 2010 15:00:00 GMT, nofollow", {I, F}),
        ("unavailable_after: 2090-06-25T15:00:00+02:00", set()),
        ("unavailable_after: ooit", set()),
        ("noindexing, follownot", set()),
    ],
)
def test_header(header: str, wanted: set[str]) -> None:
    assert of_header(header, NOW) == wanted


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (
            '<meta name="ROBOTS" content="noarchive"><meta name="robots" content="nosnippet">',
            {A, S},
        ),
        (
            '<meta name="googlebot" content="noindex"><meta name="Kennisbank" content="nofollow">',
            {F},
        ),
        ('<meta name="robots" content="unavailable_after: 2010-06-25, noarchive">', {I, A}),
        ('<meta property="robots" content="noindex"><meta name="robots">', set()),
    ],
)
def test_meta(head: str, wanted: set[str]) -> None:
    assert of_page(BeautifulSoup(head, "lxml"), NOW) == wanted


def test_a_document_carries_what_must_not_be_shown_of_it() -> None:
    body = page(f"<p>{ARTICLE}</p>", '<meta name="robots" content="nosnippet">')
    with Parser() as parser:
        found = parser.parse(fetched(body, x_robots_tag="noarchive, nofollow"), RULES)
    assert isinstance(found, Extracted)
    assert found.directives == {"noarchive", "nosnippet", "nofollow"}
    assert found.document is not None
    assert found.document.directives == ("noarchive", "nosnippet")
