"""Filter, count and order found documents by columns that are read once for a generation.

In: numbers of documents, as an array. Out: which of them pass the filters, and the counts of each
facet. The values of a few facets together are one code for each document, so that one look at the
codes of the found documents counts those facets: 100,000 documents with the five facets of the
bench have two codes, with 224 and 3,072 values.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.engines.whoosh.found import Documents, Mask, Numbers, holds, without
from index.query import FacetValue, Query
from index.scoring import Priors

FACETS = {
    "goal": "goals",
    "organisation": "publisher",
    "kind": "kind",
    "year": "published",
    "language": "language",
    "theme": "themes",
    "place": "places",
}
"""The facets, each with the column that it is made of. One more is one more line here and, where
its values have an order or a choice of their own, a case in ``_values`` and ``_filters``."""
LISTS = ("goal", "theme", "place")
"""Facets of which a document may have several values; in the column they are divided by commas."""

DUTCH = "nl"
MOST_CELLS = 4096
"""Values of one code: as many counters as fit into the fastest memory."""


class Table(NamedTuple):
    """Facets that are counted together: the code of each document is a cell of their table, and
    ``all`` counts all documents."""

    facets: tuple[str, ...]
    shape: tuple[int, ...]
    code: Numbers
    all: Numbers

    @property
    def cells(self) -> int:
        return prod(self.shape)


class Folds(NamedTuple):
    """Documents that another one stands for, ``copies[i]`` by ``shown[i]``: copies and older ones."""

    copies: Numbers
    shown: Numbers

    def within(self, documents: Documents, size: int) -> "Folds":
        """Those of which both are in a set."""
        both = holds(documents, self.copies, size) & holds(documents, self.shown, size)
        return Folds(self.copies[both], self.shown[both])

    def of(self, number: int) -> Numbers:
        """The documents that one stands for."""
        return self.copies.compress(self.shown == number)


class Lists(NamedTuple):
    """Single values of a facet, and a row for each with a 1 for every list that has it."""

    names: tuple[str, ...]
    inside: Numbers

    def having(self, wanted: Collection[str]) -> Mask:
        """Which lists have any of some values."""
        rows = [row for row, name in enumerate(self.names) if name in wanted]
        found: Mask = np.asarray(self.inside[rows].any(axis=0))
        return found


@dataclass(frozen=True, slots=True)
class Columns:
    """A value for each document number; removed documents have one too but are not ``live``.

    ``day`` is 20261123, or 0 without a date. ``id_order`` is the place of a document's id among all
    ids, so that what is equal in all else has one order. ``values`` are those of each facet, in
    order of name; of ``LISTS`` a value is a list ("1,3"), and ``lists`` tells what stands in it.
    """

    live: Mask
    ids: Sequence[str]
    id_order: Numbers
    folds: Folds
    day: Numbers
    tables: Sequence[Table]
    values: Mapping[str, Sequence[str]]
    lists: Mapping[str, Lists]

    def codes(self, facet: str) -> Numbers:
        """The place of each document's value among those of a facet."""
        for table in self.tables:
            if facet in table.facets:
                axis = table.facets.index(facet)
                return np.unravel_index(table.code, table.shape)[axis]
        raise KeyError(facet)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left after all filters, with the counts that a page shows beside it."""

    documents: Documents
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
    order = np.empty(len(ids), np.intp)
    order[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    coded = {facet: _coded(leaves, column) for facet, column in FACETS.items()}
    day, days = coded["year"]
    as_number = np.array([int(text.replace("-", "") or 0) for text in days], np.intp)
    years, year = _unique([text[:4] for text in days])
    coded["year"] = (year[day], years)
    values = {facet: found for facet, (_, found) in coded.items()}
    codes = {facet: code for facet, (code, _) in coded.items()}
    lists = {facet: _listed(values[facet]) for facet in LISTS}
    folds = _folds(leaves, ids, live)
    tables = _tables(codes, values, live)
    return Columns(live, ids, order, folds, as_number[day], tables, values, lists)


def _listed(values: Sequence[str]) -> Lists:
    """For each single value in which of the lists it is, in order of name."""
    lists = [text.split(",") if text else [] for text in values]
    single = sorted({one for some in lists for one in some})
    inside = np.array([[name in some for some in lists] for name in single], np.intp)
    return Lists(tuple(single), inside.reshape(len(single), len(lists)))


def _folds(leaves: Sequence[tuple[Any, int]], ids: Sequence[str], live: Mask) -> Folds:
    """What is folded into a document that is there."""
    codes, values = _coded(leaves, "shown_by")
    copies = np.flatnonzero(codes > 0) if values and values[0] == "" else np.arange(len(codes))
    copies = copies[live[copies]]
    wanted = {values[code] for code in codes[copies].tolist()}
    numbers = {ids[n]: n for n in np.flatnonzero(live).tolist() if ids[n] in wanted}
    pairs = [(n, numbers.get(values[codes[n]], n)) for n in copies.tolist()]
    found = np.array([pair for pair in pairs if pair[0] != pair[1]], np.intp).reshape(-1, 2)
    return Folds(found[:, 0], found[:, 1])


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
    """Each text once, in order of name, and for each given text its place among those."""
    ordered = sorted(set(texts), key=lambda text: (text.casefold(), text))
    place = {text: number for number, text in enumerate(ordered)}
    return ordered, np.array([place[text] for text in texts], np.intp)


def _tables(
    codes: Mapping[str, Numbers], values: Mapping[str, Sequence[str]], live: Mask
) -> tuple[Table, ...]:
    """Facets together as far as their values are few, those with the fewest first."""
    groups: list[list[str]] = [[]]
    for facet in sorted(codes, key=lambda name: len(values[name])):
        if prod(len(values[name]) for name in (*groups[-1], facet)) > MOST_CELLS and groups[-1]:
            groups.append([])
        groups[-1].append(facet)
    return tuple(_table(group, codes, values, live) for group in groups)


def _table(
    facets: Sequence[str],
    codes: Mapping[str, Numbers],
    values: Mapping[str, Sequence[str]],
    live: Mask,
) -> Table:
    shape = tuple(len(values[name]) for name in facets)
    code = np.ravel_multi_index([codes[name] for name in facets], shape)
    everything = np.bincount(code[live], minlength=prod(shape)).reshape(shape)
    return Table(tuple(facets), shape, code, everything)


def priors_of(columns: Columns, priors: Priors, today: date) -> NDArray[np.float32] | None:
    """The factor of each document for what it is; nothing where that is 1 for all."""
    kinds, languages = columns.values["kind"], columns.values["language"]
    of_kind = np.array([priors.kinds.get(kind, 1.0) for kind in kinds])
    of_language = np.array([1.0 if one == DUTCH else priors.foreign for one in languages])
    factors = of_kind[columns.codes("kind")] * of_language[columns.codes("language")]
    if priors.freshness:
        is_fresh = np.array([kind in priors.fresh for kind in kinds])[columns.codes("kind")]
        days, place = np.unique(columns.day, return_inverse=True)
        ages = np.array([_age(day, today) for day in days.tolist()])[place]
        factors *= np.where(is_fresh, 1 + priors.freshness * 0.5 ** (ages / priors.half_life), 1)
    return None if (factors == 1).all() else factors.astype(np.float32)


def _age(day: int, today: date) -> float:
    """How many days ago a day was; without a date, too long ago to matter."""
    if not day:
        return np.inf
    return max(0, (today - date(day // 10_000, day // 100 % 100, day % 100)).days)


def keep(columns: Columns, found: Documents, query: Query) -> Kept:
    """Apply the filters and count; a facet's own selection is left out of its counts."""
    filters = _filters(columns, query)
    if filters:
        cells, kept = _counted(columns, found.numbers, filters)
    else:
        cells, kept = {"": _cells(columns, found)}, found
    pairs = columns.folds.within(found, len(columns.ids))
    facets, undated = {}, 0
    for place, table in enumerate(columns.tables):
        for axis, name in enumerate(table.facets):
            others = tuple(other for other in range(len(table.facets)) if other != axis)
            counts = cells.get(name, cells[""])[place].sum(axis=others)
            if len(pairs.copies):
                counts = counts - _twice(columns, pairs, filters, name, len(counts))
            if name == "year":
                undated = int(counts[0]) if columns.values[name][0] == "" else 0
            facets[name] = _values(columns, name, counts, query)
    return Kept(fold(columns, kept), undated, facets)


