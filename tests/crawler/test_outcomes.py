"""Every reason has its sentence, and every status its reason."""

import pytest

from crawler.outcomes import REASONS, REMOVING, http_reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "http-404"),
        (410, "http-410"),
        (418, "http-4xx"),
        (503, "http-503"),
        (599, "http-5xx"),
        (999, "http-5xx"),
        (101, "http-1xx"),
        (204, "http-2xx"),
        (300, "http-3xx"),
    ],
)
def test_a_status_has_its_own_reason_or_that_of_its_class(status: int, reason: str) -> None:
    assert http_reason(status) == reason


def test_every_status_that_a_server_can_send_has_a_sentence() -> None:
    assert {http_reason(status) for status in range(100, 1000)} <= set(REASONS)


def test_reasons_are_sentences() -> None:
    assert all(text[0].isupper() and text.endswith(".") for text in REASONS.values())


def test_reasons_that_remove_are_known() -> None:
    assert set(REASONS) >= REMOVING
