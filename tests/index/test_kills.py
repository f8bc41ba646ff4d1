"""``kill -9`` during updates and rebuilds: the index opens with every acknowledged document."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.index.made import change, contents, document, stored

PROJECT = Path(__file__).parents[2]
ROUNDS = 10


def test_kill_nine_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(2026)
    folder, notes = tmp_path / "index", tmp_path / "notes"
    notes.touch()
    found: dict[str, str] = {}
    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.index.killed_child", str(folder), str(notes)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 1.2))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        # What a round before this one left without a note was there when this one began.
        acknowledged = max([len(found), *map(int, notes.read_text().split())])
        found = contents(folder)
        # A commit that was not noted yet may be there, but only all of it.
        assert len(found) in (acknowledged, acknowledged + 20)
        assert found == {f"d{number}": f"titel {number}" for number in range(len(found))}
    assert acknowledged > 0
    # The lock died with its process, and the next update cleans up what was left.
    change(folder, [stored(document("na", "tekst", title="na"), 1_000_000)])
    assert "na" in contents(folder)
    assert len(list((folder / "generations").iterdir())) <= 3
