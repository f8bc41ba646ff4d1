"""A source that is removed while it is crawled: the crawl ends in plain words, and nothing stays."""

from collections.abc import Mapping

import pytest

from crawler.recording import SourceRemoved
from library.progress import Silent
from tests.crawler.loopback import Loopback
from tests.crawler.place import MONTH, Make, Place, pages


class Remover(Silent):
    """Removes the source after some addresses, and adds another, which gets the same number."""

    def __init__(self, place: Place, after: int) -> None:
        self.place, self.left = place, after

    def phase(self, name: str, total: int | None = None) -> None:
        self._count()

    def advance(
        self, done: int, counts: Mapping[str, int] | None = None, total: int | None = None
    ) -> None:
        self._count()

    def _count(self) -> None:
        if self.left == 0:
            self.place.store.remove_source(self.place.source.id)
            other = self.place.store.sources.add(name="Ander", url="https://ander.example/")
            assert other.id == self.place.source.id
        self.left -= 1


@pytest.mark.parametrize("after", [0, 1, 4, 6], ids=["sitemaps", "first", "middle", "last"])
def test_a_source_that_is_removed_half_way(site: Loopback, make: Make, after: int) -> None:
    site.routes = pages(*(f"/{n}" for n in range(5)))
    place = make(site)
    with pytest.raises(SourceRemoved, match=r"^The source was removed while it was crawled\.$"):
        place.crawl(progress=Remover(place, after))
    assert place.live == {}
    assert place.store.frontier.of_source(place.source.id) == ()
    assert place.store.crawls.latest(place.source.id) is None


def test_a_source_that_is_removed_while_it_is_crawled_again(site: Loopback, make: Make) -> None:
    site.routes = pages("/a", "/b")
    place = make(site)
    place.crawl()
    with pytest.raises(SourceRemoved):
        place.crawl(MONTH, progress=Remover(place, 2))
    assert place.live == {}
