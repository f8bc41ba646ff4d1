"""What somebody may decide about a source: the form of each rule, and what a rule of paths means.

In: fields of a ``Source`` as typed on a command line, in a form or in ``partners.toml``. Out: the same
fields, or ``BadRule`` with a sentence on what is wrong and an example of what is right. Pure.

A rule of paths is "allow PATTERN" or "deny PATTERN". The first that matches decides; what none
matches is allowed. A pattern is the beginning of path and query, ``*`` stands for any letters:
``/en`` matches ``/en``, ``/en/x`` and ``/en?p=1`` but not ``/energie``; ``/en*`` matches that too.
With ``$`` at its end and no star a pattern is the whole path and query: ``/en$`` is that one page.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from library.dutch_time import ZONE
from library.errors import StoreError

"""Quiet hours are those of the sites, and these are Dutch."""

LANGUAGES = ("nl", "fy", "en", "de", "fr")
MOST_RULES = 50
LONGEST_RULE = 500
MOST_DEPTH = 20
MOST_PAGES = 100_000
SLOWEST = 60.0
_PATH_RULE = re.compile(r"(allow|deny) (/\S*|\*\S*)")
_QUIET = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
_BORDER = ("", "/", "?")
"""What may come after the end of a pattern."""

_SELECTORS = ("title_selector", "date_selector", "content_selector", "left_out_selector")
_PATHS = ("start_paths", "feeds")


class BadRule(StoreError):
    """A rule of a source that cannot be used."""


def checked(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Give the rules back when each of them can be used; raise ``BadRule`` for the first that cannot."""
    for name, value in rules.items():
        if value is not None and (check := _CHECKS.get(name)) is not None:
            check(name.replace("_", " "), value)
    return dict(rules)


def _path_rules(_: str, rules: Sequence[str]) -> None:
    _number(rules, "rules of paths")
    for rule in rules:
        if _PATH_RULE.fullmatch(rule) is None:
            raise BadRule(
                f"{rule!r} is no rule of paths. Write 'allow' or 'deny' and the beginning of a path:"
                " 'deny /en/', 'allow /nieuws/*.pdf'."
            )


def _paths(name: str, paths: Sequence[str]) -> None:
    _number(paths, name)
    for path in paths:
        if not path.startswith("/") or path.startswith("//") or re.search(r"\s", path):
            raise BadRule(f"{path!r} is no path on the site of the source, such as /nieuws/.")


def _parameters(_: str, patterns: Sequence[str]) -> None:
    _number(patterns, "query parameters")
    for pattern in patterns:
        if not pattern or re.search(r"[\s&=#?]", pattern):
            raise BadRule(
                f"{pattern!r} is no name of a query parameter, such as page_id or tx_news_pi1*."
            )


def _number(values: Sequence[str], name: str) -> None:
    if len(values) > MOST_RULES:
        raise BadRule(f"A source has at most {MOST_RULES} {name}.")
    if any(len(value) > LONGEST_RULE for value in values):
        raise BadRule(f"One of the {name} is longer than {LONGEST_RULE} letters.")


def _selector(name: str, selector: str) -> None:
    if not selector:
        return
    # Loaded late: with what it needs it takes 5 MB, in every process that only reads sources.
    import soupsieve

    try:
        soupsieve.compile(selector[:LONGEST_RULE])
    except (soupsieve.SelectorSyntaxError, NotImplementedError) as error:
        raise BadRule(
            f"{selector!r} is no CSS selector for the {name.removesuffix(' selector')}, such as"
            f" article.news or #content > h1: {str(error).splitlines()[0]}"
        ) from error


def _identity(_: str, identity: str) -> None:
    try:
        groups = re.compile(identity[:LONGEST_RULE]).groups
    except re.error as error:
        raise BadRule(f"{identity!r} is no regular expression: {error}.") from error
    if groups != 1:
        raise BadRule(
            f"{identity!r} is no rule of identity. Put what stays the same between one pair of"
            r" parentheses, as in /(\d+)\.aspx or [?&]p=(\d+)."
        )


def _quiet_hours(_: str, hours: str) -> None:
    if hours and (_QUIET.fullmatch(hours) is None or hours[:5] == hours[6:]):
        raise BadRule(f"{hours!r} are no hours, such as 08:00-18:30 or 22:00-06:00.")


def _languages(_: str, languages: Sequence[str]) -> None:
    strange = [language for language in languages if language not in LANGUAGES]
    if strange or not languages:
        known = ", ".join(LANGUAGES)
        raise BadRule(f"{', '.join(strange) or 'Nothing'!r} is no language. Choose from: {known}.")


def _between(least: float, most: float) -> Any:
    def check(name: str, value: float) -> None:
        if not least <= value <= most:
            raise BadRule(
                f"The {name} of a source is from {least:,g} to {most:,g}, not {value:,g}."
            )

    return check


def _named(name: str, given: str) -> None:
    if not given.strip():
        raise BadRule(f"The {name} of a source cannot be empty.")


def _short(name: str, text: str) -> None:
    if len(text) > LONGEST_RULE or "\n" in text:
        raise BadRule(f"The {name} of a source is one line of at most {LONGEST_RULE} letters.")


_CHECKS: Mapping[str, Any] = {
    "permission": _short,
    "contact": _short,
    "name": _named,
    "organisation": _named,
    "path_rules": _path_rules,
    "kept_parameters": _parameters,
    "identity": _identity,
    "quiet_hours": _quiet_hours,
    "languages": _languages,
    "deepest": _between(0, MOST_DEPTH),
    "page_budget": _between(1, MOST_PAGES),
    "pace": _between(0, SLOWEST),
    "interval_hours": _between(1, 8760),
    **dict.fromkeys(_SELECTORS, _selector),
    **dict.fromkeys(_PATHS, _paths),
}


def is_denied(target: str, rules: Sequence[str]) -> bool:
    """Whether the rules of a source leave out a path with its query."""
    for rule in rules:
        decision, _, pattern = rule.partition(" ")
        if _matches(pattern, target):
            return decision == "deny"
    return False


def _matches(pattern: str, target: str) -> bool:
    """Each part between stars is looked for once, at the first place where it fits: never slow."""
    if pattern.endswith("$") and "*" not in pattern:
        return target == pattern[:-1]
    first, *parts = re.split(r"\*+", pattern)
    if not target.startswith(first):
        return False
    end = len(first)
    for part in parts[:-1]:
        found = target.find(part, end)
        if found < 0:
            return False
        end = found + len(part)
    if not parts:
        return pattern.endswith("/") or target[end : end + 1] in _BORDER
    return _ends_with_part(parts[-1], target, end)


def _ends_with_part(part: str, target: str, start: int) -> bool:
    """Whether the last part of a pattern comes somewhere and is a whole part of the address there."""
    if part == "" or part.endswith("/"):
        return target.find(part, start) >= 0
    while (found := target.find(part, start)) >= 0:
        if target[found + len(part) : found + len(part) + 1] in _BORDER:
            return True
        start = found + 1
    return False


def quiet_until(hours: str, now: datetime) -> datetime | None:
    """When the quiet hours end in which a moment lies; None when it lies in none."""
    match = _QUIET.fullmatch(hours)
    if match is None:
        return None
    begin, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
    here = now.astimezone(ZONE)
    first = here.date() - timedelta(days=1)
    for day in (first, here.date()):
        last = day if begin < end else day + timedelta(days=1)
        if datetime.combine(day, begin, ZONE) <= here < datetime.combine(last, end, ZONE):
            return datetime.combine(last, end, ZONE).astimezone(UTC)
    return None
