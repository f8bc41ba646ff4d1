"""What can go wrong in the index.

KennisbankError
└── SearchIndexError
    ├── QueryError          a query that we refuse: show ``code`` in the visitor's words
    ├── IndexUnavailable    there is no generation that can be searched: tell the admin
    └── WriterError         an update or rebuild cannot begin or go on: tell the admin
        ├── AlreadyRunning  another process is writing the index
        ├── NoSpace         too little free space on the disk of the index
        └── BuildFailed     the new generation did not pass its own checks; the old one stays
"""

from library.errors import KennisbankError


class SearchIndexError(KennisbankError):
    """The root of this tree; not called IndexError, which is Python's own."""


class QueryError(SearchIndexError):
    """A query that we refuse. ``code`` is ``too_long`` or ``too_many_words``."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class IndexUnavailable(SearchIndexError):
    """There is no generation that can be searched."""


class WriterError(SearchIndexError):
    """An update or a rebuild of the index cannot begin or go on."""


class AlreadyRunning(WriterError):
    """Another process is updating or rebuilding the index."""


class NoSpace(WriterError):
    """There is too little free space to begin."""


class BuildFailed(WriterError):
    """A new generation did not pass its checks and was not published."""
