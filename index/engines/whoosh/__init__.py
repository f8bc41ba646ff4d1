"""Whoosh behind our interface; nothing outside this folder knows that it is Whoosh.

``WhooshEngine`` is the door. ``storage`` gives Whoosh files through our seam, ``codec`` writes and
reads postings as arrays, ``fields`` maps our schema, ``writer`` writes a generation, ``snapshot``
searches one. It asks ``queries`` what matches, which asks ``terms`` for each word and puts sets
together with ``found``; ``cache`` keeps what was worked out and ``memory`` what was used; ``columns``
filters and counts, and ``best`` gives the first few.
"""

from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.snapshot import CACHE_MB

__all__ = ["CACHE_MB", "WhooshEngine"]
