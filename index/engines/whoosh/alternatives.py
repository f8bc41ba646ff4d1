"""The best of several alternatives, scored right.

Whoosh's own matcher for this takes the higher score of its two parts without asking whether both
stand at the same document: a part that waits at a later one lends it its score, and a word with a
synonym then gives every document about the same score. Here a part counts for its own document.
"""

from typing import Any

from whoosh import matching, query


class BestMatcher(matching.UnionMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Matches what either part matches; the score is the higher where both do."""

    def score(self) -> float:
        first, second = self.a, self.b
        if not first.is_active():
            return float(second.score())
        if not second.is_active():
            return float(first.score())
        at, other = first.id(), second.id()
        if at == other:
            return max(float(first.score()), float(second.score()))
        return float(first.score() if at < other else second.score())


class Best(query.DisjunctionMax):  # type: ignore[misc]  # Whoosh has no types
    """Matches what any of its parts matches; the score is that of the best."""

    def _matcher(self, subs: Any, searcher: Any, context: Any) -> Any:
        reader = searcher.reader()
        return self._tree_matcher(
            subs, BestMatcher, searcher, context, lambda part: part.estimate_size(reader)
        )
