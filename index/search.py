"""The index as the rest of the program sees it: ask a question, get a page of hits.

In: a ``Query``. Out: a ``ResultPage``. Safe to share between threads. A search holds on to the
generation that it began with; a new one is noticed at the next search, at most once in
``check_every`` seconds, opened beside the old and taken from then on. Where visitors are served,
``keep_warm`` moves all that to a thread of its own, which also warms what it opens.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from index import reasons
from index.alternatives import WEIGHTS, Weights
from index.current import Current
from index.engines.base import Engine, Explanation
from index.engines.whoosh import CACHE_MB, WhooshEngine
from index.errors import IndexUnavailable
from index.generations import Generations
from index.hits import hit_of
from index.improvements import Improved, NeverImproved, compiled
from index.offered import Suggestion
from index.query import MAX_CHARACTERS, Hit, Query, ResultPage
from index.questions import read
from index.searcher import Searcher, Trial
from index.suggest import LIMIT
from index.wanted import wanted_of
from index.warming import AskedWords
from library.store import Improvement


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What there is to search; ``problem`` tells of damage, or why there is nothing."""

    documents: int = 0
    generation: str = ""
    built_at: datetime | None = None
    size: int = 0
    revision: int = 0
    problem: str = ""
    improved: int = 0
    """The revision of what people changed about finding (``index.improvements``)."""
    is_held: bool = False
    engine: str = ""
    folded: int = 0
    """Documents that are no result of their own in the list of all: copies and older versions."""


class Index:
    """Searches the newest good generation in a folder."""

    def __init__(
        self,
        folder: Path,
        *,
        engine: Engine | None = None,
        check_every: float = 1.0,
        cache_mb: int = CACHE_MB,
        often_asked: Callable[[], Mapping[str, int]] = dict,
        weights: Weights = WEIGHTS,
        improved: Improved | None = None,
    ) -> None:
        """``often_asked`` gives what many visitors asked, with how often; for suggestions only.
        ``weights`` are for measurements: with what searches find and rank words. ``improved`` is
        what people changed; a change is noticed as a new generation is."""
        self._engine: Engine = engine or WhooshEngine(cache_mb * 1024 * 1024)
        self._generations = Generations(folder)
        self._asked = AskedWords()
        self._current = Current(
            self._generations,
            self._engine,
            improved or NeverImproved(),
            check_every=check_every,
            warm=partial(_warm, self._asked, often_asked),
        )
        self._often_asked = often_asked
        self._weights = weights

    def search(self, query: Query) -> ResultPage:
        """Answer a query; raise ``QueryError`` or ``IndexUnavailable``."""
        question = read(query)
        if query.text.strip() and not (question.asks_words or question.excluded):
            # Nothing but stop words or signs: it asks for something, so not for everything.
            return ResultPage(query)
        with self._current.using() as opened:
            question = opened.read(query, weights=self._weights)
            if self._current.is_watched:
                self._asked.note(group.word.casefold() for group in question.groups)
            return opened.answer(query, question)

    def rank(
        self,
        text: str,
        depth: int = 100,
        *,
        within: Query | None = None,
        weights: Weights | None = None,
    ) -> list[tuple[str, float]]:
        """Give ids of the whole list with scores that fall, nothing folded, none counted.

        The filters of ``within`` apply. A long text is read as far as the limits go, so that every
        question of an evaluation gets an answer.
        """
        with self._current.using() as opened:
            return opened.rank(text, depth, within or Query(), weights or self._weights)

    @contextmanager
    def trial(self, rows: Iterable[Improvement]) -> Iterator[Trial]:
        """Search the current generation as it would be with these improvements and no others."""
        with self._current.using() as opened:
            improvements = compiled(rows, protected=opened.protected)
            snapshot = opened.snapshot
            if improvements.weights != opened.improvements.weights:
                snapshot = self._engine.open(opened.found.folder, improvements.weights)
            tried = Searcher(opened.found, snapshot, None, improvements, opened.protected)
            tried.vocabulary = opened.vocabulary
            try:
                yield Trial(tried)
            finally:
                if snapshot is not opened.snapshot:
                    snapshot.close()

    def complete(self, text: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """Give what may be meant by a text that is not finished; each finds something."""
        with self._current.using() as opened:
            suggester = opened.suggester(self._often_asked)
            return suggester.complete(text[:MAX_CHARACTERS], limit)

    def did_you_mean(self, text: str) -> str | None:
        """Give a text that finds more than this one, where a word of it seems to be a mistake."""
        with self._current.using() as opened:
            return opened.suggester(self._often_asked).did_you_mean(text[:MAX_CHARACTERS])

    def lookup(self, document_id: str, text: str = "") -> Hit | None:
        """Give one document, with fragments for the words of a text."""
        with self._current.using() as opened:
            question = opened.read(Query(), text=text[:MAX_CHARACTERS])
            entry = opened.snapshot.find(document_id)
            wanted = wanted_of(question.groups, question.phrases)
            return None if entry is None else hit_of(entry, 0.0, wanted)

    def explain(self, query: Query, document_id: str) -> Explanation | None:
        """Tell why a document scores what it scores for a query, word by word."""
        with self._current.using() as opened:
            return opened.snapshot.explain(opened.read(query), document_id)

    def why(self, query: Query, document_id: str) -> tuple[reasons.Why, ...]:
        """Tell by which words a document is a result; nothing when there is no such document."""
        with self._current.using() as opened:
            explanation = opened.snapshot.explain(opened.read(query), document_id)
            entry = opened.snapshot.find(document_id)
            return reasons.why(explanation, entry.document) if explanation and entry else ()

    def similar(
        self, document_id: str, limit: int = 5, *, same_organisation: bool | None = None
    ) -> tuple[Hit, ...]:
        """Give the documents that say most of what a document says; of its own organisation, only
        of others, or of any."""
        with self._current.using() as opened:
            found = opened.snapshot.similar(document_id, limit, same_organisation=same_organisation)
            return tuple(hit_of(entry, score, wanted_of((), ())) for entry, score in found)

    def status(self) -> IndexStatus:
        """Tell what is searched now; never raises, so that a page can always show it."""
        try:
            with self._current.using() as opened:
                manifest, problems = opened.found.manifest, opened.found.problems
                improved, folded = opened.improvements.revision, opened.snapshot.folded()
        except IndexUnavailable as error:
            return IndexStatus(problem=str(error))
        return IndexStatus(
            documents=manifest.documents,
            generation=str(manifest.number),
            built_at=manifest.built_at,
            size=manifest.size,
            revision=manifest.revision,
            problem="; ".join(problems),
            improved=improved,
            is_held=manifest.is_held,
            engine=manifest.stamp.partition(" ")[0],
            folded=folded,
        )

    def other(self) -> IndexStatus | None:
        """Tell what could be put back in the place of the current generation (``index.rollback``)."""
        found = self._generations.find_other(self._engine.stamp)
        if found is None:
            return None
        return IndexStatus(found.documents, str(found.number), found.built_at, found.size)

    def keep_warm(self) -> None:
        """Look for new generations beside the searches from now on, and warm them first.

        What is current is warmed too, while it is searched already.
        """
        self._current.keep_warm()

    def refresh(self) -> None:
        """Look for a new generation at the next search, however short ago the last look was."""
        self._current.refresh()

    def close(self) -> None:
        """Let go of all files; the next search opens them again."""
        self._current.close()


def _warm(
    asked: AskedWords,
    often_asked: Callable[[], Mapping[str, int]],
    opened: Searcher,
    stopped: Callable[[], bool],
) -> None:
    opened.warm(asked.most_asked(), often_asked, stopped)
