"""The report of a source: its addresses counted by reason, in groups, and as CSV.

In: numbers by reason code, or addresses. Out: groups in the order in which a person reads them, or
lines of CSV that no spreadsheet takes for a formula. Pure; the words are those of who shows it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from types import MappingProxyType
from typing import Literal

Group = Literal["fetched", "unchanged", "elsewhere", "gone", "failed", "left-out", "waiting"]
GROUPS: tuple[Group, ...] = (
    "fetched",
    "unchanged",
    "elsewhere",
    "gone",
    "failed",
    "left-out",
    "waiting",
)
_MEMBERS: Mapping[str, Group] = MappingProxyType(
    {
        "": "waiting",
        "fetched": "fetched",
        **dict.fromkeys(("not-modified", "same-bytes", "same-text"), "unchanged"),
        **dict.fromkeys(("moved", "moved-temporarily", "moved-away", "sent-away"), "elsewhere"),
        **dict.fromkeys(("canonical", "same-page", "other-source"), "elsewhere"),
        **dict.fromkeys(("http-404", "http-410", "soft-404"), "gone"),
        **dict.fromkeys(("dns-failed", "connect-failed", "tls-failed", "timeout"), "failed"),
        **dict.fromkeys(("bad-response", "connection-lost", "short-body"), "failed"),
    }
)
_FAILED = ("http-", "parser-")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def group_of(reason: str) -> Group:
    """The group of a reason code; what we did not want or could not use is left out."""
    return _MEMBERS.get(reason) or ("failed" if reason.startswith(_FAILED) else "left-out")


def grouped(counts: Mapping[str, int]) -> tuple[tuple[Group, tuple[tuple[str, int], ...]], ...]:
    """Numbers by reason, in groups that have any, the largest of a group first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    found = ((group, tuple(i for i in ordered if group_of(i[0]) == group)) for group in GROUPS)
    return tuple((group, items) for group, items in found if items)


def csv_lines(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Write rows as CSV; a cell that a spreadsheet would compute gets an apostrophe (ASVS 1.2.10)."""
    for row in rows:
        line = StringIO()
        csv.writer(line).writerow([_harmless(cell) for cell in row])
        yield line.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
