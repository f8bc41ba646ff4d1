"""Learning in a process of its own: it takes minutes of a core, and somebody may want it to stop.

In: labelled documents. Out: what was learned, or nothing when it was asked to stop. The process gives way
to others on the machine, so that the site answers as fast as before.
"""

import os
import signal
from collections.abc import Sequence
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection

from index.errors import SearchIndexError
from index.labels import Labelled
from index.train import Trained, train
from library.progress import Progress

NICE = 10
"""How far it gives way: work of nobody who waits."""
LOOK_EVERY = 0.5
"""Seconds between two looks whether to stop."""
ENDS_WITHIN = 5.0
"""Seconds that a process may take to end when its answer has."""


class LearningFailed(SearchIndexError):
    """The process ended without a result."""


def train_apart(
    labelled: Sequence[Labelled], day: date, progress: Progress, *, rounds: int
) -> Trained | None:
    """Learn; raise ``LearningFailed`` when the process could not."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_learn, args=(there,), daemon=True)
    with here:
        try:
            # Only the process holds the other end then, so that its death is an end of the connection.
            with there:
                process.start()
        except OSError as error:
            raise LearningFailed(f"Learning could not begin: {error}.") from error
        try:
            # Not among the arguments: those are written to a pipe of which we hold the other end too,
            # so that we would wait for ever for a process that died before it had read them.
            here.send((labelled, day, rounds))
            return _learned(here, progress)
        except (EOFError, OSError) as error:
            # OSError: it died while it was told what to learn, or in the middle of its answer.
            process.join(ENDS_WITHIN)
            raise LearningFailed(_why(process.exitcode)) from error
        finally:
            process.terminate()
            process.join()


def _learned(here: Connection, progress: Progress) -> Trained | None:
    while not here.poll(LOOK_EVERY):
        if progress.should_stop():
            return None
    learned: Trained = here.recv()
    return learned


def _why(code: int | None) -> str:
    """Tell how the process ended, by its exit code: below zero it is the signal that ended it."""
    if code is None or code >= 0:
        return (
            f"Learning ended with an error (exit code {code}); the log of the worker tells which."
        )
    told = f"signal {-code}, {signal.strsignal(-code)}"
    if -code == signal.SIGKILL:
        return f"Learning was ended by the system ({told}), as it does when memory is short."
    return f"Learning was ended from outside or by a fault ({told})."


def _learn(there: Connection) -> None:
    os.nice(NICE)
    labelled, day, rounds = there.recv()
    there.send(train(labelled, day, rounds=rounds))
