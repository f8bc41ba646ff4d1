"""The options of ``source add`` and ``source edit``: one for each rule of a source."""

from collections.abc import Mapping
from typing import Any

import click


def source_rules(command: Any) -> Any:
    """Add the options that add and edit share: one for each rule of a source."""
    for name, kind, many, text in reversed(SOURCE_OPTIONS):
        command = click.option(f"--{name}", type=kind, multiple=many, help=text)(command)
    return command


SOURCE_OPTIONS: tuple[tuple[str, Any, bool, str], ...] = (
    ("name", str, False, "How the source is called."),
    ("organisation", str, False, "Whose knowledge it is; default: the name."),
    (
        "scope",
        click.Choice(["site", "section", "page"]),
        False,
        "What belongs to it: the whole site, the part below the path, or one page.",
    ),
    (
        "rule",
        str,
        True,
        "'allow PATH' or 'deny PATH'; the first that matches decides, * is any letters. '' for none.",
    ),
    (
        "keep",
        str,
        True,
        "Query parameter that belongs to an address, * for any letters; '' for none.",
    ),
    (
        "identity",
        str,
        False,
        "Regular expression for what stays of an address when its title changes: /(\\d+)\\.aspx",
    ),
    ("depth", click.IntRange(0), False, "Most links from the start. Default: 10."),
    ("budget", click.IntRange(0), False, "Most pages of one crawl; 0: as for every source."),
    ("start", str, True, "Path of another page to start from, such as /nieuws/; '' for none."),
    ("feed", str, True, "Path of an RSS or Atom feed, where no page names it; '' for none."),
    ("language", str, True, "Language that is kept: nl, fy, en, de or fr. Default: nl and fy."),
    ("title-selector", str, False, "CSS selector of the title; '' for our own judgement."),
    ("date-selector", str, False, "CSS selector of the date of publication."),
    ("content-selector", str, False, "CSS selector of the main text."),
    ("left-out-selector", str, False, "CSS selector of what is no main text."),
    ("contact", str, False, "Whom to ask about the source: name and mail address; '' for nobody."),
    ("permission", str, False, "Where its owner said that whole texts may be read here."),
    ("pace", click.FloatRange(0, 60), False, "Seconds between requests; at least 2 are kept."),
    (
        "every",
        click.IntRange(0, 8760),
        False,
        "Hours between crawls; 0, the default: only when asked.",
    ),
    ("quiet", str, False, "Hours without requests, Dutch time, such as 08:00-18:00; '' for none."),
)
"""Name, type, whether it may be given more than once, help."""

RULES = {
    "rule": "path_rules",
    "keep": "kept_parameters",
    "depth": "deepest",
    "budget": "page_budget",
    "start": "start_paths",
    "feed": "feeds",
    "language": "languages",
    "every": "interval_hours",
    "quiet": "quiet_hours",
}
"""The options that the store knows under another name."""

NONE_FOR_NOTHING = frozenset({"page_budget", "interval_hours", "identity", "pace"})


def rules_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options that were used, under the names of the store; 0 and '' take a rule away."""
    used = {RULES.get(name, name): v for name, v in options.items() if v not in (None, ())}
    lists = {name: tuple(filter(None, v)) for name, v in used.items() if isinstance(v, tuple)}
    nothing = {name: None for name in NONE_FOR_NOTHING.intersection(used) if not used[name]}
    return used | lists | nothing