def _twice(
    columns: Columns, pairs: Folds, filters: Mapping[str, Mask], name: str, values: int
) -> Numbers:
    """How many documents of each value of a facet are one hit with another of that value."""
    passing = [
        _passing(columns, [table.code.take(numbers) for table in columns.tables], filters, name)
        for numbers in pairs
    ]
    codes = columns.codes(name)
    first, last = codes[pairs.copies], codes[pairs.shown]
    same = first == last
    for mask in passing:
        same &= True if mask is None else mask
    return np.bincount(first[same], minlength=values)


def fold(columns: Columns, found: Documents) -> Documents:
    """Leave out what stands in one set with the document that is shown for it."""
    size = len(columns.ids)
    return without(found, np.unique(columns.folds.within(found, size).copies), size)


def fold_below(columns: Columns, found: Documents, above: Documents) -> Documents:
    """The same for what is listed below others: neither copies of those nor what these copy."""
    size, folds = len(columns.ids), columns.folds
    unwanted = [
        folds.copies[holds(above, folds.shown, size)],
        folds.shown[holds(above, folds.copies, size)],
    ]
    found = without(found, np.unique(np.concatenate(unwanted)), size)
    return fold(columns, found)


def narrow(columns: Columns, found: Documents, query: Query) -> Documents:
    """Apply the filters without counting."""
    filters = _filters(columns, query)
    if not filters:
        return found
    codes = [table.code.take(found.numbers) for table in columns.tables]
    return _those(found.numbers, _passing(columns, codes, filters, ""))


