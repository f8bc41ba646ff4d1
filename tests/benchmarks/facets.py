"""``make eval``: how well themes, kind, phase, reader and place are told; fails below the floors.

In: the labels of the project, its texts with a place, summaries of which the place was judged where they
are here, and the evaluation data with the places that were judged of it (``domain_places.txt``). Out:
the figures on standard output, beside those of a program that learns nothing; exit code 1 when one is
below its floor. Floors stand a little under what was reached when they were set. Nothing of kinds is
learned from the evaluation data, where they were told by another list: "beleid" stands there for a law
as well as for a vision, and research has no name. Figures of themes flatter a little: their words were
added to after the first errors on these labels had been read.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from commands.labels import as_crawled, facet_labels
from index.about_place import place_of
from index.classify import Classifier
from index.facets import AXES
from index.goal_figures import Figures
from index.labels import LABELS, read_judged, read_placed, read_summaries
from index.model import read_model
from index.train_facets import train_facets
from library.document import Document
from tests.benchmarks.corpora import folder_from_arguments
from tests.benchmarks.floors import tell

SUMMARIES = LABELS / "summaries.jsonl"
FLOORS = {
    "theme, macro F1": 0.81,
    "theme, micro F1": 0.81,
    "kind, macro F1": 0.75,
    "kind, right": 0.755,
    "kind, domain, right": 0.57,
    "phase, right": 0.78,
    "audience, right": 0.70,
    "place, written, F1": 0.94,
    "place, domain, precision": 0.83,
    "place, domain, recall": 0.74,
    "place, summaries, precision": 0.93,
    "place, summaries, recall": 0.74,
}


def main() -> None:
    """Learn, measure, print, compare."""
    folder = folder_from_arguments()
    trained = train_facets(facet_labels(), datetime.now(UTC).date())
    figures = tomllib.loads(trained.figures)
    _print(figures)
    reached = {
        "theme, macro F1": figures["theme"]["macro_f1"],
        "theme, micro F1": figures["theme"]["micro_f1"],
        "kind, macro F1": figures["kind"]["macro_f1"],
        **{f"{axis}, right": figures[axis]["right"] for axis in ("kind", "phase", "audience")},
        "kind, domain, right": _kinds(folder, Classifier(read_model(), facets=trained.model)),
        **_places(folder),
    }
    sys.exit(1 if tell(reached, FLOORS) else 0)


def _print(figures: Mapping[str, Any]) -> None:
    print(f"\n{figures['documents']} labelled documents; in brackets what needs no learning")
    for axis in AXES:
        one = figures[axis]
        told = (f"{name} {one[name]:.3f} ({one[name + '_plain']:.3f})" for name in _MEANS)
        print(f"{axis:9} {', '.join(told)}")
        for value in (value for value in figures["values"] if value["facet"] == axis):
            cells = " ".join(f"{value[name]:6.3f}" for name in ("precision", "recall", "f1"))
            name = value["value"] or "none"
            print(f"  {name:28} {value['labels']:4} {cells} ({value['f1_plain']:.3f})")


_MEANS = ("macro_f1", "micro_f1", "right")


def _kinds(folder: Path, classifier: Classifier) -> float:
    """How often the kind of a document that nothing was learned from is the one that it came with."""
    told = [one.document for one in read_judged(folder / "domain" / "documents.jsonl")]
    guessed = [as_crawled(document) for document in told]
    right = sum(classifier.facets(g).kind == t.kind for g, t in zip(guessed, told, strict=True))
    plain = sum(g.kind == t.kind for g, t in zip(guessed, told, strict=True))
    print(f"kind, domain: {right} of {len(told)} right ({plain} by the crawler's guess)")
    return right / len(told)


def _places(folder: Path) -> dict[str, float]:
    """How often the place of a document is the one that it is about."""
    written = _compared(read_placed())
    judged = dict(
        line.split(" ", 1) for line in _lines(Path(__file__).parent / "domain_places.txt")
    )
    known = [one.document for one in read_judged(folder / "domain" / "documents.jsonl")]
    domain = _compared((document, judged.get(document.id, "")) for document in known)
    told = {"written": written, "domain": domain}
    if SUMMARIES.exists():
        told["summaries"] = _compared(_summaries())
    else:
        print(f"place, summaries: not measured, {SUMMARIES.name} is not here")
    for name, one in told.items():
        print(f"place, {name}: precision {one.precision:.3f}, recall {one.recall:.3f}", end="")
        print(f" ({one.both} right, {one.only_tag} wrong, {one.only_label} not found)")
    reached = {"place, written, F1": written.f1}
    for name in told.keys() - {"written"}:
        reached[f"place, {name}, precision"] = told[name].precision
        reached[f"place, {name}, recall"] = told[name].recall
    return reached


def _summaries() -> list[tuple[Document, str]]:
    """The labelled summaries of which the place was judged."""
    lines = (LABELS / "summary_places.jsonl").read_text("utf-8").splitlines()
    places = {one["key"]: one["place"] for one in map(json.loads, lines)}
    documents = [one.document for one in read_summaries(SUMMARIES)]
    return [(one, places[one.id]) for one in documents if one.id in places]


def _lines(path: Path) -> Iterable[str]:
    return (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))


def _compared(placed: Iterable[tuple[Document, str]]) -> Figures:
    both = only_found = only_label = 0
    for document, wanted in placed:
        place = place_of(document)
        found = place.names[-1] if place else ""
        both += bool(found) and found == wanted
        only_found += bool(found) and found != wanted
        only_label += bool(wanted) and found != wanted
    return Figures(both, only_found, only_label)


if __name__ == "__main__":
    main()
