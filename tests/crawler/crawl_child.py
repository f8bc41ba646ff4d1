"""Crawls one source in a process of its own, so that a test can kill it.

Run as ``python -m tests.crawler.crawl_child HOME HOST:PORT PACE``; the source is made by the test.
"""

import sys
from pathlib import Path

from crawler.tasks import crawl_source
from library.progress import Silent
from library.settings import read_settings
from library.store import Store


def main(home: str, trusted: str, pace: str) -> None:
    settings = read_settings(
        {}, home=Path(home), trusted_addresses=(trusted,), trusted_pace=float(pace)
    )
    store = Store.open(settings)
    source = store.sources.find("proef")
    assert source is not None
    crawl_source(store, settings, source, Silent())
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
