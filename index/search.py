"""The index as the rest of the program sees it: ask a question, get a page of hits.

In: a ``Query``. Out: a ``ResultPage``. Safe to share between threads. A search holds on to the
generation that it began with; a new one is noticed at the next search, at most once in
``check_every`` seconds, opened beside the old and taken from then on. Where visitors are served,
``keep_warm`` moves all that to a thread of its own, which also warms what it opens.
"""

import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from index import analysis, expansion, reasons, warming
from index.engines.base import Answer, Engine, Explanation, Question, Snapshot
from index.engines.whoosh import CACHE_MB, WhooshEngine
from index.entries import Entry
from index.errors import IndexUnavailable, QueryError
from index.generations import Found, Generations
from index.improvements import (
    NONE,
    Improved,
    Improvements,
    NeverImproved,
    compiled,
    read_protected,
    today,
)
from index.offered import Suggestion, suggestions
from index.query import (
    MAX_CHARACTERS,
    MAX_WORDS,
    Clause,
    Copy,
    Hit,
    Query,
    ResultPage,
    parse,
)
from index.spelling import as_written
from index.suggest import LIMIT, Suggester
from index.vocabulary import Vocabulary
from index.wanted import Wanted, wanted_of
from index.warming import AskedWords
from library.errors import KennisbankError
from library.store import Improvement

_TRIES = 10
"""Times to look when generations come and go while one is opened."""


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


_Mark = tuple[int, int, int, int]
"""Of the pointer to the current generation, and the revision of the improvements."""


