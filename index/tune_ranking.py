"""Tune what ranking weighs on judged queries: ``python -m index.tune_ranking FOLDER``.

In: the folder with the evaluation data, whose ``eval`` is general text with queries as written, with
a slip, with compounds split and with words joined, and whose ``domain`` is text about residents'
collectives; and a folder with the example documents, which have headings, dates, kinds and other
languages (``python -m tests.relevance.export FOLDER``). Out: ``data/ranking.toml`` with every weight, what its neighbours would give, and the
figures within and outside of what it was tuned on. ``index.schema`` and ``index.alternatives`` hold the
weights that are used, with their reasons; a test compares the two.

Coordinate ascent: weights in a fixed order, each tried one step down and up from where it stands; a
step is taken when it gains more than ``LEAST_GAIN``, until no weight moves. What is raised is the
mean of nDCG@10 over groups of queries, each group with its share, so that neither the largest group
nor the easiest rules.

Cross-validated: the queries are drawn into folds with a fixed seed, a query and its changed forms
together. Each fold is measured with the setting that is best without it, of all that the ascent
looked at. What the ascent looks at is decided with all queries, which flatters this a little; what it
chooses there is not. Where that is no better than the weights that it began with, these stay: what
the ascent gained is then noise of these queries.

A set that a weight changes nothing for takes no part in its choice: only the examples have what
``headings``, ``organisation``, ``visible`` and ``freshness`` weigh.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from index.alternatives import Weights
from index.engines.whoosh import WhooshEngine
from index.evaluate import Qrels, Question, measure, read_qrels, read_queries
from index.scoring import SCORING, Scoring
from index.search import Index
from index.tasks import update_index
from index.wordlists import FOLDER
from library.imports import import_file
from library.progress import Silent
from library.settings import Settings, read_settings
from library.store import Store

OUTPUT = FOLDER / "ranking.toml"
FOLDS = 5
SEED = 20261123
LEAST_GAIN = 0.0005
"""What a step must gain: less is noise even to all queries together."""

STEPS: Mapping[str, tuple[float, ...]] = {
    "k1": (0.6, 0.9, 1.2, 1.6, 2.0),
    "b": (0.5, 0.6, 0.7, 0.75, 0.8, 0.9),
    "title": (0.3, 0.6, 1.0, 1.5, 2.0, 3.0),
    "exact": (0.0, 0.1, 0.2, 0.3, 0.45, 0.6),
    "part": (0.35, 0.5, 0.7, 0.85, 1.0, 1.2),
    "joined": (0.3, 0.5, 0.7, 0.85, 1.0),
    "split": (0.3, 0.5, 0.7, 0.85, 1.0),
    "synonym": (0.5, 0.75, 1.0),
    "corrected": (0.7, 0.8, 0.9, 1.0),
    "near": (0.0, 0.2, 0.4, 0.6),
    "lookalike": (0.0, 0.5, 0.75, 1.0, 1.4, 2.0),
    "exponent": (1.5, 2.0, 2.5, 3.0, 3.5, 4.0),
    "most": (20, 30, 40, 60),
    "whole": (0.0, 1.0, 2.0, 3.0),
    "name": (0.0, 1.0, 2.0),
    "filler": (0.3, 0.5, 0.7, 0.85, 1.0),
    "titled": (1.0, 1.15, 1.3, 1.5, 2.0),
    "news": (0.8, 0.85, 0.9, 0.95, 1.0),
    "foreign": (0.8, 0.9, 0.95, 1.0),
    "headings": (0.0, 0.1, 0.3, 0.6),
    "organisation": (0.1, 0.3, 0.6, 1.0),
    "visible": (0.1, 0.2, 0.4, 0.6),
    "freshness": (0.0, 0.1, 0.2),
}
"""The values that are tried, for each weight in the order they are."""

FIELDS = ("title", "headings", "organisation", "visible")
NEWS = "nieuws"

SHARES: Mapping[str, float] = {
    "written": 0.3,
    "slip": 0.15,
    "split": 0.1,
    "joined": 0.1,
    "domain": 0.15,
    "examples": 0.2,
}
"""What each set of queries counts; within a set each group of queries counts the same."""

_OPEN = 3
"""Indexes with other scoring that are kept open."""
_CACHE_BYTES = 1024 * 1024 * 1024
"""Memory of each, so that what does not change from setting to setting is worked out once."""

Setting = tuple[tuple[str, float], ...]
"""A value for each weight, by name."""


class Asked(NamedTuple):
    """One judged query: which set and group it counts in, and the id that tells its fold."""

    text: str
    grades: Mapping[str, int]
    set: str
    group: str
    id: str


class Collection(NamedTuple):
    """The files of an index and the queries that are asked of it."""

    folder: Path
    queries: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Tuned:
    """Weights, the figure that the ascent reached with all queries, that of the folds outside, and
    that of where it began."""

    setting: Setting
    began: float
    within: float
    outside: float
    folds: tuple[Setting, ...]


def of_product() -> Setting:
    """The weights that are used now."""
    weights = Weights()
    found = {field.name: float(getattr(weights, field.name)) for field in fields(weights)}
    found |= {"k1": SCORING.k1, "b": SCORING.b["text"], "titled": SCORING.titled}
    found |= {name: SCORING.weights[name] for name in FIELDS}
    priors = SCORING.priors
    found |= {"news": priors.kinds.get(NEWS, 1.0), "foreign": priors.foreign}
    found["freshness"] = priors.freshness
    return tuple((name, found[name]) for name in STEPS)


def weights_of(setting: Setting) -> Weights:
    """Those of a setting that expansion takes."""
    known = {field.name for field in fields(Weights)}
    chosen: dict[str, Any] = {name: value for name, value in setting if name in known}
    return Weights(**chosen | {"most": int(chosen["most"])})


def scoring_of(setting: Setting) -> Scoring:
    """Those of a setting that scoring takes."""
    chosen = dict(setting)
    return replace(
        SCORING,
        k1=chosen["k1"],
        weights={**SCORING.weights, **{name: chosen[name] for name in FIELDS}},
        b={**SCORING.b, "text": chosen["b"]},
        titled=chosen["titled"],
        priors=replace(
            SCORING.priors,
            kinds={**SCORING.priors.kinds, NEWS: chosen["news"]},
            foreign=chosen["foreign"],
            freshness=chosen["freshness"],
        ),
    )


def objective(asked: Sequence[Asked], figures: Sequence[float]) -> float:
    """The mean over sets by their shares, of the mean over groups, of the mean over queries."""
    groups: dict[tuple[str, str], list[float]] = {}
    for one, figure in zip(asked, figures, strict=True):
        groups.setdefault((one.set, one.group), []).append(figure)
    sets: dict[str, list[float]] = {}
    for (name, _), found in groups.items():
        sets.setdefault(name, []).append(fmean(found))
    total = sum(SHARES[name] for name in sets)
    return sum(SHARES[name] * fmean(found) for name, found in sets.items()) / total


Measure = Callable[[Setting], Sequence[float]]
"""nDCG@10 of every query with a setting, in the order of the queries."""


def ascend(start: Setting, value: Callable[[Setting], float]) -> Setting:
    """Move one weight after the other by one step, as long as anything gains."""
    best, height = start, value(start)
    moved = True
    while moved:
        moved = False
        for name in STEPS:
            for near in _neighbours(best, name):
                found = value(near)
                if found > height + LEAST_GAIN:
                    best, height, moved = near, found, True
    return best


def _neighbours(setting: Setting, name: str) -> Iterator[Setting]:
    """The same with one weight a step lower, then a step higher."""
    now = dict(setting)[name]
    lower = [step for step in STEPS[name] if step < now][-1:]
    higher = [step for step in STEPS[name] if step > now][:1]
    for step in (*lower, *higher):
        yield tuple((one, step if one == name else value) for one, value in setting)


def tune(asked: Sequence[Asked], measured: Measure, start: Setting) -> Tuned:
    """Find the weights with all queries, and the best of what was looked at without each fold."""
    seen: dict[Setting, Sequence[float]] = {}

    def value(setting: Setting) -> float:
        seen[setting] = measured(setting)
        return objective(asked, seen[setting])

    setting = ascend(start, value)
    fold_of = folds_of(asked)
    outside = [0.0] * len(asked)
    folds = []
    for fold in range(FOLDS):
        inside = [place for place, at in enumerate(fold_of) if at != fold]
        heights = {one: _value_of(asked, figures, inside) for one, figures in seen.items()}
        best = max(heights, key=heights.__getitem__)
        folds.append(best)
        for place, figure in enumerate(seen[best]):
            if fold_of[place] == fold:
                outside[place] = figure
    began, reached = objective(asked, seen[start]), objective(asked, outside)
    return Tuned(
        setting=setting if reached > began else start,
        began=began,
        within=objective(asked, seen[setting]),
        outside=reached,
        folds=tuple(folds),
    )


def _value_of(asked: Sequence[Asked], figures: Sequence[float], chosen: Sequence[int]) -> float:
    return objective([asked[place] for place in chosen], [figures[place] for place in chosen])


def folds_of(asked: Sequence[Asked]) -> list[int]:
    """The fold of each query; those with one id are in one."""
    ids = sorted({one.id for one in asked})
    random.Random(SEED).shuffle(ids)  # noqa: S311 - a fixed order, no secret
    fold = {one: place % FOLDS for place, one in enumerate(ids)}
    return [fold[one.id] for one in asked]


def measure_of(collections: Iterable[Collection]) -> Measure:
    """Ask the queries of all collections; what was measured is remembered."""
    known: dict[Setting, list[float]] = {}
    askers = [_Asker(one) for one in collections]

    def measured(setting: Setting) -> list[float]:
        if setting not in known:
            known[setting] = [figure for asker in askers for figure in asker.figures(setting)]
            sys.stderr.write(f"{len(known)} settings measured\n")
        return known[setting]

    return measured


class _Asker:
    """Asks a collection; the indexes of the last few scorings stay open, with what they know."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._open: list[tuple[Scoring, Index]] = []

    def figures(self, setting: Setting) -> Iterator[float]:
        index, weights = self._index(setting), weights_of(setting)
        for one in self._collection.queries:
            yield measure(index.rank(one.text, weights=weights), one.grades).ndcg

    def _index(self, setting: Setting) -> Index:
        scoring = scoring_of(setting)
        for known, index in self._open:
            if known == scoring:
                return index
        engine = WhooshEngine(_CACHE_BYTES, scoring)
        index = Index(self._collection.folder, engine=engine)
        self._open.append((scoring, index))
        if len(self._open) > _OPEN:
            self._open.pop(0)[1].close()
        return index


