"""The hostile site of 10,000 addresses (threats, F16), in one crawl."""

import json
import os
import resource
import sys
import time

from tests.benchmarks.child import peak_of
from tests.crawler.conftest import make, parser, site  # noqa: F401 - fixtures are found by name
from tests.crawler.loopback import Loopback
from tests.crawler.place import Make
from tests.crawler.test_hostile_site import LEAST_ORDINARY, check, crawl_hostile

ADDRESSES = int(os.environ.get("SOAK_ADDRESSES", "10000"))
MOST_MB, MOST_MB_OF_CHILD = 300, 512
"""The site itself, in the same process, is counted with the supervisor."""

LONGEST_HOURS = 2


def test_the_hostile_site(site: Loopback, make: Make) -> None:  # noqa: F811 - those fixtures
    begin = time.monotonic()
    place, made, summary = crawl_hostile(site, make, ADDRESSES)
    found = check(place, made, summary)
    place.parser.close()
    hours = (time.monotonic() - begin) / 3600
    of_child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    figures: dict[str, object] = {
        "fault": "F16",
        "addresses": ADDRESSES,
        "requests": len(site.asked),
    }
    figures |= {"ordinary_found": round(found, 4), "hours": round(hours, 2)}
    peak = round(peak_of("self"))
    figures |= {"peak_mb": peak, "peak_mb_of_child": of_child}
    sys.stdout.write(f"\n{json.dumps(figures)}\n")
    assert found >= LEAST_ORDINARY
    assert hours <= LONGEST_HOURS
    assert peak <= MOST_MB
    assert of_child <= MOST_MB_OF_CHILD
