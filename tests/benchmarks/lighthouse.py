"""``make lighthouse``: what Lighthouse says of the pages of a running site, as a phone sees them.

In: the address of a site that runs, with the examples (``make start``). Out: a table with the scores
for accessibility, best practices and performance, and the bytes and times they come from; the exit
code tells whether accessibility and best practices are 100 and performance is 95 or more. Needs
chromium, and npm to fetch Lighthouse. Times are of a simulated phone on a machine that does other
work too: they are to be looked at, not to be relied on.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LIGHTHOUSE = "lighthouse@12.8.2"
"""The last version for Node 20."""
PAGES = ("/", "/zoeken?q=buurthuis+overnemen", "/doel/geld", "/hulp-bij-zoeken", "/zoekvak")
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
AUDITS = {
    "largest-contentful-paint": "LCP",
    "total-blocking-time": "TBT",
    "cumulative-layout-shift": "CLS",
    "total-byte-weight": "bytes",
}
LONGEST = 180


def report_on(address: str, folder: Path) -> dict[str, Any]:
    """Run Lighthouse on one page."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None or shutil.which("npx") is None:
        sys.exit("Lighthouse needs npm and chromium; install them, or set CHROMIUM.")
    target = folder / "report.json"
    command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"]
    command += [f"--output-path={target}", f"--only-categories={','.join(LEAST)}"]
    command += ["--chrome-flags=--headless=new --no-sandbox"]
    subprocess.run(command, check=True, timeout=LONGEST, env=os.environ | {"CHROME_PATH": chromium})
    found: dict[str, Any] = json.loads(target.read_text())
    return found


def main() -> int:
    """Print the table; 1 when a score is too low."""
    site = sys.argv[1].rstrip("/")
    print("| page |", " | ".join((*LEAST, *AUDITS.values())), "|")
    print("| --- |", " | ".join("---" for _ in (*LEAST, *AUDITS)), "|")
    is_enough = True
    with tempfile.TemporaryDirectory() as folder:
        for page in PAGES:
            found = report_on(site + page, Path(folder))
            scores = {n: round(100 * found["categories"][n]["score"]) for n in LEAST}
            told = [found["audits"][name]["displayValue"] for name in AUDITS]
            print("|", page, "|", " | ".join(map(str, (*scores.values(), *told))), "|", flush=True)
            is_enough &= all(scores[name] >= least for name, least in LEAST.items())
    return not is_enough


if __name__ == "__main__":
    sys.exit(main())
