"""``make bench-crawl``: our crawler beside Scrapy, on one site of pages and PDFs on loopback.

In: the number of pages, and a Python that has Scrapy beside the packages of this project. Out: pages a
second, processor time and the highest memory of each, a process and all that came from it, as
Markdown; with ``--publish`` in docs/benchmarks.json and docs/benchmarks.md. Scrapy is no dependency:
without it only ours is measured, and that is said. Both are run by that one Python, so that neither
shares its libraries with other programs of this project.

    python -m venv /var/tmp/peer && /var/tmp/peer/bin/pip install -r requirements.txt scrapy fpdf2
    make bench-crawl BENCH="--peer /var/tmp/peer/bin/python --publish"
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from library.settings import read_settings
from library.store import Store
from tests.benchmarks import report
from tests.benchmarks.child import told_by

PAGES = 5_000


def main() -> None:
    """Measure ours, then the peer."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=1, help="in turns; the middle one is told")
    parser.add_argument("--peer", default=sys.executable, help="a Python that has Scrapy")
    parser.add_argument("--publish", action="store_true", help="add the figures to docs")
    arguments = parser.parse_args()
    version = version_of_scrapy(arguments.peer)
    if version is None:
        print("Left out: Scrapy is not there. Give a Python that has it with --peer.")
    names = ("ours",) if version is None else ("ours", "scrapy")
    rounds = [
        {name: measured(name, arguments.peer, arguments.pages) for name in names}
        for _ in range(arguments.rounds)
    ]
    found = {name: middle([one[name] for one in rounds]) for name in names}
    new: report.Data = {"crawl": {"pages": arguments.pages, "version": version or "", **found}}
    known = report.merged(report.read_data(report.DATA), new)
    print(report.crawling(known))
    if arguments.publish:
        report.publish(known)


def middle(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    """The median of each figure: a machine with other work is not the same all the time."""
    return {name: median(one[name] for one in rounds) for name in rounds[0]}


def version_of_scrapy(python: str) -> str | None:
    asked = "import scrapy; print(scrapy.__version__)"
    told = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=False)
    return told.stdout.strip() or None


def measured(name: str, python: str, pages: int) -> dict[str, float]:
    """Crawl in a new process; give pages a second, processor seconds and the highest memory in MB."""
    with site(pages) as port, tempfile.TemporaryDirectory() as folder:
        if name == "ours":
            Store.open(read_settings({}, home=Path(folder))).close()  # As in an installation.
        command = [python, "-m", "tests.benchmarks.crawl_child", name, port, str(pages), folder]
        result = told_by(command)
    if result["documents"] != pages:
        raise SystemExit(f"{name} has {result['documents']} documents of {pages} pages")
    return {
        "pages a second": round(pages / result["seconds"], 1),
        "processor, s": round(result["processor"], 1),
        "peak MB": round(result["peak of family"], 1),
    }


@contextmanager
def site(pages: int) -> Iterator[str]:
    """Serve the site in a process of its own; give its port."""
    command = [sys.executable, "-m", "tests.benchmarks.crawl_site", str(pages)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()


if __name__ == "__main__":
    main()
