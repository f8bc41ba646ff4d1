"""The process beside ours: started again when it dies, ended when we end, whatever ended us."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARENT = """
import sys, time
from library import supervisor
supervisor.RESTART_AFTER = 0.05
with supervisor.beside(["work", "--until-eof"]):
    print("ready", flush=True)
    time.sleep(60)
"""


def children_of(process: int) -> set[int]:
    """Give the direct children of a process, as the kernel lists them."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for found in lists for child in found.read_text().split()}


def wait_for_a_child(process: int, other_than: int = 0) -> int:
    for _ in range(600):
        children = children_of(process) - {other_than}
        if children:
            return children.pop()
        time.sleep(0.05)
    raise AssertionError("no child came")


def wait_until_gone(process: int) -> bool:
    for _ in range(600):
        state = Path(f"/proc/{process}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_a_dead_worker_comes_back_and_none_outlives_us(tmp_path: Path) -> None:
    environment = {**os.environ, "KENNISBANK_HOME": str(tmp_path)}
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        first = wait_for_a_child(parent.pid)
        os.kill(first, signal.SIGKILL)
        second = wait_for_a_child(parent.pid, other_than=first)
        parent.kill()
        parent.wait()
        assert wait_until_gone(second)