class _Open:
    """An open generation that closes when it is no longer wanted and nobody searches it."""

    def __init__(
        self,
        found: Found,
        snapshot: Snapshot,
        mark: _Mark | None,
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
        weights: expansion.Weights = expansion.WEIGHTS,
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
            chosen=self._chosen(query, wanted),
        )

    def _hit(self, entry: Entry, score: float, wanted: Wanted) -> Hit:
        same = self.snapshot.copies(entry.document.id)
        return replace(hit_of(entry, score, wanted), also_at=tuple(map(_copy_of, same)))

    def _chosen(self, query: Query, wanted: Wanted) -> tuple[Hit, ...]:
        """What people chose to be first: for the bare question only, and on its first page."""
        if not self.improvements.bets or query != Query(text=query.text, limit=query.limit):
            return ()
        ids = self.improvements.chosen(query.text, today())
        entries = filter(None, map(self.snapshot.find, ids))
        return tuple(self._hit(entry, 0.0, wanted) for entry in entries)

    def rank(
        self, text: str, depth: int, within: Query, weights: expansion.Weights
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

    def __init__(self, opened: _Open) -> None:
        self._opened = opened

    def search(self, query: Query) -> ResultPage:
        """Answer a query as it would be answered."""
        with analysis.protecting(self._opened.protected):
            return self._opened.answer(query, self._opened.read(query))

    def rank(self, text: str, depth: int = 100) -> list[tuple[str, float]]:
        """Rank as it would be ranked."""
        with analysis.protecting(self._opened.protected):
            return self._opened.rank(text, depth, Query(), expansion.WEIGHTS)


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
        weights: expansion.Weights = expansion.WEIGHTS,
        improved: Improved | None = None,
    ) -> None:
        """``often_asked`` gives what many visitors asked, with how often; for suggestions only.
        ``weights`` are for measurements: with what searches find and rank words. ``improved`` is
        what people changed; a change is noticed as a new generation is."""
        self._engine: Engine = engine or WhooshEngine(cache_mb * 1024 * 1024)
        self._generations = Generations(folder)
        self._check_every = check_every
        self._often_asked = often_asked
        self._weights = weights
        self._improved: Improved = improved or NeverImproved()
        self._open: _Open | None = None
        self._swap = threading.Lock()
        self._opening = threading.Lock()
        self._checked = -math.inf
        self._asked = AskedWords()
        self._watching: threading.Thread | None = None
        self._closing = threading.Event()
        self._wake = threading.Event()

    def search(self, query: Query) -> ResultPage:
        """Answer a query; raise ``QueryError`` or ``IndexUnavailable``."""
        question = read(query)
        if query.text.strip() and not (question.asks_words or question.excluded):
            # Nothing but stop words or signs: it asks for something, so not for everything.
            return ResultPage(query)
        with self._using() as opened:
            question = opened.read(query, weights=self._weights)
            if self._is_watched:
                self._asked.note(group.word.casefold() for group in question.groups)
            return opened.answer(query, question)

    def rank(
        self,
        text: str,
        depth: int = 100,
        *,
        within: Query | None = None,
        weights: expansion.Weights | None = None,
    ) -> list[tuple[str, float]]:
        """Give ids of the whole list with scores that fall, nothing folded, none counted.

        The filters of ``within`` apply. A long text is read as far as the limits go, so that every
        question of an evaluation gets an answer.
        """
        with self._using() as opened:
            return opened.rank(text, depth, within or Query(), weights or self._weights)

    @contextmanager
    def trial(self, rows: Iterable[Improvement]) -> Iterator[Trial]:
        """Search the current generation as it would be with these improvements and no others."""
        with self._using() as opened:
            improvements = compiled(rows, protected=opened.protected)
            snapshot = opened.snapshot
            if improvements.weights != opened.improvements.weights:
                snapshot = self._engine.open(opened.found.folder, improvements.weights)
            tried = _Open(opened.found, snapshot, None, improvements, opened.protected)
            tried.vocabulary = opened.vocabulary
            try:
                yield Trial(tried)
            finally:
                if snapshot is not opened.snapshot:
                    snapshot.close()

    def complete(self, text: str, limit: int = LIMIT) -> tuple[Suggestion, ...]:
        """Give what may be meant by a text that is not finished; each finds something."""
        with self._using() as opened:
            suggester = opened.suggester(self._often_asked)
            return suggester.complete(text[:MAX_CHARACTERS], limit)

    def did_you_mean(self, text: str) -> str | None:
        """Give a text that finds more than this one, where a word of it seems to be a mistake."""
        with self._using() as opened:
            return opened.suggester(self._often_asked).did_you_mean(text[:MAX_CHARACTERS])

    def lookup(self, document_id: str, text: str = "") -> Hit | None:
        """Give one document, with fragments for the words of a text."""
        with self._using() as opened:
            question = opened.read(Query(), text=text[:MAX_CHARACTERS])
            entry = opened.snapshot.find(document_id)
            wanted = wanted_of(question.groups, question.phrases)
            return None if entry is None else hit_of(entry, 0.0, wanted)

    def explain(self, query: Query, document_id: str) -> Explanation | None:
        """Tell why a document scores what it scores for a query, word by word."""
        with self._using() as opened:
            return opened.snapshot.explain(opened.read(query), document_id)

    def why(self, query: Query, document_id: str) -> tuple[reasons.Why, ...]:
        """Tell by which words a document is a result; nothing when there is no such document."""
        with self._using() as opened:
            explanation = opened.snapshot.explain(opened.read(query), document_id)
            entry = opened.snapshot.find(document_id)
            return reasons.why(explanation, entry.document) if explanation and entry else ()

    def similar(
        self, document_id: str, limit: int = 5, *, same_organisation: bool | None = None
    ) -> tuple[Hit, ...]:
        """Give the documents that say most of what a document says; of its own organisation, only
        of others, or of any."""
        with self._using() as opened:
            found = opened.snapshot.similar(document_id, limit, same_organisation=same_organisation)
            return tuple(hit_of(entry, score, wanted_of((), ())) for entry, score in found)

    def status(self) -> IndexStatus:
        """Tell what is searched now; never raises, so that a page can always show it."""
        try:
            with self._using() as opened:
                manifest, problems = opened.found.manifest, opened.found.problems
                improved = opened.improvements.revision
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
        self._watching = threading.Thread(target=self._watch, daemon=True, name="warm-up")
        self._watching.start()

    def refresh(self) -> None:
        """Look for a new generation at the next search, however short ago the last look was."""
        self._checked = -math.inf
        self._wake.set()

    def close(self) -> None:
        """Let go of all files; the next search opens them again."""
        watching, self._watching = self._watching, None
        if watching is not None:
            self._closing.set()
            self._wake.set()
            watching.join()
            self._closing.clear()
        self._take_over(None)

    def _watch(self) -> None:
        """Have the newest generation open and warm until the index is closed.

        A surprise ends the thread with its traceback; the searches then look for themselves.
        """
        while not self._closing.is_set():
            try:
                with self._using() as opened:
                    self._warm(opened)
                with self._opening:
                    self._renew(self._warm)
            except IndexUnavailable:
                # There is nothing to warm; whoever searches is told why.
                pass
            self._wake.wait(self._check_every)
            self._wake.clear()

    def _warm(self, opened: _Open) -> None:
        opened.warm(self._asked.most_asked(), self._often_asked, self._closing.is_set)

    @contextmanager
    def _using(self) -> Iterator[_Open]:
        self._look()
        with self._swap:
            opened = self._open
            if opened is not None:
                opened.take()
        if opened is None:
            raise IndexUnavailable("The index was closed while it was searched.")
        try:
            with analysis.protecting(opened.protected):
                yield opened
        finally:
            opened.leave()

    def _look(self) -> None:
        """Open what is current when that changed; others search on in what is open."""
        present = self._open
        if present is not None and (self._is_watched or self._looked_lately):
            return
        if not self._opening.acquire(blocking=present is None):
            return
        try:
            self._renew()
        finally:
            self._opening.release()

    @property
    def _is_watched(self) -> bool:
        return self._watching is not None and self._watching.is_alive()

    @property
    def _looked_lately(self) -> bool:
        return time.monotonic() - self._checked < self._check_every

    def _renew(self, prepare: Callable[[_Open], None] | None = None) -> None:
        """Take over what is current when that changed, prepared while the old is searched."""
        try:
            self._checked = time.monotonic()
            if self._open is None:
                self._take_over(self._newest())
            elif self._mark() != self._open.mark:
                new = self._newest()
                if prepare is not None:
                    prepare(new)
                self._take_over(new)
        except IndexUnavailable:
            # What is open was good when it was opened and stays as it was, so it is better than
            # nothing; without it there is nothing to search.
            if self._open is None:
                raise

    def _newest(self) -> _Open:
        """Open the best generation; look again when the writer published one meanwhile."""
        for attempt in range(1, _TRIES + 1):
            mark = self._mark()
            last = attempt == _TRIES
            try:
                opened = self._open_best(mark)
            except IndexUnavailable:
                if last or mark == self._mark():
                    raise
                continue
            if last or not opened.found.problems or mark == self._mark():
                return opened
            opened.leave()
        raise AssertionError("the last attempt returns or raises")

    def _open_best(self, mark: _Mark | None) -> _Open:
        found = self._generations.find(self._engine.stamp)
        try:
            protected = read_protected(found.folder)
            improvements = self._improvements(protected)
            snapshot = self._engine.open(found.folder, improvements.weights)
        except FileNotFoundError as error:
            raise IndexUnavailable(f"The index changed while it was opened: {error}.") from error
        return _Open(found, snapshot, mark, improvements, protected)

    def _improvements(self, protected: frozenset[str]) -> Improvements:
        """What people changed; when the database fails, what was known before."""
        try:
            revision = self._improved.revision()
            rows = self._improved.current() if revision else ()
            return compiled(rows, revision=revision, protected=protected)
        except KennisbankError:
            return self._open.improvements if self._open else NONE

    def _take_over(self, new: _Open | None) -> None:
        with self._swap:
            old, self._open = self._open, new
        if old is not None:
            old.leave()

    def _mark(self) -> _Mark | None:
        try:
            status = self._generations.pointer.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return status.st_ino, status.st_mtime_ns, status.st_size, self._revision()

    def _revision(self) -> int:
        """The number of the improvements; while the database fails, that of what is open."""
        try:
            return self._improved.revision()
        except KennisbankError:
            return self._open.improvements.revision if self._open else 0


