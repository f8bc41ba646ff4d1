"""Searches an index again and again until it is told to stop, and tells what went wrong.

Run as ``python -m tests.flow.searching_child FOLDER DOCUMENTS``; it stops when its standard input
ends. Out: a line "ready" after the first search, and at the end one JSON object with the number of
searches, of newly opened indexes, and what went wrong. Every tenth search is made by an index that
was just opened.
"""

import json
import sys
import threading
from pathlib import Path

from index import Index, Query, SearchIndexError

OPEN_AGAIN = 10
PAUSE = 0.01
"""Seconds between two searches, so that what is built meanwhile gets its share of a small machine."""


def main(folder: Path, least: int) -> None:
    """Search until the end of standard input."""
    ended = threading.Event()
    threading.Thread(target=_wait_for_end, args=(ended,), daemon=True).start()
    searches, opened = 0, 0
    wrong: list[str] = []
    index = Index(folder, check_every=0)
    while not ended.wait(PAUSE):
        if searches % OPEN_AGAIN == 0:
            index.close()
            index = Index(folder, check_every=0)
            opened += 1
        try:
            total = index.search(Query("buurthuis")).total
        except SearchIndexError as error:
            wrong.append(f"{type(error).__name__}: {error}")
        else:
            if total < least:
                wrong.append(f"{total} documents")
        searches += 1
        if searches == 1:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
    index.close()
    sys.stdout.write(json.dumps({"searches": searches, "opened": opened, "wrong": wrong[:5]}))


def _wait_for_end(ended: threading.Event) -> None:
    sys.stdin.buffer.read()
    ended.set()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
