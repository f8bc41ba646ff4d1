"""The example documents under names that stay the same, and an index over all of them.

In: the files of the example sites. Out: the key of each document, ``site/name`` for a page and
``site/name.pdf`` for a PDF, after the files that they are written in. A key does not hang on the
port that a site is served on, nor on its address; a page with several addresses has one key.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from crawler.urls import canonical_for
from examples.sites import Page, Pdf, load_sites
from examples.tasks import SLUG_PREFIX
from index import Query
from index.evaluate import Qrels, Ranking, read_qrels
from tests.flow.crawled import Examples, crawled_examples

FOLDER = Path(__file__).parent
LANGUAGES = ("nl", "fy", "en")
"""English is kept as well, so that it is measured whether Dutch questions suffer by it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the need that it was made from; the kinds are explained in README.md."""

    id: str
    text: str
    kind: str
    need: str


def read_asked() -> tuple[Asked, ...]:
    """Read the queries."""
    lines = (FOLDER / "queries.jsonl").read_text("utf-8").splitlines()
    return tuple(Asked(**json.loads(line)) for line in lines)


def read_judged() -> Qrels:
    """Read the grades by query and key: 3 answers it fully, 2 largely, 1 touches it, 0 does not."""
    return read_qrels(FOLDER / "qrels.tsv")


def authored() -> Iterator[tuple[str, str, Page | Pdf]]:
    """Give the key, the site and the file of every example document."""
    for site in load_sites():
        items: tuple[Page | Pdf, ...] = (*site.pages, *site.pdfs)
        for item in items:
            ending = ".pdf" if isinstance(item, Pdf) else ""
            yield f"{site.slug}/{item.name}{ending}", site.slug, item


def keys_by_address(examples: Examples) -> Mapping[str, str]:
    """Give the key of every canonical address at which an example document is served."""
    sources = {source.slug.removeprefix(SLUG_PREFIX): source for source in examples.sources}
    found: dict[str, str] = {}
    for key, slug, item in authored():
        others = item.also if isinstance(item, Page) else ()
        for path in (item.path, *others):
            url = urljoin(examples.server.addresses[slug], path)
            found[canonical_for(url, sources[slug]) or url] = key
    return found


@dataclass(frozen=True, slots=True)
class Searched:
    """What a visitor sees first for a query: how many documents were counted, and the best."""

    total: int
    ranking: Ranking


class Collection:
    """An index over the example documents that speaks of them by their keys."""

    def __init__(self, examples: Examples) -> None:
        self._index = examples.installation.house.index
        self._keys = keys_by_address(examples)
        live = examples.installation.store.documents.live()
        self.key_of = {one.document.id: self._key(one.document.canonical_url) for one in live}

    def _key(self, address: str) -> str:
        """The key of an address; one site answers to ``%20`` as well as to ``+`` in a path."""
        return self._keys[address if address in self._keys else address.replace("%20", "+")]

    def search(self, text: str, limit: int = 10) -> Searched:
        """Ask as a visitor asks; the order of the page is what counts, so that is the score."""
        page = self._index.search(Query(text=text, limit=limit))
        ranking = [(self.key_of[hit.id], -float(rank)) for rank, hit in enumerate(page.hits)]
        return Searched(page.total, ranking)

    def rank(self, text: str, depth: int = 100) -> Ranking:
        """Ask as ``make eval`` asks: any word matches, nothing is folded."""
        return [(self.key_of[name], score) for name, score in self._index.rank(text, depth)]


@contextmanager
def indexed_examples(home: Path) -> Iterator[Collection]:
    """Crawl all example sites into a home, English pages included, and search them."""
    with crawled_examples(home, languages=LANGUAGES) as examples:
        yield Collection(examples)
