"""Counts by reason code -> sentences for an admin, the most frequent first."""

from collections.abc import Mapping

from webapp import formats
from webapp.messages import reason

ORDINARY = frozenset({"fetched", "not-modified", "same-bytes", "canonical", "moved"})
"""Reasons that are no news: what happens at every good page."""
MOST = 5


def telling(counts: Mapping[str, int]) -> tuple[str, ...]:
    """De bladzijde bestaat niet (404). (3)"""
    found = [item for item in counts.items() if item[0] not in ORDINARY and item[1]]
    worst = sorted(found, key=lambda item: -item[1])[:MOST]
    return tuple(f"{reason(code)} ({formats.number(count)})" for code, count in worst)
