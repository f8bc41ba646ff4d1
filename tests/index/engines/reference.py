"""The same questions answered the slow way: by the formula, and by Whoosh's own searcher.

``Plain`` scores plain documents with plain floats, as ``index.scoring`` and
``index.engines.base.Answer`` tell it. From the index it takes what Whoosh rounds (lengths are kept
in a byte) and which removed documents are still in a segment, since statistics count those.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import query as whoosh
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.scoring import BM25F
from whoosh.searching import SearchContext, Searcher

from index.alternatives import Alternative, WordGroup
from index.engines.base import Question
from index.engines.whoosh.columns import Columns, read_columns
from index.engines.whoosh.fields import make_schema
from index.engines.whoosh.queries import ENOUGH
from index.entries import Entry
from index.query import Query
from index.schema import PART
from index.scoring import Scoring
from tests.index.engines.words import Postings, words_of

WRITTEN = ("text", "title", "headings", "organisation")


class Whoosh:
    """Whoosh's searcher over the files of one generation."""

    def __init__(self, folder: Path) -> None:
        storage = FileStorage(str(folder), readonly=True)
        self.reader = FileIndex(storage, schema=make_schema()).reader()

    def scores(self, query: whoosh.Query, k1: float, b: float) -> dict[int, float]:
        """Walk everything that matches."""
        scores: dict[int, float] = {}
        weighting = BM25F(B=b, K1=k1)
        context = SearchContext(weighting=weighting)
        # Held here: the searchers of its segments know it by a weak reference.
        whole = Searcher(self.reader, weighting=weighting)
        for searcher, offset in whole.leaf_searchers():
            if not searcher.doc_count_all():
                continue
            matcher = query.matcher(searcher, context)
            while matcher.is_active():
                scores[offset + matcher.id()] = matcher.score()
                matcher.next()
        return scores

    def facet(self, query: whoosh.Query, column: str, among: Collection[int]) -> dict[str, int]:
        """Count what matches, and is among some documents, by the values of a column."""
        results = Searcher(self.reader).search(query, limit=None, groupedby=column)
        groups = {value: set(found) & set(among) for value, found in results.groups(column).items()}
        return {value: len(found) for value, found in groups.items() if value and found}


