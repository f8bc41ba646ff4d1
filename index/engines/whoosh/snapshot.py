"""One generation, opened by Whoosh: match, score, count, cut.

In: a question. Out: an answer. Columns are read once; everything else is read when it is asked.

A reader of Whoosh moves one file position for all who use it, so one search at a time looks at
postings and records. Little is lost: Whoosh is Python from end to end and would wait for the
interpreter anyway.
"""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoosh import query as whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.reading import TermNotFound
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from index.engines.base import Answer, Question
from index.engines.whoosh import queries
from index.engines.whoosh.columns import keep, leaves_of, narrow, order, read_columns
from index.engines.whoosh.fields import make_schema
from index.entries import Entry, unpack
from index.query import MAX_REACHABLE
from index.schema import K1, B

ENOUGH = 10
"""With fewer documents than this that hold all words, those that hold any word are given too."""

_BETWEEN_PRUNES = 1000
"""Steps between two times that exhausted parts are taken out of a tree of matchers. Whole search of
155 questions in 24,012 documents with facets and fragments, median and slowest twentieth: 28 and
285 ms without, 15 and 65 ms with; the answers are the same."""

Scores = dict[int, float]


class WhooshSnapshot:
    """Searches one generation; see ``index.engines.base.Snapshot``."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder), readonly=True)
        try:
            self._reader = FileIndex(storage, schema=make_schema()).reader()
        except EmptyIndexError as error:
            raise FileNotFoundError(f"{folder} holds no index (any more)") from error
        self._weighting = BM25F(B=B, K1=K1)
        self._searcher = Searcher(self._reader, weighting=self._weighting)
        self._columns = read_columns(self._reader)
        self._lock = threading.Lock()

    def count(self) -> int:
        return len(self._columns.live)

    def ids(self) -> Iterator[str]:
        return map(self._columns.ids.__getitem__, self._columns.live)

    def find(self, document_id: str) -> Entry | None:
        with self._lock:
            for leaf, offset in leaves_of(self._reader):
                try:
                    numbers = list(leaf.postings("id", document_id).all_ids())
                except TermNotFound:
                    continue
                if numbers:
                    return self._entry(offset + numbers[0])
        return None

    def knows(self, term: str) -> bool:
        with self._lock:
            return any((name, term) in self._reader for name in ("text", "organisation", "visible"))

    def vocabulary(self) -> dict[str, int]:
        with self._lock:
            return {
                term.decode(): info.doc_frequency()
                for term, info in self._reader.iter_field("exact")
            }

    def search(self, question: Question) -> Answer:
        query = question.query
        with self._lock:
            scores, best, matched = self._match(question)
            kept = keep(self._columns, list(scores), query)
            # Where any word will do, those with all words still come first.
            lift = 1 + max(scores.values(), default=0.0)

            def score(number: int) -> float:
                return scores[number] + (lift if number in best else 0.0)

            asks = question.asks_words or query.sort != "best"
            wanted = min(query.offset + query.limit, MAX_REACHABLE)
            shown = query if asks else replace(query, sort="new")
            first = order(self._columns, kept.numbers, shown, score, wanted)
            rows = tuple((self._entry(n), scores[n]) for n in first[query.offset :])
        return Answer(
            total=len(kept.numbers),
            undated=kept.undated,
            matched=matched if kept.numbers else "none",
            rows=rows,
            facets=kept.facets,
        )

    def rank(self, question: Question, depth: int) -> list[tuple[str, float]]:
        with self._lock:
            scores = self._without(question, self._scores(queries.any_word(question)))
        numbers = narrow(self._columns, list(scores), question.query)
        first = order(self._columns, numbers, question.query, scores.__getitem__, depth)
        return [(self._columns.ids[number], scores[number]) for number in first]

    def close(self) -> None:
        with self._lock:
            self._reader.close()

    def _match(self, question: Question) -> tuple[Scores, Scores, Any]:
        """Give what matched, which of these hold all words where others do not, and how."""
        if not question.asks_words:
            return self._without(question, dict.fromkeys(self._columns.live, 0.0)), {}, "all"
        holding_all = self._without(question, self._scores(queries.all_words(question)))
        # Counted before the filters, so that the number beside a filter is what it will show.
        if len(holding_all) >= ENOUGH or not question.groups:
            return holding_all, {}, "all"
        holding_any = self._without(question, self._scores(queries.any_word(question)))
        if len(holding_any) == len(holding_all):
            return holding_all, {}, "all"
        single = len(question.groups) == 1 and not (question.phrases or question.groups[0].parts)
        return holding_any, holding_all, "all" if single else "any"

    def _without(self, question: Question, scores: Scores) -> Scores:
        unwanted = queries.excluded(question)
        if unwanted is not None:
            for number in self._scores(unwanted):
                scores.pop(number, None)
        return scores

    def _scores(self, query: whoosh.Query) -> Scores:
        """Walk everything that matches. No limit: the words of a query bound its cost."""
        scores: Scores = {}
        context = SearchContext(weighting=self._weighting)
        for searcher, offset in self._searcher.leaf_searchers():
            if not searcher.doc_count_all():
                continue
            matcher = query.matcher(searcher, context)
            while matcher.is_active():
                # Take out what matches nothing (any more): a step asks every part of the tree.
                matcher = matcher.replace()
                for _ in range(_BETWEEN_PRUNES):
                    if not matcher.is_active():
                        break
                    scores[offset + matcher.id()] = matcher.score()
                    matcher.next()
        return scores

    def _entry(self, number: int) -> Entry:
        return unpack(self._reader.stored_fields(number)["record"])
