"""A site that fails or changes while time goes by: what stays, and what goes from the results.

A small site of our own is crawled again and again with a clock that is set forward: bad days of the
server lose nothing, a page that is gone disappears as soon as that is sure, and not before.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.means import Means
from crawler.tasks import CrawlSummary, crawl_source
from index import Index, Query
from index.tasks import update_index
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Store
from tests.crawler.loopback import Loopback, Route, answer, page, serving, with_etag
from tests.flow.installation import MovingClock

PAGES = 24
UNAVAILABLE = answer(b"even niet", status=503)


@dataclass
class Village:
    """A source of a home page and many others, its crawls and its place in the index."""

    store: Store
    settings: Settings
    server: Loopback
    index: Index
    clock: MovingClock = field(default_factory=MovingClock)

    def crawl(self) -> CrawlSummary:
        means = Means(self.settings, self.clock)
        source = self.store.sources.find("dorp")
        assert source is not None
        summary = crawl_source(self.store, self.settings, source, Silent(), means=means)
        update_index(self.store, self.settings, Silent())
        self.index.refresh()
        return summary

    def found(self, number: int) -> bool:
        """Whether a visitor finds that page."""
        hits = self.index.search(Query(f"verhaal{number}")).hits
        return f"{self.server.url}/verhaal{number}" in {hit.url for hit in hits}

    def answer_all(self, response: bytes) -> None:
        self.server.routes.update(dict.fromkeys(self.server.routes, response))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Loopback, Path]]:
    """The site, and a home in which it was crawled once while all was well."""
    home = tmp_path_factory.mktemp("village") / "home"
    with serving(routes()) as server:
        with opened(server, home) as village:
            village.store.sources.add(name="Dorp", url=f"{server.url}/", slug="dorp")
            assert village.crawl().state == "done"
            assert village.store.documents.count() == PAGES + 1
            assert all(village.found(number) for number in range(PAGES))
        yield server, home


@pytest.fixture
def village(crawled: tuple[Loopback, Path], tmp_path: Path) -> Iterator[Village]:
    server, home = crawled
    shutil.copytree(home, tmp_path / "home")
    server.routes = dict(routes())
    with opened(server, tmp_path / "home") as village:
        yield village


@contextmanager
def opened(server: Loopback, home: Path) -> Iterator[Village]:
    settings = read_settings({}, home=home, trusted_addresses=server.trusted, trusted_pace=0.0)
    store, index = Store.open(settings), Index(settings.index_folder, check_every=0)
    try:
        yield Village(store, settings, server, index)
    finally:
        index.close()
        store.close()


def routes() -> dict[str, Route]:
    names = [f"/verhaal{number}" for number in range(PAGES)]
    pages: dict[str, Route] = {
        name: with_etag(page(f"Het {name[1:]} van het dorp")) for name in names
    }
    return {"/": with_etag(page("Dorp", *names)), "/robots.txt": answer(b"User-agent: *"), **pages}


def test_a_week_of_503_loses_nothing(village: Village) -> None:
    revision = village.store.documents.revision()
    working = dict(village.server.routes)
    village.answer_all(UNAVAILABLE)
    for _ in range(8):
        village.clock.forward(hours=25)
        assert village.crawl().state == "failed"
    assert village.store.documents.count() == PAGES + 1
    assert all(village.found(number) for number in range(PAGES))
    village.server.routes.update(working)
    village.clock.forward(hours=25)
    summary = village.crawl()
    assert (summary.state, summary.counts["unchanged"]) == ("done", PAGES + 1)
    assert village.store.documents.revision() == revision


def test_one_page_of_503_between_good_ones_stays(village: Village) -> None:
    village.server.routes["/verhaal7"] = UNAVAILABLE
    for _ in range(3):
        village.clock.forward(hours=25)
        assert village.crawl().state == "done"
    assert village.found(7)


def test_a_page_that_turns_404_goes_after_its_second_sighting_a_day_later(village: Village) -> None:
    del village.server.routes["/verhaal7"]
    village.clock.forward(hours=1)
    village.crawl()
    assert village.found(7), "one 404 is no proof"
    village.clock.forward(hours=23)
    village.crawl()
    assert village.found(7), "the second sighting came within a day"
    village.clock.forward(hours=2)
    summary = village.crawl()
    assert summary.counts["gone"] == 1
    assert not village.found(7)
    assert village.found(8)
    assert village.store.documents.count() == PAGES


def test_a_page_that_comes_back_was_never_away(village: Village) -> None:
    kept = village.server.routes.pop("/verhaal7")
    village.clock.forward(hours=25)
    village.crawl()
    village.server.routes["/verhaal7"] = kept
    village.clock.forward(hours=25)
    village.crawl()
    del village.server.routes["/verhaal7"]
    village.clock.forward(hours=25)
    village.crawl()
    assert village.found(7), "the days before it came back do not count"


def test_a_page_that_is_410_goes_at_once(village: Village) -> None:
    village.server.routes["/verhaal7"] = answer(b"opgeheven", status=410)
    village.clock.forward(hours=1)
    assert village.crawl().counts["gone"] == 1
    assert not village.found(7)
    assert village.found(8)


def test_a_site_where_everything_is_404_waits_for_a_person(village: Village) -> None:
    village.answer_all(answer(b"niet hier", status=404))
    states = []
    for _ in range(3):
        village.clock.forward(hours=25)
        states.append(village.crawl().state)
    assert "held" in states
    assert village.store.documents.count() == PAGES + 1
    assert village.found(7)
