"""Sites that answer 200 where there is nothing: what is told from a real page, and what follows."""

import asyncio
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import pytest

from crawler.crawl import Reading, crawl
from crawler.extract import Extracted, Parser, extract
from crawler.frontier import Frontier
from crawler.missing import Missing, probe_of
from crawler.outcomes import Gone, Outcome
from crawler.pages import Pages
from crawler.sitemaps import USUAL_PLACES
from library.document import Document
from library.store import Address, Source
from tests.crawler.clocks import FakeClock
from tests.crawler.extract.pages import fetched
from tests.crawler.loopback import Loopback, answer, page, redirect, with_etag
from tests.crawler.place import DAY, MONTH, Make, pages

HOSTS = 200
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.95
"""Threats 2.2."""

WORDS = (
    *("bewoners", "dorp", "buurt", "huis", "samen", "tuin", "zorg", "energie", "wonen", "gemeente"),
    *(
        "subsidie",
        "fonds",
        "plan",
        "kosten",
        "leden",
        "bestuur",
        "coöperatie",
        "stichting",
        "beheer",
    ),
    *("maaltijd", "vervoer", "jongeren", "ouderen", "sport", "school", "winkel", "grond", "zon"),
    *("warmte", "isolatie", "lening", "begroting", "vergunning", "overleg", "avond", "project"),
)
NOTICES = (
    "Pagina niet gevonden",
    "De pagina die u zoekt bestaat niet (meer). Misschien is zij verplaatst of verwijderd.",
    "Oeps! Deze pagina is er niet. Controleer het adres, zoek, of ga naar de beginpagina.",
    "404 - Helaas, hier is niets te vinden. Kijk eens bij onze thema's, projecten of het nieuws.",
    "Het adres {address} bestaat niet op deze website. Ga terug of zoek verder.",
)


@dataclass
class Host:
    """An invented site: its frame, its notice, and pages that are there."""

    chance: random.Random

    def __post_init__(self) -> None:
        chance = self.chance
        self.name = f"{chance.choice(WORDS).title()}huis {chance.choice(WORDS)}"
        self.menu = [self.some(chance.randint(1, 3)) for _ in range(chance.randint(0, 40))]
        self.footer = self.some(chance.randint(5, 60))
        self.notice = chance.choice(NOTICES)
        self.tag = chance.choice(("main", "article", "div"))
        self.counts = chance.random() < 0.3
        self.suggests = chance.random() < 0.1
        self.has_one_title = chance.random() < 0.1

    def some(self, number: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=number))

    def frame(self, title: str, content: str) -> bytes:
        menu = "".join(f'<li><a href="/{n}">{m}</a></li>' for n, m in enumerate(self.menu))
        counter = f"<p>{self.chance.randint(1, 9999)} keer bekeken</p>" if self.counts else ""
        name = self.name if self.has_one_title else f"{title} - {self.name}"
        return (
            f'<!doctype html><html lang="nl"><head><title>{name}</title></head><body>'
            f"<nav><ul>{menu}</ul></nav><{self.tag}><h1>{title}</h1>{content}{counter}</{self.tag}>"
            f"<footer><p>{self.footer}</p></footer></body></html>"
        ).encode()

    def missing(self, path: str) -> bytes:
        notice = escape(self.notice.format(address=path))
        other = f"<p>Misschien zoekt u: {self.some(3)}</p>" if self.suggests else ""
        return self.frame("Niet gevonden", f"<p>{notice}</p>{other}")

    def there(self) -> bytes:
        paragraphs = "".join(
            f"<p>{self.some(self.chance.randint(8, 60)).capitalize()}.</p>"
            for _ in range(self.chance.randint(1, 6))
        )
        return self.frame(self.some(3).title(), paragraphs)


def source_of(url: str = "https://voorbeeld.nl/", **rules: Any) -> Source:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Source(
        id=1, slug="dorp", name="Dorp", organisation="Dorp", url=url, added_at=at, **rules
    )


def document_of(parser: Parser, path: str, body: bytes) -> Document | None:
    given = source_of(languages=("nl", "fy", "af", "en", "de", "un"))
    found = extract(fetched(body, url=f"https://voorbeeld.nl{path}"), source=given, parser=parser)
    assert isinstance(found, Extracted)
    return found.document


@pytest.mark.slow
def test_precision_and_recall_on_two_hundred_hosts(parser: Parser) -> None:
    chance = random.Random(2026)
    right = wrong = missed = 0
    for _ in range(HOSTS):
        host = Host(chance)
        missing = Missing(document_of(parser, "/kqzvbnm", host.missing("/kqzvbnm")))
        path = f"/{host.some(1)}/{host.some(1)}-{host.some(1)}"
        absent = document_of(parser, path, host.missing(path))
        is_seen = absent is None or missing.is_notice(absent)
        right, missed = right + is_seen, missed + (not is_seen)
        present = document_of(parser, "/er-is-iets", host.there())
        wrong += present is not None and missing.is_notice(present)
    assert right / (right + wrong) >= LEAST_PRECISION, (right, wrong, missed)
    assert right / (right + missed) >= LEAST_RECALL, (right, wrong, missed)


@pytest.fixture
def soft(site: Loopback) -> Loopback:
    """A site that says 200 and "niet gevonden" wherever nothing is."""
    site.routes = pages("/a", "/b", "/dood", "/map/ook-dood")
    del site.routes["/dood"], site.routes["/map/ook-dood"]
    site.routes |= dict.fromkeys(("/robots.txt", *USUAL_PLACES), answer(status=404))
    site.otherwise = lambda asked: answer(page("Niet gevonden", text=f"{asked.path}: {NOTICES[2]}"))
    return site


