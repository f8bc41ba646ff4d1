"""One crawl of the site in a process of its own: ours, or Scrapy with the same extraction.

Run as ``python -m tests.benchmarks.crawl_child ours|scrapy PORT PAGES FOLDER``. Out: one line of JSON
with seconds, documents and processor time. Ours keeps documents and frontier in its database, and
reads pages in its limited child; the database is made beforehand. Scrapy reads them where it is and writes JSON lines. No limit holds:
no pace, no robots.txt for Scrapy, no budget; each asks as many at a time as it does by itself.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def ours(port: int, pages: int, folder: Path) -> int:
    """Crawl into a store; give the number of documents."""
    from crawler.tasks import crawl_source
    from library.progress import Silent
    from library.settings import read_settings
    from library.store import Store

    trusted = (f"127.0.0.1:{port}",)
    settings = read_settings(
        {}, home=folder, trusted_addresses=trusted, trusted_pace=0.0, page_budget=2 * pages
    )
    store = Store.open(settings)
    source = store.sources.add(name="Site", url=f"http://127.0.0.1:{port}/")
    crawl_source(store, settings, source, Silent())
    documents = store.documents.count()
    store.close()
    return documents


def scrapy(port: int, pages: int, folder: Path) -> int:
    """Crawl with Scrapy, reading each body by the functions that our child calls."""
    from crawler.extract.child import facts_of
    from crawler.extract.facts import Ask, Facts

    framework: Any = importlib.import_module("scrapy")
    process: Any = importlib.import_module("scrapy.crawler").CrawlerProcess(
        {
            "ROBOTSTXT_OBEY": False,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
            "CLOSESPIDER_PAGECOUNT": 2 * pages,
            "FEEDS": {str(folder / "documents.jsonl"): {"format": "jsonlines"}},
        }
    )

    class Spider(framework.Spider):  # type: ignore[misc] # The base class is known at run time.
        name = "site"
        start_urls = (f"http://127.0.0.1:{port}/",)

        def parse(self, response: Any) -> Any:
            media_type = response.headers.get("Content-Type", b"").decode().partition(";")[0]
            ask = Ask(response.url, media_type, "utf-8", "Site", "2026-01-01")
            facts = facts_of(response.body, ask)
            if not isinstance(facts, Facts):
                return
            yield {
                "url": response.url,
                "title": facts.title,
                "sections": [[section.heading, section.text] for section in facts.sections],
                "visible_text": facts.visible_text,
                "language": facts.language,
                "kind": facts.kind,
            }
            for link in facts.links:
                yield response.follow(link.url, self.parse)

    process.crawl(Spider)
    process.start()
    with (folder / "documents.jsonl").open("rb") as lines:
        return sum(1 for _ in lines)


def main() -> None:
    name, port, pages, folder = sys.argv[1:]
    begin = time.perf_counter()
    documents = {"ours": ours, "scrapy": scrapy}[name](int(port), int(pages), Path(folder))
    seconds = time.perf_counter() - begin
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    print(json.dumps({"seconds": seconds, "documents": documents, "processor": processor}))


if __name__ == "__main__":
    main()
