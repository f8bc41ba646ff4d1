"""A crawl killed with SIGKILL at 200 random moments (threats, F2).

Promised: no address forgotten, at most 4 fetched again for each kill, nothing half-stored.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path

from library.settings import read_settings
from library.store import Store
from tests.crawler.loopback import Loopback, serving
from tests.crawler.test_kill import documents, site_of, start, with_source

KILLS = int(os.environ.get("SOAK_KILLS", "200"))
PAGES = 250
MOST_AGAIN = 4
LONGEST_LIFE = 1.5
"""Seconds from the first request of a life to its end; a crawl of the site takes some ten times that."""
SEED = 20261123


def half_stored(home: Path) -> list[str]:
    """Addresses that say that they were read, without the document or the body that belongs to it."""
    store = Store.open(read_settings({}, home=home))
    (source,) = (one for one in store.sources.all() if one.slug == "proef")
    found = []
    for address in store.frontier.of_source(source.id):
        if address.outcome != "fetched":
            continue
        stored = store.documents.find(address.document_id or "")
        whole = stored is not None and stored.document.text and store.bodies.find(address.id)
        found += [] if whole else [address.url]
    store.close()
    return found


def live(
    home: Path, site: Loopback, chance: random.Random, before: Counter[str]
) -> tuple[bool, int]:
    """One life of a crawl: whether it was killed, and how many requests it made once more."""
    site.asked.clear()
    child = start(home, site)
    while not site.asked and child.poll() is None:
        time.sleep(0.005)
    end = time.monotonic() + chance.uniform(0, LONGEST_LIFE)
    while time.monotonic() < end and child.poll() is None:
        time.sleep(0.005)
    child.send_signal(signal.SIGKILL)
    killed = child.wait() == -signal.SIGKILL
    again = sum(before[path] > 0 for path in site.paths)
    before.update(site.paths)
    return killed, again


def test_two_hundred_kills(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    kills = crawls = forgotten = half = 0
    again: list[int] = []
    with serving(site_of(PAGES)) as site:
        calm = tmp_path / "calm"
        with_source(calm, site)
        assert start(calm, site).wait(timeout=600) == 0
        expected = documents(calm, site)
        while kills < KILLS:
            home = tmp_path / f"killed{crawls}"
            with_source(home, site)
            asked: Counter[str] = Counter()
            killed = True
            while killed and kills < KILLS:
                killed, repeated = live(home, site, chance, asked)
                again.append(repeated)
                kills += killed
                half += len(half_stored(home))
            assert start(home, site).wait(timeout=600) == 0
            found = documents(home, site)
            forgotten += len(expected.keys() ^ found.keys())
            forgotten += sum(
                found[path] != told for path, told in expected.items() if path in found
            )
            crawls += 1
    figures = {"fault": "F2", "rounds": kills, "crawls": crawls, "seed": SEED}
    figures |= {"forgotten": forgotten, "half_stored": half, "most_fetched_again": max(again)}
    sys.stdout.write(f"\n{json.dumps(figures)}\n")
    assert (forgotten, half) == (0, 0)
    assert max(again) <= MOST_AGAIN
