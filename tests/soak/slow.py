"""Five hundred slow answers against the true deadlines (threats 2.3): each ends in time."""

import asyncio
import json
import sys

from crawler.fetch import Limits
from tests.crawler.loopback import serving
from tests.crawler.slow_answers import ask_all, slow_talks

NUMBER = 500
LONGEST_PAUSE = 20.0
"""Seconds between two bytes of a drip: fewer than the silence that ends a fetch."""

MOST_LATE = 1.0


def test_five_hundred_slow_answers() -> None:
    limits = Limits()
    with serving(talks=slow_talks(NUMBER, LONGEST_PAUSE)) as site:
        found = asyncio.run(ask_all(site, limits))
    late = max(one.seconds for one in found) - limits.html.seconds
    figures = {"fault": "slow answers", "rounds": len(found), "latest_seconds": round(late, 2)}
    figures["timeouts"] = sum(one.outcome.reason == "timeout" for one in found)
    sys.stdout.write(f"\n{json.dumps(figures)}\n")
    assert figures["timeouts"] == NUMBER
    assert late <= MOST_LATE
