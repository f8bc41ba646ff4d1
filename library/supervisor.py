"""A second process of ours beside this one, started again when it dies, ended when we end."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

RESTART_AFTER = 5.0
END_WITHIN = 15.0


@contextmanager
def beside(arguments: Sequence[str]) -> Iterator[None]:
    """Run ``kennisbank ARGUMENTS`` beside this process, again whenever it dies.

    Its standard input is a pipe that ends with this process, whatever ended it: a command that
    stops at the end of its input never outlives us.
    """
    command = [sys.executable, "-m", "kennisbank", *arguments]
    ending, ours = threading.Event(), os.getpid()
    running: list[subprocess.Popen[bytes]] = []

    def supervise() -> None:
        while not ending.is_set():
            process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own program
            running[:] = [process]
            if ending.is_set():
                _end(process)
            process.wait()
            ending.wait(RESTART_AFTER)

    thread = threading.Thread(target=supervise, daemon=True)
    thread.start()
    try:
        yield
    finally:
        # A process that was forked from this one leaves the block too; the worker is not its own.
        if os.getpid() == ours:
            ending.set()
            for process in running:
                _end(process)
            thread.join()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
