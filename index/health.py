"""How the index is, for ``library.health``: what is searched, and how well by what people judged."""

from index.judged import verdict_of
from index.search import Index
from library.health import IndexHealth
from library.store import Store


def health_of(index: Index, store: Store) -> IndexHealth:
    """Tell how the index is; the score is that of the last measurement."""
    status, verdict = index.status(), verdict_of(store)
    floor = None if verdict is None else verdict.floor
    return IndexHealth(
        documents=status.documents,
        revision=status.revision,
        size=status.size,
        is_there=bool(status.generation),
        problem=status.problem if status.generation else "",
        is_held=status.is_held,
        score=None if verdict is None else round(1000 * verdict.ndcg),
        floor=None if floor is None else round(1000 * floor),
    )