@contextmanager
def collections(folder: Path, examples: Path) -> Iterator[tuple[Collection, ...]]:
    """Give all collections, indexed in a home that is gone afterwards."""
    with ExitStack() as stack:
        general = stack.enter_context(_indexed(folder / "eval" / "corpus.jsonl.gz"))
        domain, own = folder / "domain", examples
        yield (
            Collection(general, _general(folder)),
            *(
                Collection(stack.enter_context(_indexed(one / "documents.jsonl")), _own(name, one))
                for name, one in (("domain", domain), ("examples", own))
            ),
        )


def _general(folder: Path) -> tuple[Asked, ...]:
    """The general queries in all their forms."""
    judged = read_qrels(folder / "eval" / "qrels.tsv")
    files = {"written": "", "slip": "_typo", "split": "_split", "joined": "_join"}
    return tuple(
        one
        for name, ending in files.items()
        for one in _asked(name, _queries(folder, ending), judged)
    )


def _own(name: str, folder: Path) -> tuple[Asked, ...]:
    queries, judged = read_queries(folder / "queries.jsonl"), read_qrels(folder / "qrels.tsv")
    return tuple(_asked(name, queries, judged))


def _queries(folder: Path, ending: str) -> tuple[Question, ...]:
    """All queries as written, and every sixth of those with a change, which say much the same."""
    return read_queries(folder / "eval" / f"queries{ending}.jsonl")[:: 6 if ending else 1]


