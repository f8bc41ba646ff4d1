"""Numbers, sizes and dates as a Dutch reader writes them."""

from datetime import UTC, date, datetime

import pytest

from webapp import formats


def test_numbers_and_days() -> None:
    assert formats.number(1240) == "1.240"
    assert formats.day(date(2025, 3, 4)) == "4 maart 2025"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, ""),
        (1, "1 kB"),
        (9_400, "9 kB"),
        (1_240_000, "1,2 MB"),
        (3_000_000, "3 MB"),
        (79_097_300_000, "79,1 GB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert formats.size(size) == text


def test_moments_are_told_in_dutch_time() -> None:
    assert formats.day_of(datetime(2025, 12, 31, 23, 30, tzinfo=UTC)) == "1 januari 2026"
    assert formats.time_of(datetime(2025, 7, 1, 12, 5, tzinfo=UTC)) == "1 juli 2025, 14:05"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["4"], "4"), (["4", "7", "11"], "4, 7 en 11")]
)
def test_lists(words: list[str], text: str) -> None:
    assert formats.listed(words) == text
