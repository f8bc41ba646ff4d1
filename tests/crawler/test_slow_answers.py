"""Five hundred slow answers end as what they are; ``make soak`` measures when, by the true deadlines."""

import asyncio

import pytest

from crawler.fetch import Allowance, Limits
from tests.crawler.loopback import serving
from tests.crawler.slow_answers import ask_all, slow_talks

NUMBER = 500
SHORT = Limits(
    html=Allowance(5_000_000, 1.0), document=Allowance(25_000_000, 1.0), silent_seconds=0.7
)


@pytest.mark.timeout(120)  # Without deadlines nearly all of them would talk for ever.
def test_slow_answers_end() -> None:
    with serving(talks=slow_talks(NUMBER, longest_pause=0.5)) as site:
        found = asyncio.run(ask_all(site, SHORT))
    assert len(found) == NUMBER
    others = [one for one in found if one.outcome.reason != "timeout"]
    assert not others, others[:3]
