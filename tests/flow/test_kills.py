"""``kill -9`` at the worst moments: during a crawl, during a reindex, during a job of the worker.

Real processes are killed, at moments that a seed chooses, and nothing may be lost: what a crawl had
stored stays and the rest follows, the index opens every time, and a job is taken up again.
"""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from crawler.tasks import crawl_source
from index import Index, Query
from index.tasks import rebuild_index, update_index
from library.document import Document, Section, content_hash_of
from library.progress import Silent
from library.settings import read_settings
from library.store import Store
from library.store.jobs import MOST_ATTEMPTS
from tests.crawler.loopback import Loopback, answer, page, serving, with_etag
from tests.flow.installation import PROJECT, Installation, kill, wait_until

pytestmark = pytest.mark.slow

CRAWL_KILLS = 5
REINDEX_KILLS = 10
PAGES = 40
PACE = 0.03
"""Seconds that the server takes for each answer, so that there is a crawl to be killed."""
DOCUMENTS = 300
BESIDE_PAGES = 6
"""Requests of a crawl for no page: robots.txt, four places of sitemaps, an address that is not there."""
MOST_FETCHED_AGAIN = 4
"""Repeated requests that one kill may cost (threats 2.2)."""


@contextmanager
def village() -> Iterator[Loopback]:
    """A site whose pages are reached by links only: each page leads to the next two."""
    routes = {f"/p{n}": with_etag(page(f"Bladzijde {n}", *links_of(n))) for n in range(1, PAGES)}
    with serving({"/": with_etag(page("Dorp", "/p1", "/p2")), **routes}) as server:
        server.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /geheim")
        server.seconds = PACE
        yield server


def links_of(number: int) -> list[str]:
    return [f"/p{n}" for n in (2 * number + 1, 2 * number + 2) if n < PAGES]


def installation(home: Path, server: Loopback) -> Installation:
    return Installation(
        read_settings({}, home=home, trusted_addresses=server.trusted, trusted_pace=0.0)
    )


def contents(store: Store) -> dict[str, str]:
    """The id and content hash of every document."""
    return {stored.document.id: stored.document.content_hash for stored in store.documents.live()}


