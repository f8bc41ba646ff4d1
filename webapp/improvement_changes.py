"""A change to finding is made: in the store, in the log, and in how good the answers are.

In: one improvement, in the place of another or not. Out: rows of one transaction, the job that a
protected word needs among them.
"""

from collections.abc import Mapping
from typing import Any

from index import IndexUnavailable
from index.judged import keep
from library.store import Improvement
from library.store.improvements import Kind
from webapp.acts import write_act
from webapp.improvement_words import change_in_words
from webapp.services import services
from webapp.sessions import me


def change(
    new: tuple[Kind, Mapping[str, Any]] | None, old: Improvement | None, *, seen: int
) -> None:
    """Put one in the place of another, by who is signed in and saw the revision ``seen``."""
    here = services()
    kind = new[0] if new else old.kind if old else "floor"
    with here.store.transaction():
        number = here.store.improvements.change(
            here.clock(),
            me().id,
            seen=seen,
            add=new,
            remove=old.id if old else None,
        )
        (latest,) = here.store.improvements.recent(1)
        write_act("improve", f"improvement:{number}", text=change_in_words(latest))
        if kind == "protected":
            here.store.jobs.add_build()
    measure_again()


def measure_again() -> None:
    """Keep how good the answers are with what is live now; without an index nobody knows."""
    here = services()
    if not here.store.judgments.count():
        return
    try:
        with here.index.trial(here.store.improvements.current()) as trial:
            keep(here.store, trial.rank, here.index.status().generation, here.clock())
    except IndexUnavailable:
        return
