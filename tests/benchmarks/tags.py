"""``make eval``: how well documents get their goals, and how fast; fails below the floors.

In: the labels of the project, and the judged documents among the evaluation data. Out: the figures
of cross-validation on standard output, beside those of the rubric's terms alone and of giving a goal
to all, the learning curve, the agreement of the judges, and documents a second; exit code 1 when a
figure is below its floor. Floors stand a little under what was reached when they were set.
"""

import sys
import time
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from commands.labels import our_labels
from index.classify import Classifier
from index.labels import Labelled, read_judged
from index.train import train
from library.goals import goal
from tests.benchmarks.corpora import folder_from_arguments
from tests.benchmarks.floors import tell

FLOORS = {
    "macro F1": 0.80,
    "macro F1, domain": 0.775,
    "macro F1 above terms alone": 0.27,
    "least precision": 0.845,
    "probabilities that come true": 0.98,
    "documents a second": 2000.0,
}
COPIES = 20


def main() -> None:
    """Learn, measure, print, compare."""
    folder = folder_from_arguments()
    labelled = [*our_labels(), *read_judged(folder / "domain" / "documents.jsonl")]
    trained = train(labelled, datetime.now(UTC).date())
    figures = tomllib.loads(trained.figures)
    _print(figures)
    reached = {
        "macro F1": figures["macro_f1"],
        "macro F1, domain": figures["collections"]["domain"][1],
        "macro F1 above terms alone": figures["macro_f1"] - figures["macro_f1_terms"],
        "least precision": min(one["precision"] for one in figures["goals"]),
        "probabilities that come true": 1 - figures["calibration_error"],
        "documents a second": _speed(Classifier(trained.model), labelled),
    }
    sys.exit(1 if tell(reached, FLOORS) else 0)


def _print(figures: Mapping[str, Any]) -> None:
    print(f"\n{figures['documents']} labelled documents, {figures['without_goal']} without a goal")
    print("goal             labels precision recall    F1  terms  always  agreement")
    for one in figures["goals"]:
        cells = (one[name] for name in ("precision", "recall", "f1", "f1_terms", "f1_always"))
        told = " ".join(f"{cell:6.3f}" for cell in cells)
        print(f"{goal(one['number']).label:18} {one['labels']:4} {told} {one['agreement']:9.2f}")
    names = ("macro_f1", "macro_f1_terms", "macro_f1_always")
    told = " ".join(f"{figures[name]:6.3f}" for name in names)
    print(f"{'mean':37} {told}")
    for told, true, pairs in figures["reliability"]:
        print(f"probability {told:.2f}: {true:.2f} of {pairs} right")
    print(f"calibration error {figures['calibration_error']:.3f}")
    for documents, macro in figures["learning_curve"]:
        print(f"learned from {documents:4} documents: macro F1 {macro:.3f}")
    for name, (documents, macro) in figures["collections"].items():
        print(f"of these, {name} ({documents}): macro F1 {macro:.3f}")


def _speed(classifier: Classifier, labelled: list[Labelled]) -> float:
    """Documents a second of processor time on one core, once every piece of text is known."""
    documents = [one.document for one in labelled]
    for document in documents:
        classifier(document)
    start = time.process_time()
    for document in documents * COPIES:
        classifier(document)
    return len(documents) * COPIES / (time.process_time() - start)


if __name__ == "__main__":
    main()