def read(
    query: Query,
    *,
    text: str | None = None,
    strict: bool = True,
    vocabulary: Vocabulary | None = None,
    weights: expansion.Weights = expansion.WEIGHTS,
    improvements: Improvements = NONE,
) -> Question:
    """Read the text of a query into what an engine matches.

    Too many content words are a ``QueryError``, or are left out when not ``strict``. Phrases and
    what is excluded are taken as they are typed.
    """
    clauses = parse(query.text if text is None else text)
    words = [c.text for c in clauses if not c.is_phrase and not c.excluded]
    groups = expansion.expand(
        words,
        synonyms=improvements.synonyms,
        vocabulary=vocabulary,
        weights=weights,
        as_written=improvements.as_written,
    )
    phrases = _terms(c for c in clauses if c.is_phrase and not c.excluded)
    excluded = _terms(c for c in clauses if c.excluded)
    if len(groups) + sum(map(len, (*phrases, *excluded))) > MAX_WORDS:
        if strict:
            raise QueryError("too_many_words", f"A query has at most {MAX_WORDS} words.")
        groups = groups[:MAX_WORDS]
    return Question(query, groups, phrases, excluded)


def _as_written(question: Question, answer: Answer) -> tuple[tuple[str, str], ...]:
    """The corrections, the way the documents that were found write them."""
    if not question.corrections:
        return ()
    documents = [entry.document for entry, _ in answer.rows]
    return tuple((typed, as_written(meant, documents)) for typed, meant in question.corrections)


def _terms(clauses: Iterator[Clause]) -> tuple[tuple[str, ...], ...]:
    found = (tuple(analysis.terms(clause.text)) for clause in clauses)
    return tuple(terms for terms in found if terms)


def _copy_of(entry: Entry) -> Copy:
    document = entry.document
    is_older = document.duplicate_of is None
    return Copy(document.id, document.url, document.organisation, is_older)


def hit_of(entry: Entry, score: float, wanted: Wanted) -> Hit:
    """Show an entry as a hit with fragments for what is wanted, unless its site wants none shown."""
    document = entry.document
    is_shown = "nosnippet" not in document.directives
    fragments, pages = entry.readable.find(wanted) if is_shown else ((), ())
    return Hit(
        id=document.id,
        url=document.url,
        canonical_url=document.canonical_url,
        title=document.title,
        organisation=document.organisation,
        score=score,
        fragments=fragments,
        pages_found=pages,
        goals=entry.tags,
        kind=document.kind,
        language=document.language,
        published=document.published.day if document.published else None,
        media_type=document.media_type,
        size=document.size,
        pages=document.pages,
        is_example=document.is_example,
        themes=entry.facets.themes,
        place=entry.facets.place,
        phase=entry.facets.phase,
        audience=entry.facets.audience,
    )
