"""Where a source says that things are: its selectors go before our own judgement."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from crawler.extract import Extracted, Parser
from crawler.extract.facts import Selectors
from tests.crawler.extract.pages import RULES, fetched

PAGE = b"""<!doctype html><html lang="nl"><head><title>Dorp | Site</title></head><body>
<div class="kop"><b class="titel">Het echte   onderwerp</b><i class="dag">Geplaatst 6 mei 2024</i>
<time class="tijd" datetime="2023-02-01">ooit</time></div>
<main><h1>Mooi dorp</h1><p>Dit is de tekst die een programma zelf zou kiezen, want zij staat in het
midden van de bladzijde en is lang genoeg om voor tekst te worden gehouden.</p></main>
<section id="inhoud"><h2>Zo begint u</h2><p>Bewoners maken samen een plan.
<span class="label">Vul uw naam in</span></p><a href="/verder" class="label">Verder</a></section>
</body></html>"""


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with Parser() as running:
        yield running


def read(parser: Parser, **selectors: str) -> Extracted:
    rules = replace(RULES, selectors=Selectors(**selectors))
    found = parser.parse(fetched(PAGE), rules)
    assert isinstance(found, Extracted)
    return found


def test_all_four(parser: Parser) -> None:
    found = read(
        parser, title=".titel", date=".dag", content="#inhoud", left_out=".label, .label .x"
    )
    document = found.document
    assert document is not None
    assert document.title == "Het echte onderwerp"
    assert document.published is not None
    assert (document.published.day, document.published.evidence) == (date(2024, 5, 6), "text")
    assert document.text == "Zo begint u\n\nBewoners maken samen een plan."
    assert [link.url.rpartition("/")[2] for link in found.links] == ["verder"]


def test_a_date_for_machines(parser: Parser) -> None:
    document = read(parser, date="time.tijd").document
    assert document is not None
    assert document.published is not None
    assert (document.published.day, document.published.evidence) == (date(2023, 2, 1), "time")


def test_what_points_at_nothing_changes_nothing(parser: Parser) -> None:
    nothing = read(parser, title=".x", date=".x", content="#x", left_out=".x").document
    assert nothing == read(parser).document
    assert nothing is not None
    assert "een programma zelf zou kiezen" in nothing.text
