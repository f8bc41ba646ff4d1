"""Updates and rebuilds an index until it is killed; each acknowledged commit is noted on disk.

Run as ``python -m tests.index.killed_child FOLDER NOTES``. Commit number k adds documents
k * SIZE to (k + 1) * SIZE; every third commit is a rebuild of all documents so far.
"""

import os
import sys
from pathlib import Path

from index.errors import IndexUnavailable
from index.generations import Generations
from library.document import Document
from tests.index.made import ENGINE, build, change, document, stored

SIZE = 20


def main(folder: Path, notes: Path) -> None:
    """Commit until the end of the process, going on from what is there."""
    try:
        done = Generations(folder).find(ENGINE.stamp).manifest.revision // SIZE
    except IndexUnavailable:
        build(folder, [])
        done = 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with notes.open("a") as file:
        for commit in range(done, 10_000):
            last = (commit + 1) * SIZE
            if commit % 3 == 2:
                build(folder, [_made(number) for number in range(last)])
            else:
                numbers = range(commit * SIZE, last)
                change(folder, [stored(_made(number), number + 1) for number in numbers])
            file.write(f"{last}\n")
            file.flush()
            os.fsync(file.fileno())


def _made(number: int) -> Document:
    return document(f"d{number}", "buurthuis zoekt vrijwilligers", title=f"titel {number}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
