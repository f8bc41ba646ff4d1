"""Filter, count and sort found documents by columns that are read once for a generation.

In: document numbers and scores. Out: those that pass the filters in the asked order, and the
counts of each facet. A column is a list by document number, so that each step is one pass of the
interpreter's own loops over the found numbers: 25,000 documents with four facets in about 15 ms.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from index.query import FacetValue, Query

FACETS = ("goal", "organisation", "kind", "year")


@dataclass(frozen=True, slots=True)
class Columns:
    """A value for each document number; removed documents have one too but are not ``live``."""

    live: Sequence[int]
    ids: Sequence[str]
    goals: Sequence[tuple[str, ...]]
    organisation: Sequence[str]
    kind: Sequence[str]
    published: Sequence[str]
    year: Sequence[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left after all filters, with the counts that a page shows beside it."""

    numbers: list[int]
    undated: int
    facets: dict[str, tuple[FacetValue, ...]]


Keep = Callable[[int], bool]


def read_columns(reader: Any) -> Columns:
    """Read all columns of a generation."""
    ids, publisher, kind, goals, published = (
        _column(reader, name) for name in ("id", "publisher", "kind", "goals", "published")
    )
    numbers_of = {text: tuple(text.split(",")) if text else () for text in set(goals)}
    return Columns(
        live=list(reader.all_doc_ids()),
        ids=ids,
        goals=[numbers_of[text] for text in goals],
        organisation=publisher,
        kind=kind,
        published=published,
        year=[day[:4] for day in published],
    )


def leaves_of(reader: Any) -> list[tuple[Any, int]]:
    """The segments with the number of their first document; Whoosh gives an empty index one too."""
    return [(leaf, offset) for leaf, offset in reader.leaf_readers() if leaf.doc_count_all()]


def _column(reader: Any, name: str) -> list[str]:
    values: list[str] = []
    known: dict[bytes, str] = {}
    for leaf, _ in leaves_of(reader):
        for packed in leaf.column_reader(name, translate=False):
            if packed not in known:
                known[packed] = packed.decode()
            values.append(known[packed])
    return values


def keep(columns: Columns, numbers: Sequence[int], query: Query) -> Kept:
    """Apply the filters and count; a facet's own selection is left out of its counts."""
    filters = _filters(columns, query)
    passed = _passing(numbers, filters.values())
    facets = {}
    for name in FACETS:
        others = [test for facet, test in filters.items() if facet != name]
        counted = passed if name not in filters else _passing(numbers, others)
        facets[name] = _values(name, _count(columns, name, counted), query)
    without_year = [test for facet, test in filters.items() if facet != "year"]
    dated_or_not = passed if "year" not in filters else _passing(numbers, without_year)
    year = columns.year
    undated = sum(1 for number in dated_or_not if not year[number])
    return Kept(passed, undated, facets)


def narrow(columns: Columns, numbers: Sequence[int], query: Query) -> Sequence[int]:
    """Apply the filters without counting."""
    return _passing(numbers, _filters(columns, query).values())


def order(
    columns: Columns,
    numbers: Iterable[int],
    query: Query,
    score: Callable[[int], float],
    number_of: int,
) -> list[int]:
    """Give the first of the found documents; equal ones come newest first, then by id."""
    published, ids = columns.published, columns.ids
    # ISO days compare as text. Documents without a day come last in either order.
    if query.sort == "old":
        return heapq.nsmallest(
            number_of, numbers, key=lambda n: (not published[n], published[n], -score(n), ids[n])
        )
    if query.sort == "new":
        return heapq.nlargest(number_of, numbers, key=lambda n: (published[n], score(n), ids[n]))
    return heapq.nlargest(number_of, numbers, key=lambda n: (score(n), published[n], ids[n]))


def _passing(numbers: Sequence[int], filters: Collection[Keep]) -> list[int]:
    found = list(numbers)
    for test in filters:
        found = list(filter(test, found))
    return found


def _filters(columns: Columns, query: Query) -> dict[str, Keep]:
    """A test for each facet that something is chosen in."""
    filters: dict[str, Keep] = {}
    if query.goals:
        goals = {str(number) for number in query.goals}
        filters["goal"] = lambda n: not goals.isdisjoint(columns.goals[n])
    if query.organisations:
        organisations = set(query.organisations)
        filters["organisation"] = lambda n: columns.organisation[n] in organisations
    if query.kinds:
        kinds = set(query.kinds)
        filters["kind"] = lambda n: columns.kind[n] in kinds
    if query.year_from is not None or query.year_to is not None or not query.undated:
        first, last = query.year_from or 0, query.year_to or 9999
        undated = query.undated
        filters["year"] = lambda n: (
            first <= int(columns.year[n]) <= last if columns.year[n] else undated
        )
    return filters


def _count(columns: Columns, name: str, numbers: list[int]) -> Counter[str]:
    if name == "goal":
        return Counter(chain.from_iterable(map(columns.goals.__getitem__, numbers)))
    column: Sequence[str] = getattr(columns, name)
    return Counter(map(column.__getitem__, numbers))


def _values(name: str, counts: Counter[str], query: Query) -> tuple[FacetValue, ...]:
    """Values with documents, and chosen values without: who chose one must be able to undo it."""
    counts.pop("", None)
    for value in _chosen(name, query):
        counts.setdefault(value, 0)
    if name == "goal":
        ordered = sorted(counts.items(), key=lambda pair: int(pair[0]))
    elif name == "year":
        ordered = sorted(counts.items(), reverse=True)
    else:
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
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
