"""One open generation: it answers until nobody searches it any more.

In: the files of a generation, opened by an engine, and what people changed about finding. Out: pages of
hits, ranked lists, suggestions. ``index.current`` decides which generation that is.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from index import analysis, warming
from index.alternatives import WEIGHTS, Weights, WordGroup
from index.engines.base import Answer, Question, Snapshot
from index.entries import Entry
from index.generations import Found
from index.hits import copy_of, hit_of
from index.improvements import NONE, Improvements, today
from index.offered import suggestions
from index.query import MAX_CHARACTERS, Hit, Query, ResultPage
from index.questions import read
from index.spelling import as_written
from index.suggest import Suggester
from index.vocabulary import Vocabulary
from index.wanted import Wanted, wanted_of

Mark = tuple[int, int, int, int]
"""Of the pointer to the current generation, and the revision of the improvements."""


class Searcher:
    """An open generation that closes when it is no longer wanted and nobody searches it."""

    def __init__(
        self,
        found: Found,
        snapshot: Snapshot,
        mark: Mark | None,
        improvements: Improvements = NONE,
        protected: frozenset[str] = frozenset(),
    ) -> None:
        self.found = found
        self.snapshot = snapshot
        self.mark = mark
        self.improvements = improvements
        self.protected = protected
        self._users = 1
        self._lock = threading.Lock()
        self.vocabulary = Vocabulary(snapshot.knows, snapshot.vocabulary, snapshot.terms)
        self._suggester: Suggester | None = None
        self._suggesting = threading.Lock()
        self._is_warm = False

    def suggester(self, often_asked: Callable[[], Mapping[str, int]]) -> Suggester:
        """What suggests for this generation, made when it is first asked."""
        with self._suggesting:
            if self._suggester is None:
                vocabulary = self.vocabulary.words
                documents = (entry.document for entry in self.snapshot.entries())
                unwanted = self.improvements.unwanted
                found = suggestions(documents, vocabulary, often_asked(), unwanted)
                self._suggester = Suggester(found, vocabulary, self._documents_with)
            return self._suggester

    def _documents_with(self, text: str) -> int:
        """How many documents have all words of a text."""
        return self.snapshot.holding(self.read(Query(), text=text, plain=True))

    def read(
        self,
        query: Query,
        *,
        text: str | None = None,
        plain: bool = False,
        weights: Weights = WEIGHTS,
    ) -> Question:
        """Read a query with what is known here; ``plain`` without what may have been meant."""
        return read(
            query,
            text=text,
            strict=False,
            vocabulary=None if plain else self.vocabulary,
            weights=weights,
            improvements=self.improvements,
        )

    def answer(self, query: Query, question: Question) -> ResultPage:
        """Search, and make what is found ready to be shown."""
        answer = self.snapshot.search(question)
        wanted = wanted_of(question.groups, question.phrases)
        return ResultPage(
            query=query,
            total=answer.total,
            hits=tuple(self._hit(entry, score, wanted) for entry, score in answer.rows),
            facets=answer.facets,
            undated=answer.undated,
            matched=answer.matched,
            needed=answer.needed,
            listed=answer.listed,
            corrections=_as_written(question, answer),
            unknown=self._unknown(question),
            chosen=self._chosen(query, wanted),
        )

    def _unknown(self, question: Question) -> tuple[str, ...]:
        """The words of which no document holds a term that counts; look-alikes do not count."""
        found = (group.word for group in question.groups if not self._is_held(group))
        return tuple(dict.fromkeys(found))

    def _is_held(self, group: WordGroup) -> bool:
        """Whether documents may hold a word, in its own form or as what it may mean."""
        ways = [one for one in group.alternatives if one.counts and not one.apart]
        return any(not one.is_text or all(map(self.snapshot.knows, one.terms)) for one in ways)

    def _hit(self, entry: Entry, score: float, wanted: Wanted) -> Hit:
        same = self.snapshot.copies(entry.document.id)
        return replace(hit_of(entry, score, wanted), also_at=tuple(map(copy_of, same)))

    def _chosen(self, query: Query, wanted: Wanted) -> tuple[Hit, ...]:
        """What people chose to be first: for the bare question only, and on its first page."""
        if not self.improvements.bets or query != Query(text=query.text, limit=query.limit):
            return ()
        ids = self.improvements.chosen(query.text, today())
        entries = filter(None, map(self.snapshot.find, ids))
        return tuple(self._hit(entry, 0.0, wanted) for entry in entries)

    def rank(
        self, text: str, depth: int, within: Query, weights: Weights
    ) -> list[tuple[str, float]]:
        """Rank all of the list; see ``Index.rank``."""
        question = self.read(within, text=text[:MAX_CHARACTERS], weights=weights)
        return self.snapshot.rank(question, depth) if question.asks_words else []

    def warm(
        self,
        asked: list[str],
        often_asked: Callable[[], Mapping[str, int]],
        stopped: Callable[[], bool],
    ) -> None:
        """Do what is slow the first time, once."""
        if self._is_warm:
            return
        self._is_warm = True
        with analysis.protecting(self.protected):
            self._warm(asked, often_asked, stopped)

    def _warm(
        self,
        asked: list[str],
        often_asked: Callable[[], Mapping[str, int]],
        stopped: Callable[[], bool],
    ) -> None:
        self.snapshot.search(Question(Query(sort="new")))
        self.suggester(often_asked)
        vocabulary = self.vocabulary.words
        warming.learn(vocabulary, stopped=stopped)
        common = warming.commonest(vocabulary)
        warming.warm(self._ask, asked, common, stopped=stopped)

    def _ask(self, word: str) -> None:
        question = self.read(Query(), text=word)
        self.snapshot.search(question)
        # What only "any word" looks at, so that a query of several words is warm too.
        self.snapshot.rank(question, 1)

    def take(self) -> None:
        with self._lock:
            self._users += 1

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            last = self._users == 0
        if last:
            self.snapshot.close()


class Trial:
    """The current generation with other improvements, for who looks before changing anything."""

    def __init__(self, opened: Searcher) -> None:
        self._opened = opened

    def search(self, query: Query) -> ResultPage:
        """Answer a query as it would be answered."""
        with analysis.protecting(self._opened.protected):
            return self._opened.answer(query, self._opened.read(query))

    def rank(self, text: str, depth: int = 100) -> list[tuple[str, float]]:
        """Rank as it would be ranked."""
        with analysis.protecting(self._opened.protected):
            return self._opened.rank(text, depth, Query(), WEIGHTS)


def _as_written(question: Question, answer: Answer) -> tuple[tuple[str, str], ...]:
    """The corrections, the way the documents that were found write them."""
    if not question.corrections:
        return ()
    documents = [entry.document for entry, _ in answer.rows]
    return tuple((typed, as_written(meant, documents)) for typed, meant in question.corrections)