def _asked(name: str, queries: Iterable[Question], judged: Qrels) -> Iterator[Asked]:
    for query in queries:
        if query.id in judged:
            yield Asked(query.text, judged[query.id], name, query.group, query.id)


@contextmanager
def _indexed(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as home:
        settings: Settings = read_settings({"KENNISBANK_HOME": home})
        store = Store.open(settings)
        import_file(store, path, Silent(), tell=lambda line: sys.exit(f"{path}: {line.reason}"))
        update_index(store, settings, Silent())
        store.close()
        yield settings.index_folder


def report(asked: Sequence[Asked], tuned: Tuned, measured: Measure) -> str:
    """Weights and figures as TOML."""
    lines = [
        "# Written by `python -m index.tune_ranking`; not edited by hand. The figures are means of",
        "# nDCG@10 over sets of queries by their shares, over the groups within each set.",
        "# `near` is what the figure becomes when only that weight goes a step down or up.",
        "",
        f"queries = {len(asked)}",
        f"folds = {FOLDS}",
        f"seed = {SEED}",
        f"least_gain = {LEAST_GAIN}",
        f"began = {tuned.began:.4f}",
        f"within = {tuned.within:.4f}",
        f"outside = {tuned.outside:.4f}",
        "",
        "[sets]",
    ]
    figures = measured(tuned.setting)
    for name, share in SHARES.items():
        of_set = [f for one, f in zip(asked, figures, strict=True) if one.set == name]
        lines.append(f"{name} = {{ share = {share}, mean = {fmean(of_set):.4f} }}")
    for name, value in tuned.setting:
        nears = [
            f"{{ value = {dict(near)[name]}, figure = {objective(asked, measured(near)):.4f} }}"
            for near in _neighbours(tuned.setting, name)
        ]
        lines += [
            "",
            f"[weights.{name}]",
            f"value = {value}",
            f"near = [{', '.join(nears)}]",
            f"in_folds = {[dict(fold)[name] for fold in tuned.folds]}",
        ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command: index, tune, write and show."""
    parser = argparse.ArgumentParser(prog="python -m index.tune_ranking", description=__doc__)
    parser.add_argument("folder", type=Path, help="the evaluation data, with eval and domain")
    parser.add_argument("examples", type=Path, help="the example documents, as files")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="where the weights go")
    chosen = parser.parse_args(arguments)
    with collections(chosen.folder, chosen.examples) as found:
        asked = [one for collection in found for one in collection.queries]
        measured = measure_of(found)
        written = report(asked, tune(asked, measured, of_product()), measured)
    chosen.output.write_text(written, encoding="utf-8")
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
