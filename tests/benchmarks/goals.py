"""The goals of `make bench`: what was aimed at, as ratios in one run, and what was reached.

In: the figures of a set, or of sets from small to large. Out: a ``Goal`` for each that was measured.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from tests.benchmarks.engines import TITLES


class _Why(NamedTuple):
    """The reason for goals of which the work begins so, and which are measured by this peer."""

    work: str
    peer: str
    text: str


WHY = (
    _Why(
        "any word",
        "stock Whoosh",
        "Stock Whoosh takes as long as the lists of its words are, so the ratio grows with the number "
        "of documents. Ours takes about 0.4 ms for whatever is asked: one pass over the scores of all "
        "documents, four facets and ten records.",
    ),
    _Why(
        "any word",
        "SQLite FTS5",
        "As beside stock Whoosh: it takes as long as the lists of its words are, ours about 0.4 ms "
        "whatever is asked.",
    ),
    _Why(
        "any word",
        "tantivy",
        "What every search of ours takes, about 0.4 ms, is for the ten best, the exact number and four "
        "facets in arrays of all documents. A compiled engine skips what cannot be among the ten best.",
    ),
    _Why(
        "first after a swap",
        "stock Whoosh",
        "Words that are neither among the commonest nor were asked lately are not warmed.",
    ),
    _Why(
        "build",
        "stock Whoosh",
        "Of 9.4 s of processor time for 24,012 real documents 2.2 go into analysing 140,000 different "
        "pieces of text once, 1.0 into looking for dates, articles of laws and names, 1.5 into the rest "
        "of taking texts apart, 1.1 into writing and compressing records, 1.1 into working out postings "
        "and merging, and 1.0 into reading documents. The analysis of stock Whoosh is the same and takes "
        "4 s of its 33. What several words say together was looked for in whole texts, which took half "
        "of all the time; now only what it touches is analysed anew. Remembering the ends of compounds "
        "saved an eighth of dividing them, looking for known endings by length nothing: both were left "
        "out. More processes were not built: each would learn the words again.",
    ),
    _Why(
        "with ten snippets",
        "",
        "A question is looked for by 150 terms in the mean, with all its synonyms, parts and look-alikes, "
        "and each of ten texts is looked through for them: 0.1 ms for a hit, half of it to find the words "
        "that are marked, half to choose and cut the fragments. Looking "
        "terms up once for all hits and searching for ends of sentences by their signs took a third off "
        "what marks take; one set of all pieces that have any of the terms made it slower.",
    ),
    _Why(
        "update of 100",
        "",
        "The work is the same whatever is in the index, so its share falls with the number of documents: "
        "0.27 s, of which more than half is for reading the lexicon and analysing the words of the 100 "
        "documents in a new process, and a tenth for checksums of the files that it builds on.",
    ),
)
"""Why goals are missed, from profiles, and what was tried."""


@dataclass(frozen=True)
class Goal:
    """What was aimed at, what was reached, and whether that is enough."""

    work: str
    goal: str
    reached: str
    met: bool

    @property
    def why(self) -> str:
        """Why it is missed, as far as that is known."""
        found = (w for w in WHY if self.work.startswith(w.work) and w.peer in self.goal)
        return next((one.text for one in found), "")


def goals(found: Mapping[str, Any]) -> list[Goal]:
    """The goals of one set, as far as they were measured."""
    return [*_search_goals(found["times"]), *_other_goals(found), *_page_goals(found["values"])]


def _search_goals(times: Mapping[str, Any]) -> Iterator[Goal]:
    warm = times.get("any", {})
    for peer, least in (("stock", 1000.0), ("fts5", 30.0), ("tantivy", 1.0)):
        for part in ("p50", "p95"):
            if "beside" in warm.get(peer, {}):
                times_ours = warm[peer][part] / warm[peer]["beside"][part]
                yield _part_of(f"any word, {part}", peer, times_ours, least)
    swapped = times.get("first after a swap", {}).get("ours")
    opened = times.get("first after opening", {}).get("stock")
    if swapped and opened:
        times_ours = opened["p50"] / swapped["p50"]
        yield _part_of("first after a swap, p50", "stock", times_ours, 200.0)


def _other_goals(found: Mapping[str, Any]) -> Iterator[Goal]:
    times, values = found["times"], found["values"]
    built = values.get("build, processor, s", {})
    for peer, least in (("stock", 5.0), ("fts5", 1 / 3)):
        if {"ours", peer} <= set(built):
            faster = built[peer] / built["ours"]
            goal = f"at least {least:.2g}x as fast as {TITLES[peer]}"
            yield Goal("build, processor time", goal, f"{faster:.2g}x", faster >= least)
    if "as typed, snippets" in times:
        plain, shown = times["as typed"]["ours"], times["as typed, snippets"]["ours"]
        yield _at_most("with ten snippets, beside without", shown["p50"] / plain["p50"], 2.0, "x")
    if "as typed, first time" in times:
        plain, shown = (times[f"as typed{how}, first time"]["ours"] for how in ("", ", snippets"))
        what = "with ten snippets, words not asked before"
        yield _at_most(what, shown["p50"] / plain["p50"], 2.0, "x")
    updated = values.get("update of 100, processor, s")
    if updated and "ours" in built:
        share = 100 * updated["ours"] / built["ours"]
        yield _at_most("update of 100, beside a build", share, 2.0, " %")
    after, size = (values.get(row) for row in ("size after 1,000 commits, MB", "size, MB"))
    if after and size:
        grown = after["ours"] / size["ours"]
        yield _at_most("size after 1,000 commits, beside a build", grown, 4.0, "x")


def _page_goals(values: Mapping[str, Any]) -> Iterator[Goal]:
    peak = values.get("web process, peak MB after 1,000 different pages")
    if peak:
        yield _at_most("memory of a web process", peak["ours"], 1000.0, " MB")
    for clients in (8, 50):
        row = f"page, {clients} clients"
        if f"{row}, errors" in values:
            yield _at_most(f"{clients} clients, errors", values[f"{row}, errors"]["ours"], 0.0, "")
            before, after = (values[f"{row}, MB {when}"]["ours"] for when in ("before", "after"))
            yield _at_most(
                f"{clients} clients, memory after beside before", after / before, 1.1, "x"
            )


def growth(sets: Iterable[Mapping[str, Any]]) -> list[Goal]:
    """What a larger set of generated documents costs beside a smaller one."""
    made = []
    for small, large in pairwise(sets):
        times = large["documents"] / small["documents"]
        what = f"{small['documents']:,} to {large['documents']:,} documents"
        for part in ("p50", "p95"):
            pair = [one["times"].get("any", {}).get("ours", {}).get(part) for one in (small, large)]
            if all(pair):
                made.append(_at_most(f"{what}, any word, {part}", pair[1] / pair[0], times, "x"))
        pair = [one["values"].get("build, processor, s", {}).get("ours") for one in (small, large)]
        if all(pair):
            made.append(_at_most(f"{what}, build", pair[1] / pair[0], times, "x"))
    return made


def _part_of(work: str, peer: str, times_ours: float, least: float) -> Goal:
    """A goal that is a part of a peer's time."""
    whole = "no slower than" if least == 1 else f"{_share(least)} of"
    return Goal(work, f"{whole} {TITLES[peer]}", _share(times_ours), times_ours >= least)


def _share(times: float) -> str:
    if times >= 10:
        return f"1/{times:,.0f}"
    return f"1/{times:.2g}" if times >= 1 else f"{1 / times:.2g}x"


def _at_most(work: str, reached: float, most: float, unit: str) -> Goal:
    return Goal(work, f"at most {most:,.4g}{unit}", f"{reached:,.3g}{unit}", reached <= most)