def _cells(columns: Columns, found: Documents) -> list[Numbers]:
    """How many of the found are in each cell of each table; of most documents, what is left of all
    after taking away the others, which are fewer to count."""
    if found.mask is None or 2 * len(found) < len(columns.ids):
        return [_count(table, table.code.take(found.numbers)) for table in columns.tables]
    others = np.flatnonzero(columns.live & ~found.mask)
    return [table.all - _count(table, table.code.take(others)) for table in columns.tables]


def _counted(
    columns: Columns, numbers: Numbers, filters: Mapping[str, Mask]
) -> tuple[dict[str, list[Numbers]], Documents]:
    """The cells for each facet that something is chosen in, without that choice; under no name
    those with all filters, and what passes them."""
    codes = [table.code.take(numbers) for table in columns.tables]
    cells = {}
    for name in ("", *filters):
        mask = _passing(columns, codes, filters, name)
        parts = codes if mask is None else [code[mask] for code in codes]
        cells[name] = [
            _count(table, part) for table, part in zip(columns.tables, parts, strict=True)
        ]
    return cells, _those(numbers, _passing(columns, codes, filters, ""))


def _those(numbers: Numbers, mask: Mask | None) -> Documents:
    return Documents(numbers if mask is None else numbers[mask])


def _passing(
    columns: Columns, codes: Sequence[Numbers], filters: Mapping[str, Mask], but: str
) -> Mask | None:
    """Which documents pass all filters but one; nothing where no filter is left."""
    passes: Mask | None = None
    for table, code in zip(columns.tables, codes, strict=True):
        wanted = [name for name in table.facets if name in filters and name != but]
        if not wanted:
            continue
        cells = np.ones(table.shape, np.bool_)
        for name in wanted:
            axis = table.facets.index(name)
            cells &= np.expand_dims(
                filters[name], tuple(a for a in range(len(table.shape)) if a != axis)
            )
        passing = cells.ravel().take(code)
        passes = passing if passes is None else passes & passing
    return passes


def _count(table: Table, code: Numbers) -> Numbers:
    return np.bincount(code, minlength=table.cells).reshape(table.shape)


def _filters(columns: Columns, query: Query) -> dict[str, Mask]:
    """For each facet that something is chosen in, which of its values pass."""
    filters: dict[str, Mask] = {}
    for name in LISTS:
        chosen = set(_chosen(name, query))
        if chosen:
            filters[name] = columns.lists[name].having(chosen)
    for name in ("organisation", "kind", "language"):
        chosen = set(_chosen(name, query))
        if chosen:
            filters[name] = np.array([value in chosen for value in columns.values[name]], np.bool_)
    if query.year_from is not None or query.year_to is not None or not query.undated:
        first, last = query.year_from or 0, query.year_to or 9999
        filters["year"] = np.array(
            [
                first <= int(year) <= last if year else query.undated
                for year in columns.values["year"]
            ],
            np.bool_,
        )
    return filters


def _values(columns: Columns, name: str, counts: Numbers, query: Query) -> tuple[FacetValue, ...]:
    """Values with documents, and chosen values without: who chose one must be able to undo it.

    Goals come by number, years newest first, what is a name by count and then by name.
    """
    if name in LISTS:
        listed = columns.lists[name]
        totals = (listed.inside @ counts).tolist()
        shown = {value: count for value, count in zip(listed.names, totals, strict=True) if count}
        if name != "goal":
            shown = dict(sorted(shown.items(), key=lambda pair: -pair[1]))
    else:
        values = columns.values[name]
        places = np.flatnonzero(counts)
        if name == "year":
            places = places[::-1]
        else:
            places = places[np.argsort(-counts[places], kind="stable")]
        names = map(values.__getitem__, places.tolist())
        shown = dict(zip(names, counts[places].tolist(), strict=True))
        shown.pop("", None)
    for value in _chosen(name, query):
        shown.setdefault(value, 0)
    return tuple(map(FacetValue._make, shown.items()))


def _chosen(name: str, query: Query) -> Iterable[str]:
    match name:
        case "goal":
            return map(str, query.goals)
        case "organisation":
            return query.organisations
        case "kind":
            return query.kinds
        case "language":
            return query.languages
        case "theme":
            return query.themes
        case "place":
            return query.places
    return ()