def test_a_crawl_that_is_killed_five_times_ends_as_if_it_was_not(tmp_path: Path) -> None:
    chance = random.Random(2026)
    with village() as server:
        calm, killed = (installation(tmp_path / name, server) for name in ("calm", "killed"))
        source = calm.store.sources.add(name="Dorp", url=f"{server.url}/")
        crawl_source(calm.store, calm.settings, source, Silent())
        undisturbed = len(server.asked)
        server.asked.clear()
        for _ in range(CRAWL_KILLS):
            wanted = len(server.asked) + chance.randint(2, PAGES // (CRAWL_KILLS + 1))
            crawl = killed.command("crawl", f"{server.url}/")
            wait_until(partial(has_asked, server, wanted))
            time.sleep(chance.uniform(0, PACE))
            kill(crawl)
        assert len(contents(killed.store)) < PAGES, "the kills came too late"
        code, said = killed.run("crawl", f"{server.url}/")
        assert code == 0, said
        assert len(server.asked) <= undisturbed + CRAWL_KILLS * MOST_FETCHED_AGAIN
        assert "/geheim" not in server.paths
        assert contents(killed.store) == contents(calm.store)
        assert len(contents(killed.store)) == PAGES
        found = killed.house.index.search(Query("bladzijde", limit=100))
        # Pages that say nearly the same are one result.
        listed = {hit.id for hit in found.hits} | {
            copy.id for hit in found.hits for copy in hit.also_at
        }
        assert listed >= contents(calm.store).keys() - home_of(calm, server)
        calm.close()
        killed.close()


def has_asked(server: Loopback, number: int) -> bool:
    return len(server.asked) >= number


def home_of(place: Installation, server: Loopback) -> set[str]:
    """The home page does not hold the word that is searched for."""
    stored = place.store.documents.find_by_url(f"{server.url}/")
    return {stored.document.id} if stored else set()


def test_a_crawl_killed_more_often_than_a_worker_tries_is_taken_up_when_asked(
    tmp_path: Path,
) -> None:
    with village() as server:
        place = installation(tmp_path / "home", server)
        source = place.store.sources.add(name="Dorp", url=f"{server.url}/")
        arguments = {"source_id": source.id, "limit": None}
        jobs = place.store.jobs
        job = jobs.add("crawl", arguments, key=f"crawl:{source.id}")
        for _ in range(MOST_ATTEMPTS):
            jobs.release_all(source.added_at)
            assert jobs.claim("a worker that is killed", source.added_at) is not None
        server.seconds = 0
        code, said = place.run("crawl", str(source.id), "--limit", "5")
        assert code == 0, said
        assert place.store.documents.count() > 0
        assert jobs.get(job.id).error == "The work was cut off 3 times."
        place.close()


def made(number: int) -> Document:
    name = f"kennisbank-{number}"
    sections = (Section(f"Een buurthuis van bewoners, nummer {number}. " * 20),)
    return Document(
        id=name,
        url=f"https://voorbeeld.test/{name}",
        canonical_url=f"https://voorbeeld.test/{name}",
        title=f"Buurthuis {number}",
        sections=sections,
        organisation="Dorp",
        content_hash=content_hash_of(name, sections),
    )


@contextmanager
def searching(folder: Path, least: int) -> Iterator[subprocess.Popen[str]]:
    """Search in another process for as long as the block takes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.flow.searching_child", str(folder), str(least)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        if process.poll() is None:
            kill(process)


def has_begun(generations: Path, present: set[Path]) -> bool:
    """Whether a build made its folder."""
    return not present.issuperset(generations.iterdir())


def test_a_reindex_that_is_killed_ten_times_loses_no_document_and_no_search(tmp_path: Path) -> None:
    chance = random.Random(2026)
    place = Installation(read_settings({}, home=tmp_path / "home"))
    store, settings = place.store, place.settings
    store.documents.put_many(made(number) for number in range(DOCUMENTS))
    began = time.monotonic()
    rebuild_index(store, settings, Silent())
    usual = time.monotonic() - began
    generations = settings.index_folder / "generations"
    with searching(settings.index_folder, DOCUMENTS) as reader:
        for number in range(DOCUMENTS, DOCUMENTS + REINDEX_KILLS):
            store.documents.put(made(number))
            update_index(store, settings, Silent())
            present = set(generations.iterdir())
            reindex = place.command("reindex", "--full")
            wait_until(partial(has_begun, generations, present))
            time.sleep(chance.uniform(0, usual))
            kill(reindex)
            index = Index(settings.index_folder)
            found = {hit.id for hit in index.search(Query("buurthuis", limit=1000)).hits}
            index.close()
            assert found == {f"kennisbank-{n}" for n in range(number + 1)}
        said, _ = reader.communicate(timeout=60)
    told = json.loads(said)
    assert told["wrong"] == []
    assert told["searches"] > REINDEX_KILLS
    code, said = place.run("reindex", "--full")
    assert code == 0, said
    assert len(list(generations.iterdir())) <= settings.generations_kept
    place.close()


def test_a_job_whose_worker_is_killed_is_taken_up_again(tmp_path: Path) -> None:
    with village() as server:
        place = installation(tmp_path / "home", server)
        source = place.store.sources.add(name="Dorp", url=f"{server.url}/")
        job = place.store.jobs.add("crawl", {"source_id": source.id, "limit": None}, key="crawl:1")
        worker = place.command("work")
        wait_until(partial(has_asked, server, PAGES // 3))
        kill(worker)
        assert place.store.jobs.get(job.id).state == "running"
        with place.running("work"):
            wait_until(lambda: not place.store.jobs.get(job.id).is_open)
        ended = place.store.jobs.get(job.id)
        assert (ended.state, ended.attempts) == ("done", 2)
        assert place.store.documents.count() == PAGES
        assert len(server.asked) <= PAGES + BESIDE_PAGES + MOST_FETCHED_AGAIN
        place.close()
