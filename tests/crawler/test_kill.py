"""A crawl that is killed, again and again, ends as if nothing had happened (threats, F2)."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from library.settings import read_settings
from library.store import Store
from tests.crawler.loopback import Loopback, Route, answer, page, redirect, serving

KILLS = 5
MOST_REPEATS = 4
PAGES = 60
PACE = 0.03
ROOT = Path(__file__).parents[2]


def site_of(number: int) -> dict[str, Route]:
    """A tree of pages, each linked from one only, so that a forgotten address shows."""
    routes: dict[str, Route] = {
        f"/p{n}": answer(page(f"Bladzijde {n}", f"/p{2 * n}", f"/p{2 * n + 1}"))
        for n in range(1, number)
    }
    listed = "".join(f"<url><loc>/p{n}</loc></url>" for n in range(1, 9))
    return routes | {
        "/": answer(page("Welkom bij het dorp", "/p1", "/weg", "/heen")),
        "/heen": redirect("/p7"),
        "/robots.txt": answer(b"User-agent: *\nDisallow: /p11"),
        "/sitemap.xml": answer(f"<urlset>{listed}</urlset>".encode()),
    }


def start(home: Path, site: Loopback) -> subprocess.Popen[bytes]:
    arguments = [str(home), site.trusted[0], str(PACE)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crawler.crawl_child", *arguments], cwd=ROOT
    )


def with_source(home: Path, site: Loopback) -> None:
    settings = read_settings({}, home=home)
    store = Store.open(settings)
    store.sources.add(name="Proef", slug="proef", url=site.url + "/")
    store.close()


def documents(home: Path, site: Loopback) -> dict[str, tuple[str, str, str]]:
    store = Store.open(read_settings({}, home=home))
    found = {
        stored.document.canonical_url.removeprefix(site.url): (
            stored.document.title,
            stored.document.text,
            stored.document.url.removeprefix(site.url),
        )
        for stored in store.documents.live()
    }
    store.close()
    return found


@pytest.mark.slow
def test_a_crawl_that_is_killed_five_times_ends_with_the_same_documents(tmp_path: Path) -> None:
    chance = random.Random(20260501)
    with serving(site_of(PAGES)) as site:
        undisturbed, killed = tmp_path / "rustig", tmp_path / "gestoord"
        for home in (undisturbed, killed):
            with_source(home, site)
        assert start(undisturbed, site).wait(timeout=120) == 0
        once = Counter(site.paths)
        expected = documents(undisturbed, site)
        assert len(expected) > PAGES / 2
        site.asked.clear()
        for kill in range(KILLS):
            child = start(killed, site)
            moment = (kill + 1) * len(once) // (KILLS + 2)
            while len(site.asked) < moment and child.poll() is None:
                time.sleep(0.002)
            time.sleep(chance.random() * PACE * 2)
            child.send_signal(signal.SIGKILL)
            assert child.wait() == -signal.SIGKILL
        assert start(killed, site).wait(timeout=120) == 0
        repeats = sum((Counter(site.paths) - once).values())
        assert documents(killed, site) == expected
        assert repeats <= KILLS * MOST_REPEATS
        assert set(site.paths) == set(once)
        assert not [path for path in site.paths if path.startswith("/p11")]
        gaps = [b.at - a.at for a, b in zip(site.asked, site.asked[1:], strict=False)]
        # The answer takes time too, so that the server sees a little more than the pace.
        assert min(gaps) >= PACE
        assert site.most_at_once == 1
