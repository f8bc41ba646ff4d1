"""Work in a process of its own, so that its memory is its own.

In: a task, an engine, its folder and a file. Out: one line of JSON. ``measured`` starts it, by
``told_by``, which looks at the memory of a process and its children while it works: proportional
sizes, so that what processes share counts once.
"""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ENGINES, open_engine
from tests.benchmarks.sets import read_documents

_EVERY = 0.1


def measured(task: str, engine: str, folder: Path, file: Path) -> dict[str, float]:
    """Do a task in a new process; give what it tells, and its highest memory in MB."""
    command = [sys.executable, "-m", "tests.benchmarks.child", task, engine, str(folder), str(file)]
    result = told_by(command)
    return {**result, "peak": max(result["peak"], result["peak of family"])}


def told_by(command: Sequence[str]) -> dict[str, Any]:
    """Run a command; give the JSON of its last line, with the ``peak of family`` in MB."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(_EVERY)
        assert process.stdout is not None
        told = process.stdout.read()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    result: dict[str, Any] = json.loads(told.splitlines()[-1])
    return {**result, "peak of family": peak}


def memory_of(pid: int) -> float:
    """The memory of a process and its children in MB; Linux only."""
    return sum(_proportional(one) for one in family_of(pid))


def family_of(pid: int) -> list[int]:
    """A process and all that came from it."""
    try:
        # A thread has the children that it started itself.
        threads = tuple(Path(f"/proc/{pid}/task").iterdir())
        children = [c for one in threads for c in (one / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [pid, *(one for child in children for one in family_of(int(child)))]


def _proportional(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/smaps_rollup").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(words[words.index("Pss:") + 1]) / 1024


def peak_of(pid: int | str) -> float:
    """The highest memory that a process alone ever had, in MB."""
    words = Path(f"/proc/{pid}/status").read_text().split()
    return int(words[words.index("VmHWM:") + 1]) / 1024


def main() -> None:
    """Do one task and tell how long it took."""
    task, name, folder, file = sys.argv[1:]
    begin, worked = time.perf_counter(), time.process_time()
    if task == "build":
        ENGINES[name]().build(Path(folder), read_documents(Path(file)))
    else:
        engine = open_engine(name, Path(folder))
        for terms in json.loads(Path(file).read_text("utf-8")):
            engine.ask(terms, "any")
    told = {
        "seconds": time.perf_counter() - begin,
        "processor": time.process_time() - worked,
        # The peak that getrusage gives a child begins at the memory of its parent.
        "peak": peak_of("self"),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