class Plain:
    """Documents of one index, searched by the formula."""

    def __init__(
        self, reader: Any, entries: Mapping[str, Entry], scoring: Scoring, today: date
    ) -> None:
        self.columns: Columns = read_columns(reader)
        self.size = len(self.columns.ids)
        self.live = [n for n in range(self.size) if not reader.is_deleted(n)]
        self.entries = [entries[document_id] for document_id in self.columns.ids]
        self._reader = reader
        self._values = [words_of(entry.document) for entry in self.entries]
        self._scoring = scoring
        self._today = today
        self._known: dict[Alternative, list[tuple[float, bool]]] = {}

    def score(self, question: Question, number: int) -> float:
        """What one document scores."""
        groups = [group.alternatives for group in question.groups]
        phrases = [(Alternative(terms, 1.0, "stem"),) for terms in question.phrases]
        total = sum(self.word(one, number) for one in [*groups, *phrases])
        return self.prior(number) * self.titled(question, number) * total

    def titled(self, question: Question, number: int) -> float:
        """The factor for a title that holds every word and phrase."""
        ways = [
            [one.terms for one in group.alternatives if one.counts and one.field == "text"]
            for group in question.groups
        ]
        asked = [*ways, *([phrase] for phrase in question.phrases)]
        holds_all = all(
            any(all(self._times("title", term, number) for term in terms) for terms in ways)
            for ways in asked
        )
        return self._scoring.titled if holds_all else 1.0

    def prior(self, number: int) -> float:
        """The factor for what a document is."""
        document, priors = self.entries[number].document, self._scoring.priors
        factor = priors.kinds.get(document.kind, 1.0)
        factor *= 1.0 if document.language == "nl" else priors.foreign
        if document.published and document.kind in priors.fresh:
            age = max(0, (self._today - document.published.day).days)
            factor *= 1 + priors.freshness * 0.5 ** (age / priors.half_life)
        return factor

    def counted(self, question: Question) -> tuple[set[int], int]:
        """What is counted before filters, and how many words each of it holds."""
        words = sum(not group.is_filler for group in question.groups)
        allowed = [n for n in self.live if self._allowed(question, n)]
        held = {n: self._held(question, n, seen=True) for n in allowed}
        if not question.any_word:
            written = {n for n in allowed if self._held(question, n, seen=False) == words}
            if len(written) >= ENOUGH or not words:
                return written, words
        fewest = 0 if question.phrases else 1
        for needed in range(1 if question.any_word else words, fewest, -1):
            found = {n for n in allowed if held[n] >= needed}
            if len(found) >= ENOUGH:
                return found, needed
        return {n for n in allowed if held[n] >= fewest}, fewest

    def listed(self, question: Question) -> set[int]:
        """Everything in the list, filters left out."""
        allowed = {n for n in self.live if self._allowed(question, n)}
        if question.phrases or not question.groups:
            return allowed
        return {n for n in allowed if self.score(question, n) > 0}

    def passes(self, query: Query, number: int) -> bool:
        """Whether a document passes the filters on kind, language and first year."""
        document = self.entries[number].document
        day = document.published.day if document.published else None
        return (
            (not query.kinds or document.kind in query.kinds)
            and (not query.languages or document.language in query.languages)
            and (day is None or day.year >= (query.year_from or 0))
        )

    def documents(self, field: str, term: str) -> int:
        """How many documents have a term in one field."""
        return sum(self._times(field, term, number) > 0 for number in range(self.size))

    def holds(self, terms: tuple[str, ...], number: int) -> bool:
        """Whether a document has terms as text."""
        return self.frequencies(Alternative(terms, 1.0, "stem"))[number][1]

    def _allowed(self, question: Question, number: int) -> bool:
        return all(self.holds(terms, number) for terms in question.phrases) and not any(
            self.holds(terms, number) for terms in question.excluded
        )

    def _held(self, question: Question, number: int, *, seen: bool) -> int:
        return sum(
            self._holds(group, number, seen=seen)
            for group in question.groups
            if not group.is_filler
        )

    def _holds(self, group: WordGroup, number: int, *, seen: bool) -> bool:
        found = (self.frequencies(one)[number] for one in group.alternatives if one.counts)
        return any(frequency > 0 and (seen or written) for frequency, written in found)

    def word(self, alternatives: Sequence[Alternative], number: int) -> float:
        """What a word adds to the score of one document, its prior left out."""
        groups = {
            one.apart: [a for a in alternatives if a.apart == one.apart] for one in alternatives
        }
        return sum(self._group(group, number) for group in groups.values())

    def _group(self, alternatives: Sequence[Alternative], number: int) -> float:
        if self._scoring.group == "best":
            scores = [self._alone(one, number) for one in alternatives]
            return max(scores) + self._scoring.tie * (sum(scores) - max(scores))
        idf = self.idf(self._documents_of(alternatives))
        first = alternatives[0].weight
        frequency = sum(
            one.weight
            / first
            * min(1, self.idf(self._documents(one)) / idf)
            * self.frequencies(one)[number][0]
            for one in alternatives
        )
        return first * idf * self._saturated(frequency)

    def _alone(self, one: Alternative, number: int) -> float:
        frequency, _ = self.frequencies(one)[number]
        return one.weight * self.idf(self._documents(one)) * self._saturated(frequency)

    def _saturated(self, frequency: float) -> float:
        k1 = self._scoring.k1
        return frequency * (k1 + 1) / (frequency + k1)

    def idf(self, documents: int) -> float:
        """What a word is worth that so many documents have."""
        if self._scoring.idf == "whoosh":
            return math.log(self.size / (documents + 1)) + 1
        return math.log(1 + (self.size - documents + 0.5) / (documents + 0.5))

    def _documents_of(self, alternatives: Sequence[Alternative]) -> int:
        counting = [one for one in alternatives if one.counts] or alternatives
        return self._documents(alternatives[0]) or max(map(self._documents, counting))

    def _documents(self, one: Alternative) -> int:
        found = self.frequencies(one)
        written = sum(is_written for _, is_written in found)
        return written or sum(frequency > 0 for frequency, _ in found)

    def frequencies(self, one: Alternative) -> list[tuple[float, bool]]:
        """For each document the normalised frequency, and whether it has it as text."""
        if one not in self._known:
            self._known[one] = [self._frequency(one, number) for number in range(self.size)]
        return self._known[one]

    def _frequency(self, one: Alternative, number: int) -> tuple[float, bool]:
        if len(one.terms) > 1:
            together = self._times_together(one.terms, number)
            return self._normalised("text", together, number), together > 0
        if one.field == "exact":
            times = self._times("exact", one.terms[0], number)
            return self._normalised("exact", times, number), times > 0
        found = {n: self._times(n, one.terms[0], number) for n in (*WRITTEN, "visible")}
        total = sum(self._normalised(name, times, number) for name, times in found.items())
        used = [name for name in WRITTEN if self._scoring.weights.get(name)]
        return total, any(found[name] for name in used)

    def _times(self, field: str, term: str, number: int) -> float:
        postings: Postings = self._values[number][field]
        return len(postings.words.get(term, ())) + PART * len(postings.parts.get(term, ()))

    def _times_together(self, terms: Iterable[str], number: int) -> int:
        postings: Postings = self._values[number]["text"]
        starts = [
            {p - place for p in (*postings.words.get(term, ()), *postings.parts.get(term, ()))}
            for place, term in enumerate(terms)
        ]
        return len(set.intersection(*starts))

    def _normalised(self, field: str, times: float, number: int) -> float:
        weight = self._scoring.weights.get(field, 0.0)
        if not (times and weight):
            return 0.0
        b = self._scoring.b[field]
        average: float = self._reader.field_length(field) / self.size
        length: int = self._reader.doc_field_length(number, field)
        return weight * times / ((1 - b) + b * length / average)
