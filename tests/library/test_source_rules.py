"""What may be decided about a source, and what it means."""

from datetime import UTC, datetime
from typing import Any

import pytest

from library.source_rules import BadRule, checked, is_denied, quiet_until


@pytest.mark.parametrize(
    "rules",
    [
        {"path_rules": ["deny /en/", "allow /nieuws/*.pdf", "deny *?druk"]},
        {"kept_parameters": ["p", "tx_news_pi1*", "f[]"], "identity": r"/(\d+)\.aspx$"},
        {"kept_parameters": None, "identity": None, "pace": None, "interval_hours": None},
        {"quiet_hours": "22:00-06:30", "languages": ("nl", "fy", "en")},
        {"quiet_hours": "", "title_selector": "", "start_paths": [], "feeds": []},
        {"title_selector": "article > h1, .kop", "left_out_selector": "aside:has(> .cookie)"},
        {"start_paths": ["/", "/nieuws?jaar=2024"], "feeds": ["/feed/"]},
        {"deepest": 0, "page_budget": 100_000, "pace": 60.0, "interval_hours": 1},
        {"name": "Alles", "paused": True},
    ],
)
def test_good_rules_stay_as_they_are(rules: dict[str, Any]) -> None:
    assert checked(rules) == rules


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"name": " "}, "The name of a source cannot be empty."),
        ({"path_rules": ["/en/"]}, "is no rule of paths"),
        ({"path_rules": ["deny en"]}, "is no rule of paths"),
        ({"path_rules": ["deny /a b"]}, "is no rule of paths"),
        ({"path_rules": ["deny /a"] * 51}, "at most 50 rules of paths"),
        ({"path_rules": ["deny /" + "a" * 500]}, "longer than 500 letters"),
        ({"kept_parameters": ["a=b"]}, "is no name of a query parameter"),
        ({"identity": "(("}, "is no regular expression"),
        ({"identity": r"\d+"}, "is no rule of identity"),
        ({"quiet_hours": "8-18"}, "are no hours"),
        ({"quiet_hours": "24:00-06:00"}, "are no hours"),
        ({"quiet_hours": "08:00-08:00"}, "are no hours"),
        ({"languages": ["nl", "xx"]}, "'xx' is no language. Choose from: nl, fy, en, de, fr."),
        ({"languages": []}, "is no language"),
        ({"title_selector": "h1["}, "is no CSS selector for the title"),
        ({"left_out_selector": "::before"}, "is no CSS selector for the left out"),
        ({"start_paths": ["nieuws"]}, "is no path on the site"),
        ({"feeds": ["//elders.nl/feed"]}, "is no path on the site"),
        ({"deepest": 21}, "The deepest of a source is from 0 to 20, not 21."),
        ({"page_budget": 0}, "The page budget of a source is from 1 to 100,000, not 0."),
    ],
)
def test_a_bad_rule_is_told_with_what_is_wrong(rules: dict[str, Any], told: str) -> None:
    with pytest.raises(BadRule) as raised:
        checked(rules)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("rules", "target", "denied"),
    [
        ([], "/x", False),
        (["deny /en"], "/en", True),
        (["deny /en$"], "/en", True),
        (["deny /en$"], "/en/", False),
        (["deny /en$"], "/en?p=1", False),
        (["deny /en?p=1$"], "/en?p=1", True),
        (["deny /en"], "/en/x", True),
        (["deny /en"], "/en?p=1", True),
        (["deny /en"], "/energie", False),
        (["deny /en*"], "/energie", True),
        (["deny /en/"], "/en", False),
        (["deny *f[0]="], "/zoek?f[0]=a", False),
        (["deny *f[0]=*"], "/zoek?f[0]=a", True),
        (["allow /nieuws", "deny /"], "/nieuws/1", False),
        (["allow /nieuws", "deny /"], "/over", True),
        (["deny /", "allow /nieuws"], "/nieuws", True),
        (["deny /*.pdf"], "/a/b.pdf", True),
        (["deny /*.pdf"], "/a/b.pdf?x", True),
        (["deny /*.pdf"], "/a/b.pdfs", False),
        (["deny /" + "*a" * 200 + "b"], "/" + "a" * 2000, False),
    ],
)
def test_the_first_rule_that_matches_decides(
    rules: list[str], target: str, *, denied: bool
) -> None:
    assert is_denied(target, rules) is denied


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ("08:00-18:30", "2026-01-12T06:59", None),
        ("08:00-18:30", "2026-01-12T07:00", "2026-01-12T17:30"),
        ("08:00-18:30", "2026-07-12T06:00", "2026-07-12T16:30"),
        ("08:00-18:30", "2026-01-12T17:30", None),
        ("22:00-06:00", "2026-01-12T22:00", "2026-01-13T05:00"),
        ("22:00-06:00", "2026-01-13T04:59", "2026-01-13T05:00"),
        ("22:00-06:00", "2026-01-13T05:00", None),
        ("", "2026-01-13T05:00", None),
    ],
)
def test_quiet_hours_are_dutch_time(hours: str, now: str, until: str | None) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    end = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None
    assert quiet_until(hours, moment) == end
