"""``make bench``: our search beside its peers, in one run, on the same terms and questions.

In: the folder with the evaluation data, the sets to measure, engines and rows. Out: for each set a
table with ratios to ours, and what is reached of the goals, as Markdown; with ``--json`` as JSON as
well, and with ``--publish`` in docs/benchmarks.json, docs/benchmarks.md, its charts and the README.
Absolute times mean little on a shared machine; the ratios are what to look at.

A full run takes long. It can be done in slices: with ``--keep FOLDER`` documents and indexes are
left there for the next slice, which says so, and figures are added to those in the JSON.

    make bench BENCH="--sets 100000 --keep /var/tmp/bench --rows build --engines stock --publish"
"""

import argparse
import platform
import subprocess
import tempfile
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

from tests.benchmarks import report
from tests.benchmarks.engines import ENGINES, Ours
from tests.benchmarks.rows import OF_OURS, ROWS, Bench, Measurements
from tests.benchmarks.sets import REAL, made_set

SETS = (REAL, "100000", "500000")
WITHOUT_STOCK = 200_000
"""Generated documents from which stock Whoosh is left out: building takes it an hour."""


def main() -> None:
    """Measure every wanted set of documents."""
    arguments = _arguments()
    target = report.DATA if arguments.publish else arguments.json
    known: report.Data = report.read_data(target) if target else {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        for name in arguments.sets or SETS:
            measured = _measure(name, folder, arguments)
            if measured is None:
                continue
            known = report.merged(known, _with_circumstances(arguments, *measured))
            if target:
                report.write_data(target, known)
    print(report.page(known))
    if arguments.publish:
        report.publish(known)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", nargs="?", type=Path, default=Path("../shared"))
    parser.add_argument("--sets", nargs="+", help="real, or how many documents to generate")
    parser.add_argument("--limit", type=int, help="documents of the set to take")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--keep", type=Path, help="folder for documents and indexes")
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    parser.add_argument("--publish", action="store_true", help="add them to docs and README")
    return parser.parse_args()


def _measure(
    name: str, folder: Path, arguments: argparse.Namespace
) -> tuple[str, Measurements] | None:
    shared: Path = arguments.shared
    if name == REAL and not (shared / "eval" / "corpus.jsonl.gz").exists():
        print(f"Left out: the real documents are not in {shared}. Give their folder with SHARED.")
        return None
    documents = made_set(name, folder, shared, arguments.limit)
    if any(documents.folder.glob("*/built.json")):
        print(f"{documents.folder}: documents and indexes of an earlier run are used again.")
    engines = [one for one in arguments.engines if _takes_part(one, documents.number)]
    found = Measurements(documents.number)
    for row, measure in ROWS.items():
        taking_part = [one for one in engines if one == Ours.name or row not in OF_OURS]
        wanted = row in arguments.rows or row == "build"
        if wanted and taking_part and (row not in OF_OURS or Ours.name in taking_part):
            print(f"{documents.name}: {row} of {', '.join(taking_part)}", flush=True)
            measure(Bench(documents, taking_part, shared, arguments.questions, found))
    return documents.folder.name, found


def _takes_part(engine: str, documents: int) -> bool:
    return engine != "stock" or documents < WITHOUT_STOCK


def _with_circumstances(
    arguments: argparse.Namespace, name: str, found: Measurements
) -> dict[str, Any]:
    """The figures of a set, and what they were measured with."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "machine": {
            "cores": cpu_count(),
            "python": platform.python_version(),
            "versions": {one: version(one) for one in ("whoosh-reloaded", "tantivy", "numpy")},
        },
        "sets": {
            name: {
                "documents": found.documents,
                "times": found.times,
                "values": found.values,
                "commits": dict.fromkeys(arguments.rows, commit.stdout.strip() or "unknown"),
            }
        },
    }


if __name__ == "__main__":
    main()
