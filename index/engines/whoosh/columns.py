"""Filter, count and sort found documents by columns that are read once for a generation.

In: document numbers and scores, as arrays. Out: those that pass the filters in the asked order, and
the counts of each facet.

Every different combination of facet values is a row of a small table, and each document has the
number of its row. A search counts its documents by row once; filters and the counts of every facet,
each without its own selection, are then worked out on the rows, of which there are few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.query import FacetValue, Query

FACETS = ("goal", "organisation", "kind", "year")

Numbers = NDArray[np.intp]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """Combinations of facet values.

    ``codes`` give, for each row, the place of its value in ``values`` of the facet; for goals that
    is a list of goals ("1,3"), of which ``goals`` tells for each whether it has a goal.
    """

    values: Mapping[str, Sequence[str]]
    codes: Mapping[str, Numbers]
    goals: Mapping[str, Mask]

    @property
    def size(self) -> int:
        return len(self.codes[FACETS[0]])


@dataclass(frozen=True, slots=True)
class Columns:
    """A value for each document number; removed documents have one too but are not ``live``.

    ``day`` is 20261123, or 0 without a date. ``id_order`` is the place of a document's id among all
    ids, so that what is equal in all else has one order.
    """

    live: Mask
    ids: Sequence[str]
    id_order: Numbers
    day: Numbers
    row: Numbers
    table: FacetTable


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left after all filters, with the counts that a page shows beside it.

    ``places`` are those in the found numbers.
    """

    places: Numbers
    undated: int
    facets: dict[str, tuple[FacetValue, ...]]


def leaves_of(reader: Any) -> list[tuple[Any, int]]:
    """The segments with the number of their first document; Whoosh gives an empty index one too."""
    return [(leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.doc_count_all()]


def read_columns(reader: Any) -> Columns:
    """Read all columns of a generation."""
    leaves = leaves_of(reader)
    ids = [
        packed.decode()
        for leaf, _ in leaves
        for packed in leaf.column_reader("id", translate=False)
    ]
    live = np.ones(len(ids), np.bool_)
    for leaf, offset in leaves:
        live[[offset + number for number in leaf.deleted_docs_set]] = False
    day, days = _coded(leaves, "published")
    years, year = _unique([text[:4] for text in days])
    row, table = _table(
        {
            "goal": _coded(leaves, "goals"),
            "organisation": _coded(leaves, "publisher"),
            "kind": _coded(leaves, "kind"),
            "year": (year[day], years),
        }
    )
    order = np.empty(len(ids), np.intp)
    order[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    as_number = np.array([int(text.replace("-", "") or 0) for text in days], np.intp)
    return Columns(live, ids, order, as_number[day], row, table)


def _coded(leaves: Sequence[tuple[Any, int]], name: str) -> tuple[Numbers, list[str]]:
    """A column as a number for each document and the text of each number, over all segments."""
    parts, texts = [], [""]
    for leaf, _ in leaves:
        codes, values = leaf.column_reader(name, translate=False).codes()
        parts.append(codes + len(texts))
        texts += values
    values, code = _unique(texts)
    return code[np.concatenate(parts)] if parts else np.empty(0, np.intp), values


def _unique(texts: Sequence[str]) -> tuple[list[str], Numbers]:
    """Each text once, and for each given text its place among those."""
    place = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return list(place), np.array([place[text] for text in texts], np.intp)


def _table(facets: Mapping[str, tuple[Numbers, list[str]]]) -> tuple[Numbers, FacetTable]:
    """The row of each document, and the table."""
    shape = tuple(len(values) for _, values in facets.values())
    combined = np.ravel_multi_index([codes for codes, _ in facets.values()], shape)
    found, row = np.unique(combined, return_inverse=True)
    codes = dict(zip(facets, np.unravel_index(found, shape), strict=True))
    lists = [text.split(",") if text else [] for text in facets["goal"][1]]
    numbers = dict.fromkeys(number for goals in lists for number in goals)
    goals = {number: np.array([number in one for one in lists]) for number in numbers}
    return row, FacetTable({name: values for name, (_, values) in facets.items()}, codes, goals)


def keep(columns: Columns, numbers: Numbers, query: Query) -> Kept:
    """Apply the filters and count; a facet's own selection is left out of its counts."""
    table = columns.table
    filters = _filters(table, query)
    row = columns.row[numbers]
    rows, tally = _tally(row, table.size)
    facets, undated = {}, 0
    for name in FACETS:
        others = [mask[rows] for facet, mask in filters.items() if facet != name]
        weights = reduce(np.multiply, others) if others else None
        if tally is not None:
            weights = tally if weights is None else tally * weights
        codes, values = table.codes[name][rows], table.values[name]
        counts = np.bincount(codes, weights=weights, minlength=len(values)).astype(np.intp)
        found = dict(zip(values, counts.tolist(), strict=True))
        if name == "year":
            undated = found.get("", 0)
        if name == "goal":
            found = {number: int(counts @ mask) for number, mask in table.goals.items()}
        facets[name] = _values(name, found, query)
    places = np.arange(len(numbers)) if not filters else np.flatnonzero(_all(filters)[row])
    return Kept(places, undated, facets)


def narrow(columns: Columns, numbers: Numbers, query: Query) -> Numbers:
    """Apply the filters without counting; give the places of what is left."""
    filters = _filters(columns.table, query)
    if not filters:
        return np.arange(len(numbers))
    return np.flatnonzero(_all(filters)[columns.row[numbers]])


def _tally(row: Numbers, size: int) -> tuple[Any, NDArray[np.float64] | None]:
    """Rows to look at and how many documents each has: all rows, or one for each of few documents."""
    if len(row) < size:
        return row, None
    return slice(None), np.bincount(row, minlength=size).astype(np.float64)


def _all(filters: Mapping[str, Mask]) -> Mask:
    return reduce(np.logical_and, filters.values())


def _filters(table: FacetTable, query: Query) -> dict[str, Mask]:
    """For each facet that something is chosen in, which rows pass."""
    filters: dict[str, Mask] = {}
    if query.goals:
        chosen = [table.goals[n] for n in map(str, query.goals) if n in table.goals]
        none = np.zeros(len(table.values["goal"]), np.bool_)
        filters["goal"] = reduce(np.logical_or, chosen, none)[table.codes["goal"]]
    for name, values in (("organisation", query.organisations), ("kind", query.kinds)):
        if values:
            passes = np.array([value in values for value in table.values[name]], np.bool_)
            filters[name] = passes[table.codes[name]]
    if query.year_from is not None or query.year_to is not None or not query.undated:
        first, last = query.year_from or 0, query.year_to or 9999
        passes = np.array(
            [
                first <= int(year) <= last if year else query.undated
                for year in table.values["year"]
            ],
            np.bool_,
        )
        filters["year"] = passes[table.codes["year"]]
    return filters


def _values(name: str, counts: dict[str, int], query: Query) -> tuple[FacetValue, ...]:
    """Values with documents, and chosen values without: who chose one must be able to undo it."""
    shown = {value: count for value, count in counts.items() if count and value}
    for value in _chosen(name, query):
        shown.setdefault(value, 0)
    if name == "goal":
        ordered = sorted(shown.items(), key=lambda pair: int(pair[0]))
    elif name == "year":
        ordered = sorted(shown.items(), reverse=True)
    else:
        ordered = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    return tuple(FacetValue(value, count) for value, count in ordered)


def _chosen(name: str, query: Query) -> Iterable[str]:
    match name:
        case "goal":
            return map(str, query.goals)
        case "organisation":
            return query.organisations
        case "kind":
            return query.kinds
    return ()
