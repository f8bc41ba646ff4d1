"""A thousand real Dutch documents as a web site: crawled over HTTP, indexed, and found again.

The documents are the evaluation data beside the project; without them these tests are skipped.
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index import Query
from library.document import id_of
from library.settings import read_settings
from library.store import Source
from tests.conftest import SHARED_REASON
from tests.flow.corpus_site import CorpusSite, Record, read_records, serving_corpus
from tests.flow.installation import Installation

CORPUS = Path(__file__).parents[2].parent / "shared" / "eval" / "corpus.jsonl.gz"
DOCUMENTS = 1000
SAMPLE = 100
LEAST_FOUND = 0.97
"""Share of the sample that must stand in the first ten; all of it did when this was written."""
LEAST_WITHOUT_BODY = 0.99
"""Share of an unchanged site that must cost no body (threats 2.2)."""
MOST_WORDS = 12

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.exists(), reason=f"{SHARED_REASON}: there is no {CORPUS.name}"),
]


@dataclass
class Crawled:
    """The site, the installation that crawled it, and the result of the first crawl."""

    site: CorpusSite
    installation: Installation
    source: Source
    result: dict[str, Any]

    def crawl(self) -> dict[str, Any]:
        self.site.log.clear()
        key = f"crawl:{self.source.id}"
        job = self.installation.do("crawl", key, source_id=self.source.id, limit=None)
        assert job.state == "done", job.error
        return dict(job.result or {})


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    records = read_records(CORPUS, DOCUMENTS)
    with serving_corpus(records) as site:
        settings = read_settings(
            {},
            home=tmp_path_factory.mktemp("real") / "home",
            trusted_addresses=(site.trusted,),
            trusted_pace=0.0,
        )
        installation = Installation(settings)
        source = installation.store.sources.add(name="Documenten", url=f"{site.url}/")
        made = Crawled(site, installation, source, {})
        began = time.monotonic()
        made.result = made.crawl()
        tell(len(records), time.monotonic() - began)
        yield made
        installation.close()


def tell(number: int, seconds: float) -> None:
    """Print what it cost; shown by ``pytest -s``, asserted nowhere."""
    own, parsers = (resource.getrusage(who).ru_maxrss // 1024 for who in (_SELF, _CHILDREN))
    sys.stdout.write(
        f"\n{number} pages crawled and indexed: {number / seconds:.1f} a second, "
        f"peak {own} MB here and {parsers} MB in the parser\n"
    )


_SELF, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN


def test_every_page_becomes_a_document_in_the_index(crawled: Crawled) -> None:
    records = crawled.site.records
    assert len(records) >= DOCUMENTS
    assert crawled.result["state"] == "done"
    assert crawled.result["counts"]["errors"] == 0
    live = set(crawled.installation.store.documents.of_source(crawled.source.id))
    lacking = [record.path for record in records if page_id(crawled.site, record) not in live]
    assert lacking == []
    assert crawled.installation.house.index.status().documents == len(live)


def page_id(site: CorpusSite, record: Record) -> str:
    return id_of(site.url + record.path)


def test_known_documents_are_found_by_words_of_their_title(crawled: Crawled) -> None:
    """Titles that several documents share say too little to look for one of them."""
    titles = Counter(record.title for record in crawled.site.records)
    unique = [record for record in crawled.site.records if titles[record.title] == 1]
    sample = random.Random(2026).sample(unique, SAMPLE)
    index = crawled.installation.house.index
    missed = []
    for record in sample:
        words = " ".join(record.title.split()[:MOST_WORDS])
        hits = index.search(Query(words, limit=10)).hits
        if page_id(crawled.site, record) not in {hit.id for hit in hits}:
            missed.append(record.title)
    assert len(missed) <= SAMPLE * (1 - LEAST_FOUND), missed


def test_nothing_forbidden_was_asked_for_and_nothing_twice(crawled: Crawled) -> None:
    paths = Counter(path for path, _ in crawled.site.log)
    assert [path for path in paths if path.startswith("/menu/")] == []
    assert [path for path, number in paths.items() if number > 1] == []


def test_a_second_crawl_costs_no_bodies_and_no_writes(crawled: Crawled) -> None:
    installation = crawled.installation
    before = installation.house.index.status()
    revision = installation.store.documents.revision()
    second = crawled.crawl()
    pages = [status for path, status in crawled.site.log if path.startswith("/document/")]
    assert len(pages) == len(crawled.site.records)
    assert pages.count(304) / len(pages) >= LEAST_WITHOUT_BODY
    assert second["counts"]["unchanged"] == second["counts"]["fetched"]
    assert second["index"]["published"] is False
    installation.house.index.refresh()
    assert installation.house.index.status() == before
    assert installation.store.documents.revision() == revision
