"""A thousand damaged PDFs (threats 2.3): none ends the supervisor, each has its outcome."""

import json
import sys
import time

from tests.crawler.extract.test_pdf import damaged_files_end_in_an_outcome

FILES = 1_000


def test_a_thousand_damaged_files() -> None:
    begin = time.monotonic()
    damaged_files_end_in_an_outcome(20261123, FILES)
    figures = {"fault": "damaged PDFs", "rounds": FILES, "failures": 0}
    figures["seconds"] = round(time.monotonic() - begin)
    sys.stdout.write(f"\n{json.dumps(figures)}\n")
