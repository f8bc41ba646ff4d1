"""Texts of many documents to postings, by arrays: no Python object for each token.

In: the texts of one document after another, each with the part of the document that it is. Out: the
postings of every field. What is kept of a text is an array of numbers, of the pieces that it is made
of (``numbering``); terms, positions, weights and order are worked out for millions of tokens at a time.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import schema
from index.engines.whoosh.numbering import Vocabulary
from index.engines.whoosh.postings import Many, Places, before, stretches

PART_GAP = 100
"""Positions between two parts of a document, so that no phrase runs from one into the next."""


class Part(IntEnum):
    """What a text is of its document; the first three are its text."""

    TITLE = 0
    HEADING = 1
    SECTION = 2
    ORGANISATION = 3
    VISIBLE = 4


class Field(NamedTuple):
    """The postings of a field, and how many words each document has in it."""

    terms: list[bytes]
    postings: Many
    lengths: Places


class _Tokens(NamedTuple):
    """The words of some texts in order: their numbers, their documents, their positions there."""

    words: NDArray[np.uint32]
    documents: NDArray[np.uint32]
    positions: NDArray[np.uint32]

    def where(self, wanted: NDArray[np.bool_]) -> "_Tokens":
        return _Tokens(self.words[wanted], self.documents[wanted], self.positions[wanted])


class _Standing(NamedTuple):
    """Terms that stand somewhere: at which of the tokens, and whether as a part of its word."""

    terms: NDArray[np.uint32]
    tokens: NDArray[np.uint32]
    as_part: NDArray[np.bool_]

    def where(self, wanted: NDArray[np.bool_]) -> "_Standing":
        return _Standing(self.terms[wanted], self.tokens[wanted], self.as_part[wanted])


class Batch:
    """Texts of documents that are numbered from 0 in the order in which they come."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._pieces = array("I")
        self._document = array("I")
        self._part = array("B")
        self._size = array("I")
        self.documents = 0

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._pieces)

    def add(self, texts: Iterable[tuple[Part, str, str]]) -> None:
        """Add a document: the parts of its text, in the order in which they are read, each with
        what it is and its language."""
        for part, text, language in texts:
            found = self._vocabulary.numbers(text, language)
            self._pieces.extend(found)
            self._document.append(self.documents)
            self._part.append(part)
            self._size.append(len(found))
        self.documents += 1

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Work out the postings, field by field."""
        terms, exact = list(self._vocabulary.terms), list(self._vocabulary.exact)
        tokens, parts = self._tokens()
        text = tokens.where(parts <= Part.SECTION)
        standing = self._standing(text)
        yield "text", self._field(text, standing, terms, positions=True)
        yield "exact", self._field(text, self._as_written(text), exact)
        for name, part in _ALONE.items():
            found = tokens.where(parts == part)
            yield name, self._field(found, self._standing(found), terms)
        visible = tokens.where(parts == Part.VISIBLE)
        new = _left_out(visible, self._standing(visible), text, standing)
        yield "visible", self._field(visible, new, terms)

    def _tokens(self) -> tuple[_Tokens, NDArray[np.uint8]]:
        """All words, and the part of its document that each stands in."""
        words = _counts(self._vocabulary.piece_words)
        pieces = np.frombuffer(self._pieces, np.uint32)
        counts = words[pieces]
        text = np.repeat(np.arange(len(self._size), dtype=np.uint32), _counts(self._size))
        text = np.repeat(text, counts)
        lengths = np.bincount(text, minlength=len(self._size))
        positions = (self._starts(lengths) - before(lengths))[text]
        positions += np.arange(len(text))
        tokens = _Tokens(
            stretches(before(words)[pieces], counts).astype(np.uint32),
            np.frombuffer(self._document, np.uint32)[text],
            positions.astype(np.uint32),
        )
        return tokens, np.frombuffer(self._part, np.uint8)[text]

    def _starts(self, lengths: Places) -> Places:
        """The position of the first word of each text, in the text of its document."""
        starts = before(np.where(lengths > 0, lengths + PART_GAP, 0))
        document = np.frombuffer(self._document, np.uint32)
        result: Places = starts - starts[np.searchsorted(document, document)]
        return result

    def _standing(self, tokens: _Tokens) -> _Standing:
        """The terms of words and of their parts."""
        known = self._vocabulary
        counts = _counts(known.word_parts)
        own = counts[tokens.words]
        parts = stretches(before(counts)[tokens.words], own)
        index = np.arange(len(tokens.words), dtype=np.uint32)
        as_part = np.zeros(len(index) + len(parts), np.bool_)
        as_part[len(index) :] = True
        of_words = np.frombuffer(known.word_terms, np.uint32)[tokens.words]
        of_parts = np.frombuffer(known.part_terms, np.uint32)[parts]
        return _Standing(
            np.concatenate([of_words, of_parts]),
            np.concatenate([index, np.repeat(index, own)]),
            as_part,
        )

    def _as_written(self, tokens: _Tokens) -> _Standing:
        """The words as they are written."""
        terms = np.frombuffer(self._vocabulary.word_exact, np.uint32)[tokens.words]
        index = np.arange(len(terms), dtype=np.uint32)
        return _Standing(terms, index, np.zeros(len(terms), np.bool_))

    def _field(
        self, tokens: _Tokens, standing: _Standing, names: list[str], *, positions: bool = False
    ) -> Field:
        terms, rank = _in_order(standing.terms, names)
        rows, token, as_part = _sorted(rank[standing.terms], standing)
        document = tokens.documents[token]
        is_new = np.ones(len(rows), np.bool_)
        is_new[1:] = (rows[1:] != rows[:-1]) | (document[1:] != document[:-1])
        first = np.flatnonzero(is_new)
        sizes = np.diff(first, append=len(rows))
        parts = np.diff(np.cumsum(as_part)[first + sizes - 1], prepend=0)
        many = Many(
            np.bincount(rows[first], minlength=len(terms)),
            document[first],
            (sizes - (1 - schema.PART) * parts).astype(np.float32),
            sizes if positions else None,
            tokens.positions[token] if positions else None,
        )
        words = tokens.documents[standing.tokens[~standing.as_part]]
        return Field(terms, many, np.bincount(words, minlength=self.documents))


def _sorted(
    rank: NDArray[np.uint64], standing: _Standing
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.bool_]]:
    """Put places in the order of their terms; give the rank of the term, the token, and whether it
    is as a part.

    Tokens are in the order of documents and positions, so rank and token in one number are the
    whole order. Numbers are sorted four times as fast as an order is found.
    """
    keys = rank << np.uint64(32)
    keys |= standing.tokens.astype(np.uint64) << np.uint64(1)
    keys |= standing.as_part
    keys.sort()
    halves = keys.view(np.uint32)
    low = halves[0::2] if sys.byteorder == "little" else halves[1::2]
    high = halves[1::2] if sys.byteorder == "little" else halves[0::2]
    return high.copy(), low >> np.uint32(1), (low & np.uint32(1)).astype(np.bool_)


_ALONE = {"title": Part.TITLE, "headings": Part.HEADING, "organisation": Part.ORGANISATION}
"""Fields that hold one part of a document, without what the other parts have."""


def _counts(counts: "array[int]") -> Places:
    return np.frombuffer(counts, np.uint32).astype(np.int64)


def _in_order(
    terms: NDArray[np.uint32], names: list[str]
) -> tuple[list[bytes], NDArray[np.uint64]]:
    """The terms that occur, in order, and for each number of a term its place there."""
    occurs = np.zeros(len(names), np.bool_)
    occurs[terms] = True
    found = np.flatnonzero(occurs).tolist()
    # Letters in the order of Unicode are bytes in the order of UTF-8.
    found.sort(key=names.__getitem__)
    rank = np.zeros(len(names), np.uint64)
    rank[found] = np.arange(len(found), dtype=np.uint64)
    return [names[number].encode() for number in found], rank


def _left_out(visible: _Tokens, standing: _Standing, text: _Tokens, known: _Standing) -> _Standing:
    """What a reader sees of a document and its extracted text does not have."""
    with_visible = np.unique(visible.documents)
    wanted = np.isin(text.documents, with_visible)[known.tokens]
    in_text = _in_document(text, known.where(wanted))
    return standing.where(~np.isin(_in_document(visible, standing), in_text))


def _in_document(tokens: _Tokens, standing: _Standing) -> NDArray[np.uint64]:
    """One number for each document and term together."""
    documents = tokens.documents[standing.tokens].astype(np.uint64)
    return documents << np.uint64(32) | standing.terms