def test_dead_links_become_no_documents(soft: Loopback, make: Make) -> None:
    place = make(soft)
    summary = place.crawl()
    assert set(place.live) == {"/", "/a", "/b"}
    assert summary.reasons["soft-404"] == 2
    assert place.address("/dood").outcome == "soft-404"
    probe = str(probe_of(place.source, 1)).removeprefix(soft.url)
    assert soft.paths.count(probe) == 1


def test_a_page_that_turns_into_a_notice_goes_after_a_second_sighting(
    soft: Loopback, make: Make
) -> None:
    place = make(soft)
    place.crawl()
    del soft.routes["/a"]
    assert place.crawl(MONTH).counts["gone"] == 0
    assert set(place.live) == {"/", "/a", "/b"}
    assert place.crawl(MONTH + timedelta(hours=23)).counts["gone"] == 0
    assert place.crawl(MONTH + DAY).counts["gone"] == 1
    assert set(place.live) == {"/", "/b"}


def test_a_page_that_comes_back_stays(soft: Loopback, make: Make) -> None:
    place = make(soft)
    place.crawl()
    kept = soft.routes.pop("/a")
    place.crawl(MONTH)
    soft.routes["/a"] = kept
    place.crawl(MONTH + DAY)
    assert place.address("/a").missing_since is None
    assert set(place.live) == {"/", "/a", "/b"}


def test_a_site_that_leads_to_one_place_where_nothing_is(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b", "/weg") | {"/fout": answer(page("Niet gevonden"))}
    place = make(site)
    place.crawl()
    del site.routes["/weg"]
    site.routes |= dict.fromkeys(("/robots.txt", *USUAL_PLACES), answer(status=404))
    site.otherwise = redirect("/fout", 302)
    place.crawl(MONTH)
    assert place.address("/weg").outcome == "soft-404"
    place.crawl(MONTH + DAY)
    assert set(place.live) == {"/", "/a", "/b"}
    assert "/fout" not in site.paths


def test_a_site_that_shows_its_home_page_everywhere_keeps_that(site: Loopback, make: Make) -> None:
    home = page("Welkom op de site van ons dorp", "/a", "/b")
    site.routes = {"/": with_etag(home)}
    site.otherwise = answer(home)
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/"}


@pytest.mark.parametrize("status", [404, 410, 500, 403])
def test_an_honest_site_and_one_that_stumbles_change_nothing(
    site: Loopback, make: Make, status: int
) -> None:
    site.routes = pages("/a", "/b") | {"/robots.txt": answer(b"User-agent: *\nDisallow: /x")}
    site.otherwise = answer(status=status)
    place = make(site)
    place.crawl()
    assert set(place.live) == {"/", "/a", "/b"}


@pytest.mark.parametrize(
    ("url", "scope", "folder"),
    [
        ("https://voorbeeld.nl/nl/start", "site", "https://voorbeeld.nl/"),
        ("https://voorbeeld.nl/kennis/", "section", "https://voorbeeld.nl/kennis/"),
        ("https://voorbeeld.nl/kennis/index.html", "section", "https://voorbeeld.nl/kennis/"),
    ],
)
def test_the_probe_is_an_address_of_the_source_that_nobody_made(
    url: str, scope: str, folder: str
) -> None:
    probe = probe_of(source_of(url=url, scope=scope), 7)
    assert probe is not None
    assert probe.startswith(folder)
    assert len(probe) == len(folder) + 20
    assert probe_of(source_of(url=url, scope=scope), 8) != probe


def test_each_host_of_a_source_is_asked_itself(parser: Parser) -> None:
    """The host without ``www.`` answers as it should, the other says 200 and "niet gevonden"."""
    notice = page("Niet gevonden", text=NOTICES[2])
    given = source_of()
    asked: list[str] = []

    class Asking(Pages):
        def __init__(self) -> None:
            self.there = {f"https://{www}voorbeeld.nl/{n}" for www in ("", "www.") for n in "ab"}

        def refusal(self, url: str, hops: int = 0) -> str | None:
            return None

        async def get(self, address: Address) -> Outcome:
            asked.append(address.url)
            if address.url in self.there:
                return fetched(page(f"Over {address.url}"), url=address.url)
            if "www." in address.url:
                return fetched(notice, url=address.url)
            return Gone(address.url, 404, 0.1, "http-404")

    async def run() -> dict[str, str]:
        frontier = Frontier(100)
        paths = ("a", "b", "dood")
        for address in (f"https://{www}voorbeeld.nl/{n}" for www in ("", "www.") for n in paths):
            frontier.offer(Address(address, depth=1))
        reading = Reading(
            lambda body: extract(body, source=given, parser=parser), "1", lambda *_: None
        )
        visits = crawl(
            given,
            frontier,
            Asking(),
            reading,
            clock=FakeClock(),
            should_stop=lambda: False,
            probe="https://voorbeeld.nl/nergens",
        )
        return {visit.address.url: visit.outcome.reason async for visit in visits}

    found = asyncio.run(run())
    assert found["https://voorbeeld.nl/dood"] == "http-404"
    assert found["https://www.voorbeeld.nl/dood"] == "soft-404"
    assert {one for one, reason in found.items() if reason == "fetched"} == {
        one for one in found if not one.endswith("dood")
    }
    probes = [one for one in asked if one.endswith("nergens")]
    assert sorted(probes) == ["https://voorbeeld.nl/nergens", "https://www.voorbeeld.nl/nergens"]


def test_a_source_of_one_page_has_none() -> None:
    assert probe_of(source_of(url="https://voorbeeld.nl/a", scope="page"), 1) is None
