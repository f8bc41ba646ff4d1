"""Reasons in groups, and a table that no spreadsheet computes."""

import csv

from library.report import csv_lines, group_of, grouped


def test_reasons_in_groups() -> None:
    counts = {"robots": 2, "http-404": 1, "fetched": 9, "": 3, "http-503": 1, "noindex": 5}
    assert grouped(counts) == (
        ("fetched", (("fetched", 9),)),
        ("gone", (("http-404", 1),)),
        ("failed", (("http-503", 1),)),
        ("left-out", (("noindex", 5), ("robots", 2))),
        ("waiting", (("", 3),)),
    )
    assert grouped({}) == ()


def test_a_reason_that_is_new_is_left_out_and_never_lost() -> None:
    assert group_of("iets-nieuws") == "left-out"
    assert group_of("parser-died") == "failed"


def test_cells_are_no_formulas() -> None:
    rows = [["=1+1", "+31", "-x", "@a", "\tb", "gewoon, met komma", 'en "dit"', "a=b"]]
    (line,) = csv_lines(rows)
    assert next(csv.reader([line])) == [
        *("'=1+1", "'+31", "'-x", "'@a", "'\tb"),
        *("gewoon, met komma", 'en "dit"', "a=b"),
    ]
