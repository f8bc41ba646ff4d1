"""Whoosh behind our interface; nothing outside this folder knows that it is Whoosh.

``WhooshEngine`` is the door. ``storage`` gives Whoosh files through our seam, ``fields`` maps our
schema, ``writer`` writes a generation, ``snapshot`` searches one, ``queries`` turns a question into
Whoosh's query objects and ``columns`` filters, counts and sorts.
"""

from index.engines.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
