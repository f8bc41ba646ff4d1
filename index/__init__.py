"""The index: documents go in, hits come out.

``Index`` answers a ``Query`` with a ``ResultPage``; ``index.tasks`` keeps it up to date with the
store. The other names are the values that travel between, and what can go wrong.
"""

from index.errors import (
    AlreadyRunning,
    BuildFailed,
    IndexUnavailable,
    NoSpace,
    QueryError,
    SearchIndexError,
    WriterError,
)
from index.query import FacetValue, Fragment, GoalTag, Hit, Query, ResultPage
from index.search import Index, IndexStatus

__all__ = [
    "AlreadyRunning",
    "BuildFailed",
    "FacetValue",
    "Fragment",
    "GoalTag",
    "Hit",
    "Index",
    "IndexStatus",
    "IndexUnavailable",
    "NoSpace",
    "Query",
    "QueryError",
    "ResultPage",
    "SearchIndexError",
    "WriterError",
]
