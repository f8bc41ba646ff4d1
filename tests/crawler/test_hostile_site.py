"""A crawl of the hostile site, in a copy of 100 addresses; the whole of it is in ``make soak``."""

import unicodedata

import pytest

from crawler.extract import REASONS as EXTRACT_REASONS
from crawler.fetch import Allowance, Limits
from crawler.outcomes import REASONS
from crawler.tasks import CrawlSummary
from tests.crawler.hostile_site import FORBIDDEN, HostileSite, hostile_site
from tests.crawler.loopback import Loopback
from tests.crawler.place import Later, Make, Place

ADDRESSES = 100
LEAST_ORDINARY = 0.995
LONGEST_TITLE = 300
LIMITS = Limits(html=Allowance(5_000_000, 0.8), silent_seconds=0.5, connect_seconds=5)
"""So short that a slow answer costs a second; a page of ours takes milliseconds."""


def crawl_hostile(
    site: Loopback, make: Make, number: int
) -> tuple[Place, HostileSite, CrawlSummary]:
    """Crawl a hostile site of so many addresses."""
    made = hostile_site(number, site.url)
    site.routes, site.talks = made.routes, made.talks
    place = make(site)
    summary = place.crawl_with(place.means(clock=Later(), limits=LIMITS), limit=4 * number)
    return place, made, summary


def check(place: Place, made: HostileSite, summary: CrawlSummary) -> float:
    """Everything that is promised of it; give the share of ordinary pages that were found."""
    assert (summary.state, summary.reason) == ("done", ""), summary
    assert not [path for path in place.site.paths if path.startswith(FORBIDDEN)]
    known = place.store.frontier.of_source(place.source.id)
    reasons = {**REASONS, **EXTRACT_REASONS}
    assert [one.url for one in known if one.outcome not in reasons] == []
    assert {f"{place.site.url}{p}" for some in made.paths.values() for p in some} <= {
        one.url for one in known
    }
    for stored in place.live.values():
        title = stored.document.title
        assert len(title) <= LONGEST_TITLE
        assert not [
            c for c in title if unicodedata.category(c) in {"Cc", "Cs"} or c in "\u202e\u2066"
        ]
    ordinary = made.paths["ordinary"]
    return len(place.live.keys() & set(ordinary)) / len(ordinary)


@pytest.mark.slow
def test_a_small_hostile_site(site: Loopback, make: Make) -> None:
    place, made, summary = crawl_hostile(site, make, ADDRESSES)
    assert check(place, made, summary) >= LEAST_ORDINARY
    assert {path.split("/")[1] for path in place.live} >= {"ordinary", "injected", "content"}
    assert {"bomb", "bad-encoding", "timeout", "redirect-loop", "too-many-parameters"} <= {
        *summary.reasons
    }
