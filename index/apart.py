"""Learning in a process of its own: it takes minutes of a core, and somebody may want it to stop.

In: labelled documents. Out: what was learned, or nothing when it was asked to stop. The process gives way
to others on the machine, so that the site answers as fast as before.
"""

import os
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


class LearningFailed(SearchIndexError):
    """The process ended without a result."""


def train_apart(
    labelled: Sequence[Labelled], day: date, progress: Progress, *, rounds: int
) -> Trained | None:
    """Learn; raise ``LearningFailed`` when the process could not."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_learn, args=(there, labelled, day, rounds), daemon=True)
    process.start()
    # Only the process holds the other end now, so that its death is an end of the connection.
    there.close()
    try:
        while not here.poll(LOOK_EVERY):
            if progress.should_stop():
                return None
        learned: Trained = here.recv()
    except EOFError as error:
        raise LearningFailed("Learning ended too early; perhaps memory was short.") from error
    else:
        return learned
    finally:
        here.close()
        process.terminate()
        process.join()


def _learn(answer: Connection, labelled: Sequence[Labelled], day: date, rounds: int) -> None:
    os.nice(NICE)
    answer.send(train(labelled, day, rounds=rounds))
